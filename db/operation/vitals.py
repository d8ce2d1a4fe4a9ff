"""How the program itself is: its nights, the offices that wait, its messages, its room on the disk."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine, text

from db.archive.imported import imported_sources
from db.curation.objections import count_open_objections
from db.operation.health import SourceHealth
from db.operation.runs import has_schedule, last_completed, last_good, living_runs
from db.watching.alerts import deliveries

MISSED = timedelta(hours=36)
"""Without a good night, a daily copy, or being read, after which somebody must have a look: one was missed."""

_LEAST_FREE = 1_000_000_000
"""Bytes on the disk below which a night may not find room."""

Concern = Literal[
    "no good night", "offices failed", "offices not read", "no daily copy", "disk nearly full", "messages given up"
]


@dataclass(frozen=True, slots=True)
class Vitals:
    """What an operator looks at first.

    Attributes:
        last_good_night: beginning of the last ingestion of a schedule that could read an office (UTC); None before
            the first.
        last_read: the same of all ingestions, those by hand, too.
        offices: press offices that are read, without those that are paused and what was imported.
        due: of these, those whose time has come.
        stale: ids of those that no run has read for a night and a half.
        failed: ids of those that the last run could not read.
        last_copy: the moment of the last copy of the database that was proved; None before the first.
        last_daily_copy: the same of those that are made every day.
        running: runs that somebody works on.
        messages_waiting: that will be tried again.
        messages_given_up: that were tried too often.
        objections_open: of readers to claims, that no reviewer has answered.
        database_bytes: size of the database.
        disk_free_bytes: room beside the file of the database; None where a server keeps it.
        concerns: what somebody must have a look at; none where all is well.
    """

    last_good_night: datetime | None
    last_read: datetime | None
    offices: int
    due: int
    stale: tuple[str, ...]
    failed: tuple[str, ...]
    last_copy: datetime | None
    last_daily_copy: datetime | None
    running: int
    messages_waiting: int
    messages_given_up: int
    objections_open: int
    database_bytes: int
    disk_free_bytes: int | None
    concerns: tuple[Concern, ...]


def vitals(engine: Engine, sources: list[SourceHealth], *, now: datetime) -> Vitals:
    """How the program is at this moment.

    Args:
        engine: the database.
        sources: see `db.operation.health.health`.
        now: the time (UTC).
    """
    imported = imported_sources(engine)
    offices = [each for each in sources if each.source_id not in imported]
    read = [each for each in offices if not each.paused and (each.last_run or each.due_at)]
    stale = tuple(each.source_id for each in read if each.last_run is None or each.last_run < now - MISSED)
    failed = tuple(each.source_id for each in read if each.state == "failed")
    last_copy, last_daily_copy = (last_completed(engine, "backup", scheduled=daily) for daily in (False, True))
    last_night, last_read = (last_good(engine, "ingest", scheduled=scheduled) for scheduled in (True, False))
    # Whoever has no schedule reads by hand.
    awaited = last_night if has_schedule(engine) else last_read
    became = deliveries(engine).values()
    given_up = sum(each.given_up for each in became)
    size, free = _size(engine), _free(engine)
    concerns: dict[Concern, bool] = {
        # Where no office was ever to be read there are no nights; where all are paused somebody must know it.
        "no good night": bool(offices) and (awaited is None or awaited < now - MISSED),
        "offices failed": bool(failed),
        "offices not read": bool(stale),
        # Whoever copies the database by other means has made no daily ones.
        "no daily copy": last_daily_copy is not None and last_daily_copy < now - MISSED,
        "disk nearly full": free is not None and free < max(_LEAST_FREE, size),
        "messages given up": given_up > 0,
    }
    return Vitals(
        last_good_night=last_night,
        last_read=last_read,
        offices=len(read),
        due=sum(each.due_at is not None and each.due_at <= now for each in read),
        stale=stale,
        failed=failed,
        last_copy=last_copy,
        last_daily_copy=last_daily_copy,
        running=len(living_runs(engine, now=now)),
        messages_waiting=sum(each.waiting for each in became),
        messages_given_up=given_up,
        objections_open=count_open_objections(engine),
        database_bytes=size,
        disk_free_bytes=free,
        concerns=tuple(concern for concern, holds in concerns.items() if holds),
    )


def _size(engine: Engine) -> int:
    asked = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
        "postgresql": "SELECT pg_database_size(current_database())",
    }
    with engine.connect() as connection:
        return int(connection.execute(text(asked[engine.dialect.name])).scalar_one())


def _free(engine: Engine) -> int | None:
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    try:
        return shutil.disk_usage(Path(engine.url.database).parent).free
    except OSError:  # a database in memory
        return None
