"""Reading a press office: find, fetch, store. Plain functions, with or without Prefect around them."""

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TypeVar

from sqlalchemy import Engine

from db.archive.attachments import LinkedDocument
from db.archive.fetches import is_known, known_validators
from db.archive.forgotten import forgotten
from db.archive.past import doubted_pages
from db.archive.to_fetch import StoredPages, ToRetry, to_retry, unlisted
from db.operation.lists import list_positions, note_list_positions
from db.operation.runs import left_some
from flows.office.assertions import check_frequency, check_freshness
from flows.office.attachments import MOST, archive_attachments, wanted
from flows.office.documents import read_documents
from flows.office.store import ReleaseAnswer, sentence, store
from flows.office.verdict import reason, state
from flows.runs.outcome import RunOutcome, SourceReport
from models.errors import BilanzError, BlockedResponse, FetchError, Gone, Spent, Unreachable
from models.release import Listing, Snapshot
from models.source import Source
from scrapers.finding.discovery import discover
from scrapers.finding.paging import fill
from scrapers.finding.reach import Reach
from scrapers.http.fetch import Fetcher, NotModified

T = TypeVar("T")
log = logging.getLogger(__name__)

BATCH = 25
"""Releases in one task: few enough to lose little, many enough that Prefect's own work does not count."""

LOOKBACK = 20
"""Known releases that are asked for again in each run, since offices correct and delete without notice."""

_IN_VAIN = 3
"""Refusals in a row after which an office is left alone."""

OWED_AT_ONCE = BATCH * MOST
"""Documents that earlier runs named but did not ask for; a run that was killed leaves no more."""

UNREAD_AT_ONCE = 50
"""Pages and documents that could not be read in earlier runs and are asked for again in each run."""

UNREAD_FOR = timedelta(days=30)
"""How long after the first attempt a page that cannot be read is given up."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of each office is to be read.

    Attributes:
        since: earliest day of publication; None for what is new.
        lookback: known releases to be checked for corrections.
        lists_for: how long feeds and lists that were read need not be asked for again.
    """

    since: date | None = None
    lookback: int = LOOKBACK
    lists_for: timedelta = timedelta()


USUAL = Extent()
"""What is new, and what may have been corrected."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """The releases to be fetched.

    Attributes:
        listings: of these releases.
        listed: those of their addresses that the office names now.
        reach: how far its lists were read; None where all at once is wanted.
    """

    listings: tuple[Listing, ...]
    listed: frozenset[str]
    reach: Reach | None


def find(engine: Engine, source: Source, fetcher: Fetcher, extent: Extent) -> ToRead:
    """The releases to be fetched: see `scrapers.finding.discovery.discover`; then those that it names no more.

    These could not be read before, or were not believed; or they are among the newest that are stored, and have
    left the office's lists: as a rule since others took their place, but also where the office takes one away.
    """
    fresh_since = datetime.now(UTC) - extent.lists_for if extent.lists_for else None
    reach = Reach(list_positions(engine, source.id)) if extent.since is None else None
    found = list(
        discover(
            source,
            fetcher,
            known=lambda url: is_known(engine, url),
            since=extent.since,
            lookback=extent.lookback,
            cache=StoredPages(engine, source.id, fresh_since=fresh_since),
            past_known=extent.since is None and left_some(engine, source.id),
            requests=_requests_for_lists(source, fetcher),
            reach=reach,
        )
    )
    if extent.since is None:
        # Whatever a run does not come to, the newest is what people wait for; years go on where they were.
        found.reverse()
        found.sort(key=lambda listing: is_known(engine, listing.url))
    listed = {listing.url for listing in found}
    waiting = (*_unread(engine, source).pages, *doubted_pages(engine, source.id, since=_unread_since(), limit=BATCH))
    missed = unlisted(engine, source.id, listed, newest=extent.lookback) if extent.since is None else ()
    found += [Listing(url) for url in dict.fromkeys((*waiting, *missed)) if url not in listed]
    kept_out = forgotten(engine, [listing.url for listing in found])
    return ToRead(tuple(listing for listing in found if listing.url not in kept_out), frozenset(listed), reach)


def fetch(engine: Engine, source: Source, fetcher: Fetcher, listings: Sequence[Listing]) -> list[ReleaseAnswer]:
    """Fetches releases, known ones on condition that they have changed.

    Returns:
        An answer for each listing; fewer where the office begins to refuse one after the other, or
        the requests of this run are used up.

    Raises:
        Unreachable, BlockedResponse: the office refused from the first page on; nothing was fetched.
    """
    answers: list[ReleaseAnswer] = []
    for listing in listings:
        result = _ask(engine, source, fetcher, listing)
        if isinstance(result, Spent):
            break
        answers.append(ReleaseAnswer(listing, result, datetime.now(UTC)))
        latest = [answer.result for answer in answers[-_IN_VAIN:] if _is_refusal(answer)]
        if len(latest) == _IN_VAIN:
            if len(answers) == _IN_VAIN and isinstance(latest[-1], FetchError):
                raise latest[-1]
            break
    return answers


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of an ingestion; a flow puts a task around each."""

    find: Callable[..., ToRead] = find
    fetch: Callable[..., list[ReleaseAnswer]] = fetch
    store: Callable[..., RunOutcome] = store
    attach: Callable[..., RunOutcome] = archive_attachments
    read: Callable[..., RunOutcome] = read_documents


