"""How often and how completely a press office publishes, as far as its stored releases tell."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select

from db.tables import PageReading, Release, Revision


@dataclass(frozen=True, slots=True)
class PageParts:
    """What was found on the page of a stored release."""

    dated: bool
    with_body: bool


def published_since(engine: Engine, source_id: str, since: datetime) -> int:
    """How many stored releases of an office were published then or later."""
    count = select(func.count()).where(Release.source_id == source_id, Release.published >= since)
    with engine.connect() as connection:
        return connection.scalar(count) or 0


def newest_release(engine: Engine, source_id: str) -> datetime | None:
    """When an office last published, by its newest dated release; None where there is none."""
    with engine.connect() as connection:
        return connection.scalar(select(func.max(Release.published)).where(Release.source_id == source_id))


def latest_pages(engine: Engine, source_id: str, limit: int) -> list[PageParts]:
    """What was found on the pages of an office's latest releases, by when they were first seen."""
    body = func.json_array_length(PageReading.paragraphs)
    statement = (
        select(PageReading.published, body)
        .join(Revision, Revision.id == PageReading.revision_id)
        .join(Release, Release.id == Revision.release_id)
        .where(Release.source_id == source_id)
        .order_by(Release.first_seen.desc(), PageReading.id.desc())
        .limit(limit)
    )
    with engine.connect() as connection:
        return [PageParts(published is not None, count > 0) for published, count in connection.execute(statement)]
