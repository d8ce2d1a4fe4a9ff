"""The flow `ingest`: a task for each press office, and in it tasks for network and for reading."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner
from sqlalchemy import Engine

from db.engine import connect
from db.leases import DatabaseSlots
from db.pages import StoredPages
from db.runs import SourceRecord, end_run, interrupt_runs, record_source, start_run
from db.schema import check_schema
from flows import ingestion
from flows.alerts import deliver
from flows.attachments import archive_attachments
from flows.digest import digest
from flows.feeds import source_of_feed
from flows.ingestion import LOOKBACK, Steps
from flows.leases import office_lease
from flows.report import SourceReport, markdown, state_of
from models.errors import Unreachable
from models.source import Source
from scrapers.fetch import Fetcher
from scrapers.registry import all_sources, source
from scrapers.slots import LocalSlots

OFFICES_AT_ONCE = 8
"""Offices that one process reads at a time; they mostly wait for the network."""

_NETWORK_RETRIES = [30, 300]
"""Seconds to wait before an office that could not be reached is tried again."""

_LONGEST_RUN = timedelta(days=1)
"""A run that has not ended after this time was killed."""

# Spacing between requests holds for all processes, but on this machine nobody needs to be spared.
_SLOTS = LocalSlots()


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
store = task(name="store", cache_policy=NO_CACHE)(ingestion.store)
attach = task(name="attach", **_network)(archive_attachments)
tell_watches = task(name="tell-watches", cache_policy=NO_CACHE)(deliver)

_STEPS = Steps(find, fetch, store, attach)
# What does not answer on this machine is not running, and waiting does not start it.
_LOCAL_STEPS = Steps(find.with_options(retries=0), fetch.with_options(retries=0), store, attach.with_options(retries=0))


@flow(name="ingest", task_runner=ThreadPoolTaskRunner(max_workers=OFFICES_AT_ONCE))  # type: ignore[arg-type]
def ingest(
    database_url: str,
    sources: list[str] | None = None,
    feed: str | None = None,
    since: date | None = None,
    lookback: int = LOOKBACK,
) -> State[list[SourceReport]]:
    """Reads press offices: what is new, and what may have been corrected.

    Args:
        database_url: SQLAlchemy URL.
        sources: ids; None for all real offices.
        feed: a feed that no source file describes, instead of sources.
        since: earliest day of publication; None for what is new.
        lookback: known releases of each office to be checked for corrections.

    Returns:
        Completed, named "Degraded" where something could not be read, or Failed; with the reports.

    Raises:
        UnknownSource: there is no source of that id; nothing has been fetched.
        SchemaMismatch: the database is not of this version.
    """
    offices = [source_of_feed(feed)] if feed else _offices(sources)
    engine = _engine(database_url)
    started_at = datetime.now(UTC)
    run_id = _start(engine, started_at)
    tasks = {office.id: ingest_source.submit(database_url, office, since, lookback) for office in offices}
    reports = [_report(engine, run_id, source_id, running) for source_id, running in tasks.items()]
    state = state_of(reports)
    ended_at = datetime.now(UTC)
    end_run(engine, run_id, state, now=ended_at)
    create_table_artifact([report.row() for report in reports], key="ingest", description="Sources of this run")
    create_markdown_artifact(
        "\n\n".join((markdown(reports), digest(engine, started_at, ended_at))), key="ingest-digest"
    )
    tell_watches(engine)
    if state == "failed":
        return Failed(message="No source could be read.", data=reports)
    return Completed(name="Degraded" if state == "degraded" else None, message=state, data=reports)


@task(name="ingest-source", task_run_name="{office.id}", cache_policy=NO_CACHE)
def ingest_source(database_url: str, office: Source, since: date | None, lookback: int) -> SourceReport:
    """One press office, unless another run reads it; see `flows.ingestion.ingest_source`."""
    engine = _engine(database_url)
    slots = _SLOTS if office.local else DatabaseSlots(engine)
    steps = _LOCAL_STEPS if office.local else _STEPS
    with office_lease(engine, office.id) as held:
        if not held:
            now = datetime.now(UTC)
            reason = "Another run is reading this office just now."
            return SourceReport(office.id, "degraded", now, now, reason=reason, read=False)
        fetcher = Fetcher(slots, robots=StoredPages(engine, office.id))
        return ingestion.ingest_source(engine, office, fetcher, steps, since=since, lookback=lookback)


def _offices(sources: list[str] | None) -> list[Source]:
    if sources is None:
        return [office for office in all_sources() if not office.local]
    return [source(source_id) for source_id in dict.fromkeys(sources)]


def _start(engine: Engine, now: datetime) -> str:
    interrupt_runs(engine, started_before=now - _LONGEST_RUN, now=now)
    return start_run(engine, "ingest", now=now)


def _report(engine: Engine, run_id: str, source_id: str, running: PrefectFuture[SourceReport]) -> SourceReport:
    result: SourceReport | BaseException = running.result(raise_on_failure=False)
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
def _engine(database_url: str) -> Engine:
    """One engine a process and database."""
    engine = connect(database_url)
    check_schema(engine)
    return engine
