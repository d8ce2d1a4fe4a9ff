"""Runs and what they found, due times, and the health of the sources."""

import logging
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Engine, exists, func, insert, or_, select, update

from db.bulk import insert_ignore
from db.clocks import latest_credible
from db.engine import write
from db.operation.leases import abandoned_runs
from db.tables import ListPosition, Run, RunSource, SourceRow
from db.watching.raising import raise_source_alerts
from models.errors import InputError

log = logging.getLogger(__name__)

RHYTHM = timedelta(days=2)
"""Offices are read every night: nothing is due later than this."""
RunState = Literal["running", "completed", "degraded", "failed", "interrupted"]
RunKind = Literal["ingest", "backfill", "reextract", "report", "import", "history", "backup"]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run; times in UTC, `ended_at` None while it runs."""

    id: str
    kind: RunKind
    state: RunState
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What one run found at one source; `counts` as the run reported them."""

    run_id: str
    source_id: str
    state: RunState
    reason: str | None
    counts: Mapping[str, int]
    started_at: datetime
    ended_at: datetime | None


def start_run(
    engine: Engine, kind: RunKind, *, now: datetime, run_id: str | None = None, scheduled: bool = False
) -> str:
    """Notes that a run begins; its id, made unless the caller has one already.

    Args:
        engine: the database.
        kind: of the run.
        now: when it begins.
        run_id: its id.
        scheduled: begun by a schedule, not by hand.
    """
    run_id = run_id or uuid4().hex
    row = insert(Run).values(id=run_id, kind=kind, started_at=now, state="running", scheduled=scheduled)
    write(engine, lambda connection: connection.execute(row))
    return run_id


def end_run(engine: Engine, run_id: str, state: RunState, *, now: datetime) -> None:
    """Notes how a run ended."""
    row = update(Run).where(Run.id == run_id).values(state=state, ended_at=now)
    write(engine, lambda connection: connection.execute(row))


def record_copy(engine: Engine, *, began: datetime, now: datetime, daily: bool = False) -> None:
    """Notes that a copy of the database was made and proved.

    Args:
        engine: the database.
        began: the moment that was copied.
        now: when it was proved.
        daily: whether one is made every day, so that the next is waited for.
    """
    times = {"started_at": began, "ended_at": now}
    row = insert(Run).values(id=uuid4().hex, kind="backup", state="completed", scheduled=daily, **times)
    write(engine, lambda connection: connection.execute(row))


def running_runs(engine: Engine) -> list[str]:
    """Ids of the runs that have not ended, be it because they were killed."""
    with engine.connect() as connection:
        return list(connection.scalars(select(Run.id).where(Run.state == "running")))


def living_runs(engine: Engine, *, now: datetime) -> list[str]:
    """Ids of the runs that somebody works on, as far as their leases tell."""
    abandoned = abandoned_runs(engine, now=now)
    return [run_id for run_id in running_runs(engine) if run_id not in abandoned]


def interrupt_run(engine: Engine, run_id: str, *, now: datetime) -> None:
    """Notes that a run was killed, unless it has ended; so were its sources that had not."""

    def work(connection: Connection) -> None:
        for table, name in ((Run, Run.id), (RunSource, RunSource.run_id)):
            lost = update(table).where(name == run_id, table.state == "running")
            connection.execute(lost.values(state="interrupted", ended_at=now))

    write(engine, work)


def record_source(engine: Engine, record: SourceRecord, *, tell: bool = True) -> None:
    """Notes what a run found at a source; a second report of the same run replaces the first.

    Args:
        engine: the database.
        record: what was found.
        tell: whether it says how the source is, so that those who watch it are told of a change.
    """

    # Everybody may read how a source is; where the database lies is for its operator.
    reason = record.reason and record.reason.replace(engine.url.render_as_string(), "here")

    def work(connection: Connection) -> None:
        values = {
            "state": record.state,
            "reason": reason,
            "counts": dict(record.counts),
            "started_at": record.started_at,
            "ended_at": record.ended_at,
        }
        insert_ignore(connection, SourceRow, [{"id": record.source_id, "paused": False}])
        place = {"run_id": record.run_id, "source_id": record.source_id}
        insert_ignore(connection, RunSource, [place | values])
        connection.execute(update(RunSource).filter_by(**place).values(values))
        if tell:
            now = record.ended_at or record.started_at
            raise_source_alerts(connection, record.source_id, record.state, reason, now=now)

    write(engine, work)


def runs(engine: Engine, *, limit: int = 20) -> list[RunRecord]:
    """The newest runs first; those that were killed are told as such before another has noted it."""
    abandoned = abandoned_runs(engine, now=datetime.now(UTC))
    statement = select(Run.id, Run.kind, Run.state, Run.started_at, Run.ended_at)
    with engine.connect() as connection:
        rows = connection.execute(statement.order_by(Run.started_at.desc()).limit(limit))
        return [_run(row, abandoned) for row in rows]


def run(engine: Engine, run_id: str) -> tuple[RunRecord, list[SourceRecord]]:
    """A run and its sources; as `runs`.

    Raises:
        InputError: there is no such run.
    """
    abandoned = abandoned_runs(engine, now=datetime.now(UTC))
    with engine.connect() as connection:
        row = connection.execute(
            select(Run.id, Run.kind, Run.state, Run.started_at, Run.ended_at).where(Run.id == run_id)
        ).first()
        if row is None:
            raise InputError(f"There is no run {run_id!r}; `bilanz runs` lists them.")
        columns = (RunSource.run_id, RunSource.source_id, RunSource.state, RunSource.reason, RunSource.counts)
        found = (
            select(*columns, RunSource.started_at, RunSource.ended_at)
            .where(RunSource.run_id == run_id)
            .order_by(RunSource.source_id)
        )
        records = [SourceRecord(*each) for each in connection.execute(found)]
    if run_id in abandoned:
        records = [replace(each, state="interrupted") if each.state == "running" else each for each in records]
    return _run(row, abandoned), records


