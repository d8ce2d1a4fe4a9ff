"""Runs, when offices are due, and how each fares."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from db.operation.health import health, last_counts
from db.operation.removal import drop_source
from db.operation.runs import (
    SourceRecord,
    due_sources,
    end_run,
    interrupt_run,
    last_good,
    left_some,
    next_due,
    record_source,
    run,
    running_runs,
    runs,
    set_due,
    start_run,
)
from db.releases.queries import releases
from models.errors import InputError
from tests.support.four_reports import HOST
from tests.support.releases import extraction, moment, page, store

NOW = moment("2026-01-01")


def test_runs_due_times_and_health(engine: Engine) -> None:
    first = start_run(engine, "ingest", now=NOW)
    second = start_run(engine, "ingest", now=NOW + timedelta(hours=1))
    assert sorted(running_runs(engine)) == sorted([first, second])
    interrupt_run(engine, first, now=NOW)
    assert running_runs(engine) == [second]
    report = SourceRecord(second, "land", "degraded", "slow", {"new": 2}, NOW, NOW)
    record_source(engine, report)
    record_source(engine, replace(report, state="completed", reason=None))
    end_run(engine, second, "completed", now=NOW + timedelta(hours=2))
    assert [(each.id, each.state) for each in runs(engine)] == [(second, "completed"), (first, "interrupted")]
    assert [(each.state, each.counts) for each in run(engine, second)[1]] == [("completed", {"new": 2})]
    with pytest.raises(InputError):
        run(engine, "nothing")
    set_due(engine, "land", NOW + timedelta(days=1))
    assert due_sources(engine, ["land", "sea"], now=NOW) == ["sea"]
    assert due_sources(engine, ["land", "sea"], now=NOW + timedelta(days=1)) == ["land", "sea"]
    assert next_due(engine, ["land", "sea"]) == NOW + timedelta(days=1)
    assert next_due(engine, ["sea"]) is None
    release = page("T", "Es sind 5 Boote.", "2024-01-01")
    store(engine, HOST, release, extraction(release, []))
    (land,) = health(engine)
    assert (land.state, land.releases, land.last_new) == ("completed", 1, moment("2024-01-01", 18))
    drop_source(engine, "land")
    assert health(engine) == []
    assert [each.state for each in runs(engine)] == ["completed", "interrupted"]
    assert [each.source_id for each in releases(engine)] == ["land"]
    with pytest.raises(InputError, match="was ever read"):
        drop_source(engine, "sea")


def test_a_run_that_somebody_ended_tells_what_it_stored_and_nothing_of_how_the_office_is(engine: Engine) -> None:
    for hours, kind, state in ((0, "ingest", "failed"), (1, "ingest", "interrupted")):
        at = NOW + timedelta(hours=hours)
        run_id = start_run(engine, kind, now=at)
        record_source(engine, SourceRecord(run_id, "land", state, None, {"found": 3, "new": hours}, at, at), tell=False)
        end_run(engine, run_id, state, now=at)
    assert [(each.state, each.last_run) for each in health(engine)] == [("failed", NOW)]
    assert last_counts(engine) == {"land": {"found": 3, "new": 0}}
    assert run(engine, run_id)[1][0].counts == {"found": 3, "new": 1}
    assert left_some(engine, "land")


def test_a_clock_that_ran_ahead_keeps_nothing_from_being_read(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    now = datetime.now(UTC)
    ahead = now + timedelta(days=365)
    before = now - timedelta(hours=1)
    sound = start_run(engine, "ingest", now=before)
    record_source(engine, SourceRecord(sound, "land", "failed", "nobody answers", {"found": 3}, before, now))
    wrong = start_run(engine, "ingest", now=ahead)
    record_source(engine, SourceRecord(wrong, "land", "completed", None, {}, ahead, ahead))
    set_due(engine, "land", ahead + timedelta(hours=20))
    assert due_sources(engine, ["land"], now=now) == ["land"]
    assert "land was to be read on" in caplog.text
    assert [(each.state, each.reason) for each in health(engine)] == [("failed", "nobody answers")]
    end_run(engine, sound, "completed", now=now)
    assert last_good(engine, "ingest") is None
    record_source(engine, SourceRecord(sound, "land", "degraded", "slow", {"found": 3}, before, now))
    end_run(engine, wrong, "completed", now=ahead)
    assert last_good(engine, "ingest") == before
    assert last_counts(engine) == {"land": {"found": 3}}
    set_due(engine, "land", now + timedelta(hours=20))
    assert due_sources(engine, ["land"], now=now) == []


def test_reading_what_is_stored_says_nothing_of_how_an_office_is(engine: Engine) -> None:
    night = start_run(engine, "ingest", now=NOW)
    record_source(engine, SourceRecord(night, "land", "failed", "nobody answers", {"found": 0}, NOW, NOW))
    later = NOW + timedelta(hours=1)
    again = start_run(engine, "reextract", now=later)
    record_source(engine, SourceRecord(again, "land", "completed", None, {"claims": 3}, later, later))
    assert [(each.state, each.reason, each.last_run) for each in health(engine)] == [("failed", "nobody answers", NOW)]
    assert last_counts(engine) == {"land": {"found": 0}}
