"""What reading the archive again came to: collected office by office, and recorded as a run."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Engine

from db.operation.runs import RunState, SourceRecord, end_run, record_source
from flows.office.archive import Reread
from flows.runs.leases import running
from flows.runs.outcome import FinalState, RunOutcome, SourceReport, state_of

log = logging.getLogger(__name__)

Collected = tuple[list[Reread], list[SourceReport], list[str]]
"""What each page came to, what each office came to, and why batches failed as a whole."""


def collected(results: Iterable[list[Reread] | BaseException]) -> Collected:
    """All batches together; an exception stands for a batch that failed."""
    began = datetime.now(UTC)
    found: list[Reread] = []
    failures: list[str] = []
    _collect(results, found, failures)
    return found, _reports(found, began), failures


def recorded(engine: Engine, results: Iterable[list[Reread] | BaseException]) -> Collected:
    """As `collected`, and on record as a run of its own; of one that is ended, what had come until then."""
    began = datetime.now(UTC)
    found: list[Reread] = []
    failures: list[str] = []
    with running(engine, "reextract") as run_id:
        try:
            _collect(results, found, failures)
        except BaseException:
            _record(engine, run_id, _reports(found, began), ended=True)
            raise
        reports = _reports(found, began)
        _record(engine, run_id, reports)
        end_run(engine, run_id, final_state(reports, failures), now=datetime.now(UTC))
    return found, reports, failures


def _collect(results: Iterable[list[Reread] | BaseException], found: list[Reread], failures: list[str]) -> None:
    for result in results:
        if isinstance(result, BaseException):
            failures.append(f"A batch failed ({type(result).__name__}: {result}); run it again.")
        else:
            found += result
            log.info("%d pages read again", len(found))


def _record(engine: Engine, run_id: str, reports: Iterable[SourceReport], *, ended: bool = False) -> None:
    for each in reports:
        state: RunState = "interrupted" if ended else each.state
        counts = each.outcome.counts
        record = SourceRecord(run_id, each.source, state, each.reason, counts, each.started_at, each.ended_at)
        # The office itself was not asked.
        record_source(engine, record, tell=False)


def final_state(reports: Iterable[SourceReport], failures: list[str]) -> FinalState:
    """Of the whole run."""
    reports = list(reports)
    if failures:
        return "degraded" if reports else "failed"
    return state_of(reports)


def _reports(found: list[Reread], began: datetime) -> list[SourceReport]:
    outcomes: defaultdict[str, list[Reread]] = defaultdict(list)
    for page in found:
        outcomes[page.source_id].append(page)
    return [_report(source_id, pages, began) for source_id, pages in sorted(outcomes.items())]


def _report(source_id: str, pages: list[Reread], began: datetime) -> SourceReport:
    problems = tuple(page.problem for page in pages if page.problem)
    outcome = RunOutcome(
        found=len(pages),
        unchanged=sum(not page.changes and not page.problem for page in pages),
        broken=len(problems),
        claims=sum(len(page.changes.added) for page in pages),
        problems=problems,
    )
    reason = f"{len(problems)} of {len(pages)} pages could not be read again ({problems[0]})" if problems else None
    return SourceReport(source_id, "degraded" if problems else "completed", began, datetime.now(UTC), outcome, reason)
