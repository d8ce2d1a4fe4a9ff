"""Looks whether the sitemaps of an unknown site list its releases."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from models.errors import FetchError
from models.release import Listing
from scrapers.finding.sitemaps import sitemap_files
from scrapers.finding.visit import Visit

MOST_FILES = 10
"""Files that are read of one sitemap; the index of a large site names hundreds."""

_LEAST = 3
_WORDS = re.compile(
    r"press(?:e|emitteilung|emeldung|einfo|ekonferenz|release)|medien(?:info|mitteil|meldung)|/pm(?:/|$)", re.I
)
"""What a folder of press releases is called."""

_YEARS = re.compile(r"/(?:\d{1,4}/)+$")


@dataclass(frozen=True, slots=True)
class FoundSitemaps:
    """Sitemaps that list releases, some of these, and the pattern that tells them from other pages."""

    urls: tuple[str, ...]
    listings: tuple[Listing, ...]
    pattern: str | None


def find_sitemaps(
    visit: Visit, known: Sequence[Listing], pattern: str | None, also: Sequence[str] = ()
) -> FoundSitemaps | None:
    """The first sitemap that lists releases: one that robots.txt names, or else `/sitemap.xml`.

    It must list those that are known; where none is, several pages in a folder that is called after press
    releases. Where no pattern tells releases from other pages, only parts of a sitemap are taken, since
    sites part their sitemaps by kinds of pages.

    Args:
        visit: to the site.
        known: releases that feeds or lists announce.
        pattern: regular expression that the addresses of all of them fit, if there is one.
        also: addresses to be tried first.
    """
    homepage = visit.source.homepage
    named = (*also, *visit.fetcher.sitemaps(homepage, source=visit.source))
    for url in dict.fromkeys((*filter(visit.source.owns, named), urljoin(homepage, "/sitemap.xml"))):
        # What is none, or is forbidden or gone, is no sitemap to propose.
        with suppress(FetchError):
            if found := _look_into(visit, url, known, pattern):
                return found
    return None


def _look_into(visit: Visit, url: str, known: Sequence[Listing], pattern: str | None) -> FoundSitemaps | None:
    wanted = {listing.url for listing in known}
    parts: list[str] = []
    for file, listings in islice(_listed(visit, url), MOST_FILES):
        if not known:
            if found := _by_folder(url, listings):
                return found
        elif len(wanted & {listing.url for listing in listings}) >= min(_LEAST, len(wanted)):
            if pattern:
                return FoundSitemaps((url,), (), pattern)
            parts += [file] if file != url else []
    return FoundSitemaps(tuple(parts), (), None) if parts else None


def _listed(visit: Visit, url: str) -> Iterator[tuple[str, list[Listing]]]:
    for file, addresses in sitemap_files(visit, url):
        listings = (visit.listing(address, file) for address in addresses)
        yield file, [listing for listing in listings if listing]


def _by_folder(url: str, listings: Sequence[Listing]) -> FoundSitemaps | None:
    """What stands in the folder with a press release's name that holds most pages."""
    folders: dict[str, list[Listing]] = defaultdict(list)
    for listing in listings:
        folder = _YEARS.sub("/", urlsplit(listing.url).path.rpartition("/")[0] + "/")
        if _WORDS.search(folder):
            folders[folder].append(listing)
    folder = max(folders, key=lambda name: len(folders[name]), default="")
    if len(folders[folder]) < _LEAST:
        return None
    # Headlines make longer addresses than the contact and the subscription beside them.
    longest_first = sorted(folders[folder], key=lambda listing: -len(listing.url))
    return FoundSitemaps((url,), tuple(longest_first), re.escape(folder))
