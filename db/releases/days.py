"""On which days there was anything new: releases, corrections, changes."""

from datetime import datetime

from sqlalchemy import Engine, func, select

from db.archive.imported import is_imported
from db.tables import ChangeRow, ReleaseRow, Revision


def neighbouring_news(
    engine: Engine, *, since: datetime, until: datetime, source: str | None = None
) -> tuple[datetime | None, datetime | None]:
    """The last moment before `since` and the first from `until` on at which there was news, each None where none was.

    Args:
        engine: the database.
        since: see above; `until` too.
        until: see `since`.
        source: of this press office alone.
    """
    here = ~is_imported(ReleaseRow.source_id) if source is None else ReleaseRow.source_id == source
    before, after = [], []
    with engine.connect() as connection:
        for at, release_id in ((Revision.seen_at, Revision.release_id), (ChangeRow.at, ChangeRow.release_id)):
            news = [here] if at is Revision.seen_at else [here, ChangeRow.cause != "rules"]
            joined = select(func.max(at), func.min(at)).join(ReleaseRow, ReleaseRow.id == release_id).where(*news)
            before.append(connection.execute(joined.where(at < since)).one()[0])
            after.append(connection.execute(joined.where(at >= until)).one()[1])
    return max(filter(None, before), default=None), min(filter(None, after), default=None)
