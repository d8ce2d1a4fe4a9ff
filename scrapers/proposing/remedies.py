"""What a source file should say instead, where the site is no longer as it says."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import yaml
from bs4 import BeautifulSoup

from models.errors import BilanzError, Forbidden
from models.release import Listing, Snapshot
from models.source import Endpoint, Layout, ListPage, ListSelectors, NextLink, Source
from scrapers.finding.feeds import read_feed
from scrapers.finding.lists import read_items
from scrapers.finding.visit import Visit
from scrapers.proposing.outline import (
    body_selector,
    date_selector,
    link_pattern,
    list_selectors,
    next_selector,
    title_selector,
)
from scrapers.urls import absolute_url

_LEAST = 3
"""Entries that a proposed list has at least."""
_PRESS = re.compile(
    r"(?:presse|medien)-?_?(?:mitteilung|information|meldung)|pressemitteil|/presse(?:/"
    r"|$)",
    re.IGNORECASE,
)


class Remedies:
    """Collects what the file of one office should say instead; `patch` holds the keys that change, whole.

    Each remedy is tried on the site before it is proposed, and says in words what it is, or "" where none is known.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._open = Visit(visit.source.model_copy(update={"release_url": None}), visit.fetcher, visit.cache)
        self.patch: dict[str, Any] = {}
        self.listings: dict[str, Listing] = {}
        """Releases that only a remedy found, by address."""

    def of_way(self, part: str | ListPage | Endpoint, error: BilanzError | None) -> str:
        """For a way that is shut, dead, moved, or gives nothing."""
        if isinstance(error, Forbidden) and not self._visit.source.owns(error.url):
            return self._host(error.url)
        if isinstance(part, ListPage):
            return self._list(part) or self._moved(part)
        if isinstance(part, str) and part in self._visit.source.feeds:
            return self._feed(part)
        return ""

    def of_robots(self, verdict: str) -> str:
        """For ways that robots.txt shuts or opens other than the file says."""
        self.patch["robots"] = verdict
        return f"robots: {verdict}"

    def of_dates(self, part: ListPage) -> str:
        """For a list whose entries have lost their dates."""
        soup = self._soup(part.url)
        proposed = list_selectors(soup) if soup else None
        if not proposed or "date" not in proposed:
            return ""
        kept = part.selectors.model_dump(exclude_defaults=True, exclude={"date", "date_attribute"})
        for selectors in (
            kept | {key: proposed[key] for key in ("date", "date_attribute") if key in proposed},
            proposed,
        ):
            found = self._read(soup, selectors, part.url)
            if found and all(listing.published for listing in found):
                return self._changed(part, selectors=selectors)
        return ""

    def of_paging(self, part: ListPage) -> str:
        """For a list whose pages cannot be turned any more."""
        soup = self._soup(part.url)
        css = next_selector(soup) if soup else None
        if css is None or not isinstance(part.paging, NextLink) or css == part.paging.css:
            return ""
        if soup is not None and soup.select_one(part.paging.css) is not None:
            return ""
        return self._changed(part, paging={"kind": "next", "css": css})

    def of_layout(self, layout: Layout, page: Snapshot) -> str:
        """For a page that no layout fits."""
        soup = BeautifulSoup(page.body, "lxml")
        found = {"title": title_selector(soup), "body": body_selector(soup), "date": date_selector(soup)}
        if found["title"] is None or found["body"] is None:
            return ""
        selectors = {name: value for name, value in found.items() if value is not None}
        if "layouts" not in self.patch:
            # The old layout stays for the pages that were archived under it.
            old = {"name": layout.name, "valid_until": page.fetched_at.date().isoformat()}
            self.patch["layouts"] = [{"name": f"{layout.name}-2", "selectors": selectors}, old]
        return f"layout {_brief(selectors)}"

    def _host(self, url: str) -> str:
        host = (urlsplit(url).hostname or "").lower()
        hosts = self.patch.get("hosts", list(self._visit.source.hosts))
        if host and host not in hosts:
            self.patch["hosts"] = [*hosts, host]
        return f"hosts: add {host}" if host else ""

    def _feed(self, old: str) -> str:
        """A feed that the home page or a list links to."""
        source = self._visit.source
        for page in (source.homepage, *(part.url for part in source.lists)):
            soup = self._soup(page)
            links = soup.select("link[rel~=alternate][type*=xml][href]") if soup else []
            for address in filter(None, (absolute_url(page, str(link["href"])) for link in links)):
                if address in source.feeds or not source.owns(address):
                    continue
                try:
                    found = [listing for feed in read_feed(self._visit, address) for listing in feed.listings]
                except BilanzError:  # sites call many a page a feed that is none
                    continue
                if found:
                    self.listings |= {listing.url: listing for listing in found}
                    feeds = self.patch.get("feeds", list(source.feeds))
                    self.patch["feeds"] = [address if feed == old else feed for feed in feeds]
                    return f"feed {address}"
        return ""

    def _list(self, part: ListPage) -> str:
        """Other selectors of the same page, or another pattern of the addresses of releases."""
        soup = self._soup(part.url)
        if soup is None:
            return ""
        for selectors in (part.selectors.model_dump(exclude_defaults=True), list_selectors(soup)):
            if selectors and (hint := self._fitting(soup, selectors, part)):
                return hint
        return ""

    def _fitting(self, soup: BeautifulSoup, selectors: Mapping[str, Any], part: ListPage) -> str:
        changed = selectors != part.selectors.model_dump(exclude_defaults=True)
        found = self._read(soup, selectors, part.url)
        if changed and len(found) >= _LEAST:
            self.listings |= {listing.url: listing for listing in found}
            return self._changed(part, selectors=selectors)
        entries = self._read(soup, selectors, part.url, any_address=True)
        pattern = link_pattern([listing.url for listing in entries])
        if len(entries) < _LEAST or pattern is None or found:
            return ""
        self.listings |= {listing.url: listing for listing in entries}
        self.patch["release_url"] = pattern
        hint = self._changed(part, selectors=selectors) if changed else ""
        return f"release_url {pattern}" + (f", {hint}" if hint else "")

    def _moved(self, part: ListPage) -> str:
        """A list that the home page links to."""
        home = self._visit.source.homepage
        soup = self._soup(home)
        links = soup.select("a[href]") if soup else []
        for address in dict.fromkeys(filter(None, (absolute_url(home, str(link["href"])) for link in links))):
            if address in (part.url, home) or not _PRESS.search(urlsplit(address).path):
                continue
            page = self._soup(address)
            if page is None:
                return ""  # one try; whoever reads the report looks further
            for selectors in (part.selectors.model_dump(exclude_defaults=True), list_selectors(page)):
                if selectors and len(found := self._read(page, selectors, address)) >= _LEAST:
                    self.listings |= {listing.url: listing for listing in found}
                    return self._changed(part, url=address, selectors=selectors)
            return ""
        return ""

    def _read(
        self, soup: BeautifulSoup | None, selectors: Mapping[str, Any], base: str, *, any_address: bool = False
    ) -> tuple[Listing, ...]:
        if soup is None:
            return ()
        described = ListSelectors.model_validate(selectors)
        visit = self._open if any_address else self._visit
        stated = soup.select_one("base[href]")
        base = (absolute_url(base, str(stated["href"])) if stated else None) or base
        return read_items(visit, soup.select(described.item), described, base)

    def _changed(self, part: ListPage, **changes: Any) -> str:
        source: Source = self._visit.source
        lists = self.patch.get("lists") or [
            each.model_dump(exclude_defaults=True, mode="json") for each in source.lists
        ]
        lists[source.lists.index(part)] |= changes
        self.patch["lists"] = lists
        return f"list {_brief(changes)}"

    def _soup(self, url: str) -> BeautifulSoup | None:
        if "{" in url:
            return None
        try:
            page = self._visit.read(url)
        except BilanzError:
            return None
        return BeautifulSoup(page.body, "lxml")


def _brief(values: Any) -> str:
    return " ".join(yaml.safe_dump(values, default_flow_style=True, allow_unicode=True, width=10_000).split())
