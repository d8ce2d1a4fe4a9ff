"""Reads an office's years from an archive: lists first, then releases, each content once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Engine

from db.archive.captures import (
    CaptureKind,
    StoredCapture,
    captured_addresses,
    count_waiting,
    held_content,
    keep_copy,
    note_outcome,
    note_try,
    settle,
    waiting,
)
from db.archive.forgotten import forgotten
from db.archive.held import refuse_older_readings
from db.operation.runs import SourceRecord, end_run, record_source
from db.releases.store import store_reading
from extractors.page import VERSION as PAGE_VERSION
from flows.history.asking import IndexTurn
from flows.office.pages import ReadPage, to_store
from flows.office.past import read_past
from flows.office.pool import claims_of
from flows.runs.leases import history_lease, running
from flows.runs.outcome import FinalState, RunOutcome
from models.archived import Archived
from models.claim import Extraction
from models.errors import (
    BilanzError,
    BlockedResponse,
    CopyRefused,
    DatabaseUnusable,
    Excluded,
    FetchError,
    Forbidden,
    InputError,
    Spent,
)
from models.release import Snapshot
from models.source import Source
from scrapers.archives.client import ArchiveClient
from scrapers.archives.lists import announced

log = logging.getLogger(__name__)

BATCH = 25
"""Copies that are read together; their bytes are kept one by one."""

MOST_PROBLEMS = 20
"""That are told; all are counted, and stand in the list of copies."""

Allowed = Callable[[str], bool]
"""Whether an office lets an address of its own be read today."""


@dataclass(frozen=True, slots=True)
class HistoryRead:
    """What one turn at an archive came to.

    Attributes:
        outcome: of the copies that were seen to.
        requests: that it took.
        left: copies that wait for the next run.
        ended: why the turn ended before all was read, None where it did not.
    """

    outcome: RunOutcome
    requests: int
    left: int
    ended: str | None

    @property
    def state(self) -> FinalState:
        """As that of a run."""
        if self.ended is not None and not self.outcome.seen_to:
            return "failed"
        return "degraded" if self.ended is not None or self.outcome.problems else "completed"

    @property
    def reason(self) -> str | None:
        """What to say of what could not be read."""
        problems = len(self.outcome.problems)
        told = [self.ended] if self.ended else []
        if problems:
            told.append(f"{problems} copies could not be used ({self.outcome.problems[0]})")
        return "; ".join(told) or None


def read_history(
    engine: Engine, client: ArchiveClient, source: Source, since: date, allowed: Allowed = lambda _url: True
) -> HistoryRead:
    """Reads what an archive has of an office and is not stored yet; no watch is told of it.

    Whatever ends it, the next run goes on where it was; a copy is stored as a whole or not at all.

    Args:
        engine: the database, its schema checked.
        client: of the archive.
        source: the press office.
        since: the first day of interest, by the time of the copies.
        allowed: whether the office lets a path be read today.

    Raises:
        InputError: the office's past is being read just now, or its pages were read by older rules.
    """
    with history_lease(engine, source.id) as held:
        if not held:
            raise InputError(f"The past of {source.id} is being read just now; wait for the end of that run.")
        refuse_older_readings(engine, source.id, PAGE_VERSION)
        with running(engine, "history") as run_id:
            began = datetime.now(UTC)
            turn = _Turn(IndexTurn(engine, client, source, since), allowed)
            found = turn.run()
            ended = datetime.now(UTC)
            counts = found.outcome.counts
            record = SourceRecord(run_id, source.id, found.state, found.reason, counts, began, ended)
            record_source(engine, record, tell=False)
            end_run(engine, run_id, found.state, now=ended)
    return found


class _Turn:
    """One office's turn at an archive."""

    def __init__(self, index: IndexTurn, allowed: Allowed) -> None:
        self._index, self._allowed = index, allowed
        self._engine, self._client, self._source = index.engine, index.client, index.source
        self._outcome = RunOutcome()
        self._tried: set[int] = set()

    def run(self) -> HistoryRead:
        """All of it, as far as the archive lets."""
        self._index.ask()
        settle(self._engine, self._index.here)
        self._read_lists()
        self._index.ask()
        settle(self._engine, self._index.here)
        while self._index.ended is None and (batch := self._waiting("release")):
            self._read_releases(batch)
        left = count_waiting(self._engine, self._index.here, self._index.since)
        return HistoryRead(self._outcome, self._client.requests, left, self._index.ended)

    def _waiting(self, kind: CaptureKind) -> list[StoredCapture]:
        """The next copies that were not tried in this turn."""
        most = BATCH + len(self._tried)
        found = waiting(self._engine, self._index.here, kind, since=self._index.since, limit=most)
        return [copy for copy in found if copy.id not in self._tried][:BATCH]

    def _read_lists(self) -> None:
        lists = self._index.lists
        known = captured_addresses(self._engine, self._index.here)
        while self._index.ended is None and (batch := self._waiting("list")):
            for copy in batch:
                snapshot = self._copy(copy)
                if snapshot is None:
                    if self._index.ended is not None:
                        return
                    continue
                try:
                    found = announced(self._source, lists.get(copy.url, "feed"), snapshot)
                except BilanzError as error:
                    self._failed(copy, error)
                    continue
                self._index.announced.update(url for url in found if url not in known)
                note_outcome(self._engine, copy, "listed")

    def _read_releases(self, batch: list[StoredCapture]) -> None:
        kept_out = forgotten(self._engine, [copy.url for copy in batch])
        pages: list[tuple[StoredCapture, ReadPage]] = []
        for copy in batch:
            if copy.url in kept_out or not self._allowed(copy.url):
                told = "it is forgotten" if copy.url in kept_out else "the office's robots.txt does not allow it today"
                note_outcome(self._engine, copy, "excluded", f"{copy.url} is not read: {told}.")
                continue
            snapshot = self._copy(copy)
            if self._index.ended is not None:
                break
            if snapshot is not None and (page := self._page(copy, snapshot)) is not None:
                pages.append((copy, page))
        claims = claims_of([page for _, page in pages])
        for (copy, page), found in zip(pages, claims, strict=True):
            self._store(copy, page, found)
        log.info("%s: %d copies read", self._client.archive.name, self._outcome.seen_to)

    def _copy(self, copy: StoredCapture) -> Snapshot | None:
        """The bytes of a copy, held or fetched; None where they cannot be had, which is noted."""
        self._tried.add(copy.id)
        self._outcome += RunOutcome(found=1)
        archive, capture = self._client.archive, copy.capture
        if (held := held_content(self._engine, copy)) is not None:
            by = Archived(archive.name, archive.place(capture), held.retrieved_at)
            return Snapshot(capture.original, held.body, held.headers, 200, capture.archived_at, by)
        try:
            snapshot = self._client.copy(capture)
        except (Spent, Forbidden) as error:
            self._index.ended = str(error)
        except (CopyRefused, Excluded) as error:
            self._failed(copy, error)
        except FetchError as error:
            note_try(self._engine, copy, str(error))
            self._problem(copy, error)
        else:
            assert snapshot.archived is not None
            keep_copy(self._engine, copy, snapshot, snapshot.archived)
            return snapshot
        return None

    def _page(self, copy: StoredCapture, snapshot: Snapshot) -> ReadPage | None:
        try:
            return read_past(self._engine, self._source, copy.url, snapshot)
        except DatabaseUnusable:
            raise
        except BilanzError as error:
            self._failed(copy, error)
            return None

    def _store(self, copy: StoredCapture, page: ReadPage, found: Extraction | BilanzError) -> None:
        if isinstance(found, BilanzError):
            self._failed(copy, found)
            return
        try:
            result = store_reading(self._engine, to_store(self._source.id, page, found))
        except DatabaseUnusable:
            raise
        except BilanzError as error:
            self._failed(copy, error)
            return
        note_outcome(self._engine, copy, "stored")
        changed = result.new_release or result.corrected
        self._outcome += RunOutcome(
            new=int(result.new_release),
            corrected=int(result.corrected),
            unchanged=int(not changed),
            claims=result.new_claims,
        )

    def _failed(self, copy: StoredCapture, error: BilanzError) -> None:
        """Notes why a copy is of no use, for good."""
        if isinstance(error, BlockedResponse):
            note_outcome(self._engine, copy, "blocked", str(error))
        elif isinstance(error, Excluded):
            note_outcome(self._engine, copy, "excluded", str(error))
        elif isinstance(error, CopyRefused):
            note_outcome(self._engine, copy, "refused", str(error))
        else:
            note_outcome(self._engine, copy, "unreadable", str(error))
        self._problem(copy, error)

    def _problem(self, copy: StoredCapture, error: BilanzError) -> None:
        log.warning("%s, %s of %s: %s", self._source.id, copy.url, copy.capture.stamp, error)
        if isinstance(error, Excluded):  # as the archive and the office want it
            self._outcome += RunOutcome(blocked=1)
            return
        blocked = isinstance(error, BlockedResponse)
        told = (f"{copy.url} of {copy.capture.archived_at:%Y-%m-%d}: {error}",)
        room = len(self._outcome.problems) < MOST_PROBLEMS
        self._outcome += RunOutcome(blocked=int(blocked), broken=int(not blocked), problems=told if room else ())
