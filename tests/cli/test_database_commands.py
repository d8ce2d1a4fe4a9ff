"""`bilanz db`: moving a database and proving that it is sound."""

import gzip
import json
import re
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select
from warcio.archiveiterator import ArchiveIterator

from db.engine import connect
from db.tables import Base, Fetch
from tests.support import reports


def rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    engine = connect(f"sqlite:///{database}")
    with engine.connect() as connection:
        return {
            table.name: sorted(connection.execute(select(table)), key=repr) for table in Base.metadata.sorted_tables
        }


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    engine = reports.database(tmp_path)
    reports.fill(engine)
    engine.dispose()
    return tmp_path / "bilanz.db"


def test_export_fills_another_database_with_the_same_rows(bilanz, filled: Path, tmp_path: Path) -> None:
    exported = bilanz("db", "export", "all.jsonl.gz")
    assert (exported.returncode, exported.stderr) == (0, "")
    other = {"BILANZ_DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}"}
    imported = bilanz("db", "import", "all.jsonl.gz", **other)
    assert (imported.returncode, imported.stderr) == (0, "")
    assert imported.stdout.split()[0] == exported.stdout.split()[0]
    assert rows(tmp_path / "other.db") == rows(filled)
    assert bilanz("db", "verify", **other).returncode == 0
    again = bilanz("db", "import", "all.jsonl.gz", **other)
    assert (again.returncode, again.stdout) == (2, "")
    assert "not empty" in again.stderr


def test_export_goes_straight_into_another_database(bilanz, filled: Path, tmp_path: Path) -> None:
    assert bilanz("db", "export", f"sqlite:///{tmp_path / 'other.db'}").returncode == 0
    assert rows(tmp_path / "other.db") == rows(filled)


def test_export_replaces_a_file_only_on_request(bilanz, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "all.jsonl.gz").write_bytes(b"mine")
    refused = bilanz("db", "export", "all.jsonl.gz")
    assert (refused.returncode, (tmp_path / "all.jsonl.gz").read_bytes()) == (2, b"mine")
    assert "--overwrite" in refused.stderr
    assert bilanz("db", "export", "all.jsonl.gz", "--overwrite").returncode == 0
    assert b'"schema"' in gzip.decompress((tmp_path / "all.jsonl.gz").read_bytes())
    assert "cannot be written" in bilanz("db", "export", "nowhere/all.jsonl.gz").stderr


@pytest.mark.parametrize("name", ["bilanz.db", "./bilanz.db", "linked.db", "hard.db", "bilanz.db-wal"])
@pytest.mark.parametrize("command", [("db", "backup"), ("db", "export"), ("db", "warc"), ("claims", "-o")])
def test_nothing_is_written_in_the_place_of_the_database(
    bilanz, filled: Path, tmp_path: Path, command: tuple[str, str], name: str
) -> None:
    (tmp_path / "linked.db").symlink_to(filled)
    (tmp_path / "hard.db").hardlink_to(filled)
    with sqlite3.connect(filled) as connection:
        connection.execute("SELECT count(*) FROM releases").fetchone()
        before = filled.stat().st_ino
        refused = bilanz(*command, name, *(["--overwrite"] if command[0] == "db" else []))
        assert (refused.returncode, filled.stat().st_ino) == (2, before)
        assert "is the database itself" in refused.stderr
    if command[0] == "db":
        assert "--overwrite" not in bilanz(*command, name).stderr


def test_an_older_copy_stays_where_the_new_one_is_not_sound(bilanz, filled: Path, tmp_path: Path) -> None:
    assert bilanz("db", "backup", "copy.db", "--daily").returncode == 0
    assert json.loads(bilanz("runs", "--format", "json").stdout)[0]["kind"] == "backup"
    before = (tmp_path / "copy.db").read_bytes()
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE texts SET text = replace(text, '31 abgeschlossen', '32 abgeschlossen')")
    refused = bilanz("db", "backup", "copy.db", "--overwrite")
    assert (refused.returncode, (tmp_path / "copy.db").read_bytes()) == (1, before)
    assert "copy.db was not written" in refused.stderr
    assert sorted(path.name for path in tmp_path.glob("copy.db*")) == ["copy.db"]


def test_damaged_export_leaves_the_database_empty(bilanz, filled: Path, tmp_path: Path) -> None:
    bilanz("db", "export", "all.jsonl.gz")
    exported = gzip.decompress((tmp_path / "all.jsonl.gz").read_bytes())
    (tmp_path / "damaged.jsonl.gz").write_bytes(gzip.compress(exported.replace(b"2023", b"2022")))
    other = {"BILANZ_DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}"}
    damaged = bilanz("db", "import", "damaged.jsonl.gz", **other)
    assert (damaged.returncode, len(damaged.stderr.splitlines())) == (2, 1)
    assert not any(rows(tmp_path / "other.db").values())
    assert "There is no file" in bilanz("db", "import", "missing.jsonl.gz").stderr


def test_verify_names_what_was_changed_behind_its_back(bilanz, filled: Path) -> None:
    sound = bilanz("db", "verify")
    assert (sound.returncode, sound.stderr) == (0, "")
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE texts SET text = replace(text, '31 abgeschlossen', '32 abgeschlossen')")
    found = bilanz("db", "verify")
    assert (found.returncode, found.stdout) == (1, "")
    assert "the text is not the one that was stored" in found.stderr
    assert re.search(
        r"^readings \d+ \(claim \w{16}, characters \d+ to \d+ of https?://\S+\): ", found.stderr, re.MULTILINE
    )
    assert re.search(r"^texts \w{64} \(https?://\S+\): ", found.stderr, re.MULTILINE)
    assert "faults were found" in found.stderr


def test_answers_are_written_as_warc(bilanz, filled: Path, tmp_path: Path) -> None:
    written = bilanz("db", "warc", "answers.warc.gz", "--source", reports.SOURCE)
    assert (written.returncode, written.stderr) == (0, "")
    engine = connect(f"sqlite:///{filled}")
    with engine.connect() as connection:
        archived = connection.execute(
            select(Fetch.answered_by, Fetch.snapshot_hash).where(
                Fetch.snapshot_hash.is_not(None), Fetch.source_id == reports.SOURCE
            )
        ).all()
    with (tmp_path / "answers.warc.gz").open("rb") as stream:
        found = [
            (record.rec_headers["WARC-Target-URI"], sha256(record.content_stream().read()).hexdigest())
            for record in ArchiveIterator(stream)
            if record.rec_type == "response"
        ]
    assert sorted(found) == sorted(map(tuple, archived)) and found
    assert written.stdout == f"{len(found)} answers were written.\n"
    refused = bilanz("db", "warc", "answers.warc.gz")
    assert refused.returncode == 2 and "--overwrite" in refused.stderr
