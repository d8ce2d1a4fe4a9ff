"""How often and how completely a press office publishes, as far as its stored releases tell."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Engine, func, select

from db.releases.documents import is_document
from db.tables import PageReading, ReleaseRow, Revision

_LATEST, _ENOUGH = 100, 20
_RELEASES = ~is_document(ReleaseRow.id)
"""What a release links to is not published as one."""


@dataclass(frozen=True, slots=True)
class PageParts:
    """What was found on the page of a stored release."""

    dated: bool
    paragraphs: int
    date_method: str
    warnings: tuple[str, ...] = ()

    @property
    def with_body(self) -> bool:
        """Whether there is any text below the headline."""
        return self.paragraphs > 0


def published_since(engine: Engine, source_id: str, since: datetime) -> int:
    """How many stored releases of an office were published then or later."""
    count = select(func.count()).where(ReleaseRow.source_id == source_id, ReleaseRow.published >= since, _RELEASES)
    with engine.connect() as connection:
        return connection.scalar(count) or 0


def newest_release(engine: Engine, source_id: str) -> datetime | None:
    """When an office last published, by its newest dated release; None where there is none."""
    with engine.connect() as connection:
        newest = select(func.max(ReleaseRow.published)).where(ReleaseRow.source_id == source_id, _RELEASES)
        return connection.scalar(newest)


def longest_pause(engine: Engine, source_id: str) -> int | None:
    """Days between two of an office's latest 100 dated releases, at the most; None where it has fewer than 20."""
    latest = (
        select(ReleaseRow.published)
        .where(ReleaseRow.source_id == source_id, ReleaseRow.published.is_not(None), _RELEASES)
        .order_by(ReleaseRow.published.desc())
        .limit(_LATEST)
    )
    with engine.connect() as connection:
        days = list(connection.scalars(latest))
    if len(days) < _ENOUGH:
        return None
    return max((later - earlier).days for later, earlier in pairwise(days) if later and earlier)


def latest_pages(engine: Engine, source_id: str, limit: int) -> list[PageParts]:
    """What was found on the pages of an office's latest releases, by when they were first seen."""
    body = func.json_array_length(PageReading.paragraphs)
    statement = (
        select(PageReading.published, body, PageReading.date_method, PageReading.warnings)
        .join(Revision, Revision.id == PageReading.revision_id)
        .join(ReleaseRow, ReleaseRow.id == Revision.release_id)
        .where(ReleaseRow.source_id == source_id, _RELEASES)
        .order_by(ReleaseRow.first_seen.desc(), PageReading.id.desc())
        .limit(limit)
    )
    with engine.connect() as connection:
        return [
            PageParts(published is not None, count, method, tuple(warnings))
            for published, count, method, warnings in connection.execute(statement)
        ]
