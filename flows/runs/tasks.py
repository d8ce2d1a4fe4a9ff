"""A run over press offices: a task for each, in it tasks for network and for reading, and what all came to."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial
from threading import Event
from typing import ParamSpec, TypeVar

from prefect import task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.states import Completed, Failed
from sqlalchemy import Engine

from db.archive.to_fetch import StoredPages
from db.operation.leases import DatabaseSlots
from db.operation.runs import RunKind, RunState, SourceRecord, due_sources, end_run, record_source, set_due
from flows.office.attachments import archive_attachments
from flows.office.documents import read_documents
from flows.office.steps import Extent, Steps, fetch, find, ingest_source
from flows.office.store import store
from flows.runs.ending import Ending
from flows.runs.engines import engine_of
from flows.runs.leases import office_lease, running
from flows.runs.outcome import SourceReport, all_failed, could_read, markdown, state_of
from flows.runs.schedule import EARLY, next_night
from flows.server.environment import let_be_heard
from flows.server.limits import limited
from flows.server.runners import result_of, task_runner
from flows.telling.alerts import deliver
from flows.telling.digest import digest
from flows.telling.heartbeat import beat
from flows.telling.publishers import publishers
from models.errors import BilanzError, InputError, Unreachable
from models.settings import Settings
from models.source import Source
from scrapers.http.fetch import Fetcher, check_contact
from scrapers.http.slots import LocalSlots

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

NETWORK_RETRIES = (30.0, 300.0)
"""Seconds to wait before an office that could not be reached is tried again."""


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What holds for all offices of a run.

    Attributes:
        run_id: under which each office's report is on record as soon as it is read.
        database_url: SQLAlchemy URL.
        contact: how real press offices reach who asks them.
        extent: how much of each office is read.
        night: when offices are due, by the clock in Berlin.
        due: leave out an office that another run has read meanwhile.
        ending: set where the run is to end.
    """

    run_id: str
    database_url: str
    contact: str | None
    extent: Extent
    night: time
    due: bool
    ending: Ending


def read_offices(
    kind: RunKind,
    offices: Sequence[Source],
    settings: Settings,
    extent: Extent,
    *,
    due: bool = False,
    faults: Mapping[str, InputError] | None = None,
) -> State[list[SourceReport]]:
    """A run over these offices, within a flow; its state and the reports as `flows.ingest.ingest` gives them.

    Args:
        kind: of the run.
        offices: to be read.
        settings: for all of them.
        extent: how much of each is read.
        due: begun by a schedule; leave out an office that another run has read meanwhile.
        faults: of source files that cannot be read; they fail, and stop no other.

    Raises:
        InputError: a real office is among them and could not be told who asks, or there is no such runner.
    """
    let_be_heard()
    check_contact(offices, settings.contact)
    engine = engine_of(settings.database_url)
    started_at = datetime.now(UTC)
    # What is extra is for whoever shows progress, see `cli.run_flow`.
    log.info("%d press offices to read", len(offices), extra={"offices": len(offices) + len(faults or {})})
    begun = running(engine, kind, scheduled=due)
    with task_runner(settings.runner) as runner, begun as run_id, _ending_together() as ending:
        plan = RunPlan(run_id, settings.database_url, settings.contact, extent, settings.night, due, ending)
        tasks = {office.id: runner.submit(_office_task, {"office": office, "plan": plan}) for office in offices}
        found = [_report(engine, run_id, source_id, submitted) for source_id, submitted in tasks.items()]
        broken = [_failed(source_id, fault) for source_id, fault in (faults or {}).items()]
        for report in broken:
            _record(engine, run_id, report)
        reports = [report for report in found if report is not None] + broken
        state = state_of(reports)
        ended_at = datetime.now(UTC)
        end_run(engine, run_id, state, now=ended_at)
    create_table_artifact([report.row() for report in reports], key=kind, description="Sources of this run")
    told = digest(engine, started_at, ended_at, publisher=publishers(engine, settings))
    create_markdown_artifact("\n\n".join((markdown(reports), told)), key=f"{kind}-digest")
    task(name="tell-watches", cache_policy=NO_CACHE)(deliver)(engine, settings)
    # A run by hand says nothing of whether the nights go on.
    if kind == "ingest" and due and could_read(reports):
        beat(settings.heartbeat, state)
    if state == "failed":
        failure = all_failed(reports)
        return Failed(message=str(failure), data=failure)
    return Completed(name="Degraded" if state == "degraded" else None, message=state, data=reports)


