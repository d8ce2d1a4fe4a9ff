"""When releases were published, imported ones among them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, case, func, select

from db.releases.documents import is_document
from db.releases.queries import naming
from db.tables import ReleaseRow


@dataclass(frozen=True, slots=True)
class PublishedAround:
    """How many releases were published in a span of time, and when the nearest before and after it were; else None."""

    within: int
    before: datetime | None
    after: datetime | None


def published_around(
    engine: Engine,
    *,
    since: datetime,
    until: datetime,
    sources: Collection[str] | None = None,
    project: str | None = None,
) -> PublishedAround:
    """When releases were published around the time from `since` to before `until`, imported ones among them.

    Args:
        engine: the database.
        since: see above; `until` too.
        until: see `since`.
        sources: ids of press offices; None for all.
        project: only of releases that name this project or programme.

    Raises:
        InputError: an unknown project.
    """
    at = ReleaseRow.published
    within = func.count(case(((at >= since) & (at < until), 1)))
    found = select(within, func.max(case((at < since, at))), func.min(case((at >= until, at))))
    with engine.connect() as connection:
        if sources is not None:
            found = found.where(ReleaseRow.source_id.in_(sorted(sources)))
        if project is not None:
            found = found.where(naming(connection, project))
        return PublishedAround(*connection.execute(found.where(~is_document(ReleaseRow.id))).one())


def newest_published(engine: Engine) -> dict[str, datetime]:
    """When the newest release of each press office was published, by its id."""
    newest = func.max(ReleaseRow.published)
    with engine.connect() as connection:
        found = select(ReleaseRow.source_id, newest).where(ReleaseRow.published.is_not(None))
        return {source: at for source, at in connection.execute(found.group_by(ReleaseRow.source_id)) if at is not None}
