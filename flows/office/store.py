"""The middle of an ingestion: answers are read, judged together, and only then stored."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from db.archive.fetches import Failure, NotRead, StillValid, Vanished, record_fetch
from db.releases.store import StoreResult, store_reading
from flows.office.assertions import check_pages
from flows.office.doubts import check_whole
from flows.office.drift import check_drift
from flows.office.pages import ReadPage, read, to_store
from flows.office.pool import claims_of
from flows.runs.outcome import RunOutcome
from models.claim import Extraction
from models.errors import (
    AssertionViolated,
    BilanzError,
    BlockedResponse,
    DatabaseUnusable,
    FetchError,
    Gone,
    LayoutChanged,
)
from models.release import Listing, Snapshot
from models.source import Source
from scrapers.http.fetch import NotModified

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReleaseAnswer:
    """What came of asking for one release."""

    listing: Listing
    result: Snapshot | NotModified | FetchError
    asked_at: datetime


def store(
    engine: Engine, source: Source, answers: Sequence[ReleaseAnswer], listed: Collection[str] | None = None
) -> RunOutcome:
    """Reads pages and stores what they say; what cannot be read is recorded with its reason.

    Args:
        engine: the database.
        source: the press office.
        answers: what came of asking for its releases.
        listed: all addresses that the office lists now, by which a correction under a new address is told from
            another release; None where that is not known.

    Raises:
        AssertionViolated: the pages together lie outside the source's bounds; their bytes are archived,
            and nothing of them is published.
    """
    outcome = RunOutcome()
    pages: list[tuple[ReleaseAnswer, ReadPage]] = []
    for answer in answers:
        page = _read(engine, source, answer)
        if isinstance(page, RunOutcome):
            outcome += page
        else:
            pages.append((answer, page))
    try:
        read_pages = [page for _, page in pages]
        warnings = check_pages(engine, source, read_pages) + check_drift(engine, source, read_pages)
        outcome += RunOutcome(warnings=warnings)
    except AssertionViolated as error:
        for answer, _ in pages:
            _problem(engine, source, answer, error)
        raise
    claims = claims_of([page for _, page in pages])
    for (answer, page), found in zip(pages, claims, strict=True):
        outcome += _store(engine, source, answer, page, found, listed)
    return outcome


def sentence(error: BilanzError) -> str:
    """An error for the operator, with the snapshot to look at."""
    snapshot = f" (snapshot {error.snapshot[:12]})" if isinstance(error, LayoutChanged) else ""
    return f"{error}{snapshot}"


def _read(engine: Engine, source: Source, answer: ReleaseAnswer) -> ReadPage | RunOutcome:
    url, result = answer.listing.url, answer.result
    if isinstance(result, NotModified):
        record_fetch(engine, source.id, url, StillValid(result.fetched_at))
        return RunOutcome(unchanged=1)
    if not isinstance(result, Snapshot):
        return _problem(engine, source, answer, result)
    try:
        page = read(source, url, result)
        check_whole(engine, source, page)
        return page
    except DatabaseUnusable:
        raise
    except BilanzError as error:
        return _problem(engine, source, answer, error)


def _store(
    engine: Engine,
    source: Source,
    answer: ReleaseAnswer,
    page: ReadPage,
    found: Extraction | BilanzError,
    listed: Collection[str] | None,
) -> RunOutcome:
    if isinstance(found, BilanzError):
        return _problem(engine, source, answer, found)
    try:
        result = store_reading(engine, to_store(source.id, page, found, listed))
    except DatabaseUnusable:
        raise
    except BilanzError as error:
        return _problem(engine, source, answer, error)
    return _counted(result, page) + _read_otherwise(source, page)


def _counted(result: StoreResult, page: ReadPage) -> RunOutcome:
    log.info("release %s (%s): %d new claims", result.release_id, page.url, result.new_claims)
    changed = result.new_release or result.corrected
    return RunOutcome(
        new=int(result.new_release),
        corrected=int(result.corrected),
        unchanged=int(not changed),
        claims=result.new_claims,
        releases=(result.release_id,) if changed else (),
    )


def _read_otherwise(source: Source, page: ReadPage) -> RunOutcome:
    """A warning where the selectors of the source no longer fit, and the page was read without them."""
    if not (source.layouts and page.release.generic):
        return RunOutcome()
    log.warning("%s: %s (snapshot %s)", source.id, " ".join(page.release.warnings), page.snapshot.hash[:12])
    return RunOutcome(warnings=(f"{' '.join(page.release.warnings)} (snapshot {page.snapshot.hash[:12]})",))


def _problem(engine: Engine, source: Source, answer: ReleaseAnswer, error: BilanzError) -> RunOutcome:
    snapshot = answer.result if isinstance(answer.result, Snapshot) else None
    reason = sentence(error)
    if snapshot is not None and snapshot.hash[:12] not in reason:
        reason = f"{reason} (snapshot {snapshot.hash[:12]})"
    record_fetch(engine, source.id, answer.listing.url, in_vain(error, answer.asked_at, reason, snapshot))
    if isinstance(error, Gone):
        log.info("%s: %s", source.id, reason)
        return RunOutcome(gone=1)
    log.warning("%s: %s", source.id, reason)
    blocked = isinstance(error, BlockedResponse)
    return RunOutcome(blocked=int(blocked), broken=int(not blocked), problems=(reason,))


def in_vain(
    error: BilanzError, asked_at: datetime, reason: str, snapshot: Snapshot | None = None
) -> Vanished | NotRead:
    """An error as the log of fetches takes it, with the bytes that could not be read."""
    status = error.status if isinstance(error, FetchError) else 200
    if isinstance(error, Gone):
        return Vanished(asked_at, status, reason)
    if isinstance(error, BlockedResponse):
        return NotRead("blocked", asked_at, status, reason, snapshot)
    failure: Failure = "layout_changed" if isinstance(error, LayoutChanged) else "failed"
    return NotRead(failure, asked_at, status, reason, snapshot)
