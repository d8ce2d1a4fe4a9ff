"""What archives' indices were asked, and the copies that they named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Engine, and_, select, update

from db.archive.captures import Holdings
from db.bulk import in_batches, insert_ignore
from db.engine import write
from db.tables import CaptureRow, IndexQuery, SourceRow
from models.archive import Capture, Query


@dataclass(frozen=True, slots=True)
class NamedCapture:
    """A copy that is of use: the address under which it is known, and whether it is one of a list."""

    url: str
    kind: str
    capture: Capture


@dataclass(frozen=True, slots=True)
class OpenQuery:
    """A query that is not answered to its end: `resume` says where to go on."""

    query: Query
    resume: str | None


def open_queries(
    engine: Engine, here: Holdings, queries: Sequence[Query], *, since: date, fresh_since: datetime
) -> list[OpenQuery]:
    """What was asked from a day on and not answered since `fresh_since`, each where it goes on.

    Queries that are new are noted, so that a later run finds them. Whole paths come first, what failed before last.
    """

    def work(connection: Connection) -> None:
        insert_ignore(connection, SourceRow, [{"id": here.source_id, "paused": False}])
        for batch in in_batches([_place(here, query) for query in queries]):
            insert_ignore(connection, IndexQuery, batch)

    if queries:
        write(engine, work)
    columns = (IndexQuery.url, IndexQuery.match, IndexQuery.since, IndexQuery.resume)
    unanswered = IndexQuery.answered_at.is_(None) | (IndexQuery.answered_at < fresh_since)
    ours = (IndexQuery.source_id == here.source_id, IndexQuery.archive == here.archive, IndexQuery.since == since)
    order = (IndexQuery.reason.is_not(None), IndexQuery.match.desc(), IndexQuery.url)
    with engine.connect() as connection:
        rows = connection.execute(select(*columns).where(*ours, unanswered).order_by(*order)).all()
    return [OpenQuery(Query(row.url, row.match, row.since), row.resume) for row in rows]


def note_page(
    engine: Engine,
    here: Holdings,
    query: Query,
    named: Iterable[NamedCapture],
    *,
    resume: str | None,
    answered_at: datetime | None,
) -> None:
    """Keeps one answer of an index, with where the next begins; known copies stay as they are."""
    rows: list[dict[str, object]] = [
        {
            **here._asdict(),
            "kind": each.kind,
            "url": each.url,
            "original": each.capture.original,
            "archived_at": each.capture.archived_at,
            "digest": each.capture.digest,
            "status": each.capture.status,
            "mime": each.capture.mime,
            "record": each.capture.record,
            "outcome": "waiting",
            "tries": 0,
            "headers": [],
        }
        for each in named
    ]

    def work(connection: Connection) -> None:
        for batch in in_batches(rows):
            insert_ignore(connection, CaptureRow, batch)
        values = {"resume": resume, "answered_at": answered_at, "reason": None}
        connection.execute(update(IndexQuery).where(_is(here, query)).values(values))

    write(engine, work)


def note_failure(engine: Engine, here: Holdings, query: Query, reason: str, *, answered_at: datetime | None) -> None:
    """Keeps why a query brought nothing; with `answered_at` it is not asked again for a while."""
    values = {"reason": reason, "answered_at": answered_at}
    statement = update(IndexQuery).where(_is(here, query)).values(values)
    write(engine, lambda connection: connection.execute(statement))


def refusals(engine: Engine, here: Holdings) -> list[tuple[str, str]]:
    """Addresses whose copies the archive does not name, and why."""
    told = (IndexQuery.source_id == here.source_id, IndexQuery.archive == here.archive, IndexQuery.reason.is_not(None))
    with engine.connect() as connection:
        rows = connection.execute(select(IndexQuery.url, IndexQuery.reason).where(*told).order_by(IndexQuery.url))
        return [(row.url, row.reason) for row in rows]


def _place(here: Holdings, query: Query) -> dict[str, object]:
    return {
        **here._asdict(),
        "url": query.url,
        "match": query.match,
        "since": query.since,
    }


def _is(here: Holdings, query: Query) -> ColumnElement[bool]:
    return and_(
        IndexQuery.source_id == here.source_id,
        IndexQuery.archive == here.archive,
        IndexQuery.url == query.url,
        IndexQuery.match == query.match,
        IndexQuery.since == query.since,
    )
