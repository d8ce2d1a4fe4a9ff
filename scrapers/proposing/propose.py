"""Looks at a press office's site and proposes a source file for it, to be reviewed by a person."""

import re
from dataclasses import dataclass
from typing import Any

import yaml
from bs4 import BeautifulSoup

from models.errors import FetchError, InputError, UnexpectedContent
from models.release import Listing, Snapshot
from models.source import ListPage, Source
from scrapers.finding.feeds import read_feed
from scrapers.finding.lists import read_list
from scrapers.finding.visit import Visit
from scrapers.http.fetch import Fetcher
from scrapers.http.gates import check_page
from scrapers.proposing.outline import (
    body_selector,
    date_selector,
    link_pattern,
    list_selectors,
    next_selector,
    title_selector,
)
from scrapers.proposing.sitemap_search import find_sitemaps
from scrapers.undescribed import undescribed_source
from scrapers.urls import absolute_url

_GENERATORS = {
    "Government Site Builder": "gsb",
    "TYPO3": "typo3",
    "WordPress": "wordpress",
    "Drupal": "drupal",
    "CoreMedia": "coremedia",
}


_PRESS = tuple(
    re.compile(name, re.IGNORECASE)
    for name in (r"\b(presse|medien)(mitteilung|meldung|information)en\b", r"^presse\b", r"^aktuelle(s|\smeldungen)$")
)
"""What links to lists of press releases are called, the surest first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A source file to be reviewed.

    Attributes:
        text: the YAML; its comments say what to look at.
        sample: a release's page, for a golden pair; None where none could be found.
    """

    id: str
    text: str
    sample: Snapshot | None


def propose(url: str, fetcher: Fetcher) -> Proposal:
    """Proposes a source file for the office whose home page, list of releases, feed or sitemap stands at `url`.

    From a page that has no list, such as a home page, the link to the press releases is followed, one step.

    Raises:
        InputError: the address is none, or neither feed nor list nor sitemap of releases was found there.
        FetchError: the site cannot be read.
    """
    source = undescribed_source(url)
    visit = Visit(source, fetcher)
    page = visit.read(url)
    soup = BeautifulSoup(page.body, "lxml") if _is_page(page, source) else None
    if soup is not None and not _announces(soup, page.url):
        page, soup = _press_page(visit, soup, page.url) or (page, soup)
        url = page.url
    feeds, listings = _feeds(visit, [page.url] if soup is None else _linked_feeds(soup, page.url))
    draft: dict[str, Any] = {"feeds": feeds} if feeds else {}
    family = "generic"
    if soup is not None:
        family = _family(soup, source)
        listed = _list(url, soup)
        if listed:
            draft["lists"] = [listed]
            listings = listings or _first_page(visit, listed)
    pattern = link_pattern([listing.url for listing in listings])
    given = [page.url] if soup is None and not feeds else []
    if found := find_sitemaps(visit, listings, pattern, given):
        draft["sitemaps"] = list(found.urls)
        pattern, listings = found.pattern, listings or list(found.listings)
    if pattern:
        draft["release_url"] = pattern
    sample = _sample(visit, listings)
    layout = _layout(sample) if sample else None
    announced = draft.keys() & {"feeds", "lists"}
    # The pages of a sitemap may be anything; a headline, a text and a date make one a release.
    if not announced and (layout is None or "date" not in layout["selectors"]):
        raise InputError(
            f"{url} shows neither a feed nor a list nor a sitemap of releases; give the address of the list itself."
        )
    if layout:
        draft["layouts"] = [layout]
    return Proposal(source.id, _text(source, family, draft), sample)


def _announces(soup: BeautifulSoup, base: str) -> bool:
    return bool(_linked_feeds(soup, base)) or list_selectors(soup) is not None


