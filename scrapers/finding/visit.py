"""One visit to a press office: reading its feeds and lists, and turning links into listings."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.release import Listing, Snapshot
from models.source import Source
from scrapers.http.cache import PageCache, validators
from scrapers.http.fetch import Fetcher, NotModified
from scrapers.urls import absolute_url, canonical_url

log = logging.getLogger(__name__)

Position = Mapping[str, int | str]
"""One page of a list: values for the placeholders of an address (page, offset, year, month), or its own `address`."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What one feed, list page, sitemap or JSON answer announces, in its own order."""

    listings: tuple[Listing, ...]
    newest_first: bool = True
    position: Position | None = None
    """Of a page of a list with several: where in it the page stands."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What the readers of feeds, lists, sitemaps and JSON have in common."""

    source: Source
    fetcher: Fetcher
    cache: PageCache | None = None

    def read(self, url: str, json: Mapping[str, Any] | None = None) -> Snapshot:
        """The page at `url`; from the cache where it is fresh, or the office says that it has not changed."""
        cache = self.cache if json is None else None
        kept = cache.get(url) if cache is not None else None
        if cache is not None and kept is not None and cache.is_fresh(url):
            return kept
        etag, last_modified = validators(kept)
        answer = self.fetcher.get(url, source=self.source, etag=etag, last_modified=last_modified, json=json)
        if isinstance(answer, NotModified):
            assert cache is not None and kept is not None, "only a kept page is asked for conditionally"
            cache.confirm(url, answer.fetched_at)
            return kept
        if cache is not None:
            cache.put(url, answer)
        return answer

    def note(self, sentence: str) -> None:
        """Keeps what the operator should know of this visit; see `Fetcher.notes`."""
        log.warning("%s: %s", self.source.id, sentence)
        self.fetcher.notes[self.source.id].append(sentence)

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
        if not href.strip() or href.strip().startswith("#"):  # a control of the page itself
            return None
        target = absolute_url(base, href)
        if target is None:
            return None
        try:
            url = self.source.at_home(canonical_url(target, self.source.drop_parameters))
        except ValueError:
            return None
        if not self.source.owns(url):
            log.info("%s: %s lies outside the office's hosts and is passed over", self.source.id, url)
            return None
        if self.source.release_url and not re.search(self.source.release_url, url):
            return None
        return Listing(url, title or None, published, teaser or None)
