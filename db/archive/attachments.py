"""Documents that releases link to, archived with them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, select

from db.archive.snapshots import Outcome as FetchOutcome
from db.archive.snapshots import add_fetch, archive
from db.engine import write
from db.tables import Fetch, PageReading, ReleaseRow, Revision
from models.release import Snapshot

_AT_ONCE = 500
"""Addresses in one query, well below what databases take."""


def attachments_of(engine: Engine, source_id: str, releases: Iterable[str] | None = None) -> dict[str, list[str]]:
    """Addresses of the documents that the newest readings of releases link to, by release, the last stored first.

    Args:
        engine: the database.
        source_id: the press office.
        releases: ids; None for all of the office.
    """
    statement = (
        select(Revision.release_id, PageReading.attachments)
        .join(PageReading, PageReading.revision_id == Revision.id)
        .join(ReleaseRow, ReleaseRow.id == Revision.release_id)
        .where(ReleaseRow.source_id == source_id)
        .order_by(Revision.seen_at.desc(), PageReading.id.desc())
    )
    if releases is not None:
        statement = statement.where(Revision.release_id.in_(list(releases)))
    newest: dict[str, list[str]] = {}
    with engine.connect() as connection:
        for row in connection.execute(statement):
            newest.setdefault(row.release_id, [attachment["url"] for attachment in row.attachments])
    return newest


def asked_for(engine: Engine, urls: Sequence[str]) -> set[str]:
    """Those of the addresses for which there was any answer to a question, good or bad."""
    found: set[str] = set()
    with engine.connect() as connection:
        for start in range(0, len(urls), _AT_ONCE):
            some = urls[start : start + _AT_ONCE]
            found.update(connection.scalars(select(Fetch.url).where(Fetch.url.in_(some))))
    return found


def record_attachment(
    engine: Engine,
    *,
    source_id: str,
    release_id: str,
    url: str,
    fetched_at: datetime,
    outcome: FetchOutcome,
    status: int | None,
    snapshot: Snapshot | None = None,
    reason: str | None = None,
) -> None:
    """Records an answer to the question for an attachment, with its bytes where they came.

    Args:
        engine: the database.
        source_id: the press office.
        release_id: the release that links to the document.
        url: address that was asked for.
        fetched_at: when the answer came (aware).
        outcome: what came of it.
        status: HTTP status, where an answer came.
        snapshot: the document.
        reason: one sentence for the operator.
    """

    def work(connection: Connection) -> None:
        if snapshot is not None:
            archive(connection, snapshot)
        add_fetch(
            connection,
            source_id=source_id,
            url=url,
            answered_by=snapshot.url if snapshot else url,
            fetched_at=fetched_at,
            outcome=outcome,
            status=status,
            headers=snapshot.headers if snapshot else (),
            body_hash=snapshot.hash if snapshot else None,
            archived=snapshot is not None,
            release_id=release_id,
            reason=reason,
        )

    write(engine, work)
