"""What an operator can mend is said in one sentence, and what may only be read is read."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from db.engine import connect
from db.operation.runs import runs, start_run
from db.upkeep.schema import check_schema, open_database
from models.errors import BilanzError
from tests.support.releases import moment

NOBODY = 65534
NOW = moment("2026-01-01")


@contextmanager
def without_rights() -> Iterator[None]:
    """Lets the rights of files count for root, too."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def kept() -> Iterator[Path]:
    """A database that may be read by all and written by none."""
    folder = Path(tempfile.mkdtemp())
    file = folder / "bilanz.db"
    engine = connect(f"sqlite:///{file}")
    check_schema(engine)
    start_run(engine, "ingest", now=NOW)
    engine.dispose()
    file.chmod(0o444)
    folder.chmod(0o555)
    yield file
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_database_that_may_not_be_written_is_read(kept: Path) -> None:
    with without_rights():
        engine = open_database(f"sqlite:///{kept}")
        assert len(runs(engine)) == 1
        with pytest.raises(BilanzError, match=r"bilanz\.db may not be written: .* Nothing was stored\.$"):
            start_run(engine, "ingest", now=NOW)
        engine.dispose()


def test_a_full_disk_is_said_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'bilanz.db'}")
    check_schema(engine)
    engine.dispose()

    @event.listens_for(engine, "connect")
    def no_room(connection, _record) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    with pytest.raises(BilanzError, match=r"is full: make room and run the same command again"):
        for _ in range(1000):
            start_run(engine, "ingest", now=NOW)
    engine.dispose()
    event.remove(engine, "connect", no_room)
    with connect(f"sqlite:///{tmp_path / 'bilanz.db'}").connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "bilanz.db").write_bytes(b"Das ist keine Datenbank. " * 100)
    with pytest.raises(BilanzError, match="is no database, or is damaged"):
        open_database(f"sqlite:///{tmp_path / 'bilanz.db'}")


def test_a_file_whose_list_of_tables_is_broken_names_no_command_that_cannot_help(tmp_path: Path) -> None:
    file = tmp_path / "bilanz.db"
    with closing(sqlite3.connect(file)) as made:
        made.executescript("".join(f"CREATE TABLE t{n} (a TEXT, b TEXT, c TEXT);" for n in range(200)))
    size = file.stat().st_size
    with file.open("r+b") as bytes_of:
        bytes_of.seek(100)
        bytes_of.write(b"\xff" * 3000)
    assert file.stat().st_size == size
    with pytest.raises(BilanzError, match="none of them can be read any more"):
        connect(f"sqlite:///{file}").connect()