def _press_page(visit: Visit, soup: BeautifulSoup, base: str) -> tuple[Snapshot, BeautifulSoup] | None:
    """The page with a list or feed to which a page links by the surest name of press releases; None without any."""
    links = [
        (" ".join(link.get_text(" ").split()), absolute_url(base, str(link["href"]))) for link in soup.select("a[href]")
    ]
    named = [url for name in _PRESS for text, url in links if url and name.search(text)]
    for url in dict.fromkeys(url for url in named if visit.source.owns(url) and url != base):
        try:
            page = visit.read(url)
        except FetchError:
            continue
        if _is_page(page, visit.source) and _announces(there := BeautifulSoup(page.body, "lxml"), page.url):
            return page, there
    return None


def _is_page(snapshot: Snapshot, source: Source) -> bool:
    if "html" not in (snapshot.header("Content-Type") or ""):
        return False
    check_page(snapshot, source, min_bytes=0)
    return True


def _linked_feeds(soup: BeautifulSoup, base: str) -> list[str]:
    links = soup.select('link[rel~=alternate][type*="rss"][href], link[rel~=alternate][type*="atom"][href]')
    return list(filter(None, (absolute_url(base, str(link["href"])) for link in links)))


def _feeds(visit: Visit, candidates: list[str]) -> tuple[list[str], list[Listing]]:
    feeds: list[str] = []
    listings: list[Listing] = []
    for candidate in filter(visit.source.owns, dict.fromkeys(candidates)):
        try:
            listings += [listing for feed in read_feed(visit, candidate) for listing in feed.listings]
        except UnexpectedContent:
            # Sites call many a page a feed that is none.
            continue
        feeds.append(candidate)
    return feeds, listings


def _family(soup: BeautifulSoup, source: Source) -> str:
    host = source.hosts[0]
    if host.endswith("berlin.de"):
        return "berlin"
    generator = soup.select_one("meta[name=generator i][content]")
    named = str(generator["content"]) if generator else ""
    family = next((family for name, family in _GENERATORS.items() if name in named), "generic")
    return "drupal-nrw" if family == "drupal" and host.endswith((".nrw", ".nrw.de")) else family


def _list(url: str, soup: BeautifulSoup) -> dict[str, Any] | None:
    selectors = list_selectors(soup)
    if selectors is None:
        return None
    following = next_selector(soup)
    paging = {"paging": {"kind": "next", "css": following}} if following else {}
    return {"url": url, **paging, "selectors": selectors}


def _first_page(visit: Visit, listed: dict[str, Any]) -> list[Listing]:
    return list(next(read_list(visit, ListPage.model_validate(listed))).listings)


def _sample(visit: Visit, listings: list[Listing]) -> Snapshot | None:
    for listing in listings[:3]:
        try:
            snapshot = visit.read(listing.url)
            check_page(snapshot, visit.source, requested=listing.url)
        except FetchError:
            # One release that is gone or no page says nothing about the site; the next one is tried.
            continue
        return snapshot
    return None


def _layout(sample: Snapshot) -> dict[str, Any] | None:
    soup = BeautifulSoup(sample.body, "lxml")
    found = {
        "title": title_selector(soup),
        "body": body_selector(soup),
        "date": date_selector(soup),
    }
    if found["title"] is None or found["body"] is None:
        return None
    return {"name": "current", "selectors": {name: value for name, value in found.items() if value is not None}}


def _text(source: Source, family: str, draft: dict[str, Any]) -> str:
    head = {
        "publisher": source.publisher,
        "level": source.level,
        "state": source.state,
        "homepage": source.homepage,
        "hosts": list(source.hosts),
        "family": family,
        **({"local": True} if source.local else {}),
        "verified": "never",
    }
    notes = [
        f"# Proposed after a look at {source.homepage}",
        "# To be filled in: publisher, level, state, further hosts. To be looked at: that the list's selectors",
        "# find releases only, and that the layout's find headline, date and text on old and new pages.",
    ]
    content = yaml.safe_dump({**head, **draft}, allow_unicode=True, sort_keys=False, width=110)
    return "\n".join([*notes, content])
