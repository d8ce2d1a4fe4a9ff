"""How the program is: one page and one answer for machines, which say what is amiss and nothing of where it lies."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from db.archive.imported import note_import
from db.engine import connect
from db.operation import vitals
from db.operation.runs import SourceRecord, end_run, record_copy, record_source, set_paused, start_run
from web.app import create_app
from web.http.slow import HOUR, SlowQueries

NOW = datetime.now(UTC)


class Later:
    """A clock that can be put forward."""

    later = timedelta()

    def now(self) -> datetime:
        return NOW + self.later


@pytest.fixture
def clock() -> Later:
    return Later()


@pytest.fixture
def client(reports: Engine, clock: Later) -> TestClient:
    return TestClient(create_app(reports, now=clock.now))


def night(
    engine: Engine, at: datetime, state: str = "completed", reason: str | None = None, *, scheduled: bool = True
) -> None:
    run = start_run(engine, "ingest", now=at, scheduled=scheduled)
    record_source(engine, SourceRecord(run, "amt", state, reason, {"found": 1}, at, at))
    end_run(engine, run, state, now=at)


def asked(client: TestClient) -> dict:
    return client.get("/api/v1/health").json()


def test_all_is_well_after_a_good_night_and_no_longer_when_the_next_is_missed(
    client: TestClient, reports: Engine, clock: Later
) -> None:
    night(reports, NOW - timedelta(hours=1), "failed")
    assert asked(client)["vitals"]["concerns"] == ["no good night", "offices failed"]
    night(reports, NOW)
    found = asked(client)
    assert (found["state"], found["vitals"]["concerns"], found["vitals"]["stale"]) == ("well", [], [])
    assert "36 Stunden war" not in client.get("/health").text
    clock.later = timedelta(hours=37)
    assert asked(client)["state"] == "unwell"
    assert set(asked(client)["vitals"]["concerns"]) == {"no good night", "offices not read"}
    assert "In den letzten 36 Stunden war keine Pressestelle zu lesen." in client.get("/health").text
    assert "No press office could be read in the last 36 hours." in client.get("/en/health").text


def test_a_run_by_hand_is_no_night_where_there_are_nights(client: TestClient, reports: Engine) -> None:
    night(reports, NOW, scheduled=False)
    found = asked(client)["vitals"]
    assert (found["concerns"], found["last_good_night"]) == ([], None)
    night(reports, NOW - timedelta(hours=37))
    found = asked(client)["vitals"]
    assert found["concerns"] == ["no good night"]
    assert found["last_good_night"] < found["last_read"]


def test_an_office_that_failed_last_is_told_at_once(client: TestClient, reports: Engine) -> None:
    night(reports, NOW - timedelta(hours=2))
    night(reports, NOW, "failed")
    found = asked(client)
    assert (found["state"], found["vitals"]["concerns"]) == ("unwell", ["offices failed"])
    assert found["vitals"]["failed"] == ["amt"]
    assert "Einzelne Pressestellen waren im letzten Lauf nicht zu lesen." in client.get("/health").text
    set_paused(reports, "amt", paused=True)
    assert asked(client)["state"] == "well"


def test_a_daily_copy_that_stays_away_is_told(client: TestClient, reports: Engine, clock: Later) -> None:
    night(reports, NOW)
    assert asked(client)["vitals"]["last_copy"] is None
    assert "nachgewiesene Kopie" not in client.get("/health").text
    record_copy(reports, began=NOW - timedelta(days=9), now=NOW - timedelta(days=9))
    assert "Letzte nachgewiesene Kopie" in client.get("/health").text
    assert asked(client)["state"] == "well"
    record_copy(reports, began=NOW - timedelta(hours=35), now=NOW, daily=True)
    assert asked(client)["state"] == "well"
    clock.later = timedelta(hours=2)
    record_copy(reports, began=NOW, now=NOW)
    assert asked(client)["vitals"]["concerns"] == ["no daily copy"]
    assert "No daily copy of the database was proved for 36 hours." in client.get("/en/health").text


def test_offices_that_are_all_paused_are_told(client: TestClient, reports: Engine, clock: Later) -> None:
    night(reports, NOW)
    set_paused(reports, "amt", paused=True)
    assert asked(client)["vitals"]["concerns"] == []
    clock.later = timedelta(hours=37)
    assert asked(client)["vitals"]["concerns"] == ["no good night"]


def test_runs_say_what_they_read(client: TestClient, reports: Engine) -> None:
    note_import(reports, "alt", "Amt für Radwege")
    run = start_run(reports, "import", now=NOW)
    for source in ("alt", "b", "c", "d", "e"):
        record_source(reports, SourceRecord(run, source, "failed", None, {}, NOW, NOW))
    end_run(reports, run, "failed", now=NOW)
    shown = " ".join(BeautifulSoup(client.get("/health").text, "lxml").select_one("ul.log li").get_text().split())
    assert shown.endswith("Import: gescheitert Import „Amt für Radwege“, b, c, 2 weitere")


def test_what_was_imported_has_no_nights(client: TestClient, reports: Engine, clock: Later) -> None:
    note_import(reports, "alt", "Amt für Radwege")
    run = start_run(reports, "import", now=NOW)
    record_source(reports, SourceRecord(run, "alt", "completed", None, {}, NOW, NOW))
    end_run(reports, run, "completed", now=NOW)
    clock.later = timedelta(days=30)
    assert (asked(client)["vitals"]["offices"], asked(client)["vitals"]["concerns"]) == (0, [])


def test_a_disk_without_room_for_the_database_is_told(client, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = vitals.shutil.disk_usage("/")._replace(free=5_000_000)
    monkeypatch.setattr(vitals.shutil, "disk_usage", lambda _: usage)
    assert "disk nearly full" in asked(client)["vitals"]["concerns"]
    assert asked(client)["vitals"]["disk_free_bytes"] == 5_000_000
    assert "bilanz_disk_free_bytes 5e+06" in client.get("/metrics").text


def test_nobody_learns_where_the_database_lies(client, reports: Engine) -> None:
    file = str(reports.url.database)
    night(reports, NOW, "failed", f"The database {reports.url.render_as_string()} is full; make room.")
    for path in ("/health", "/en/health", "/api/v1/health", "/api/v1/health?format=csv", "/metrics", "/new"):
        assert file not in client.get(path).text, path
        assert str(Path(file).parent) not in client.get(path).text, path
    assert "The database here is full" in client.get("/health").text


def test_slow_queries_are_counted_for_an_hour(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    engine, passed = connect(f"sqlite:///{tmp_path}/any.db"), [0.0]
    slow = SlowQueries(engine, now=lambda: passed[0])

    def ask(seconds: float, query: str) -> None:
        with engine.connect() as connection:
            connection.connection.driver_connection.create_function(
                "wait", 0, lambda: passed.__setitem__(0, passed[0] + seconds)
            )
            connection.execute(text(query), {"told": "geheim"})

    ask(0.2, "SELECT wait(), :told")
    assert slow.lately().queries == 0
    ask(2.5, "SELECT wait(), :told")
    with pytest.raises(DBAPIError):
        ask(4, "SELECT wait(), :told, json('{')")
    assert (slow.lately().queries, slow.lately().slowest_seconds) == (2, 4.0)
    assert "slow query (2.5 s): SELECT wait(), ?" in caplog.text
    assert "geheim" not in "".join(record.getMessage() for record in caplog.records)
    passed[0] += HOUR + 10
    assert slow.lately().queries == 0


def test_every_metric_is_documented(client, reports: Engine) -> None:
    record_copy(reports, began=NOW, now=NOW, daily=True)
    documented = (Path(__file__).parents[2] / "docs/monitoring.md").read_text("utf-8")
    names = {family.name for family in text_string_to_metric_families(client.get("/metrics").text)}
    assert len(names) > 10
    assert [name for name in sorted(names) if f"`{name}`" not in documented] == []
