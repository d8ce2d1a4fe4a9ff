"""Asking a web archive: its index for what it has, then for single copies, at its own pace and never twice at once."""

import re
from collections import defaultdict
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from models.archive import Archive, Capture, Query, filled
from models.archived import Archived
from models.errors import CopyRefused, Excluded, FetchError, Spent, Unreachable
from models.release import Snapshot, payload_digest
from scrapers.archives.index import IndexPage, address_of, crawl_address, read_crawls, read_page
from scrapers.archives.warc import record_answer
from scrapers.http.faults import causes
from scrapers.http.fetch import Fetcher
from scrapers.http.network import HttpAnswer

_ORIGINAL = "x-archive-orig-"
"""What the Internet Archive puts before the names of the office's own headers."""
_IN_VAIN = 3
"""Failures in a row after which an archive's turn is over."""
_NONE = IndexPage(())


class ArchiveClient:
    """One archive for the length of its turn; it ends with `Spent`, and the next run goes on.

    Args:
        archive: whom to ask.
        fetcher: asks it; its book of hosts keeps the archive's pace in all processes.
    """

    def __init__(self, archive: Archive, fetcher: Fetcher) -> None:
        self.archive = archive
        self._fetcher = fetcher
        self._index, self._replay = archive.ways
        self._failures = 0
        self._crawls: dict[int, list[tuple[str, str]]] = {}
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        """How long answers took, by what was asked: "index" or "replay"."""

    @property
    def requests(self) -> int:
        """Sent so far, but for robots.txt."""
        return sum(map(len, self.seconds.values()))

    def page(self, query: Query, resume: str | None = None) -> IndexPage:
        """One answer of the index; an address that the archive does not know has no copies.

        Args:
            query: what is asked.
            resume: where the page before has ended.

        Raises:
            Excluded: the archive may not tell.
            Spent: the archive's turn is over.
            FetchError: no answer came, or none that can be read.
        """
        if self.archive.dialect == "common-crawl":
            return self._crawl_page(query, resume)
        address = address_of(self.archive, query, resume)
        answer = self._ask("index", address)
        if answer.status == 404:
            return _NONE
        if answer.status != 200:
            raise FetchError(f"{address} answers {answer.status}, which is no index.", address, answer.status)
        return read_page(self.archive, answer.body, address, query)

    def copy(self, capture: Capture) -> Snapshot:
        """The bytes of a copy as the office sent them.

        Raises:
            CopyRefused: what came is not that copy, or is not what its digest says.
            Excluded: the archive may not give it.
            Spent: the archive's turn is over.
            FetchError: no answer came.
        """
        if self.archive.dialect == "common-crawl":
            return self._record(capture)
        address = filled(self.archive.replay.url, capture)
        answer = self._ask("replay", address)
        moment = answer.header("Memento-Datetime")
        if moment is None:
            raise CopyRefused(f"{self.archive.name} has no copy of that second ({answer.status}).", address)
        if (came := _moment(moment)) != capture.archived_at:
            asked = f"{capture.archived_at:%Y-%m-%d %H:%M:%S}"
            raise CopyRefused(f"The copy of {asked} was asked for, that of {came or moment} came.", address)
        if answer.status != 200:
            raise CopyRefused(f"The office answered {answer.status} then.", address, answer.status)
        given = (None, answer.sent_digest, payload_digest(answer.body))
        if self.archive.check_digests and capture.digest not in given:
            raise CopyRefused(f"Its bytes are not those of its digest ({capture.digest}).", address)
        return self._snapshot(capture, answer.body, _headers(answer), 200)

    def _crawl_page(self, query: Query, resume: str | None) -> IndexPage:
        """A page of one month's index; behind its last one comes the month before."""
        year = query.since.year
        if year not in self._crawls:
            address = self.archive.index.url
            answer = self._ask("index", address)
            self._crawls[year] = read_crawls(answer.body, address, query.since)
        crawls = self._crawls[year]
        name, _, number = (resume or "").partition(" ")
        places = [index for index, (known, _) in enumerate(crawls) if known == name] or [0]
        here, page = places[0], int(number or 0)
        if here >= len(crawls):
            return _NONE
        answer = self._ask("index", crawl_address(crawls[here][1], query, page))
        found = _NONE
        if answer.status == 200:
            found = read_page(self.archive, answer.body, crawls[here][1], query)
        if found.captures:
            return IndexPage(found.captures, f"{crawls[here][0]} {page + 1}")
        return IndexPage((), f"{crawls[here + 1][0]} 0" if here + 1 < len(crawls) else None)

    def _record(self, capture: Capture) -> Snapshot:
        address = filled(self.archive.replay.url, capture)
        try:
            _, offset, length = (capture.record or "").split(" ")
            span = f"bytes={int(offset)}-{int(offset) + int(length) - 1}"
        except ValueError as error:
            raise CopyRefused(f"The index does not say where its record stands ({capture.record}).", address) from error
        answer = self._ask("replay", address, {"Range": span})
        if answer.status != 206:
            raise CopyRefused(f"{self.archive.name} does not give that part of its file ({answer.status}).", address)
        try:
            found = record_answer(answer.body)
        except ValueError as error:
            raise CopyRefused(f"Its record cannot be used: {error}", address) from error
        if found.fetched_at.replace(microsecond=0) != capture.archived_at or found.url != capture.original:
            raise CopyRefused(f"The record is of {found.url} at {found.fetched_at}.", address)
        if found.status != 200:
            raise CopyRefused(f"The office answered {found.status} then.", address, found.status)
        return self._snapshot(capture, found.body, found.headers, 200)

    def _snapshot(self, capture: Capture, body: bytes, headers: tuple[tuple[str, str], ...], status: int) -> Snapshot:
        archived = Archived(self.archive.name, self.archive.place(capture), self._fetcher.clock.now())
        return Snapshot(capture.original, body, headers, status, capture.archived_at, archived)

    def _ask(self, what: str, address: str, headers: dict[str, str] | None = None) -> HttpAnswer:
        interface = self._index if what == "index" else self._replay
        sent = self._fetcher.requests[interface.id]
        try:
            answer = self._fetcher.ask(address, source=interface, headers=headers)
        except Unreachable as error:
            if self._fetcher.requests[interface.id] == sent:  # it is left alone already
                raise Spent(str(error), address) from error
            refused = any(isinstance(cause, ConnectionRefusedError) for cause in causes(error))
            raise self._failed(address, error, over=refused) from error
        self.seconds[what].append(answer.seconds)
        if answer.header("Memento-Datetime") is not None:  # the archive speaks for the office
            self._failures = 0
            return answer
        if answer.status == 429:
            raise self._failed(address, FetchError(f"{self.archive.name} answers 429.", address, 429), over=True)
        told = (answer.header(_RUNTIME_ERROR) or "") + answer.body[:_TOLD].decode("latin-1")
        if answer.status == 451 or (answer.status != 200 and (exclusion := _EXCLUSION.search(told))):
            reason = "451" if answer.status == 451 or exclusion is None else exclusion[0]
            raise Excluded(f"{self.archive.name} does not give it ({reason}).", address, answer.status)
        if answer.status in (401, 403) or answer.status >= 500:
            failure = Unreachable(f"{self.archive.name} answers {answer.status}.", address, answer.status)
            raise self._failed(address, failure, over=False)
        self._failures = 0
        return answer

    def _failed(self, address: str, error: FetchError, *, over: bool) -> FetchError:
        """What a failure is raised as: the end of the turn, where going on would be a nuisance."""
        self._failures += 1
        if not over and self._failures < _IN_VAIN:
            return error
        rest = self.archive.rest
        self._fetcher.leave_alone(address, rest)
        return Spent(f"{error} It is left alone for {rest / 60:.0f} minutes; the next run goes on.", address)


_RUNTIME_ERROR = "X-Archive-Wayback-Runtime-Error"
_EXCLUSION = re.compile(r"(?:Robot|Administrative)AccessControl\w*")
_TOLD = 2000
"""Bytes of an error's page that are looked through."""


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return None


def _headers(answer: HttpAnswer) -> tuple[tuple[str, str], ...]:
    """The office's own, where the archive tells them from its own."""
    own = [(name[len(_ORIGINAL) :], value) for name, value in answer.headers if name.lower().startswith(_ORIGINAL)]
    if not own:
        return answer.headers
    named = {name.lower() for name, _ in own}
    kind = answer.header("Content-Type")
    return (*own, *([("Content-Type", kind)] if kind and "content-type" not in named else []))
