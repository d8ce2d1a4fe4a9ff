"""Snapshots: the bytes that came, each content once."""

import zlib
from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, Engine, select

from db.bulk import insert_ignore
from db.tables import Fetch, SnapshotRow
from models.archived import Archived
from models.errors import InputError
from models.release import KeptAnswer, Snapshot


def archive(connection: Connection, snapshot: Snapshot) -> None:
    """Keeps the bytes, once for each content."""
    row = {"hash": snapshot.hash, "size": len(snapshot.body), "digest": snapshot.digest}
    insert_ignore(connection, SnapshotRow, [row | {"body": zlib.compress(snapshot.body, 6)}])


def archived_body(connection: Connection, snapshot_hash: str) -> bytes:
    """The bytes of a snapshot.

    Raises:
        InputError: no such snapshot, or its bytes are not those that were stored.
    """
    row = connection.execute(select(SnapshotRow.body).where(SnapshotRow.hash == snapshot_hash)).first()
    if row is None:
        raise InputError(f"There is no snapshot {snapshot_hash}.")
    damaged = f"The bytes of snapshot {snapshot_hash} are damaged; restore them from a backup."
    try:
        body = zlib.decompress(row.body or b"")
    except zlib.error as error:
        raise InputError(damaged) from error
    if sha256(body).hexdigest() != snapshot_hash:
        raise InputError(damaged)
    return body


def kept_answers(engine: Engine, *, source: str | None = None) -> Iterator[KeptAnswer]:
    """All archived answers, or those of one press office, each with its bytes, the oldest first."""
    archived = [Fetch.snapshot_hash.is_not(None)] + ([Fetch.source_id == source] if source else [])
    with engine.connect() as connection:
        ids = connection.scalars(select(Fetch.id).where(*archived).order_by(Fetch.fetched_at, Fetch.id)).all()
        for fetch_id in ids:
            row = connection.execute(select(Fetch.__table__).where(Fetch.id == fetch_id)).one()
            body = archived_body(connection, row.snapshot_hash)
            headers = tuple((name, value) for name, value in row.headers)
            handed_on = Archived(row.archive, row.archive_place, row.retrieved_at) if row.archive else None
            snapshot = Snapshot(row.answered_by, body, headers, row.status, row.fetched_at, handed_on)
            yield KeptAnswer(snapshot, row.source_id, row.url, row.outcome)
