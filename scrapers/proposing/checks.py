"""Checks a source file against the live site and says what differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bs4 import BeautifulSoup

from models.errors import FetchError, LayoutChanged
from models.release import Listing, Snapshot
from models.source import Layout, PageSelectors, Selector, Source
from scrapers.finding.endpoints import read_endpoint
from scrapers.finding.feeds import read_feed
from scrapers.finding.lists import read_list
from scrapers.finding.sitemaps import read_sitemap
from scrapers.finding.visit import Announcement, Visit
from scrapers.http.fetch import Fetcher
from scrapers.http.gates import check_page


@dataclass(frozen=True, slots=True)
class SiteFinding:
    """One thing that was looked at: "feed", "list", "release", or a selector ("current.title")."""

    what: str
    url: str
    sound: bool
    message: str


def check_source(source: Source, fetcher: Fetcher, *, samples: int = 3) -> Iterator[SiteFinding]:
    """Reads the first page of every feed, list, endpoint and sitemap, then some of the releases.

    Args:
        samples: how many releases are fetched to try the layouts on.

    Raises:
        InputError: the fetcher has no contact and the office is a real one.
    """
    visit = Visit(source, fetcher)
    listings: dict[str, Listing] = {}
    for what, url, pages in _announcements(visit):
        try:
            page = next(pages, None)
        except (FetchError, LayoutChanged) as error:
            yield SiteFinding(what, url, False, str(error))
            continue
        found = page.listings if page else ()
        listings |= {listing.url: listing for listing in found}
        dated = sum(listing.published is not None for listing in found)
        yield SiteFinding(what, url, bool(found), f"{len(found)} releases, {dated} of them dated")
    for listing in islice(listings.values(), samples):
        yield from _check_release(visit, listing)


def check_layout(snapshot: Snapshot, layout: Layout) -> Iterator[SiteFinding]:
    """Compares how often each selector of a layout finds something with how often it should."""
    soup = BeautifulSoup(snapshot.body, "lxml")
    for name in PageSelectors.model_fields:
        selector = getattr(layout.selectors, name)
        if isinstance(selector, Selector):
            found = len(soup.select(selector.css))
            message = f"{selector.css!r} fits {found} times, expected {selector.count}"
            yield SiteFinding(f"{layout.name}.{name}", snapshot.url, selector.allows(found), message)


def _announcements(visit: Visit) -> Iterator[tuple[str, str, Iterator[Announcement]]]:
    source = visit.source
    for url in source.feeds:
        yield "feed", url, read_feed(visit, url)
    for listed in source.lists:
        yield "list", listed.url, read_list(visit, listed)
    for endpoint in source.endpoints:
        yield "endpoint", endpoint.url, read_endpoint(visit, endpoint)
    for url in source.sitemaps:
        yield "sitemap", url, read_sitemap(visit, url, None)


def _check_release(visit: Visit, listing: Listing) -> Iterator[SiteFinding]:
    source = visit.source
    try:
        snapshot = visit.read(listing.url)
        check_page(snapshot, source, requested=listing.url)
    except FetchError as error:
        yield SiteFinding("release", listing.url, False, str(error))
        return
    yield SiteFinding("release", listing.url, True, f"{len(snapshot.body)} bytes")
    layouts = source.layouts_at(snapshot.fetched_at.date())
    attempts = [list(check_layout(snapshot, layout)) for layout in layouts]
    # An older page may still have an older layout; what counts is that one of them fits.
    fitting = next((attempt for attempt in attempts if all(finding.sound for finding in attempt)), None)
    for attempt in [fitting] if fitting else attempts:
        yield from attempt
