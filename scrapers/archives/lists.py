"""What archived feeds and lists of an office announce, and under which address an archived page is known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from bs4 import BeautifulSoup

from models.errors import LayoutChanged
from models.release import Snapshot
from models.source import ListPage, ListSelectors, NextLink, NumberedPages, Periods, SinglePage, Source
from scrapers.finding.feeds import read_feed
from scrapers.finding.lists import read_items, read_list
from scrapers.finding.paging import fill, positions
from scrapers.finding.visit import Visit
from scrapers.http.fetch import Fetcher
from scrapers.urls import canonical_url

_ANY_LINK = ListSelectors(item="a[href]")


@dataclass(frozen=True, slots=True)
class _Replayed(Visit):
    """A visit of which the one page that is asked for lies there already."""

    page: Snapshot | None = None

    def read(self, _url: str, _json: Any = None) -> Snapshot:
        """The page, whatever the address."""
        assert self.page is not None
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


def list_addresses(source: Source, since: date, today: date) -> dict[str, ListPage | None]:
    """Where an office announces releases: its feeds (None) and HTML lists, of numbered ones the first page."""
    found: dict[str, ListPage | None] = dict.fromkeys(source.feeds)
    for listed in source.lists:
        for position in _first_positions(listed.paging, since, today):
            found.setdefault(fill(listed.url, position), listed)
    addresses = ((office_address(source, url), listed) for url, listed in found.items())
    return {address: listed for address, listed in addresses if address is not None}


def announced(source: Source, listed: ListPage | None, page: Snapshot) -> list[str]:
    """The addresses of releases that an archived feed or list announces.

    A list that has another look than today is read for all its links, where the source tells releases by address.

    Raises:
        BilanzError: it is no such feed or list.
    """
    visit = _Replayed(source, Fetcher(), page=page)
    if listed is None:
        announcements = list(read_feed(visit, page.url))
    else:
        single = listed.model_copy(update={"url": page.url, "paging": SinglePage()})
        try:
            announcements = list(read_list(visit, single))
        except LayoutChanged:
            if source.release_url is None:
                raise
            items = BeautifulSoup(page.body, "lxml").select(_ANY_LINK.item)
            return _addresses(source, (each.url for each in read_items(visit, items, _ANY_LINK, page.url)))
    return _addresses(source, (each.url for announcement in announcements for each in announcement.listings))


def _addresses(source: Source, urls: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, (office_address(source, url) for url in urls))))


def _first_positions(
    paging: NumberedPages | NextLink | Periods | SinglePage, since: date, today: date
) -> list[dict[str, int]]:
    if isinstance(paging, NumberedPages):
        return [{paging.kind: paging.first}]
    if isinstance(paging, Periods):
        earliest = max(paging.earliest, since)
        return [dict(each) for each in positions(paging.model_copy(update={"earliest": earliest}), today)]
    return [{}]
