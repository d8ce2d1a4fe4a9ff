"""Asking an archive's index for what it has of an office; answers are kept, so that nobody is asked twice."""

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from posixpath import commonpath, dirname
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Engine

from db.archive.captures import Holdings, captured_addresses, known_addresses
from db.archive.forgotten import forgotten
from db.archive.index_queries import NamedCapture, OpenQuery, note_failure, note_page, open_queries
from models.archive import Capture, Query
from models.errors import Excluded, FetchError, Forbidden, Spent
from models.source import Source
from scrapers.archives.client import ArchiveClient
from scrapers.archives.lists import Way, is_release, list_addresses, office_address

log = logging.getLogger(__name__)

FRESH = timedelta(days=30)
"""How long an answer of an index holds: years ago nothing new happens."""

MOST_PAGES = 200
"""Of the answer to one query; a host with more copies is not an office's alone."""


@dataclass(slots=True)
class IndexTurn:
    """One office in one archive's index.

    Attributes:
        since: from which day on.
        ended: why the archive's turn is over, None while it is not.
    """

    engine: Engine
    client: ArchiveClient
    source: Source
    since: date
    ended: str | None = None
    announced: set[str] = field(default_factory=set)
    """Addresses of releases that archived lists announce."""
    known: set[str] = field(default_factory=set)
    """These, and those of stored releases."""
    asked: set[Query] = field(default_factory=set)
    """What was asked in this turn: what failed is left to the next."""

    @property
    def here(self) -> Holdings:
        """What is asked for."""
        return Holdings(self.source.id, self.client.archive.id)

    @property
    def lists(self) -> dict[str, Way]:
        """Where the office announces releases."""
        return list_addresses(self.source, self.since, datetime.now(UTC).date())

    def ask(self) -> None:
        """Asks what was not answered yet: whole paths first, then lists and releases that did not come with them."""
        dialect = self.client.archive.dialect
        known = self.known = known_addresses(self.engine, self.source.id) | self.announced
        if dialect != "timemap":
            self._answer([Query(url, "prefix", self.since) for url in prefixes(self.source, known | set(self.lists))])
        if dialect != "common-crawl":  # there each address would be a question to each month
            missing = (known | set(self.lists)) - captured_addresses(self.engine, self.here)
            self._answer([Query(url, "exact", self.since) for url in sorted(missing)])

    def open(self) -> list[OpenQuery]:
        """What was not answered to its end."""
        return open_queries(self.engine, self.here, [], since=self.since, fresh_since=datetime.now(UTC) - FRESH)

    def _answer(self, queries: list[Query]) -> None:
        fresh_since = datetime.now(UTC) - FRESH
        noted = open_queries(self.engine, self.here, queries, since=self.since, fresh_since=fresh_since)
        for number, each in enumerate(noted):
            if self.ended is not None:
                return
            if each.query in self.asked:
                continue
            self.asked.add(each.query)
            log.info("%s: %d of %d questions to the index", self.client.archive.name, number, len(noted))
            self._pages(each.query, each.resume)

    def _pages(self, query: Query, resume: str | None) -> None:
        """All pages of one answer, each kept as it comes."""
        for _ in range(MOST_PAGES):
            now = datetime.now(UTC)
            try:
                page = self.client.page(query, resume)
            except Spent as error:
                self.ended = str(error)
                return
            except Excluded as error:
                note_failure(self.engine, self.here, query, str(error), answered_at=now)
                return
            except Forbidden as error:
                self.ended = str(error)
                return
            except FetchError as error:
                note_failure(self.engine, self.here, query, str(error), answered_at=None)
                return
            resume = page.resume
            answered_at = now if resume is None else None
            named = list(self._named(query, page.captures))
            note_page(self.engine, self.here, query, named, resume=resume, answered_at=answered_at)
            if resume is None:
                return
        told = f"There are more copies than {MOST_PAGES} answers name; the others were not asked for."
        note_failure(self.engine, self.here, query, told, answered_at=datetime.now(UTC))

    def _named(self, query: Query, captures: Collection[Capture]) -> Iterator[NamedCapture]:
        """The copies that are of use: of releases and lists, as far as the index tells."""
        lists = self.lists
        asked = office_address(self.source, query.url) if query.match == "exact" else None
        found: list[NamedCapture] = []
        for capture in captures:
            url = office_address(self.source, capture.original)
            if url is None or capture.status not in (None, 200):
                continue
            if url in lists:
                found.append(NamedCapture(url, "list", capture))
            elif (url == asked or url in self.known or is_release(self.source, url)) and _may_be_page(capture):
                found.append(NamedCapture(url, "release", capture))
        kept_out = forgotten(self.engine, sorted({each.url for each in found}))
        yield from (each for each in found if each.url not in kept_out)


def prefixes(source: Source, addresses: Collection[str]) -> list[str]:
    """Beginnings of addresses under which an office's releases stand: of each host the path that all have in common.

    Of a host that the office has left nothing is known but its name.
    """
    paths: dict[str, list[str]] = {}
    for address in sorted(addresses):
        paths.setdefault(urlsplit(address).netloc, []).append(dirname(urlsplit(address).path or "/") or "/")
    home = urlsplit(source.homepage)
    bare = {netloc.removeprefix("www.").partition(":")[0] for netloc in paths}
    for host in source.hosts:
        if host.removeprefix("www.") not in bare:
            bare.add(host.removeprefix("www."))
            paths[host] = ["/"]
    return [
        urlunsplit((home.scheme, netloc, commonpath(own).rstrip("/") + "/", "", "")) for netloc, own in paths.items()
    ]


def _may_be_page(capture: Capture) -> bool:
    return capture.mime is None or "html" in capture.mime
