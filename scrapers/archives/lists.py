"""What archived lists of an office announce, be they feeds or sitemaps, and under which address a page is known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, assert_never
from urllib.parse import urlsplit, urlunsplit

from bs4 import BeautifulSoup

from models.errors import LayoutChanged, UnexpectedContent
from models.release import Snapshot
from models.source import Endpoint, ListPage, ListSelectors, NextLink, NumberedPages, Periods, SinglePage, Source
from scrapers.finding.endpoints import read_endpoint
from scrapers.finding.feeds import read_feed
from scrapers.finding.lists import read_items, read_list
from scrapers.finding.paging import fill, positions
from scrapers.finding.sitemaps import read_sitemap
from scrapers.finding.visit import Announcement, Position, Visit
from scrapers.http.fetch import Fetcher
from scrapers.urls import canonical_url

_ANY_LINK = ListSelectors(item="a[href]")

Way = ListPage | Endpoint | Literal["feed", "sitemap"]
"""How what stands at an address announces releases."""


@dataclass(frozen=True, slots=True)
class _Replayed(Visit):
    """A visit of which the one page that is asked for lies there already."""

    page: Snapshot | None = None

    def read(self, url: str, _json: Any = None) -> Snapshot:
        """The page.

        Raises:
            UnexpectedContent: it leads to others, as the index of several sitemaps does.
        """
        assert self.page is not None
        if url != self.page.url:
            raise UnexpectedContent(f"{self.page.url} leads to {url}, which is no list of its own.", url)
        return self.page


def office_address(source: Source, url: str) -> str | None:
    """The address under which a page of an office is known, None where it is none of the office's.

    Archives name a page with and without `www.`, by either scheme, with a session's id: it is one page.
    """
    try:
        address = source.at_home(canonical_url(url, source.drop_parameters))
    except ValueError:
        return None
    if not source.owns(address):
        return None
    return urlunsplit(urlsplit(address)._replace(scheme=urlsplit(source.homepage).scheme))


def is_release(source: Source, address: str) -> bool:
    """Whether the address alone tells that a release stands there."""
    return source.release_url is not None and re.search(source.release_url, address) is not None


def list_addresses(source: Source, since: date, today: date) -> dict[str, Way]:
    """Where an office announces releases; of numbered lists the first page, of JSON what is asked for by address."""
    found: dict[str, Way] = dict.fromkeys(source.feeds, "feed")
    found |= dict.fromkeys(source.sitemaps, "sitemap")
    asked_by_address = (endpoint for endpoint in source.endpoints if endpoint.body is None)
    parts: list[ListPage | Endpoint] = [*source.lists, *asked_by_address]
    for listed in parts:
        for position in _first_positions(listed.paging, since, today):
            found.setdefault(fill(listed.url, position), listed)
    addresses = ((office_address(source, url), way) for url, way in found.items())
    return {address: way for address, way in addresses if address is not None}


def announced(source: Source, way: Way, page: Snapshot) -> list[str]:
    """The addresses of releases that an archived feed, list, sitemap or JSON announces.

    A list that has another look than today is read for all its links, where the source tells releases by address.

    Raises:
        BilanzError: it is no such thing.
    """
    visit = _Replayed(source, Fetcher(), page=page)
    try:
        announcements = list(_announcements(visit, way, page.url))
    except LayoutChanged:
        if source.release_url is None or not isinstance(way, ListPage):
            raise
        items = BeautifulSoup(page.body, "lxml").select(_ANY_LINK.item)
        return _addresses(source, (each.url for each in read_items(visit, items, _ANY_LINK, page.url)))
    return _addresses(source, (each.url for announcement in announcements for each in announcement.listings))


def _announcements(visit: Visit, way: Way, url: str) -> Iterator[Announcement]:
    if way == "feed":
        return read_feed(visit, url)
    if way == "sitemap":
        return read_sitemap(visit, url, None)
    here = {"url": url, "paging": SinglePage()}
    if isinstance(way, ListPage):
        return read_list(visit, way.model_copy(update=here))
    if isinstance(way, Endpoint):
        return read_endpoint(visit, way.model_copy(update=here))
    assert_never(way)


def _addresses(source: Source, urls: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, (office_address(source, url) for url in urls))))


def _first_positions(
    paging: NumberedPages | NextLink | Periods | SinglePage, since: date, today: date
) -> list[Position]:
    if isinstance(paging, NumberedPages):
        return [{paging.kind: paging.first}]
    if isinstance(paging, Periods):
        earliest = max(paging.earliest, since)
        return list(positions(paging.model_copy(update={"earliest": earliest}), today))
    return [{}]
