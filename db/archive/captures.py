"""The work list of reading an archive: which copies wait, which bytes are held, and what came of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Engine, func, select, update

from db.archive.snapshots import archive as keep
from db.archive.snapshots import archived_body
from db.bulk import in_batches
from db.engine import write
from db.tables import CaptureRow, Fetch, ReleaseRow, ReleaseUrl, SnapshotRow
from models.archive import Capture
from models.archived import Archived
from models.errors import InputError
from models.release import Snapshot

CaptureKind = Literal["release", "list"]
CaptureOutcome = Literal[
    "waiting", "stored", "repeated", "listed", "blocked", "refused", "excluded", "unreadable", "unavailable"
]
MOST_TRIES = 3
"""Requests that failed before a copy is given up."""

_IDLE = ("waiting", "repeated")
_NOT_HAD = ("refused", "excluded", "unavailable")


class Holdings(NamedTuple):
    """What one archive has of one press office, by their ids."""

    source_id: str
    archive: str


@dataclass(frozen=True, slots=True)
class StoredCapture:
    """A copy on the work list; `url` is the address under which it is known."""

    id: int
    url: str
    kind: CaptureKind
    outcome: CaptureOutcome
    capture: Capture


@dataclass(frozen=True, slots=True)
class HeldContent:
    """Bytes that are held, with what came with them, and when."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    retrieved_at: datetime


def known_addresses(engine: Engine, source_id: str) -> set[str]:
    """All addresses of an office's stored releases."""
    statement = select(ReleaseUrl.url).join(ReleaseRow, ReleaseRow.id == ReleaseUrl.release_id)
    with engine.connect() as connection:
        return set(connection.scalars(statement.where(ReleaseRow.source_id == source_id)))


def captured_addresses(engine: Engine, here: Holdings) -> set[str]:
    """The addresses of which the archive is known to have copies."""
    known = (CaptureRow.source_id == here.source_id, CaptureRow.archive == here.archive)
    with engine.connect() as connection:
        return set(connection.scalars(select(CaptureRow.url).where(*known).distinct()))


def settle(engine: Engine, here: Holdings) -> None:
    """Sorts out which copies are to be read: of each address those that say something else than the one before.

    Of a list one copy a week is enough, since it shows what weeks brought.
    """
    changed: dict[str, list[int]] = {"waiting": [], "repeated": []}
    for _, copies in _by_address(engine, here):
        for copy, repeats in _repeating(copies):
            outcome = "repeated" if repeats else "waiting"
            if copy.outcome in _IDLE and copy.outcome != outcome:
                changed[outcome].append(copy.id)

    def work(connection: Connection) -> None:
        for outcome, ids in changed.items():
            for batch in in_batches(ids):
                connection.execute(update(CaptureRow).where(CaptureRow.id.in_(batch)).values(outcome=outcome))

    if any(changed.values()):
        write(engine, work)


def captures(engine: Engine, here: Holdings, since: date) -> Iterator[StoredCapture]:
    """All copies of an archive from a day on, address by address in the order of time."""
    for _, copies in _by_address(engine, here):
        yield from (copy for copy in copies if copy.capture.archived_at.date() >= since)


def waiting(engine: Engine, here: Holdings, kind: CaptureKind, *, since: date, limit: int) -> list[StoredCapture]:
    """Copies that wait to be read: those that never failed first, of an address the oldest."""
    moment = datetime(since.year, since.month, since.day, tzinfo=UTC)
    statement = (
        _columns()
        .where(
            CaptureRow.source_id == here.source_id,
            CaptureRow.archive == here.archive,
            CaptureRow.kind == kind,
            CaptureRow.outcome == "waiting",
            CaptureRow.archived_at >= moment,
        )
        .order_by(CaptureRow.tries, CaptureRow.url, CaptureRow.archived_at, CaptureRow.original)
        .limit(limit)
    )
    with engine.connect() as connection:
        return [_stored(row) for row in connection.execute(statement)]


def count_waiting(engine: Engine, here: Holdings, since: date) -> int:
    """How many copies from a day on are still to be read."""
    moment = datetime(since.year, since.month, since.day, tzinfo=UTC)
    ours = (CaptureRow.source_id == here.source_id, CaptureRow.archive == here.archive)
    wanted = (CaptureRow.outcome == "waiting", CaptureRow.archived_at >= moment)
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).where(*ours, *wanted)) or 0


def held_digests(engine: Engine, digests: Iterable[str]) -> set[str]:
    """Those contents, by the names that archives have for them, whose bytes are held."""
    found: set[str] = set()
    with engine.connect() as connection:
        for batch in in_batches(sorted(set(digests))):
            copied = select(CaptureRow.digest).where(CaptureRow.digest.in_(batch), CaptureRow.body_hash.is_not(None))
            kept = select(SnapshotRow.digest).where(SnapshotRow.digest.in_(batch))
            found.update(each for each in connection.scalars(copied.union(kept)) if each)
    return found


