"""Finds the releases of a press office: what is new, what may have been corrected, or all there is."""

from collections.abc import Callable, Iterator
from datetime import date

from models.calendar import BERLIN
from models.errors import BlockedResponse, FetchError, Forbidden, InputError, LayoutChanged, Spent, Unreachable
from models.release import Listing
from models.source import Endpoint, ListPage, Source
from scrapers.finding.endpoints import read_endpoint
from scrapers.finding.feeds import read_feed
from scrapers.finding.lists import read_list
from scrapers.finding.sitemaps import read_sitemap
from scrapers.finding.visit import Announcement, Visit
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
) -> Iterator[Listing]:
    """The releases that an office announces, each canonical URL once.

    Without `since` a list is read until a page holds known releases only; where that never
    happens (a feed that has moved on too far, a first run) the archive lists are read too, so that
    nothing is missed. Only when all has been read are listings given, the oldest first, as whoever
    reads years wants them; a night turns them round (`flows.office.steps.find`).

    Args:
        known: whether a release of that canonical URL is stored.
        since: earliest day of publication (Europe/Berlin); undated listings are kept.
        lookback: how many known releases, newest first, are given again to be checked for corrections.
        cache: keeps feeds and lists between runs, so that unchanged ones are not sent again.
        past_known: pages that hold known releases only are no end, since a run before left gaps behind them.
        requests: that feeds and lists may take; a list without end leaves the others for its releases.

    Raises:
        FetchError, BlockedResponse, LayoutChanged, UnexpectedContent: the office cannot be read as its
            file says, by none of its ways; one that is shut beside an open one is told in `Fetcher.notes`.
    """
    visit = Visit(source, fetcher, cache)
    choice = _Choice(known, since, lookback, past_known=past_known)
    pages = _affordable(_pages(visit, choice), visit, requests)
    for wanted in reversed(list(pages)):
        yield from reversed(wanted)


def _affordable(pages: Iterator[list[Listing]], visit: Visit, requests: int | None) -> Iterator[list[Listing]]:
    """Pages as long as they cost no more requests than they may."""
    for page in pages:
        yield page
        if requests is not None and visit.fetcher.requests[visit.source.id] >= requests:
            return


def _pages(visit: Visit, choice: "_Choice") -> Iterator[list[Listing]]:
    """The wanted listings of each page of each way to the releases; a way that is shut is told and passed over.

    Raises:
        FetchError, LayoutChanged: no way is open, the office does not answer or refuses us, or a way broke off
            behind its first page, where what follows would never be looked at again.
    """
    if not visit.source.has_ways:
        told = f"{visit.source.id} is not read itself; its releases come with {visit.source.carried_by}."
        raise InputError(told)
    failures: list[FetchError | LayoutChanged] = []
    for way in _ways(visit, choice):
        first = True
        try:
            for page in way:
                first = False
                yield choice.of(page)
                if page.newest_first and choice.is_far_enough(page):
                    break
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


def _named(failure: FetchError | LayoutChanged, source: Source) -> FetchError | LayoutChanged:
    """The failure, with the portal that stands in where the office may not be read."""
    if source.carried_by is None or not isinstance(failure, Forbidden):
        return failure
    return Forbidden(f"{failure} Its releases stand in {source.carried_by} too.", failure.url)


def _ways(visit: Visit, choice: "_Choice") -> Iterator[Iterator[Announcement]]:
    """All ways to the releases in the file's order: those that stand in for others only while none was open."""
    source = visit.source
    parts: list[ListPage | Endpoint] = [*source.lists, *source.endpoints]
    daily = [part for part in parts if not part.archive]
    yield from (read_feed(visit, url) for url in source.feeds)
    yield from (_read(visit, part) for part in daily if not part.fallback)
    yield from (read_sitemap(visit, url, choice.since) for url in source.sitemaps)
    for part in daily:
        if part.fallback and not choice.open_ways:
            yield _read(visit, part)
    if not choice.open_ways and source.release_url:
        # What robots.txt shuts it often opens again by naming a sitemap.
        yield from (read_sitemap(visit, url, choice.since) for url in _named_sitemaps(visit))
    if choice.needs_archive:
        yield from (_read(visit, part) for part in parts if part.archive)


def _read(visit: Visit, part: ListPage | Endpoint) -> Iterator[Announcement]:
    return read_list(visit, part) if isinstance(part, ListPage) else read_endpoint(visit, part)


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
            return True
        self.lookback -= 1
        return self.lookback >= 0

    def _is_too_old(self, listing: Listing) -> bool:
        return (
            self.since is not None
            and listing.published is not None
            and listing.published.astimezone(BERLIN).date() < self.since
        )
