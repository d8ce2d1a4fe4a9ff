"""From one database to another and back, and what a damaged one shows."""

import gzip
import random
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from db.engine import connect
from db.upkeep.schema import check_schema, upgrade
from db.upkeep.transfer import export, import_
from db.upkeep.verify import unreadable_tables, verify
from inquiries.programme import compare
from models.claim import Cue
from models.errors import BilanzError, InputError
from tests.support.four_reports import PROGRAMME, store_reports
from tests.support.releases import extraction, page, says, store

PAGE = 4096


@pytest.fixture
def other(tmp_path: Path) -> Engine:
    engine = connect(f"sqlite:///{tmp_path}/other.db")
    check_schema(engine)
    return engine


def test_there_and_back_nothing_is_lost(engine: Engine, other: Engine, tmp_path: Path) -> None:
    store_reports(engine)
    first, second = tmp_path / "first.jsonl.gz", tmp_path / "second.jsonl.gz"
    counts = export(engine, first).rows
    assert counts["releases"] == 4 and counts["snapshots"] == 4 and counts["readings"] > 10
    assert import_(other, first) == counts
    assert export(other, second).rows == counts
    assert gzip.decompress(first.read_bytes()) == gzip.decompress(second.read_bytes())
    assert compare(other, PROGRAMME) == compare(engine, PROGRAMME)
    assert verify(other) == verify(engine) == []


def test_a_filled_database_takes_no_import_but_goes_on_after_one(engine: Engine, other: Engine, tmp_path: Path) -> None:
    store_reports(other)
    file = tmp_path / "export.jsonl.gz"
    export(other, file)
    import_(engine, file)
    with pytest.raises(InputError, match="not empty"):
        import_(engine, file)
    release = page("Neu", "Es sind 5 Boote.", "2026-01-01")
    result = store(engine, "https://office.example/new", release, extraction(release, [says("5", value="5")]))
    assert result.new_claims == 1


