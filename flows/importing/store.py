"""Imports a file: its records are read in processes beside this one and stored one by one."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine

from db.archive.imported import note_import, stored_records
from db.operation.runs import SourceRecord, end_run, record_source
from db.releases.store import StoreResult, store_reading
from flows.importing.files import ImportFile, Record, records
from flows.office.pages import ReadPage, read_archived, to_store
from flows.office.pool import claims_ahead
from flows.runs.leases import office_lease, running
from flows.runs.outcome import FinalState, RunOutcome
from models.claim import Extraction
from models.errors import BilanzError, DatabaseUnusable, InputError, UnreadablePage
from models.release import Snapshot
from models.source import SOURCE_ID
from scrapers.registry import is_registered

MOST_NAMED = 20
"""Records that cannot be used and are named; all are counted."""

_LOOKED_UP = 200
"""Records that are looked up at once among those stored."""


@dataclass(frozen=True, slots=True)
class Import:
    """What is imported as what.

    Attributes:
        file: with the records.
        source_id: under which they are stored.
        publisher: who published them; None leaves it as it is, for a new source its id.
        published: day of publication, for records that state none.
    """

    file: ImportFile
    source_id: str
    publisher: str | None = None
    published: date | None = None


@dataclass(slots=True)
class Imported:
    """What the records of a file came to.

    Attributes:
        new: releases that were not stored before.
        corrected: known ones that say something else in this file.
        known: records that say what is stored already, be it under another id of the same day.
        bad: records that could not be used; `named` says why, of the first ones.
        claims: that were not known before.
        undated: new releases without a day of publication.
    """

    new: int = 0
    corrected: int = 0
    known: int = 0
    bad: int = 0
    claims: int = 0
    undated: int = 0
    named: list[str] = field(default_factory=list)

    @property
    def usable(self) -> int:
        """Records that are stored now."""
        return self.new + self.corrected + self.known

    @property
    def state(self) -> FinalState:
        """As that of a run."""
        if not self.bad:
            return "completed"
        return "degraded" if self.usable else "failed"

    @property
    def reason(self) -> str | None:
        """What to say of records that could not be used."""
        return (
            f"{self.bad} of {self.bad + self.usable} records could not be used ({self.named[0]})" if self.bad else None
        )

    def outcome(self) -> RunOutcome:
        """As that of a run."""
        return RunOutcome(
            found=self.usable + self.bad,
            new=self.new,
            corrected=self.corrected,
            unchanged=self.known,
            broken=self.bad,
            claims=self.claims,
        )


def import_file(engine: Engine, work: Import, progress: Callable[[int], None] = lambda _number: None) -> Imported:
    """Stores the releases of a file; no watch is told of them.

    Each release is stored as a whole or not at all. What is stored already is passed over before it
    is read, so that an import that was killed is simply run again.

    Args:
        engine: the database, its schema checked.
        work: what is imported.
        progress: is told the number of each record that is done with.

    Raises:
        InputError: the source is a press office, or another import fills it just now.
    """
    note_import(engine, work.source_id, work.publisher)
    with _alone(engine, work.source_id), running(engine, "import") as run_id:
        began = datetime.now(UTC)
        running_record = SourceRecord(run_id, work.source_id, "running", None, {}, began, None)
        record_source(engine, running_record, tell=False)
        found = _Importer(engine, work, began, progress).run()
        ended = datetime.now(UTC)
        done = SourceRecord(run_id, work.source_id, found.state, found.reason, found.outcome().counts, began, ended)
        record_source(engine, done, tell=False)
        end_run(engine, run_id, found.state, now=ended)
    return found


def free_source(source_id: str, own: Path | None) -> str:
    """The id, if files may be imported under it.

    Raises:
        InputError: it is no id, or that of a press office, of the package or of a folder of one's own.
    """
    if not re.fullmatch(SOURCE_ID, source_id):
        raise InputError(f"{source_id!r} is no id of a source; it should look like senat or senat-berlin.")
    if is_registered(source_id, own):
        raise InputError(f"{source_id} is a press office; choose another --source for what you import.")
    return source_id


@contextmanager
def _alone(engine: Engine, source_id: str) -> Iterator[None]:
    with office_lease(engine, source_id) as held:
        if not held:
            raise InputError(f"Another import fills {source_id} just now; wait for its end.")
        yield


class _Importer:
    """The work of one import, and what it came to so far."""

    def __init__(self, engine: Engine, work: Import, began: datetime, progress: Callable[[int], None]) -> None:
        self._engine, self._work, self._began, self._progress = engine, work, began, progress
        self._found = Imported()
        self._seen: dict[str, tuple[str, str]] = {}
        self._numbers: dict[str, Record] = {}

    def run(self) -> Imported:
        """All of it."""
        for page, claims in claims_ahead(self._pages()):
            record = self._numbers.pop(page.url)
            self._store(record, page, claims)
            self._progress(record.number)
        return self._found

    def _pages(self) -> Iterator[ReadPage]:
        """The records that are not stored yet, read."""
        work = self._work
        coming = records(work.file, work.source_id, work.published, self._began)
        while batch := list(islice(coming, _LOOKED_UP)):
            urls = [each.found.url for each in batch if isinstance(each.found, Snapshot)]
            stored = stored_records(self._engine, work.source_id, urls)
            for record in batch:
                if (page := self._page(record, stored)) is not None:
                    self._numbers[page.url] = record
                    yield page
                else:
                    self._progress(record.number)

    def _page(self, record: Record, stored: dict[str, str]) -> ReadPage | None:
        """The record as a release; None where it is stored already or cannot be used, which is counted."""
        try:
            snapshot = self._fresh(record, stored)
            return read_archived(None, snapshot.url, snapshot) if snapshot else None
        except BilanzError as error:
            self._bad(record, str(error))
            return None

    def _fresh(self, record: Record, stored: dict[str, str]) -> Snapshot | None:
        snapshot = record.found
        if isinstance(snapshot, str):
            raise UnreadablePage(snapshot)
        url, digest = snapshot.url, snapshot.hash
        first, other = self._seen.setdefault(url, (record.place, digest))
        if other != digest:
            raise UnreadablePage(f"Its address is that of {first}, which says something else.")
        if first == record.place and stored.get(url) != digest:
            return snapshot
        self._found.known += 1
        return None

    def _store(self, record: Record, page: ReadPage, claims: Extraction | BilanzError) -> None:
        if isinstance(claims, BilanzError):
            self._bad(record, str(claims))
            return
        try:
            self._count(store_reading(self._engine, to_store(self._work.source_id, page, claims)), page)
        except DatabaseUnusable:
            raise
        except BilanzError as error:
            self._bad(record, str(error))

    def _count(self, result: StoreResult, page: ReadPage) -> None:
        self._found.claims += result.new_claims
        self._found.new += result.new_release
        self._found.undated += result.new_release and page.release.published is None
        self._found.corrected += result.corrected
        self._found.known += not (result.new_release or result.corrected)

    def _bad(self, record: Record, reason: str) -> None:
        self._found.bad += 1
        if len(self._found.named) < MOST_NAMED:
            self._found.named.append(f"{record.place}: {reason}")
