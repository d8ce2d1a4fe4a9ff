"""A copy is one moment of the database, also while others write, and can be gone back to."""

from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine

from db.engine import connect
from db.operation.runs import runs, start_run
from db.releases.queries import releases
from db.upkeep.backup import backup
from db.upkeep.verify import verify
from models.errors import InputError
from tests.support.four_reports import store_reports
from tests.support.releases import moment


@pytest.fixture
def database() -> str:
    """PostgreSQL has pg_dump."""
    return "sqlite"


def test_a_copy_made_while_others_write_is_sound(engine: Engine, tmp_path: Path) -> None:
    store_reports(engine)
    over = Event()

    def write() -> None:
        while not over.is_set():
            start_run(engine, "ingest", now=moment("2026-01-01"))

    writing = Thread(target=write)
    writing.start()
    try:
        for number in range(5):
            backup(engine, tmp_path / f"{number}.db")
    finally:
        over.set()
        writing.join()
    copies = [connect(f"sqlite:///{tmp_path / f'{number}.db'}") for number in range(5)]
    assert [verify(copy) for copy in copies] == [[]] * 5
    assert all(len(releases(copy)) == len(releases(engine)) for copy in copies)
    assert runs(copies[-1])
    assert not list(tmp_path.glob("*.part"))


def test_what_cannot_be_written_leaves_nothing(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no folder"):
        backup(engine, tmp_path / "nowhere" / "copy.db")
    assert not list(tmp_path.glob("*.part"))
