"""Documents that releases link to, archived with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from db.archive.fetches import Answered, NotRead, Vanished, archive_fetched, log_fetch
from db.engine import write
from db.tables import Fetch, PageReading, ReleaseRow, Revision

_AT_ONCE = 500
"""Addresses in one query, well below what databases take."""


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """A document that a release links to: its canonical address, and the release's id."""

    url: str
    release_id: str


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
    engine: Engine, source_id: str, document: LinkedDocument, fetched: Answered | Vanished | NotRead
) -> None:
    """Records what came of asking for a document of a press office, with its bytes where they came."""

    def work(connection: Connection) -> None:
        archive_fetched(connection, fetched)
        log_fetch(connection, source_id, document.url, fetched, document.release_id)

    write(engine, work)
