"""Migrations, and databases that are too old, too new or someone else's."""

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import CheckConstraint, Engine, Row, inspect, select, text
from sqlalchemy.exc import DBAPIError

import db
from db.archive.fetches import Vanished, record_fetch
from db.claims.queries import ClaimFilter, claims
from db.engine import connect
from db.tables import Base
from db.upkeep.backup import backup
from db.upkeep.migrating import differences
from db.upkeep.schema import check_schema, current_revision, downgrade, upgrade
from db.upkeep.verify import verify
from db.watching.alerts import waiting_alerts
from db.watching.raising import raise_claim_alerts
from db.watching.watches import add_watch, watches
from inquiries.previous import PreviousStatements
from models.errors import BilanzError, InputError, SchemaMismatch
from tests.support.four_reports import store_reports
from tests.support.releases import extraction, page, says, store

LASTING = ("sources", "snapshots", "texts", "releases", "revisions", "page_readings", "claims", "readings", "fetches")
"""Tables that every version had; others are made of them, or were not there yet."""


def test_empty_database_gets_the_schema(empty_url: str) -> None:
    engine = connect(empty_url)
    check_schema(engine)
    check_schema(engine)
    assert differences(engine) == []
    engine.dispose()


def test_downgrade_to_base_leaves_nothing_and_upgrade_brings_it_back(empty_url: str) -> None:
    engine = connect(empty_url)
    upgrade(engine)
    downgrade(engine, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(engine)
    assert differences(engine) == []
    with pytest.raises(InputError, match="no schema revision"):
        downgrade(engine, "9999")
    engine.dispose()


def test_conditions_of_the_tables_are_those_that_migrations_made(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'bilanz.db'}")
    check_schema(engine)
    for table in Base.metadata.sorted_tables:
        wanted = {str(each.sqltext) for each in table.constraints if isinstance(each, CheckConstraint)}
        assert {each["sqltext"] for each in inspect(engine).get_check_constraints(table.name)} == wanted
    engine.dispose()


def test_a_filled_database_goes_down_and_up_again_and_is_searched_as_before(empty_url: str) -> None:
    engine = connect(empty_url)
    check_schema(engine)
    release = page("Schulen", "Es gibt 12 Grundschulen. Und 3 Schulen.", "2024-01-01")
    read = extraction(release, [says("12 Grundschulen", value="12"), says("3 Schulen", value="3")])
    store(engine, "https://office.example/", release, read)
    before = rows_of(engine)
    # The last that knew no weights.
    downgrade(engine, "0003")
    with engine.connect() as connection:
        terms = connection.execute(text("SELECT term, claim_key FROM search_terms ORDER BY 1, 2")).all()
    assert terms == sorted((row.term, row.claim_key) for row in before["search_terms"])
    upgrade(engine)
    assert differences(engine) == []
    del before["claim_changes"]  # a log that this older schema did not have
    assert {name: rows for name, rows in rows_of(engine).items() if name in before} == before
    assert [each.claim.quote for each in claims(engine, ClaimFilter(text="Schule")).claims] == [
        "3 Schulen",
        "12 Grundschulen",
    ]
    engine.dispose()


def test_a_filled_database_of_every_version_is_brought_up_to_date(tmp_path: Path) -> None:
    first = connect(f"sqlite:///{tmp_path / 'first.db'}")
    check_schema(first)
    store_reports(first)
    versions = [path.stem[:4] for path in (Path(db.__file__).parent / "migrations" / "versions").glob("0*.py")]
    before = {name: len(rows) for name, rows in rows_of(first).items()}
    found = claims(first, ClaimFilter(text="Projekte")).claims
    for version in sorted(versions, reverse=True):
        downgrade(first, version)
        backup(first, tmp_path / f"{version}.db")
        older = connect(f"sqlite:///{tmp_path / f'{version}.db'}")
        assert upgrade(older) == ("current" if version == max(versions) else "older")
        assert differences(older) == []
        assert verify(older) == []
        after = {name: len(rows) for name, rows in rows_of(older).items()}
        assert {name: after[name] for name in LASTING} == {name: before[name] for name in LASTING}, version
        read_again = claims(older, ClaimFilter(text="Projekte")).claims
        assert [each.claim.quote for each in read_again] == [each.claim.quote for each in found]
        older.dispose()
    first.dispose()


def test_watches_and_changes_go_down_and_up_again(empty_url: str) -> None:
    engine = connect(empty_url)
    check_schema(engine)
    now, never = datetime(2024, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
    first, asked, chat = (
        add_watch(engine, "claims", "", ClaimFilter(), now=now, target="a@example.org", **more)
        for more in ({"channel": "mail"}, {"channel": "mail", "on_page": True}, {"channel": "slack"})
    )
    release = page("Schulen", "Es gibt 12 Grundschulen.", "2024-01-01")
    store(engine, "https://office.example/", release, extraction(release, [says("12", value="12")]))
    record_fetch(engine, "land", "https://office.example/", Vanished(now, 404, "not found"))
    raise_claim_alerts(engine, PreviousStatements, now=now)
    waiting = waiting_alerts(engine, now=never)
    assert len(waiting) == 2
    downgrade(engine, "0013")
    with engine.connect() as connection:
        causes = connection.execute(text("SELECT cause FROM claim_changes")).scalars().all()
        standing = connection.execute(text("SELECT id FROM watches WHERE removed_at IS NULL")).scalars().all()
    assert (causes, standing) == (["release"], [first.id])
    upgrade(engine)
    assert differences(engine) == []
    (again,) = watches(engine)
    assert (again.frequency, again.on_page, again.confirmed_at) == ("run", False, first.created_at)
    assert len(again.secret) > 20 and again.secret != first.secret
    assert [each.id for each in waiting_alerts(engine, now=never)] == [waiting[0].id]
    # New rows find their numbers, and what pointed at the rows before still does.
    assert add_watch(engine, "claims", "", ClaimFilter(), now=now, channel="teams", target="x").id > chat.id
    with engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text("DELETE FROM watches"))
    assert asked.id == 2
    engine.dispose()


def test_whoever_only_asks_loads_nothing_that_migrates(empty_url: str) -> None:
    engine = connect(empty_url)
    upgrade(engine)
    engine.dispose()
    asked = (
        f"import sys, db.upkeep.schema as schema; schema.open_database({empty_url!r}); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def rows_of(engine: Engine) -> dict[str, list[Row[Any]]]:
    with engine.connect() as connection:
        return {
            table.name: sorted(connection.execute(select(table)).all(), key=repr)
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE alembic_version SET version_num = 'ffff'", "newer version"),
        ("DROP TABLE alembic_version", "another program"),
    ],
)
def test_other_schemas_are_refused_and_not_touched(empty_url: str, statement: str, message: str) -> None:
    engine = connect(empty_url)
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text(statement))
    before = sorted(inspect(engine).get_table_names())
    for refused in (check_schema, upgrade):
        with pytest.raises(SchemaMismatch, match=message):
            refused(engine)
    assert sorted(inspect(engine).get_table_names()) == before
    engine.dispose()