@contextmanager
def _ending_together() -> Iterator[Ending]:
    """Ctrl-C and SIGTERM reach the thread of the flow alone; those that read offices then ask for nothing more."""
    ending = Ending()
    try:
        yield ending
    except BaseException:
        ending.set()
        raise


def read_office(office: Source, plan: RunPlan) -> SourceReport | None:
    """One press office, unless another run reads it; see `flows.office.steps.ingest_source`.

    Returns:
        None where only a due office was to be read, and another run has done so meanwhile.
    """
    engine = engine_of(plan.database_url)
    with office_lease(engine, office.id) as held:
        now = datetime.now(UTC)
        if plan.due and not due_sources(engine, [office.id], now=now + EARLY):
            return None
        if not held:
            reason = "Another run is reading this office just now."
            return SourceReport(office.id, "degraded", now, now, reason=reason, read=False)
        report = ingest_source(engine, office, _fetcher(engine, office, plan), plan.extent, _steps(office, plan))
        if not plan.ending.is_set():
            set_due(engine, office.id, next_night(now + EARLY, plan.night))  # read early, it is read for the night
            _record(engine, plan.run_id, report)
        elif report.outcome.found:
            # It is due as before, and what was stored of it is told by this run, for the next one knows it already.
            record_source(engine, _source_record(plan.run_id, report, "interrupted"), tell=False)
        return report


# Made of a function of its own, so that other processes find it by its name.
_office_task = task(name="ingest-source", task_run_name="{office.id}", cache_policy=NO_CACHE)(read_office)


def _fetcher(engine: Engine, office: Source, plan: RunPlan) -> Fetcher:
    # Spacing between requests holds for all processes, but on this machine nobody needs to be spared.
    slots = LocalSlots() if office.local else limited(DatabaseSlots(engine))
    return Fetcher(slots, robots=StoredPages(engine, office.id), ending=plan.ending, contact=plan.contact)


def _steps(office: Source, plan: RunPlan) -> Steps:
    # What does not answer on this machine is not running, and waiting does not start it.
    patient = partial(tried_again, plan.ending, () if office.local else NETWORK_RETRIES)
    return Steps(
        patient(task(name="find", cache_policy=NO_CACHE)(find)),
        patient(task(name="fetch", cache_policy=NO_CACHE)(fetch)),
        task(name="store", cache_policy=NO_CACHE)(store),
        patient(task(name="attach", cache_policy=NO_CACHE)(archive_attachments)),
        task(name="read", cache_policy=NO_CACHE)(read_documents),
    )


def tried_again(ending: Event, pauses: Sequence[float], step: Callable[P, R]) -> Callable[P, R]:
    """A step of the network that is tried again after pauses where no answer came, until the run is to end.

    Prefect's own retries sleep through every signal.

    Args:
        ending: set where the run is to end.
        pauses: seconds before each further try.
        step: raises `Unreachable` where no answer came.
    """

    def patient(*args: P.args, **kwargs: P.kwargs) -> R:
        for pause in pauses:
            try:
                return step(*args, **kwargs)
            except Unreachable:
                if ending.wait(pause):
                    raise
        return step(*args, **kwargs)

    return patient


def _told(error: BaseException) -> str:
    """Why an office could not be read; what nobody foresaw may name folders of this machine, and is for its log."""
    if isinstance(error, BilanzError):
        return str(error)
    log.error("%s: %s", type(error).__name__, error)
    return f"{type(error).__name__}; the log says more."


def _report(
    engine: Engine, run_id: str, source_id: str, submitted: PrefectFuture[SourceReport | None]
) -> SourceReport | None:
    result: SourceReport | BaseException | None = result_of(submitted)
    if result is None or isinstance(result, SourceReport):
        return result
    report = _failed(source_id, result)
    _record(engine, run_id, report)
    return report


def _failed(source_id: str, error: BaseException) -> SourceReport:
    now = datetime.now(UTC)
    return SourceReport(source_id, "failed", now, now, reason=_told(error))


def _record(engine: Engine, run_id: str, report: SourceReport) -> None:
    level = logging.ERROR if report.state == "failed" else logging.INFO
    log.log(level, "%s: %s", report.source, report.reason or report.state, extra={"report": report})
    record_source(engine, _source_record(run_id, report, report.state))


def _source_record(run_id: str, report: SourceReport, state: RunState) -> SourceRecord:
    counts, reason = report.outcome.counts, None if state == "interrupted" else report.reason
    return SourceRecord(run_id, report.source, state, reason, counts, report.started_at, report.ended_at)
