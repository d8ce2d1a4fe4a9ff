"""Each alarm of docs/monitoring.md rings when it should, and is silent on a good night."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine

from db.archive.imported import note_import
from db.operation.runs import SourceRecord, end_run, record_copy, record_source, start_run
from db.watching.alerts import alert_failed, take_alert, waiting_alerts
from db.watching.watches import add_watch
from models.filters import ClaimFilter
from web.app import create_app

DOCS = Path(__file__).parents[2] / "docs" / "monitoring.md"
ALARM = re.compile(
    r"^(?P<since>time\(\) - )?(?P<name>bilanz_\w+)(?:\{(?P<label>\w+)=\"(?P<value>\w+)\"\})?"
    r" (?P<sign>>|==) (?P<bound>[\d* ]+?)(?: *#.*)?$"
)


def alarms() -> Iterator[re.Match[str]]:
    block = re.search(r"```promql\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert block is not None
    for line in block[1].splitlines():
        alarm = ALARM.match(line)
        assert alarm is not None, f"not understood: {line}"
        yield alarm


def ringing(engine: Engine) -> set[str]:
    """The metrics whose alarm has a sample that rings."""
    text = TestClient(create_app(engine)).get("/metrics").text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    found = set()
    for alarm in alarms():
        bound = 1
        for factor in alarm["bound"].split("*"):
            bound *= int(factor)
        for sample in samples:
            if sample.name != alarm["name"] or (alarm["label"] and sample.labels[alarm["label"]] != alarm["value"]):
                continue
            value = time.time() - sample.value if alarm["since"] else sample.value
            if value > bound if alarm["sign"] == ">" else value == bound:
                found.add(alarm["name"])
    return found


def night(engine: Engine, state: str, before: timedelta, office: str = "land", *, scheduled: bool = True) -> None:
    at = datetime.now(UTC) - before
    run_id = start_run(engine, "ingest", now=at, scheduled=scheduled)
    record_source(engine, SourceRecord(run_id, office, state, None, {}, at, at))  # type: ignore[arg-type]
    end_run(engine, run_id, state, now=at)  # type: ignore[arg-type]


def test_where_there_was_no_night_at_all_it_rings(engine: Engine) -> None:
    assert ringing(engine) == {"bilanz_last_good_night_timestamp_seconds"}


@pytest.mark.parametrize("state", ["completed", "degraded"])
def test_a_good_night_is_silent(engine: Engine, state: str) -> None:
    night(engine, state, timedelta(hours=5))
    assert ringing(engine) == set()


def test_two_days_without_a_good_night_ring_whatever_is_read_by_hand(engine: Engine) -> None:
    night(engine, "degraded", timedelta(hours=40))
    night(engine, "completed", timedelta(hours=6), scheduled=False)
    night(engine, "failed", timedelta(hours=5))
    assert ringing(engine) == {"bilanz_last_good_night_timestamp_seconds", "bilanz_source_state"}


def test_an_office_that_a_run_by_hand_left_out_rings(engine: Engine) -> None:
    night(engine, "completed", timedelta(hours=40), "see")
    night(engine, "completed", timedelta(hours=5))
    assert ringing(engine) == {"bilanz_sources_stale"}


def test_a_daily_copy_that_stays_away_rings(engine: Engine) -> None:
    now = datetime.now(UTC)
    night(engine, "completed", timedelta(hours=5))
    record_copy(engine, began=now - timedelta(days=9), now=now)
    assert ringing(engine) == set()
    record_copy(engine, began=now - timedelta(hours=40), now=now, daily=True)
    assert ringing(engine) == {"bilanz_last_daily_copy_timestamp_seconds"}
    record_copy(engine, began=now - timedelta(hours=3), now=now, daily=True)
    assert ringing(engine) == set()


def test_an_import_that_failed_does_not_ring(engine: Engine) -> None:
    night(engine, "completed", timedelta(hours=5))
    note_import(engine, "akten", None)
    night(engine, "failed", timedelta(hours=4), "akten")
    assert ringing(engine) == set()


def test_messages_that_were_given_up_ring(engine: Engine) -> None:
    now = datetime.now(UTC)
    night(engine, "completed", timedelta(hours=30))
    add_watch(engine, "sources", "", ClaimFilter(), channel="mail", target="a@example.org", now=now)
    night(engine, "degraded", timedelta(hours=6))
    night(engine, "completed", timedelta(hours=5))
    assert ringing(engine) == set()
    for days in range(60):
        later = now + timedelta(days=days)
        for waiting in waiting_alerts(engine, now=later):
            message = take_alert(engine, waiting.id, now=later)
            assert message is not None
            alert_failed(engine, message, "nobody answers", now=later)
    assert ringing(engine) == {"bilanz_alerts_given_up"}
