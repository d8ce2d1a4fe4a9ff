"""Finds the releases of a press office: what is new, what may have been corrected, or all there is."""

from collections.abc import Callable, Iterator
from datetime import date

from models.calendar import BERLIN
from models.errors import BlockedResponse, FetchError, Forbidden, Gone, InputError, LayoutChanged, Spent, Unreachable
from models.release import Listing
from models.source import Endpoint, ListPage, Source
from scrapers.finding.endpoints import read_endpoint
from scrapers.finding.feeds import read_feed
from scrapers.finding.lists import read_list
from scrapers.finding.reach import Reach, name_of
from scrapers.finding.sitemaps import read_sitemap
from scrapers.finding.visit import Announcement, Position, Visit
from scrapers.http.cache import PageCache
from scrapers.http.fetch import Fetcher


def discover(  # noqa: PLR0913 - what a run may want of an office
    source: Source,
    fetcher: Fetcher,
    *,
    known: Callable[[str], bool],
    since: date | None = None,
    lookback: int = 0,
    cache: PageCache | None = None,
    past_known: bool = False,
    requests: int | None = None,
    reach: Reach | None = None,
) -> Iterator[Listing]:
    """The releases that an office announces, each canonical URL once.

    Without `since` a list is read until a page holds known releases only; where that never happens (a feed that
    has moved on too far, a first run) the archive lists are read too, so that nothing is missed. Lists that a run
    before broke off are then gone on with from there. Only when all has been read are listings given, the oldest
    first, as whoever reads years wants them; a night turns them round (`flows.office.steps.find`).

    Args:
        known: whether a release of that canonical URL is stored.
        since: earliest day of publication (Europe/Berlin); undated listings are kept.
        lookback: how many known releases, newest first, are given again to be checked for corrections.
        cache: keeps feeds and lists between runs, so that unchanged ones are not sent again.
        past_known: pages that hold known releases only are no end, since a run before left gaps behind them.
        requests: that feeds and lists may take; a list without end leaves the others for its releases.
        reach: where lists are to be gone on with, and learns how far they are read; reading them ends as soon as
            they named more unknown releases than may still be asked for. None reads all at once.

    Raises:
        FetchError, BlockedResponse, LayoutChanged, UnexpectedContent: the office cannot be read as its
            file says, by none of its ways; one that is shut beside an open one is told in `Fetcher.notes`.
    """
    visit = Visit(source, fetcher, cache)
    choice = _Choice(known, since, lookback, past_known=past_known)
    pages = _affordable(_pages(visit, choice, reach or Reach({})), visit, choice, requests, all_at_once=reach is None)
    for wanted in reversed(list(pages)):
        yield from reversed(wanted)


def _affordable(
    pages: Iterator[list[Listing]], visit: Visit, choice: "_Choice", requests: int | None, *, all_at_once: bool
) -> Iterator[list[Listing]]:
    """Pages as long as they cost no more requests than they may, and leave enough for what they name."""
    for page in pages:
        yield page
        spent = visit.fetcher.requests[visit.source.id]
        if requests is not None and spent >= requests:
            return
        if not all_at_once and choice.unknown > visit.fetcher.most_requests(visit.source) - spent:
            return


def _pages(visit: Visit, choice: "_Choice", reach: Reach) -> Iterator[list[Listing]]:
    """The wanted listings of each page of each way to the releases; a way that is shut is told and passed over.

    Raises:
        FetchError, LayoutChanged: no way is open, the office does not answer or refuses us, or a way broke off
            behind its first page, where what follows would never be looked at again.
    """
    if not visit.source.has_ways:
        told = f"{visit.source.id} is not read itself; its releases come with {visit.source.carried_by}."
        raise InputError(told)
    failures: list[FetchError | LayoutChanged] = []
    for way, pages in _ways(visit, choice):
        first = True
        reach.begin(way)
        try:
            for page in pages:
                first = False
                reach.passed(way, page)
                yield choice.of(page)
                if page.newest_first and choice.is_far_enough(page):
                    reach.met_known(way)
                    break
            else:
                reach.ended(way)
        except (FetchError, LayoutChanged) as failure:
            if isinstance(failure, Spent | Unreachable | BlockedResponse) or not first:
                raise
            failures.append(failure)
        else:
            choice.open_ways += 1
    if failures and not choice.open_ways:
        raise _named(failures[0], visit.source)
    for shut in failures:
        visit.note(f"A way to the releases was passed over: {shut}")
    yield from _rest(visit, choice, reach)


