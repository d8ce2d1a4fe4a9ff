"""What is on record of reading the archive again."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from db.operation.runs import SourceRecord, end_run, record_source, run, runs, start_run
from db.watching.alerts import take_alert, waiting_alerts
from db.watching.watches import add_watch
from flows.office.archive import Reread
from flows.runs.rereads import recorded
from models.filters import ClaimFilter

PAGES = [Reread("land", str(number), f"https://land.example/{number}", "Radwege") for number in range(3)]


def until_somebody_ends_it() -> Iterator[list[Reread]]:
    yield PAGES[:2]
    raise KeyboardInterrupt


def test_a_run_that_is_ended_tells_what_had_come_until_then(engine: Engine) -> None:
    with pytest.raises(KeyboardInterrupt):
        recorded(engine, until_somebody_ends_it())
    (ended,) = runs(engine)
    (land,) = run(engine, ended.id)[1]
    assert (ended.state, land.state, land.counts["found"]) == ("interrupted", "interrupted", 2)


def test_nobody_is_told_that_an_office_is_well_that_was_not_asked(engine: Engine) -> None:
    now = datetime.now(UTC)
    add_watch(engine, "sources", "", ClaimFilter(), channel="mail", target="a@example.org", now=now)
    failed = start_run(engine, "ingest", now=now)
    record_source(engine, SourceRecord(failed, "land", "failed", "silent", {}, now, now))
    end_run(engine, failed, "failed", now=now)
    recorded(engine, iter([PAGES]))
    (waiting,) = waiting_alerts(engine, now=datetime.now(UTC))
    message = take_alert(engine, waiting.id, now=datetime.now(UTC))
    assert message is not None
    assert [item["state"] for item in message.items] == ["failed"]
