"""Imports WARC and WACZ files: what press offices answered to others, stored as their releases."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import Engine

from db.archive.attachments import record_attachment
from db.archive.fetches import Answered, is_known
from db.archive.forgotten import forgotten
from db.archive.held import GivenAnswer, refuse_older_readings, stored_answers
from db.operation.runs import SourceRecord, end_run, record_source
from db.releases.store import store_reading
from extractors.page import VERSION as PAGE_VERSION
from flows.importing.store import MOST_NAMED, Imported
from flows.office.attachments import wanted
from flows.office.documents import AT_ONCE, read_documents
from flows.office.pages import ReadPage, read_archived, to_store
from flows.office.past import read_past
from flows.office.pool import claims_ahead
from flows.runs.leases import history_lease, running
from models.claim import Extraction
from models.errors import BilanzError, DatabaseUnusable, InputError
from models.release import Snapshot
from models.source import Source
from scrapers.archives.lists import announced, is_release, list_addresses, office_address
from scrapers.archives.warc import WarcAnswer, WarcFile, warc_answers

_LOOKED_UP = 200
"""Records that are looked up at once among those stored."""

_STORED = ("stored", "unchanged")
"""What came of an answer that holds a release, in an export of our own."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A record that may hold a release, and the office whose it is."""

    number: int
    source: Source
    url: str
    snapshot: Snapshot
    own: bool


@dataclass(slots=True)
class WarcImported(Imported):
    """What the records of a WARC file came to: as of any file, and what was passed over.

    Attributes:
        passed_over: answers of nobody known, and pages that are no release.
        documents: that stored releases link to.
        by_source: of each press office.
    """

    passed_over: int = 0
    documents: int = 0
    by_source: dict[str, Imported] = field(default_factory=dict)


def import_warc(
    engine: Engine,
    file: WarcFile,
    sources: Sequence[Source],
    progress: Callable[[int], None] = lambda _number: None,
) -> WarcImported:
    """Stores the releases among the answers of a file, with who fetched them when; no watch is told of them.

    A page is a release where its address tells so, where the database knows it, or where a feed or list in the same
    file announces it. What is stored already is passed over before it is read: an import that was killed is simply
    run again.

    Args:
        engine: the database, its schema checked.
        file: what is imported.
        sources: the press offices whose answers may be in it.
        progress: is told the number of each record that is done with.

    Raises:
        InputError: the past of an office is being read just now, or its pages were read by older rules.
    """
    with ExitStack() as held:
        began = datetime.now(UTC)
        work = _Importer(engine, file, sources, began, progress)
        run_id = held.enter_context(running(engine, "history"))
        for source in work.offices():
            if not held.enter_context(history_lease(engine, source.id)):
                raise InputError(f"The past of {source.id} is being read just now; wait for the end of that run.")
            refuse_older_readings(engine, source.id, PAGE_VERSION)
        found = work.run()
        for source_id, result in found.by_source.items():
            counts = result.outcome().counts
            ended = datetime.now(UTC)
            told = SourceRecord(run_id, source_id, result.state, result.reason, counts, began, ended)
            record_source(engine, told, tell=False)
        end_run(engine, run_id, found.state, now=datetime.now(UTC))
    return found


