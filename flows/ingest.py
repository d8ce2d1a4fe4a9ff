"""The flow `ingest`: a task for each press office, and in it tasks for network and for reading."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from threading import Event
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.states import Completed, Failed
from sqlalchemy import Engine

from db.archive.to_fetch import StoredPages
from db.engine import connect
from db.operation.leases import DatabaseSlots
from db.operation.runs import RunKind, SourceRecord, due_sources, end_run, record_source, set_due
from db.upkeep.schema import check_schema
from flows.office import steps as ingestion
from flows.office.attachments import archive_attachments
from flows.office.feeds import source_of_feed
from flows.office.steps import LOOKBACK, Steps
from flows.office.store import store as store_answers
from flows.runs.leases import office_lease, running
from flows.runs.outcome import SourceReport, markdown, state_of
from flows.runs.schedule import EARLY, next_night
from flows.server.limits import limited
from flows.server.runners import result_of, task_runner
from flows.telling.alerts import deliver
from flows.telling.digest import digest
from models.errors import Unreachable
from models.settings import settings
from models.source import Source
from scrapers.http.fetch import Fetcher, check_contact
from scrapers.http.slots import LocalSlots
from scrapers.registry import real_sources, source

_NETWORK_RETRIES = [30, 300]
"""Seconds to wait before an office that could not be reached is tried again."""

# Spacing between requests holds for all processes, but on this machine nobody needs to be spared.
_SLOTS = LocalSlots()

# Set where this process is to end.
_ENDING = Event()


def _is_unreachable(_task: Any, _run: Any, state: State[Any]) -> bool:
    return isinstance(state.data, Unreachable)


_network: dict[str, Any] = {
    "retries": len(_NETWORK_RETRIES),
    "retry_delay_seconds": _NETWORK_RETRIES,
    "retry_condition_fn": _is_unreachable,
    "cache_policy": NO_CACHE,
}
find = task(name="find", **_network)(ingestion.find)
fetch = task(name="fetch", **_network)(ingestion.fetch)
store = task(name="store", cache_policy=NO_CACHE)(store_answers)
attach = task(name="attach", **_network)(archive_attachments)
tell_watches = task(name="tell-watches", cache_policy=NO_CACHE)(deliver)

_STEPS = Steps(find, fetch, store, attach)
# What does not answer on this machine is not running, and waiting does not start it.
_LOCAL_STEPS = Steps(find.with_options(retries=0), fetch.with_options(retries=0), store, attach.with_options(retries=0))


@flow(name="ingest", task_runner=task_runner(settings().runner))
def ingest(
    database_url: str | None = None,
    sources: list[str] | None = None,
    feed: str | None = None,
    since: date | None = None,
    lookback: int = LOOKBACK,
    due: bool = False,
) -> State[list[SourceReport]]:
    """Reads press offices: what is new, and what may have been corrected.

    Args:
        database_url: SQLAlchemy URL; None takes that of the settings.
        sources: ids; None for all real offices.
        feed: a feed that no source file describes, instead of sources.
        since: earliest day of publication; None for what is new.
        lookback: known releases of each office to be checked for corrections.
        due: only those whose time has come, see `flows.runs.schedule`; none at all is fine.

    Returns:
        Completed, named "Degraded" where something could not be read, or Failed; with the reports.

    Raises:
        InputError: there is no source of that id, or it could not be told who asks; nothing has been fetched.
        SchemaMismatch: the database is not of this version.
    """
    database = database_url or settings().database_url
    offices = [source_of_feed(feed)] if feed else _offices(sources)
    if due:
        coming = due_sources(engine_of(database), [office.id for office in offices], now=datetime.now(UTC) + EARLY)
        offices = [office for office in offices if office.id in coming]
    return read_offices("ingest", database, offices, Scope(since=since, lookback=lookback, due=due))


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be read of each office; see `flows.office.steps.ingest_source`.

    Attributes:
        due: leave out an office that another run has read meanwhile.
    """

    since: date | None = None
    lookback: int = LOOKBACK
    lists_for: timedelta = timedelta()
    due: bool = False


