"""One visit to a press office: reading its feeds and lists, and turning links into listings."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urljoin

from models.release import Listing, Snapshot
from models.source import Source
from scrapers.fetch import Fetcher, NotModified
from scrapers.urls import canonical_url

log = logging.getLogger(__name__)


class Validators(Protocol):
    """Remembers ETag and Last-Modified of feeds and lists between runs."""

    def get(self, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the last answer that was worked off."""

    def keep(self, url: str, etag: str | None, last_modified: str | None) -> None:
        """Takes note of an answer whose listings have all been worked off."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one feed, list page, sitemap or JSON answer announces, in its own order."""

    url: str
    """The address that was asked for."""
    snapshot: Snapshot
    listings: tuple[Listing, ...]
    newest_first: bool = True


@dataclass(frozen=True, slots=True)
class Visit:
    """What the readers of feeds, lists, sitemaps and JSON have in common."""

    source: Source
    fetcher: Fetcher
    validators: Validators | None = None

    def read(self, url: str, json: Mapping[str, Any] | None = None) -> Snapshot | None:
        """The page at `url`, or None where it has not changed since it was last worked off."""
        etag, last_modified = self.validators.get(url) if self.validators and json is None else (None, None)
        answer = self.fetcher.get(url, source=self.source, etag=etag, last_modified=last_modified, json=json)
        return None if isinstance(answer, NotModified) else answer

    def keep(self, page: "Page") -> None:
        """Takes note that all listings of a page have been worked off."""
        headers = {name.lower(): value for name, value in page.snapshot.headers}
        etag, last_modified = headers.get("etag"), headers.get("last-modified")
        if self.validators and (etag or last_modified):
            self.validators.keep(page.url, etag, last_modified)

    def listing(
        self,
        href: str,
        base: str,
        *,
        title: str | None = None,
        published: datetime | None = None,
        teaser: str | None = None,
    ) -> Listing | None:
        """A link as a listing, or None where it leads to no release of this office."""
        try:
            url = canonical_url(urljoin(base, href.strip()), self.source.drop_parameters)
        except ValueError:
            return None
        if not self.source.owns(url):
            log.info("%s: %s lies outside the office's hosts and is passed over", self.source.id, url)
            return None
        if self.source.release_url and not re.search(self.source.release_url, url):
            return None
        return Listing(url, title or None, published, teaser or None)