def test_older_schema_is_refused_until_upgraded(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = connect(empty_url)
    upgrade(engine)
    monkeypatch.setattr("db.upkeep.schema.current_revision", lambda: "the next one")
    with pytest.raises(SchemaMismatch, match="bilanz db upgrade"):
        check_schema(engine)
    engine.dispose()


def _check(url: str) -> str:
    engine = connect(url)
    check_schema(engine)
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def test_many_processes_may_meet_at_an_empty_database(empty_url: str) -> None:
    with ProcessPoolExecutor(6, mp_context=get_context("spawn")) as pool:
        assert set(pool.map(_check, [empty_url] * 6)) == {current_revision()}


@pytest.mark.parametrize("url", ["not a url", "mysql://host/name"])
def test_urls_that_cannot_be_used(url: str) -> None:
    with pytest.raises(InputError):
        connect(url)


def test_databases_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database" * 100)
    for url in (f"sqlite:///{tmp_path}/text.db", f"sqlite:///{tmp_path}", "postgresql://127.0.0.1:1/nothing"):
        engine = connect(url)
        for work in (check_schema, upgrade, lambda engine: downgrade(engine, "0001")):
            with pytest.raises(BilanzError, match=r"(cannot be opened|is no database).* check BILANZ_DATABASE_URL"):
                work(engine)
        engine.dispose()
    with pytest.raises(InputError, match="cannot be made"):
        connect(f"sqlite:///{tmp_path}/text.db/below.db")


def test_folder_of_a_new_sqlite_file_is_made(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/a/b/bilanz.db")
    check_schema(engine)
    engine.dispose()
    assert (tmp_path / "a/b/bilanz.db").is_file()


def test_datasette_metadata_names_what_is_there(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/bilanz.db")
    check_schema(engine)
    metadata = yaml.safe_load((Path(db.__file__).parent / "data/datasette.yaml").read_text("utf-8"))
    described = metadata["databases"]["bilanz"]
    columns = {table.name: set(table.columns.keys()) for table in Base.metadata.sorted_tables}
    for name, table in described["tables"].items():
        assert set(table.get("columns", ())) | set(table.get("facets", ())) <= columns[name]
        assert table.get("sort_desc") in {None, *columns[name]}
    with engine.connect() as connection:
        for query in described["queries"].values():
            assert connection.execute(text(query["sql"])).all() == []
    engine.dispose()