class _Importer:
    """The work of one import, and what it came to so far."""

    def __init__(
        self,
        engine: Engine,
        file: WarcFile,
        sources: Sequence[Source],
        began: datetime,
        progress: Callable[[int], None],
    ) -> None:
        self._engine, self._file, self._sources, self._began = engine, file, sources, began
        self._progress = progress
        self._found = WarcImported()
        self._candidates: dict[tuple[str, datetime], _Candidate] = {}
        self._announced: set[str] = set()
        self._offices: dict[str, Source] = {}
        self._lists = {source.id: list_addresses(source, began.date(), began.date()) for source in sources}

    def offices(self) -> list[Source]:
        """Whose answers are in the file; reads the feeds and lists among them."""
        for answer in self._answers():
            source = self._office_of(answer)
            if source is None:
                continue
            self._offices[source.id] = source
            address = office_address(source, answer.url)
            if isinstance(answer.found, Snapshot) and address in self._lists[source.id]:
                try:
                    self._announced.update(announced(source, self._lists[source.id][address], answer.found))
                except BilanzError:  # what it announces is not known then, which loses no more than that
                    continue
        return list(self._offices.values())

    def run(self) -> WarcImported:
        """All of it: the pages, then the documents that they link to."""
        for page, claims in claims_ahead(self._pages()):
            candidate = self._candidates.pop((page.url, page.snapshot.fetched_at))
            self._store(candidate, page, claims)
            self._progress(candidate.number)
        self._documents()
        self._read_documents()
        return self._found

    def _answers(self) -> Iterator[WarcAnswer]:
        return warc_answers(self._file, self._began)

    def _office_of(self, answer: WarcAnswer) -> Source | None:
        if answer.source_id is not None:
            return next((each for each in self._sources if each.id == answer.source_id), None)
        owning = [each for each in self._sources if office_address(each, answer.url) is not None]
        if len(owning) > 1:  # offices share a host, and tell their releases by the path
            owning = [each for each in owning if is_release(each, office_address(each, answer.url) or "")]
        return owning[0] if len(owning) == 1 else None

    def _pages(self) -> Iterator[ReadPage]:
        """The releases that are not stored yet, read."""
        coming = self._answers()
        while batch := list(islice(coming, _LOOKED_UP)):
            candidates = [found for answer in batch if (found := self._candidate(answer)) is not None]
            named = [GivenAnswer(each.url, each.snapshot.fetched_at, each.snapshot.hash) for each in candidates]
            stored = stored_answers(self._engine, named)
            kept_out = forgotten(self._engine, [each.url for each in candidates])
            for candidate, answer in zip(candidates, named, strict=True):
                if candidate.url in kept_out:
                    self._found.passed_over += 1
                elif answer in stored:
                    self._of(candidate).known += 1
                    self._found.known += 1
                elif (candidate.url, answer.fetched_at) in self._candidates:
                    self._bad(candidate, "The same address at the same time stands before it with other bytes.")
                elif (page := self._read(candidate)) is not None:
                    self._candidates[page.url, page.snapshot.fetched_at] = candidate
                    yield page
            self._progress(batch[-1].number)

    def _candidate(self, answer: WarcAnswer) -> _Candidate | None:
        source = self._office_of(answer)
        if source is None:
            if isinstance(answer.found, str) and not answer.url.startswith("http"):
                self._name(answer.number, answer.url, answer.found, None)
            else:
                self._found.passed_over += 1
            return None
        own = answer.source_id is not None
        url = answer.asked_for or office_address(source, answer.url)
        if url is None or not self._is_release(source, url, answer, own=own):
            self._found.passed_over += 1
            return None
        if isinstance(answer.found, str):
            self._name(answer.number, url, answer.found, source)
            return None
        if answer.found.status != 200:
            self._found.passed_over += 1
            return None
        return _Candidate(answer.number, source, url, answer.found, own)

    def _is_release(self, source: Source, url: str, answer: WarcAnswer, *, own: bool) -> bool:
        if url in self._lists[source.id]:
            return False
        kind = answer.found.header("Content-Type") if isinstance(answer.found, Snapshot) else "text/html"
        if "html" not in (kind or "").lower():
            return False
        if own and answer.outcome not in _STORED:
            return False
        return is_release(source, url) or url in self._announced or own or is_known(self._engine, url)

    def _read(self, candidate: _Candidate) -> ReadPage | None:
        source, url, snapshot = candidate.source, candidate.url, candidate.snapshot
        try:
            if candidate.own:  # it was accepted when it came
                return read_archived(source, url, snapshot)
            return read_past(self._engine, source, url, snapshot)
        except DatabaseUnusable:
            raise
        except BilanzError as error:
            self._bad(candidate, str(error))
            return None

    def _store(self, candidate: _Candidate, page: ReadPage, claims: Extraction | BilanzError) -> None:
        if isinstance(claims, BilanzError):
            self._bad(candidate, str(claims))
            return
        try:
            result = store_reading(self._engine, to_store(candidate.source.id, page, claims))
        except DatabaseUnusable:
            raise
        except BilanzError as error:
            self._bad(candidate, str(error))
            return
        for found in (self._found, self._of(candidate)):
            found.claims += result.new_claims
            found.new += result.new_release
            found.corrected += result.corrected
            found.known += not (result.new_release or result.corrected)

    def _documents(self) -> None:
        """Those on the office's hosts that its releases name, and nobody has asked for yet."""
        named = {
            (source.id, document.url): document
            for source in self._offices.values()
            for document in wanted(self._engine, source)
        }
        if not named:
            return
        for answer in self._answers():
            source = self._office_of(answer)
            if source is None or not isinstance(answer.found, Snapshot) or answer.found.status != 200:
                continue
            url = answer.asked_for or office_address(source, answer.url)
            document = named.pop((source.id, url or ""), None)
            if document is not None and "html" not in (answer.found.header("Content-Type") or "").lower():
                record_attachment(self._engine, source.id, document, Answered(answer.found, is_new=True))
                self._found.documents += 1

    def _read_documents(self) -> None:
        """Those of this file, and those that a killed import left."""
        for source in self._offices.values():
            for _ in range(1 + self._found.documents // AT_ONCE):
                if claims := read_documents(self._engine, source).claims:
                    self._found.claims += claims
                    self._found.by_source.setdefault(source.id, Imported()).claims += claims

    def _of(self, candidate: _Candidate) -> Imported:
        return self._found.by_source.setdefault(candidate.source.id, Imported())

    def _bad(self, candidate: _Candidate, reason: str) -> None:
        self._name(candidate.number, candidate.url, reason, candidate.source)

    def _name(self, number: int, url: str, reason: str, source: Source | None) -> None:
        found: list[Imported] = [self._found]
        if source is not None:
            found.append(self._found.by_source.setdefault(source.id, Imported()))
        for each in found:
            each.bad += 1
            if len(each.named) < MOST_NAMED:
                each.named.append(f"record {number}, {url}: {reason}")