@pytest.mark.parametrize("damage", ["cut", "altered", "foreign", "no file"])
def test_damaged_exports_are_refused_whole(engine: Engine, other: Engine, tmp_path: Path, damage: str) -> None:
    store_reports(other)
    file = tmp_path / "export.jsonl.gz"
    export(other, file)
    lines = gzip.decompress(file.read_bytes())
    if damage == "no file":
        file.unlink()
    else:
        broken = {"cut": lines[: len(lines) // 2], "altered": lines.replace(b"74", b"75"), "foreign": b"hello\n"}
        file.write_bytes(gzip.compress(broken[damage]))
    with pytest.raises(InputError):
        import_(engine, file)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM sources")) == 0


@pytest.mark.parametrize(
    ("damage", "table"),
    [
        ("UPDATE texts SET text = text || ' '", "texts"),
        ("UPDATE readings SET start = start - 1 WHERE start > 5", "readings"),
        ("UPDATE readings SET value_order = '1'  WHERE value_order IS NOT NULL", "readings"),
        ('UPDATE cues SET "end" = 100000', "cues"),
        ("DELETE FROM search_terms", "search_terms"),
        ("UPDATE search_terms SET reporting_date = '2023-12-31' WHERE term = 'busch'", "search_terms"),
        ("UPDATE readings SET current = (1 = 0) WHERE quote = '3'", "search_terms"),
        ("UPDATE snapshots SET body = BYTES", "snapshots"),
    ],
)
def test_verify_finds_damage(engine: Engine, damage: str, table: str) -> None:
    release = page("Titel", "Es gibt 12 Bäume und 3 Büsche.", "2024-01-01")
    read = extraction(release, [says("12", value="12", cues=(Cue("subject", 0, 5),)), says("3", value="3")])
    store(engine, "https://office.example/", release, read)
    assert verify(engine) == []
    damage = damage.replace("BYTES", "x'00'" if engine.dialect.name == "sqlite" else "'x'::bytea")
    with engine.begin() as connection:
        connection.execute(text(damage))
    assert {violation.table for violation in verify(engine)} == {table}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A SQLite file with releases, all in one file."""
    path = tmp_path / "whole.db"
    engine = connect(f"sqlite:///{path}")
    check_schema(engine)
    store_reports(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    # What migrations added to the schema goes to the first pages, where the rest of it is.
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
    return path


@pytest.mark.parametrize("seed", range(6))
def test_of_a_damaged_file_verify_tells_and_export_saves_what_is_whole(
    file: Path, other: Engine, tmp_path: Path, seed: int
) -> None:
    with closing(sqlite3.connect(file)) as connection:
        # Without the pages of the schema there is no database.
        rows = connection.execute("SELECT pageno FROM dbstat WHERE name <> 'sqlite_schema' ORDER BY pageno").fetchall()
    with file.open("r+b") as bytes_of:
        for (number,) in random.Random(seed).sample(rows[len(rows) // 2 :], 3):
            bytes_of.seek((number - 1) * PAGE)
            bytes_of.write(b"\xff" * PAGE)
    damaged = connect(f"sqlite:///{file}")
    found = verify(damaged)
    assert any(each.table == "file" for each in found)
    broken = unreadable_tables(damaged)
    saved = tmp_path / "saved.jsonl.gz"
    exported = export(damaged, saved)
    assert set(broken) <= set(exported.lost)
    assert import_(other, saved) == exported.rows
    damaged.dispose()


@pytest.mark.parametrize(
    ("table", "damage"),
    [
        ("texts", "UPDATE texts SET text = CAST(x'436166e9' AS TEXT) WHERE rowid = (SELECT max(rowid) FROM texts)"),
        ("fetches", "UPDATE fetches SET headers = '[[' WHERE id = (SELECT min(id) FROM fetches)"),
        ("releases", "UPDATE releases SET first_seen = 'gestern' WHERE id = (SELECT min(id) FROM releases)"),
    ],
)
def test_what_cannot_be_understood_is_left_out_and_the_rest_saved(
    file: Path, other: Engine, tmp_path: Path, table: str, damage: str
) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(damage)
    damaged = connect(f"sqlite:///{file}")
    verify(damaged)
    exported = export(damaged, tmp_path / "saved.jsonl.gz")
    assert table in exported.lost
    assert import_(other, tmp_path / "saved.jsonl.gz") == exported.rows
    damaged.dispose()


def test_a_schema_that_is_no_text_any_more_is_told_in_one_sentence(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content.replace(b"CREATE TABLE texts", b"CREATE TABLX t\xc2xts", 1))
    with pytest.raises(BilanzError, match=r"is damaged where the list of its tables stands"):
        connect(f"sqlite:///{file}").connect()


def test_whatever_is_wrong_with_an_export_is_said_in_one_sentence(file: Path, other: Engine, tmp_path: Path) -> None:
    whole = tmp_path / "export.jsonl.gz"
    export(connect(f"sqlite:///{file}"), whole)
    packed, lines = whole.read_bytes(), gzip.decompress(whole.read_bytes())
    chance = random.Random(1)
    broken = tmp_path / "broken.jsonl.gz"
    for number in range(40):
        inside = number % 2
        content = bytearray(lines if inside else packed)
        for _ in range(1 + number % 4):
            place = chance.randrange(len(content))
            content[place : place + 1] = bytes([chance.randrange(256)]) * chance.randrange(3)
        broken.write_bytes(gzip.compress(bytes(content)) if inside else bytes(content))
        with suppress(Exception):
            if gzip.decompress(broken.read_bytes()) == lines:
                continue  # what was replaced by itself, or stands in no one's way
        try:
            import_(other, broken)
        except InputError as error:
            assert "\n" not in str(error)
        else:
            pytest.fail(f"damage {number} was not seen")


def test_upgrade_says_what_it_did(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'new.db'}")
    assert [upgrade(engine), upgrade(engine)] == ["empty", "current"]
