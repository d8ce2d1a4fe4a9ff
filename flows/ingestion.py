"""Reading a press office: find, fetch, store. Plain functions, with or without Prefect around them."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from db.archive import Outcome as FetchOutcome
from db.archive import is_known, known_validators, record_fetch
from db.store import StoreResult, store_reading
from extractors.claims import extract
from extractors.page import VERSION as PAGE_VERSION
from extractors.page import read_page
from flows.report import Outcome, SourceReport, State
from models.errors import BilanzError, BlockedResponse, FetchError, Gone, LayoutChanged, Unreachable
from models.release import Listing, Snapshot
from models.source import Source
from scrapers.discovery import discover
from scrapers.fetch import Fetcher, NotModified
from scrapers.gates import check_page

T = TypeVar("T")
log = logging.getLogger(__name__)

BATCH = 25
"""Releases in one task: few enough to lose little, many enough that Prefect's own work does not count."""

LOOKBACK = 20
"""Known releases that are asked for again in each run, since offices correct without notice."""

_IN_VAIN = 3
"""Refusals in a row after which an office is left alone."""

_BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for one release."""

    listing: Listing
    result: Snapshot | NotModified | FetchError
    asked_at: datetime


def find(
    engine: Engine,
    source: Source,
    fetcher: Fetcher,
    *,
    since: date | None = None,
    full: bool = False,
    lookback: int = LOOKBACK,
) -> list[Listing]:
    """The releases to be fetched; see `scrapers.discovery.discover`."""
    found = discover(
        source, fetcher, known=lambda url: is_known(engine, url), since=since, full=full, lookback=lookback
    )
    return list(found)


def fetch(engine: Engine, source: Source, fetcher: Fetcher, listings: Sequence[Listing]) -> list[Answer]:
    """Fetches releases, known ones on condition that they have changed.

    Returns:
        An answer for each listing; fewer where the office begins to refuse one after the other.

    Raises:
        Unreachable, BlockedResponse: the office refused from the first page on; nothing was fetched.
    """
    answers: list[Answer] = []
    for listing in listings:
        answers.append(Answer(listing, _ask(engine, source, fetcher, listing), datetime.now(UTC)))
        latest = [answer.result for answer in answers[-_IN_VAIN:] if _is_refusal(answer)]
        if len(latest) == _IN_VAIN:
            if len(answers) == _IN_VAIN and isinstance(latest[-1], FetchError):
                raise latest[-1]
            break
    return answers


def store(engine: Engine, source: Source, answers: Sequence[Answer]) -> Outcome:
    """Reads pages and stores what they say; what cannot be read is recorded with its reason."""
    return sum((_store_one(engine, source, answer) for answer in answers), Outcome())


@dataclass(frozen=True, slots=True)
class Steps:
    """The three steps of an ingestion; a flow puts a task around each."""

    find: Callable[..., list[Listing]] = find
    fetch: Callable[..., list[Answer]] = fetch
    store: Callable[..., Outcome] = store


_PLAIN = Steps()


def ingest_source(
    engine: Engine,
    source: Source,
    fetcher: Fetcher,
    steps: Steps = _PLAIN,
    *,
    since: date | None = None,
    full: bool = False,
    lookback: int = LOOKBACK,
) -> SourceReport:
    """Reads one press office: what is new, and what may have been corrected.

    A page that cannot be read stops nothing; an office that cannot be read gives a failed report.

    Args:
        steps: the steps as they are, or with tasks around them.
        since: earliest day of publication.
        full: the whole archive of the office.
        lookback: known releases to be checked for corrections.
    """
    started_at = datetime.now(UTC)
    outcome, reason = Outcome(), None
    try:
        listings = steps.find(engine, source, fetcher, since=since, full=full, lookback=lookback)
        log.info("%s: %d releases to read", source.id, len(listings))
        outcome += Outcome(found=len(listings))
        for batch in _batches(listings, BATCH):
            outcome += steps.store(engine, source, steps.fetch(engine, source, fetcher, batch))
            log.info("%s: %d of %d releases read", source.id, outcome.seen_to, len(listings))
    except BilanzError as error:
        reason = str(error)
        log.warning("%s: %s", source.id, reason)
    return SourceReport(
        source.id, _state(outcome, reason), started_at, datetime.now(UTC), outcome, reason or _summary(outcome)
    )


def _ask(engine: Engine, source: Source, fetcher: Fetcher, listing: Listing) -> Snapshot | NotModified | FetchError:
    validators = known_validators(engine, listing.url) if is_known(engine, listing.url) else None
    try:
        return fetcher.get(
            listing.url,
            source=source,
            etag=validators.etag if validators else None,
            last_modified=validators.last_modified if validators else None,
        )
    except FetchError as error:
        return error


def _is_refusal(answer: Answer) -> bool:
    return isinstance(answer.result, Unreachable | BlockedResponse)


def _store_one(engine: Engine, source: Source, answer: Answer) -> Outcome:
    url, result = answer.listing.url, answer.result
    if isinstance(result, NotModified):
        record_fetch(
            engine, source_id=source.id, url=url, fetched_at=result.fetched_at, outcome="not_modified", status=304
        )
        return Outcome(unchanged=1)
    if isinstance(result, Snapshot):
        try:
            return _counted(_read(engine, source, url, result), url)
        except BilanzError as error:
            return _problem(engine, source, answer, error)
    return _problem(engine, source, answer, result)


def _read(engine: Engine, source: Source, url: str, snapshot: Snapshot) -> StoreResult:
    check_page(snapshot, source, requested=url)
    headers = {name.lower(): value for name, value in snapshot.headers}
    release = read_page(
        snapshot.body,
        url=snapshot.url,
        content_type=headers.get("content-type"),
        # An office whose pages nobody has described has no layouts to read them by.
        source=source if source.layouts else None,
        fetched_at=snapshot.fetched_at,
    )
    published = release.published.astimezone(_BERLIN).date() if release.published else None
    return store_reading(
        engine,
        source_id=source.id,
        listing_url=url,
        snapshot=snapshot,
        release=release,
        extraction=extract(release.text, published=published, paragraphs=release.paragraphs),
        page_version=PAGE_VERSION,
    )


def _counted(result: StoreResult, url: str) -> Outcome:
    log.info("release %s (%s): %d new claims", result.release_id, url, result.new_claims)
    changed = result.new_release or result.corrected
    return Outcome(
        new=int(result.new_release),
        corrected=int(result.corrected),
        unchanged=int(not changed),
        claims=result.new_claims,
        releases=(result.release_id,) if changed else (),
    )


def _problem(engine: Engine, source: Source, answer: Answer, error: BilanzError) -> Outcome:
    url, snapshot = answer.listing.url, answer.result
    record_fetch(
        engine,
        source_id=source.id,
        url=url,
        fetched_at=answer.asked_at,
        outcome=_outcome_of(error),
        status=error.status if isinstance(error, FetchError) else 200,
        snapshot=snapshot if isinstance(snapshot, Snapshot) else None,
        reason=str(error),
    )
    if isinstance(error, Gone):
        log.info("%s: %s", source.id, error)
        return Outcome(gone=1)
    log.warning("%s: %s", source.id, error)
    blocked = isinstance(error, BlockedResponse)
    return Outcome(blocked=int(blocked), broken=int(not blocked), problems=(str(error),))


def _outcome_of(error: BilanzError) -> FetchOutcome:
    if isinstance(error, Gone):
        return "gone"
    if isinstance(error, BlockedResponse):
        return "blocked"
    return "layout_changed" if isinstance(error, LayoutChanged) else "failed"


def _state(outcome: Outcome, reason: str | None) -> State:
    if reason and not outcome.seen_to:
        return "failed"
    return "degraded" if _summary(outcome) or reason else "completed"


def _summary(outcome: Outcome) -> str | None:
    left = outcome.found - outcome.seen_to
    parts = []
    if outcome.problems:
        parts.append(f"{len(outcome.problems)} of {outcome.found} releases could not be read ({outcome.problems[0]})")
    if left:
        parts.append(f"{left} of {outcome.found} releases were left for the next run")
    return "; ".join(parts) or None


def _batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