def _rest(visit: Visit, choice: "_Choice", reach: Reach) -> Iterator[list[Listing]]:
    """The wanted listings of lists that a run before broke off, from there on, though known ones come first."""
    for part in _lists(visit.source):
        name = name_of(part)
        if name not in reach.starts or reach.was_begun(name):
            continue
        reach.begin(name)
        try:
            for page in _read(visit, part, reach.starts[name]):
                reach.passed(name, page)
                yield choice.of(page)
        except Spent:
            raise
        except Gone:
            reach.ended(name)
        except (FetchError, LayoutChanged) as failure:
            visit.note(f"A list was not read on from where a run before stopped: {failure}")
        else:
            reach.ended(name)


def _named(failure: FetchError | LayoutChanged, source: Source) -> FetchError | LayoutChanged:
    """The failure, with the portal that stands in where the office may not be read."""
    if source.carried_by is None or not isinstance(failure, Forbidden):
        return failure
    return Forbidden(f"{failure} Its releases stand in {source.carried_by} too.", failure.url)


def _ways(visit: Visit, choice: "_Choice") -> Iterator[tuple[str, Iterator[Announcement]]]:
    """All ways to the releases by name, in the file's order; those that stand in for others only while none is open."""
    source = visit.source
    daily = [part for part in _lists(source) if not part.archive]
    yield from ((url, read_feed(visit, url)) for url in source.feeds)
    yield from ((name_of(part), _read(visit, part)) for part in daily if not part.fallback)
    yield from ((url, read_sitemap(visit, url, choice.since)) for url in source.sitemaps)
    for part in daily:
        if part.fallback and not choice.open_ways:
            yield name_of(part), _read(visit, part)
    if not choice.open_ways and source.release_url:
        # What robots.txt shuts it often opens again by naming a sitemap.
        yield from ((url, read_sitemap(visit, url, choice.since)) for url in _named_sitemaps(visit))
    if choice.needs_archive:
        yield from ((name_of(part), _read(visit, part)) for part in _lists(source) if part.archive)


def _lists(source: Source) -> tuple[ListPage | Endpoint, ...]:
    return (*source.lists, *source.endpoints)


def _read(visit: Visit, part: ListPage | Endpoint, start: Position | None = None) -> Iterator[Announcement]:
    return read_list(visit, part, start) if isinstance(part, ListPage) else read_endpoint(visit, part, start)


def _named_sitemaps(visit: Visit) -> tuple[str, ...]:
    source = visit.source
    try:
        named = visit.fetcher.sitemaps(source.homepage, source=source)
    except FetchError:
        return ()
    return tuple(url for url in named if source.owns(url) and url not in source.sitemaps)


class _Choice:
    """Which listings are wanted, and when a list has been read far enough."""

    def __init__(
        self, known: Callable[[str], bool], since: date | None, lookback: int, *, past_known: bool = False
    ) -> None:
        self.known = known
        self.since = since
        self.lookback = lookback
        self.open_ways = 0
        self.unknown = 0
        self.past_known = past_known
        self._seen: set[str] = set()
        self._met_known = False

    @property
    def needs_archive(self) -> bool:
        """Whether more is asked for than daily lists hold, or they do not reach down to a known release."""
        return self.since is not None or (bool(self._seen) and not self._met_known)

    def of(self, page: Announcement) -> list[Listing]:
        """The wanted ones of a page, in its order."""
        return [listing for listing in page.listings if self._wants(listing)]

    def is_far_enough(self, page: Announcement) -> bool:
        """Whether nothing wanted is to be expected behind this page of a list with the newest first."""
        if not page.listings:
            return False
        if self.since is not None:
            return all(self._is_too_old(listing) or self._is_idle(listing) for listing in page.listings)
        return not self.past_known and self.lookback <= 0 and all(self.known(listing.url) for listing in page.listings)

    def _is_idle(self, listing: Listing) -> bool:
        # Without a date only the store can say that we have been here.
        return listing.published is None and self.known(listing.url)

    def _wants(self, listing: Listing) -> bool:
        if listing.url in self._seen:
            return False
        self._seen.add(listing.url)
        is_known = self.known(listing.url)
        self._met_known |= is_known
        if self._is_too_old(listing):
            return False
        if not is_known:
            self.unknown += 1
            return True
        self.lookback -= 1
        return self.lookback >= 0

    def _is_too_old(self, listing: Listing) -> bool:
        return (
            self.since is not None
            and listing.published is not None
            and listing.published.astimezone(BERLIN).date() < self.since
        )