def last_good(engine: Engine, kind: RunKind, *, scheduled: bool = False) -> datetime | None:
    """When the latest run of that kind began that could read a source, be it with gaps.

    Args:
        engine: the database.
        kind: of the run.
        scheduled: leave out those that were begun by hand.
    """
    good = ("completed", "degraded")
    some_read = exists().where(RunSource.run_id == Run.id, RunSource.state.in_(good))
    begun = [Run.scheduled.is_(True)] if scheduled else []
    return _last(engine, kind, Run.state.in_(good), some_read, *begun)


def has_schedule(engine: Engine) -> bool:
    """Whether a schedule has ever begun an ingestion."""
    with engine.connect() as connection:
        return bool(connection.scalar(select(exists().where(Run.kind == "ingest", Run.scheduled))))


def last_completed(engine: Engine, kind: RunKind, *, scheduled: bool = False) -> datetime | None:
    """When the latest run of that kind began that was completed; `scheduled` leaves out those begun by hand."""
    return _last(engine, kind, Run.state == "completed", *([Run.scheduled.is_(True)] if scheduled else []))


def _last(engine: Engine, kind: RunKind, *good: ColumnElement[bool]) -> datetime | None:
    # One that a clock has dated ahead would keep an alarm silent until then.
    sound = Run.started_at <= latest_credible()
    statement = select(func.max(Run.started_at)).where(Run.kind == kind, *good, sound)
    with engine.connect() as connection:
        return connection.scalar(statement)


_SEEN = ("new", "corrected", "unchanged", "gone", "blocked", "broken")


def left_some(engine: Engine, source_id: str) -> bool:
    """Whether the last ingestion of a source that found anything was ended before it had seen to all of it.

    What lies behind a noted position of its lists (see `db.operation.lists`) is not left, but still to come.
    """
    found = (
        select(RunSource.counts, RunSource.started_at, RunSource.state)
        .join(Run, Run.id == RunSource.run_id)
        .where(RunSource.source_id == source_id, Run.kind == "ingest")
        .order_by(RunSource.started_at.desc())
        .limit(_REMEMBERED)
    )
    with engine.connect() as connection:
        last = next((row for row in connection.execute(found) if row.counts.get("found")), None)
        killed = select(func.max(Run.started_at)).where(Run.kind == "ingest", Run.state == "interrupted")
        ended = connection.scalar(killed)
        noted = connection.scalar(select(func.max(ListPosition.noted_at)).where(ListPosition.source_id == source_id))
    if last is None:
        return ended is not None
    if last.state == "interrupted":
        return True
    seen = sum(last.counts.get(name, 0) for name in _SEEN)
    was_killed = ended is not None and ended > last.started_at
    return was_killed or (last.counts["found"] > seen and (noted is None or noted < last.started_at))


_REMEMBERED = 30
"""Runs of a source that are looked through for the last that found anything."""


def due_sources(engine: Engine, source_ids: Sequence[str], *, now: datetime) -> list[str]:
    """Those of `source_ids` that are due: never run, or their time has come; paused ones never are.

    A time beyond the rhythm was set by a clock that ran ahead: it is not believed, and said.
    """
    is_waiting = or_(SourceRow.paused, SourceRow.due_at > now)
    waiting = select(SourceRow.id, SourceRow.paused, SourceRow.due_at).where(is_waiting)
    with engine.connect() as connection:
        rows = {row.id: row for row in connection.execute(waiting)}
    due = []
    for source_id in source_ids:
        row = rows.get(source_id)
        if row is not None and not row.paused and row.due_at > now + RHYTHM:
            log.warning(
                "%s was to be read on %s only, which a clock that ran ahead has set; it is read now.",
                source_id,
                f"{row.due_at:%Y-%m-%d}",
            )
            row = None
        if row is None:
            due.append(source_id)
    return due


def paused_sources(engine: Engine) -> set[str]:
    """Ids of the sources that are left alone until someone lets them be read again."""
    with engine.connect() as connection:
        return set(connection.scalars(select(SourceRow.id).where(SourceRow.paused)))


def set_paused(engine: Engine, source_id: str, *, paused: bool) -> None:
    """Says whether a source is to be left alone, by all runs that do not name it."""

    def work(connection: Connection) -> None:
        insert_ignore(connection, SourceRow, [{"id": source_id, "paused": paused}])
        connection.execute(update(SourceRow).where(SourceRow.id == source_id).values(paused=paused))

    write(engine, work)


def next_due(engine: Engine, source_ids: Sequence[str]) -> datetime | None:
    """When the first of `source_ids` that waits for its time is due; None where none waits.

    Where that is beyond the rhythm, see `due_sources`.
    """
    waiting = select(func.min(SourceRow.due_at)).where(SourceRow.id.in_(source_ids), ~SourceRow.paused)
    with engine.connect() as connection:
        return connection.scalar(waiting)


def set_due(engine: Engine, source_id: str, due_at: datetime) -> None:
    """Says when a source is to be read next."""

    def work(connection: Connection) -> None:
        insert_ignore(connection, SourceRow, [{"id": source_id, "paused": False}])
        connection.execute(update(SourceRow).where(SourceRow.id == source_id).values(due_at=due_at))

    write(engine, work)


def _run(row: Any, abandoned: Set[str]) -> RunRecord:
    state: RunState = "interrupted" if row.state == "running" and row.id in abandoned else row.state
    return RunRecord(row.id, row.kind, state, row.started_at, row.ended_at)
