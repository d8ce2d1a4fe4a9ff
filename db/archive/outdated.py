"""What is to be read again: snapshots that the present extractors have not read yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, exists, or_, select, update
from sqlalchemy.orm import aliased

from db.engine import write
from db.tables import PageReading, ReleaseRow, Revision


@dataclass(frozen=True, slots=True)
class Rules:
    """Versions of the page extractor, the document reader and the claim extractor."""

    page: str
    document: str
    extractor: str


def outdated(rules: Rules) -> ColumnElement[bool]:
    """The condition that a page reading is of other rules than these."""
    readers = (rules.page, rules.document)
    return or_(
        PageReading.page_version.not_in(readers), PageReading.extractor_version.is_distinct_from(rules.extractor)
    )


def outdated_releases(
    engine: Engine, rules: Rules | None, *, source: str | None = None, after: str = "", limit: int
) -> list[str]:
    """Ids, in order, of releases with a snapshot that was last read by other rules.

    Args:
        engine: the database.
        rules: the present ones; None gives all releases that have a snapshot.
        source: only of this press office.
        after: only ids behind this one.
        limit: at most so many.
    """
    newer = aliased(PageReading)
    again = exists().where(
        newer.revision_id == PageReading.revision_id,
        newer.snapshot_hash == PageReading.snapshot_hash,
        newer.id > PageReading.id,
    )
    statement = (
        select(Revision.release_id)
        .join(PageReading, PageReading.revision_id == Revision.id)
        .where(Revision.release_id > after, ~again)
        .distinct()
        .order_by(Revision.release_id)
        .limit(limit)
    )
    if rules is not None:
        statement = statement.where(outdated(rules))
    if source is not None:
        statement = statement.join(ReleaseRow, ReleaseRow.id == Revision.release_id).where(
            ReleaseRow.source_id == source
        )
    with engine.connect() as connection:
        return list(connection.scalars(statement))


def forget_rules(engine: Engine, release_ids: Sequence[str]) -> None:
    """Lets these releases count as not read by any rules yet; their readings stay."""
    revisions = select(Revision.id).where(Revision.release_id.in_(release_ids))
    forget = update(PageReading).where(PageReading.revision_id.in_(revisions)).values(extractor_version=None)
    write(engine, lambda connection: connection.execute(forget))
