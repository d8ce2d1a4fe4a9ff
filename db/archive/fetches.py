"""The log of fetches: what was asked for when, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Engine, or_, select, update

from db.archive.snapshots import archive
from db.bulk import insert_ignore
from db.claims.changes import record_disappearance
from db.engine import write
from db.tables import Fetch, ReleaseRow, ReleaseUrl, SourceRow
from models.release import Snapshot

Failure = Literal["blocked", "layout_changed", "failed"]
UNREAD: tuple[Failure, ...] = ("blocked", "layout_changed", "failed")
"""Outcomes of which nothing was stored."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Bytes came that could be read: `is_new` where they said something new, `archived` where they are kept."""

    snapshot: Snapshot
    is_new: bool
    archived: bool = True


@dataclass(frozen=True, slots=True)
class StillValid:
    """The last answer still holds (304)."""

    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Vanished:
    """The page is not there any more (404, 410); `reason` is one sentence for the operator."""

    fetched_at: datetime
    status: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class NotRead:
    """Nothing was read, since no answer came or none that could be read.

    Attributes:
        failure: what went wrong.
        fetched_at: when the answer came or did not come (aware).
        status: HTTP status, where an answer came.
        reason: one sentence for the operator.
        snapshot: bytes to archive, so that someone can look at the page that could not be read.
    """

    failure: Failure
    fetched_at: datetime
    status: int | None
    reason: str
    snapshot: Snapshot | None = None


Fetched = Answered | StillValid | Vanished | NotRead
"""What came of asking for one address."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What to send with a conditional request (If-None-Match, If-Modified-Since)."""

    etag: str | None
    last_modified: str | None


def record_fetch(engine: Engine, source_id: str, url: str, fetched: Fetched) -> None:
    """Records an answer from which no release was stored, with its bytes; a page that is gone marks its release.

    Args:
        engine: the database.
        source_id: the press office.
        url: canonical address that was asked for.
        fetched: what came of it.
    """

    def work(connection: Connection) -> None:
        insert_ignore(connection, SourceRow, [{"id": source_id, "paused": False}])
        release_id = connection.scalar(select(ReleaseUrl.release_id).where(ReleaseUrl.url == url))
        archive_fetched(connection, fetched)
        log_fetch(connection, source_id, url, fetched, release_id)
        if isinstance(fetched, Vanished) and release_id:
            still_there = (ReleaseRow.id == release_id) & ReleaseRow.gone_at.is_(None)
            gone = update(ReleaseRow).where(still_there).values(gone_at=fetched.fetched_at)
            if connection.execute(gone.returning(ReleaseRow.id)).first() is not None:
                record_disappearance(connection, release_id)

    write(engine, work)


def archive_fetched(connection: Connection, fetched: Fetched) -> None:
    """Keeps the bytes that came, if any did."""
    if isinstance(fetched, Answered | NotRead) and fetched.snapshot is not None:
        archive(connection, fetched.snapshot)


def log_fetch(connection: Connection, source_id: str, url: str, fetched: Fetched, release_id: str | None) -> None:
    """One row in the fetch log, its bytes archived before; the same fetch twice is one row."""
    asked = {"source_id": source_id, "url": url, "answered_by": url, "release_id": release_id}
    insert_ignore(connection, Fetch, [{**asked, "headers": [], **_columns(fetched)}])


def _columns(fetched: Fetched) -> dict[str, Any]:
    if isinstance(fetched, Answered):
        came = fetched.snapshot
        outcome = "stored" if fetched.is_new else "unchanged"
        told = {"outcome": outcome, "answered_by": came.url, "fetched_at": came.fetched_at, "status": came.status}
        return told | _columns_of_bytes(came, archived=fetched.archived)
    if isinstance(fetched, StillValid):
        return {"outcome": "not_modified", "fetched_at": fetched.fetched_at, "status": 304}
    told = {"fetched_at": fetched.fetched_at, "status": fetched.status, "reason": fetched.reason}
    if isinstance(fetched, Vanished):
        return told | {"outcome": "gone"}
    # Where it was redirected to is no further address of a release, since none could be read there.
    kept = _columns_of_bytes(fetched.snapshot, archived=True) if fetched.snapshot else {}
    return told | {"outcome": fetched.failure} | kept


def _columns_of_bytes(snapshot: Snapshot, *, archived: bool) -> dict[str, Any]:
    by_archive = snapshot.archived
    return {
        "body_hash": snapshot.hash,
        "snapshot_hash": snapshot.hash if archived else None,
        # What an archive was told on condition is no condition of ours.
        "etag": None if by_archive else snapshot.header("ETag"),
        "last_modified": None if by_archive else snapshot.header("Last-Modified"),
        "archive": by_archive.archive if by_archive else None,
        "archive_place": by_archive.place if by_archive else None,
        "retrieved_at": by_archive.retrieved_at if by_archive else None,
        # Headers prove archived bytes; of all other answers the two above are what is needed.
        "headers": [list(header) for header in snapshot.headers] if archived else [],
    }


def known_validators(engine: Engine, url: str) -> Validators | None:
    """The validators of the newest good answer of `url`, None where it gave none."""
    good = Fetch.outcome.in_(("stored", "unchanged", "not_modified"))
    given = or_(Fetch.etag.is_not(None), Fetch.last_modified.is_not(None))
    newest = (
        select(Fetch.etag, Fetch.last_modified)
        .where(Fetch.url == url, good, given)
        .order_by(Fetch.fetched_at.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        row = connection.execute(newest).first()
    return Validators(row.etag, row.last_modified) if row else None


def is_known(engine: Engine, url: str) -> bool:
    """Whether a release was stored under this canonical address."""
    with engine.connect() as connection:
        return connection.scalar(select(ReleaseUrl.url).where(ReleaseUrl.url == url)) is not None