def held_content(engine: Engine, copy: StoredCapture) -> HeldContent | None:
    """The bytes of a copy, if they are held: of itself, of another of the same content, or fetched by us."""
    columns = (CaptureRow.body_hash, CaptureRow.headers, CaptureRow.retrieved_at)
    with engine.connect() as connection:
        own = connection.execute(select(*columns).where(CaptureRow.id == copy.id, CaptureRow.body_hash.is_not(None)))
        row: Any = own.first()
        if row is None and copy.capture.digest is not None:
            same = (CaptureRow.digest == copy.capture.digest, CaptureRow.body_hash.is_not(None))
            row = connection.execute(select(*columns).where(*same).order_by(CaptureRow.id).limit(1)).first()
        if row is None and copy.capture.digest is not None:
            fetched = (
                select(Fetch.snapshot_hash.label("body_hash"), Fetch.headers, Fetch.fetched_at.label("retrieved_at"))
                .join(SnapshotRow, SnapshotRow.hash == Fetch.snapshot_hash)
                .where(SnapshotRow.digest == copy.capture.digest, Fetch.archive.is_(None))
                .order_by(Fetch.fetched_at)
                .limit(1)
            )
            row = connection.execute(fetched).first()
        if row is None:
            return None
        try:
            body = archived_body(connection, row.body_hash)
        except InputError:  # nothing is lost for good: it is asked for again
            return None
    return HeldContent(body, tuple((name, value) for name, value in row.headers), row.retrieved_at)


def keep_copy(engine: Engine, copy: StoredCapture, snapshot: Snapshot, archived: Archived) -> None:
    """Keeps the bytes of a copy before anything is read from them, so that they are not asked for again."""
    values = {
        "body_hash": snapshot.hash,
        "headers": [list(header) for header in snapshot.headers],
        "retrieved_at": archived.retrieved_at,
    }

    def work(connection: Connection) -> None:
        keep(connection, snapshot)
        connection.execute(update(CaptureRow).where(CaptureRow.id == copy.id).values(values))

    write(engine, work)


def note_outcome(engine: Engine, copy: StoredCapture, outcome: CaptureOutcome, reason: str | None = None) -> None:
    """Keeps what came of a copy."""
    statement = update(CaptureRow).where(CaptureRow.id == copy.id).values(outcome=outcome, reason=reason)
    write(engine, lambda connection: connection.execute(statement))


def note_try(engine: Engine, copy: StoredCapture, reason: str) -> None:
    """Keeps that a copy could not be had this time; after some times it is given up."""

    def work(connection: Connection) -> None:
        tries = CaptureRow.tries + 1
        this = CaptureRow.id == copy.id
        connection.execute(update(CaptureRow).where(this).values(tries=tries, reason=reason))
        given_up = this & (CaptureRow.tries >= MOST_TRIES)
        connection.execute(update(CaptureRow).where(given_up).values(outcome="unavailable"))

    write(engine, work)


def _columns() -> Any:
    return select(CaptureRow.__table__)


def _by_address(engine: Engine, here: Holdings) -> Iterator[tuple[str, list[StoredCapture]]]:
    statement = (
        _columns()
        .where(CaptureRow.source_id == here.source_id, CaptureRow.archive == here.archive)
        .order_by(CaptureRow.url, CaptureRow.archived_at, CaptureRow.original)
    )
    with engine.connect() as connection:
        rows = connection.execution_options(yield_per=2000).execute(statement)
        for url, copies in groupby(map(_stored, rows), key=lambda copy: copy.url):
            yield url, list(copies)


def _repeating(copies: Sequence[StoredCapture]) -> Iterator[tuple[StoredCapture, bool]]:
    """Each copy of an address, and whether nothing new is to be had from it."""
    before: StoredCapture | None = None
    for copy in copies:
        if copy.outcome in _NOT_HAD:  # the next copy of that content may be had
            continue
        if before is None:
            yield copy, False
        elif copy.kind == "list":
            same_week = copy.capture.archived_at.isocalendar()[:2] == before.capture.archived_at.isocalendar()[:2]
            if same_week:
                yield copy, True
                continue
            yield copy, copy.capture.digest is not None and copy.capture.digest == before.capture.digest
        else:
            yield copy, copy.capture.digest is not None and copy.capture.digest == before.capture.digest
        before = copy


def _stored(row: Any) -> StoredCapture:
    capture = Capture(row.original, row.archived_at, row.digest, row.status, row.mime, row.record)
    return StoredCapture(row.id, row.url, row.kind, row.outcome, capture)
