"""The middle of an ingestion: answers are read, judged together, and only then stored."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from db.archive.snapshots import Outcome as FetchOutcome
from db.archive.snapshots import record_fetch
from db.releases.store import StoreResult, store_reading
from db.releases.twins import link_twins
from flows.office.assertions import check_pages
from flows.office.pages import ReadPage, read, to_store
from flows.office.pool import claims_of
from flows.runs.outcome import Outcome
from models.claim import Extraction
from models.errors import AssertionViolated, BilanzError, BlockedResponse, FetchError, Gone, LayoutChanged
from models.release import Listing, Snapshot
from models.source import Source
from scrapers.http.fetch import NotModified

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for one release."""

    listing: Listing
    result: Snapshot | NotModified | FetchError
    asked_at: datetime


def store(engine: Engine, source: Source, answers: Sequence[Answer]) -> Outcome:
    """Reads pages and stores what they say; what cannot be read is recorded with its reason.

    Raises:
        AssertionViolated: the pages together lie outside the source's bounds; their bytes are archived,
            and nothing of them is published.
    """
    outcome = Outcome()
    pages: list[tuple[Answer, ReadPage]] = []
    for answer in answers:
        page = _read(engine, source, answer)
        if isinstance(page, Outcome):
            outcome += page
        else:
            pages.append((answer, page))
    try:
        outcome += Outcome(warnings=check_pages(engine, source, [page for _, page in pages]))
    except AssertionViolated as error:
        for answer, _ in pages:
            _problem(engine, source, answer, error)
        raise
    claims = claims_of([page for _, page in pages])
    for (answer, page), found in zip(pages, claims, strict=True):
        outcome += _store(engine, source, answer, page, found)
    return outcome


def sentence(error: BilanzError) -> str:
    """An error for the operator, with the snapshot to look at."""
    snapshot = f" (snapshot {error.snapshot[:12]})" if isinstance(error, LayoutChanged) else ""
    return f"{error}{snapshot}"


def _read(engine: Engine, source: Source, answer: Answer) -> ReadPage | Outcome:
    url, result = answer.listing.url, answer.result
    if isinstance(result, NotModified):
        record_fetch(
            engine, source_id=source.id, url=url, fetched_at=result.fetched_at, outcome="not_modified", status=304
        )
        return Outcome(unchanged=1)
    if not isinstance(result, Snapshot):
        return _problem(engine, source, answer, result)
    try:
        return read(source, url, result)
    except BilanzError as error:
        return _problem(engine, source, answer, error)


def _store(engine: Engine, source: Source, answer: Answer, page: ReadPage, found: Extraction | BilanzError) -> Outcome:
    if isinstance(found, BilanzError):
        return _problem(engine, source, answer, found)
    try:
        result = store_reading(engine, to_store(source.id, page, found))
    except BilanzError as error:
        return _problem(engine, source, answer, error)
    if result.new_release or result.corrected:
        link_twins(engine, result.release_id)
    return _counted(result, page) + _read_otherwise(source, page)


def _counted(result: StoreResult, page: ReadPage) -> Outcome:
    log.info("release %s (%s): %d new claims", result.release_id, page.url, result.new_claims)
    changed = result.new_release or result.corrected
    return Outcome(
        new=int(result.new_release),
        corrected=int(result.corrected),
        unchanged=int(not changed),
        claims=result.new_claims,
        releases=(result.release_id,) if changed else (),
    )


def _read_otherwise(source: Source, page: ReadPage) -> Outcome:
    """A warning where the selectors of the source no longer fit, and the page was read without them."""
    if not (source.layouts and page.release.generic):
        return Outcome()
    log.warning("%s: %s (snapshot %s)", source.id, " ".join(page.release.warnings), page.snapshot.hash[:12])
    return Outcome(warnings=(f"{' '.join(page.release.warnings)} (snapshot {page.snapshot.hash[:12]})",))


def _problem(engine: Engine, source: Source, answer: Answer, error: BilanzError) -> Outcome:
    url, snapshot = answer.listing.url, answer.result
    reason = sentence(error)
    if isinstance(snapshot, Snapshot) and snapshot.hash[:12] not in reason:
        reason = f"{reason} (snapshot {snapshot.hash[:12]})"
    record_fetch(
        engine,
        source_id=source.id,
        url=url,
        fetched_at=answer.asked_at,
        outcome=outcome_of(error),
        status=error.status if isinstance(error, FetchError) else 200,
        snapshot=snapshot if isinstance(snapshot, Snapshot) else None,
        reason=reason,
    )
    if isinstance(error, Gone):
        log.info("%s: %s", source.id, reason)
        return Outcome(gone=1)
    log.warning("%s: %s", source.id, reason)
    blocked = isinstance(error, BlockedResponse)
    return Outcome(blocked=int(blocked), broken=int(not blocked), problems=(reason,))


def outcome_of(error: BilanzError) -> FetchOutcome:
    """How the log of fetches calls an error."""
    if isinstance(error, Gone):
        return "gone"
    if isinstance(error, BlockedResponse):
        return "blocked"
    return "layout_changed" if isinstance(error, LayoutChanged) else "failed"
