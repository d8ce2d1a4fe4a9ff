"""One release under two offices: a state's portal repeats what its ministries publish."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, Engine, Select, delete, or_, select

from db.bulk import insert_ignore
from db.engine import write
from db.tables import PageReading, Release, ReleaseTwin, Revision, Text

LEAST_ALIKE = 85.0
"""Per cent of the characters, in order, that twins share: a portal adds a lead or a line of contact."""

_APART = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TwinRelease:
    """The same release as another office published it; `similarity` is the share of the text that both have."""

    release_id: str
    source_id: str
    url: str
    title: str
    similarity: float


def link_twins(engine: Engine, release_id: str) -> list[str]:
    """Links a release with those of other offices that say nearly the same within a day; their ids.

    Both stay releases of their own and know of each other. Links of an earlier text are replaced.
    """

    def work(connection: Connection) -> list[str]:
        alike = _alike(connection, release_id)
        either = or_(ReleaseTwin.release_id == release_id, ReleaseTwin.twin_id == release_id)
        connection.execute(delete(ReleaseTwin).where(either))
        rows = [
            {"release_id": one, "twin_id": other, "similarity": similarity}
            for twin_id, similarity in alike.items()
            for one, other in ((release_id, twin_id), (twin_id, release_id))
        ]
        insert_ignore(connection, ReleaseTwin, rows)
        return sorted(alike)

    return write(engine, work)


def twins(engine: Engine, release_id: str) -> list[TwinRelease]:
    """The same release at other offices, the most alike first."""
    statement = (
        select(Release.id, Release.source_id, Release.url, Release.title, ReleaseTwin.similarity)
        .join(ReleaseTwin, ReleaseTwin.twin_id == Release.id)
        .where(ReleaseTwin.release_id == release_id)
        .order_by(ReleaseTwin.similarity.desc(), Release.id)
    )
    with engine.connect() as connection:
        return [TwinRelease(*row) for row in connection.execute(statement)]


def _alike(connection: Connection, release_id: str) -> Mapping[str, float]:
    """Ids of the twins with the share (0 to 1) of the text that they have in common."""
    release = connection.execute(select(Release.source_id, Release.published).where(Release.id == release_id)).one()
    if release.published is None:
        return {}
    own = _texts(connection, _newest_texts().where(Release.id == release_id))
    near = Release.published.between(release.published - _APART, release.published + _APART)
    others = _texts(connection, _newest_texts().where(near, Release.source_id != release.source_id))
    found = process.extract(own[release_id], others, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=None)
    return {twin_id: round(score / 100, 4) for _, score, twin_id in found}


def _newest_texts() -> Select[Any]:
    columns: list[Any] = [Release.id, Text.text]
    return (
        select(*columns)
        .join(Revision, Revision.release_id == Release.id)
        .join(PageReading, PageReading.revision_id == Revision.id)
        .join(Text, Text.hash == PageReading.text_hash)
        .order_by(Revision.seen_at, PageReading.id)
    )


def _texts(connection: Connection, statement: Select[Any]) -> dict[str, str]:
    # The newest reading of a release comes last and stays.
    return {row.id: row.text for row in connection.execute(statement)}
