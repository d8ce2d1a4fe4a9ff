"""Snapshots and fetches: the bytes that came, and what was asked for when."""

import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, or_, select, update

from db.bulk import insert_ignore
from db.engine import write
from db.tables import Fetch, ReleaseRow, ReleaseUrl, SnapshotRow, SourceRow
from models.errors import InputError
from models.release import Snapshot

Outcome = Literal["stored", "unchanged", "not_modified", "gone", "blocked", "layout_changed", "failed"]
Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Validators:
    """What to send with a conditional request (If-None-Match, If-Modified-Since)."""

    etag: str | None
    last_modified: str | None


def record_fetch(
    engine: Engine,
    *,
    source_id: str,
    url: str,
    fetched_at: datetime,
    outcome: Outcome,
    status: int | None = None,
    answered_by: str | None = None,
    headers: Headers = (),
    snapshot: Snapshot | None = None,
    reason: str | None = None,
) -> None:
    """Records an answer from which no release was read: 304, gone, blocked, a failure.

    Args:
        engine: the database.
        source_id: the press office.
        url: canonical address that was asked for.
        fetched_at: when the answer came (aware).
        outcome: what came of it; "gone" also marks the release of that address.
        status: HTTP status, where an answer came.
        answered_by: address after redirects.
        headers: of the answer.
        snapshot: bytes to archive, so that someone can look at the page that could not be read.
        reason: one sentence for the operator.
    """

    def work(connection: Connection) -> None:
        insert_ignore(connection, SourceRow, [{"id": source_id, "paused": False}])
        release_id = connection.scalar(select(ReleaseUrl.release_id).where(ReleaseUrl.url == url))
        if snapshot is not None:
            archive(connection, snapshot)
        add_fetch(
            connection,
            source_id=source_id,
            url=url,
            answered_by=answered_by or url,
            fetched_at=fetched_at,
            outcome=outcome,
            status=status,
            headers=tuple(headers) if snapshot is None else snapshot.headers,
            body_hash=snapshot.hash if snapshot else None,
            archived=snapshot is not None,
            release_id=release_id,
            reason=reason,
        )
        if outcome == "gone" and release_id:
            still_there = (ReleaseRow.id == release_id) & ReleaseRow.gone_at.is_(None)
            connection.execute(update(ReleaseRow).where(still_there).values(gone_at=fetched_at))

    write(engine, work)


def add_fetch(
    connection: Connection,
    *,
    source_id: str,
    url: str,
    answered_by: str,
    fetched_at: datetime,
    outcome: Outcome,
    status: int | None,
    headers: Headers,
    body_hash: str | None,
    archived: bool,
    release_id: str | None,
    reason: str | None = None,
) -> None:
    """One row in the fetch log; the same fetch twice is one row."""
    headers = tuple(headers)
    named = {name.lower(): value for name, value in headers}
    row = {
        "source_id": source_id,
        "url": url,
        "answered_by": answered_by,
        "fetched_at": fetched_at,
        "outcome": outcome,
        "status": status,
        "body_hash": body_hash,
        "snapshot_hash": body_hash if archived else None,
        "release_id": release_id,
        "etag": named.get("etag"),
        "last_modified": named.get("last-modified"),
        # Headers prove archived bytes; of all other answers the two above are what is needed.
        "headers": [list(header) for header in headers] if archived else [],
        "reason": reason,
    }
    insert_ignore(connection, Fetch, [row])


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


def archive(connection: Connection, snapshot: Snapshot) -> None:
    """Keeps the bytes, once for each content, in the database or in the engine's folder."""
    body = keep_body(connection, snapshot.hash, zlib.compress(snapshot.body, 6))
    insert_ignore(connection, SnapshotRow, [{"hash": snapshot.hash, "size": len(snapshot.body), "body": body}])


def keep_body(connection: Connection, snapshot_hash: str, packed: bytes) -> bytes | None:
    """Puts compressed bytes where the engine keeps them; what is left for the database."""
    folder = _folder(connection)
    if folder is None:
        return packed
    _write_once(_path(folder, snapshot_hash), packed)
    return None


def archived_body(connection: Connection, snapshot_hash: str) -> bytes:
    """The bytes of a snapshot.

    Raises:
        InputError: no such snapshot, its file is missing, or its bytes are not those that were stored.
    """
    damaged = f"The bytes of snapshot {snapshot_hash} are damaged; restore them from a backup."
    try:
        body = zlib.decompress(packed_body(connection, snapshot_hash))
    except zlib.error as error:
        raise InputError(damaged) from error
    if sha256(body).hexdigest() != snapshot_hash:
        raise InputError(damaged)
    return body


def archived_snapshots(engine: Engine, *, source: str | None = None) -> Iterator[Snapshot]:
    """All archived answers, or those of one press office, each with its bytes, the oldest first."""
    archived = [Fetch.snapshot_hash.is_not(None)] + ([Fetch.source_id == source] if source else [])
    with engine.connect() as connection:
        ids = connection.scalars(select(Fetch.id).where(*archived).order_by(Fetch.fetched_at, Fetch.id)).all()
        for fetch_id in ids:
            row = connection.execute(select(Fetch.__table__).where(Fetch.id == fetch_id)).one()
            body = archived_body(connection, row.snapshot_hash)
            headers = tuple((name, value) for name, value in row.headers)
            yield Snapshot(row.answered_by, body, headers, row.status or 200, row.fetched_at)


def packed_body(connection: Connection, snapshot_hash: str) -> bytes:
    """The compressed bytes of a snapshot, unchecked.

    Raises:
        InputError: no such snapshot, or its file is missing.
    """
    row = connection.execute(select(SnapshotRow.body).where(SnapshotRow.hash == snapshot_hash)).first()
    if row is None:
        raise InputError(f"There is no snapshot {snapshot_hash}.")
    if row.body is not None:
        return bytes(row.body)
    folder = _folder(connection)
    file = _path(folder, snapshot_hash) if folder else None
    if file is None or not file.is_file():
        raise InputError(f"The bytes of snapshot {snapshot_hash} are not in the snapshot folder ({folder}).")
    return file.read_bytes()


def _folder(connection: Connection) -> Path | None:
    folder: Path | None = connection.get_execution_options().get("snapshot_folder")
    return folder


def _path(folder: Path, snapshot_hash: str) -> Path:
    return folder / snapshot_hash[:2] / f"{snapshot_hash}.zz"


def _write_once(path: Path, packed: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # A process may be killed while it writes; only whole files get the final name.
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(packed)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
