"""Documents that releases link to, archived with them."""

from datetime import datetime

from sqlalchemy import Connection, Engine, Text, cast, func, select

from db.archive import Outcome as FetchOutcome
from db.archive import add_fetch, archive
from db.engine import write
from db.tables import Fetch, PageReading, Release, Revision
from models.release import Snapshot


def attachments_of(engine: Engine, release_id: str) -> list[str]:
    """Addresses of the documents that the newest reading of a release links to."""
    newest = (
        select(PageReading.attachments)
        .join(Revision, Revision.id == PageReading.revision_id)
        .where(Revision.release_id == release_id)
        .order_by(Revision.seen_at.desc(), PageReading.id.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        return [attachment["url"] for attachment in connection.scalar(newest) or ()]


def releases_with_attachments(engine: Engine, source_id: str, *, since: datetime) -> list[str]:
    """Releases of a press office that link to documents and were read then or later, the oldest first."""
    statement = (
        select(Revision.release_id)
        .join(PageReading, PageReading.revision_id == Revision.id)
        .join(Release, Release.id == Revision.release_id)
        .where(
            Release.source_id == source_id, PageReading.seen_at >= since, cast(PageReading.attachments, Text) != "[]"
        )
        .group_by(Revision.release_id)
        .order_by(func.min(PageReading.seen_at), Revision.release_id)
    )
    with engine.connect() as connection:
        return list(connection.scalars(statement))


def was_asked_for(engine: Engine, url: str) -> bool:
    """Whether there was any answer to a question for this address."""
    with engine.connect() as connection:
        return connection.scalar(select(Fetch.id).where(Fetch.url == url).limit(1)) is not None


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
