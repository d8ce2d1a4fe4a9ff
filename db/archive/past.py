"""What an address said before: the bytes and text that stand for its release, and an answer that was not believed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, exists, select
from sqlalchemy.orm import aliased

from db.archive.fetches import UNREAD
from db.archive.snapshots import archived_body
from db.tables import Fetch, PageReading, ReleaseUrl, Revision, Text
from models.errors import InputError
from models.release import Snapshot


@dataclass(frozen=True, slots=True)
class Past:
    """What is stored of a page.

    Attributes:
        body: the bytes of its newest revision.
        text: their canonical text.
        doubted: the last answer, where it came and was not believed.
    """

    body: bytes
    text: str
    doubted: Snapshot | None


def past_of(engine: Engine, url: str) -> Past | None:
    """What a known address said before; None where it is not known, or its bytes are damaged."""
    newest = (
        select(PageReading.snapshot_hash, Text.text)
        .join(Revision, Revision.id == PageReading.revision_id)
        .join(ReleaseUrl, ReleaseUrl.release_id == Revision.release_id)
        .join(Text, Text.hash == PageReading.text_hash)
        .where(ReleaseUrl.url == url)
        .order_by(Revision.seen_at.desc(), Revision.id.desc(), PageReading.read_at.desc())
        .limit(1)
    )
    last = select(Fetch.__table__).where(Fetch.url == url).order_by(Fetch.fetched_at.desc()).limit(1)
    with engine.connect() as connection:
        row = connection.execute(newest).first()
        answer = connection.execute(last).first()
        if row is None:
            return None
        try:
            body = archived_body(connection, row.snapshot_hash)
            doubted = None
            if answer is not None and answer.outcome == "failed" and answer.snapshot_hash is not None:
                headers = tuple((name, value) for name, value in answer.headers)
                bytes_then = archived_body(connection, answer.snapshot_hash)
                doubted = Snapshot(answer.answered_by, bytes_then, headers, answer.status, answer.fetched_at)
        except InputError:  # nothing to compare with
            return None
    return Past(body, row.text, doubted)


def doubted_pages(engine: Engine, source_id: str, *, since: datetime, limit: int) -> tuple[str, ...]:
    """Known addresses of an office whose last answer came and was not believed, those that have waited longest."""
    later = aliased(Fetch)
    statement = (
        select(Fetch.url)
        .where(
            Fetch.source_id == source_id,
            Fetch.fetched_at >= since,
            Fetch.outcome.in_(UNREAD),
            Fetch.snapshot_hash.is_not(None),
            exists().where(ReleaseUrl.url == Fetch.url),
            ~exists().where(later.url == Fetch.url, later.fetched_at > Fetch.fetched_at),
        )
        .order_by(Fetch.fetched_at, Fetch.id)
        .limit(limit)
    )
    with engine.connect() as connection:
        return tuple(connection.scalars(statement))