_PLAIN = Steps()


def ingest_source(
    engine: Engine, source: Source, fetcher: Fetcher, extent: Extent = USUAL, steps: Steps = _PLAIN
) -> SourceReport:
    """Reads one press office: what is new, and what may have been corrected.

    A page that cannot be read stops nothing; an office that cannot be read gives a failed report.

    Args:
        engine: the database.
        source: the press office.
        fetcher: asks it.
        extent: how much is to be read.
        steps: the steps as they are, or with tasks around them.
    """
    started_at = datetime.now(UTC)
    outcome, error = RunOutcome(), None
    try:
        to_read = steps.find(engine, source, fetcher, extent)
        listings = to_read.listings
        log.info("%s: %d releases to read", source.id, len(listings))
        outcome += RunOutcome(found=len(listings), warnings=tuple(fetcher.notes.pop(source.id, ())))
        unfinished = _unfinished(source, fetcher)
        outcome += _warned(check_frequency(engine, source, listings, started_at))
        late, left = _late(engine, source), {listing.url for listing in listings}
        # Who reads years back passes over what is known, and does not see what is listed no longer.
        listed = to_read.listed if extent.since is None else None
        gone: set[str] = set()
        for batch in _batches(listings, BATCH):
            answers = steps.fetch(engine, source, fetcher, batch)
            stored = steps.store(engine, source, answers, listed)
            outcome += stored
            left -= {answer.listing.url for answer in answers}
            gone |= {answer.listing.url for answer in answers if isinstance(answer.result, Gone)}
            if documents := wanted(engine, source, stored.releases):
                outcome += steps.attach(engine, source, fetcher, documents)
                asked = {document.url for document in documents}
                late = [document for document in late if document.url not in asked]
            log.info("%s: %d of %d releases read", source.id, outcome.seen_to, len(listings))
            if len(answers) < len(batch):
                break
        if late:
            outcome += steps.attach(engine, source, fetcher, late)
        outcome += steps.read(engine, source)
        outcome += _warned(_goes_on(engine, source, to_read.reach, left) or unfinished)
        if listed and listed <= gone:
            raise Gone(f"every release that the lists name is gone (404 or 410), {len(listed)} in all", min(listed))
    except BilanzError as raised:
        error = raised
        log.warning("%s: %s", source.id, sentence(raised))
    outcome += _warned(check_freshness(engine, source, started_at))
    return SourceReport(
        source.id, state(outcome, error), started_at, datetime.now(UTC), outcome, reason(outcome, error)
    )


def _unread(engine: Engine, source: Source) -> ToRetry:
    return to_retry(engine, source.id, since=_unread_since(), limit=UNREAD_AT_ONCE)


def _unread_since() -> datetime:
    return datetime.now(UTC) - UNREAD_FOR


def _requests_for_lists(source: Source, fetcher: Fetcher) -> int:
    return max(1, fetcher.most_requests(source) // 2)


def _goes_on(engine: Engine, source: Source, reach: Reach | None, left: Collection[str]) -> str | None:
    """Notes where the next run goes on in lists that are longer than one run; a sentence where there are any.

    Args:
        left: listed releases that this run did not come to ask for.
    """
    if reach is None:
        return None
    starts = reach.next_starts([url for url in left if not is_known(engine, url)])
    note_list_positions(engine, source.id, starts, now=datetime.now(UTC))
    # The position in a list with one page alone is empty, and nothing lies behind it.
    pages = [str(position.get("address") or fill(name, position)) for name, position in starts.items() if position]
    if not pages:
        return None
    return f"not all lists were read to their end; the next run goes on at {' and '.join(pages)}"


def _unfinished(source: Source, fetcher: Fetcher) -> str | None:
    """A warning where finding releases took all the requests that it may take."""
    spent = fetcher.requests[source.id]
    if spent < _requests_for_lists(source, fetcher):
        return None
    return (
        f"the lists were not read to their end with {spent} requests; `bilanz backfill {source.id}` reads further, "
        "with more politeness.max_requests"
    )


def _late(engine: Engine, source: Source) -> list[LinkedDocument]:
    """Documents that earlier runs asked for in vain, and those that they named and did not come to ask for."""
    return [*_unread(engine, source).documents, *wanted(engine, source)[:OWED_AT_ONCE]]


def _warned(warning: str | None) -> RunOutcome:
    return RunOutcome(warnings=(warning,) if warning else ())


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


def _is_refusal(answer: ReleaseAnswer) -> bool:
    return isinstance(answer.result, Unreachable | BlockedResponse)


def _batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
