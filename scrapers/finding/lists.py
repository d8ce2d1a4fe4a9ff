"""HTML lists of releases, page by page."""

from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from models.errors import Gone, LayoutChanged
from models.release import Listing, Snapshot
from models.source import ListPage, ListSelectors, NextLink
from scrapers.finding.dates import read_date
from scrapers.finding.paging import Entries, fill, positions, until_end
from scrapers.finding.visit import Announcement, Position, Visit
from scrapers.http.gates import check_page
from scrapers.urls import absolute_url

MOST_ITEMS = 5_000
"""That a page of a list may have: of more each costs time before the first release is asked for."""


def read_list(visit: Visit, listed: ListPage, start: Position | None = None) -> Iterator[Announcement]:
    """The pages of a list from `start` on, newest first, each fetched when it is asked for.

    Raises:
        LayoutChanged: see `scrapers.finding.paging.until_end`.
        BlockedResponse: a challenge or error page came.
    """
    return until_end(_entries(visit, listed, start), listed.paging, midway=start is not None)


def _entries(visit: Visit, listed: ListPage, start: Position | None) -> Iterator[Entries]:
    selectors = listed.selectors
    for position, url, snapshot, soup in _pages(visit, listed, start):
        items = soup.select(selectors.item, limit=MOST_ITEMS + 1)
        if len(items) > MOST_ITEMS:
            visit.note(f"{url} has more than {MOST_ITEMS:,} entries, of which the first were read.")
            del items[MOST_ITEMS:]
        listings = read_items(visit, items, selectors, _base(soup, snapshot.url))
        yield Entries(url, snapshot.hash, len(items), listings, f"nothing fits {selectors.item!r}", position)


def read_items(visit: Visit, items: list[Tag], selectors: ListSelectors, base: str) -> tuple[Listing, ...]:
    """The entries of a list as listings; entries without a link to a release are passed over."""
    return tuple(listing for item in items if (listing := _listing(visit, item, selectors, base)))


_Page = tuple[Position, str, Snapshot, BeautifulSoup]


def _pages(visit: Visit, listed: ListPage, start: Position | None) -> Iterator[_Page]:
    if isinstance(listed.paging, NextLink):
        yield from _linked_pages(visit, str(start["address"]) if start else listed.url, listed.paging)
        return
    for index, position in enumerate(positions(listed.paging, visit.fetcher.clock.now().date(), start)):
        url = fill(listed.url, position)
        try:
            page = _read(visit, url)
        except Gone:
            if index == 0:
                raise
            return
        yield position, url, *page


def _linked_pages(visit: Visit, first: str, paging: NextLink) -> Iterator[_Page]:
    url, visited = first, set[str]()
    while url not in visited:
        visited.add(url)
        snapshot, soup = _read(visit, url)
        yield {"address": url}, url, snapshot, soup
        link = soup.select_one(paging.css)
        href = str(link.get(paging.attribute) or "") if link else ""
        if not href:
            return
        target = absolute_url(_base(soup, snapshot.url), href)
        if target is None:
            raise LayoutChanged(f"{url}: {paging.css!r} leads to {href!r}, which is no address.", snapshot.hash)
        url = target


def _read(visit: Visit, url: str) -> tuple[Snapshot, BeautifulSoup]:
    snapshot = visit.read(url)
    # Home pages and short lists are in order here, so only what no list can be is refused.
    check_page(snapshot, visit.source, min_bytes=0)
    return snapshot, BeautifulSoup(snapshot.body, "lxml")


def _base(soup: BeautifulSoup, url: str) -> str:
    base = soup.select_one("base[href]")
    return (absolute_url(url, str(base["href"])) if base else None) or url


def _listing(visit: Visit, item: Tag, selectors: ListSelectors, base: str) -> Listing | None:
    link = item.select_one(selectors.link) if selectors.link else item
    href = link.get("href") if link else None
    if not link or not href:
        return None
    return visit.listing(
        str(href),
        base,
        title=_text(item.select_one(selectors.title) if selectors.title else link),
        published=read_date(_date_text(item, selectors)),
        teaser=_text(item.select_one(selectors.teaser)) if selectors.teaser else None,
    )


def _date_text(item: Tag, selectors: ListSelectors) -> str:
    element = item.select_one(selectors.date) if selectors.date else None
    if element is None:
        return ""
    return str(element.get(selectors.date_attribute) or "") if selectors.date_attribute else _text(element)


def _text(element: Tag | None) -> str:
    return " ".join(element.get_text(" ").replace("\N{SOFT HYPHEN}", "").split()) if element else ""