def read_offices(
    kind: RunKind, database_url: str, offices: Sequence[Source], scope: Scope
) -> State[list[SourceReport]]:
    """A run over these offices, within a flow; its state and the reports as `ingest` gives them.

    Raises:
        InputError: a real office is among them and could not be told who asks.
    """
    check_contact(*offices)
    engine = engine_of(database_url)
    started_at = datetime.now(UTC)
    with running(engine, kind) as run_id, _ending_together():
        tasks = {office.id: ingest_source.submit(database_url, office, scope) for office in offices}
        found = [_report(engine, run_id, source_id, submitted) for source_id, submitted in tasks.items()]
        reports = [report for report in found if report is not None]
        state = state_of(reports)
        ended_at = datetime.now(UTC)
        end_run(engine, run_id, state, now=ended_at)
    create_table_artifact([report.row() for report in reports], key=kind, description="Sources of this run")
    create_markdown_artifact(
        "\n\n".join((markdown(reports), digest(engine, started_at, ended_at))), key=f"{kind}-digest"
    )
    tell_watches(engine)
    if state == "failed":
        return Failed(message="No source could be read.", data=reports)
    return Completed(name="Degraded" if state == "degraded" else None, message=state, data=reports)


@contextmanager
def _ending_together() -> Iterator[None]:
    """Ctrl-C and SIGTERM reach the thread of the flow alone; those that read offices then end after their request."""
    _ENDING.clear()
    try:
        yield
    except BaseException:
        _ENDING.set()
        raise


def read_office(database_url: str, office: Source, scope: Scope) -> SourceReport | None:
    """One press office, unless another run reads it; see `flows.office.steps.ingest_source`.

    Returns:
        None where only a due office was to be read, and another run has done so meanwhile.
    """
    engine = engine_of(database_url)
    slots = _SLOTS if office.local else limited(DatabaseSlots(engine))
    steps = _LOCAL_STEPS if office.local else _STEPS
    with office_lease(engine, office.id) as held:
        now = datetime.now(UTC)
        if scope.due and not due_sources(engine, [office.id], now=now + EARLY):
            return None
        if not held:
            reason = "Another run is reading this office just now."
            return SourceReport(office.id, "degraded", now, now, reason=reason, read=False)
        fetcher = Fetcher(slots, robots=StoredPages(engine, office.id), ending=_ENDING)
        report = ingestion.ingest_source(
            engine, office, fetcher, steps, since=scope.since, lookback=scope.lookback, lists_for=scope.lists_for
        )
        if not _ENDING.is_set():
            set_due(engine, office.id, next_night(now))
        return report


# Made of a function of its own, so that other processes find it by its name.
ingest_source = task(name="ingest-source", task_run_name="{office.id}", cache_policy=NO_CACHE)(read_office)


def _offices(sources: list[str] | None) -> list[Source]:
    if sources is None:
        return real_sources()
    return [source(source_id) for source_id in dict.fromkeys(sources)]


def _report(
    engine: Engine, run_id: str, source_id: str, submitted: PrefectFuture[SourceReport | None]
) -> SourceReport | None:
    result: SourceReport | BaseException | None = result_of(submitted)
    if result is None:
        return None
    now = datetime.now(UTC)
    if isinstance(result, SourceReport):
        report = result
    else:
        report = SourceReport(source_id, "failed", now, now, reason=f"{type(result).__name__}: {result}")
    counts = report.outcome.counts
    record_source(
        engine,
        SourceRecord(run_id, source_id, report.state, report.reason, counts, report.started_at, report.ended_at),
        tell=report.read,
    )
    return report


@cache
def engine_of(database_url: str) -> Engine:
    """One engine a process and database."""
    engine = connect(database_url)
    check_schema(engine)
    return engine
