"""A programme from report to report, by any of its names."""

from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Engine, Select, bindparam, exists, select
from sqlalchemy.orm import aliased

from comparison.programme import Comparison, DatedRelease, ReleaseRef, side_by_side
from db.claims.queries import claims_about, load, stored_claims
from db.curation.names import ProjectNames
from db.curation.nouns import nouns_of
from db.releases.documents import is_document
from db.tables import ClaimRow, PageReading, Reading, ReleaseProject, ReleaseRow, Revision
from models.calendar import berlin_day
from models.projects import ProjectGroup
from models.stored import StoredClaim


def compare(engine: Engine, programme: str) -> Comparison:
    """The comparison of a programme, by any of its names.

    Raises:
        InputError: no such programme is known.
    """
    with engine.connect() as connection:
        return comparison(connection, ProjectNames(connection).resolve(programme))


def comparison(connection: Connection, group: ProjectGroup) -> Comparison:
    """The comparison of a programme."""
    return side_by_side(
        group,
        claims_about(connection, group.names),
        _superseded(connection, group),
        _releases(connection, group),
        nouns_of(connection, group.name),
    )


def _superseded(connection: Connection, group: ProjectGroup) -> list[StoredClaim]:
    """Claims of earlier revisions, as last read."""
    return list({each.key: each for each in load(connection, _of_earlier(), keys=sorted(group.names))}.values())


# Statements are made once, for to put them together takes longer than to run them.


@lru_cache(maxsize=1)
def _of_earlier() -> Select[Any]:
    later = aliased(Revision)
    corrected = exists().where(
        later.release_id == Revision.release_id, later.seen_at > Revision.seen_at, ~later.repeats
    )
    statement = (
        stored_claims()
        .join(Revision, Revision.id == PageReading.revision_id)
        .where(~Reading.current, Reading.subject_key.in_(bindparam("keys", expanding=True)), corrected)
    )
    return statement.order_by(Reading.id)


@lru_cache(maxsize=1)
def _naming() -> Select[Any]:
    keys: BindParameter[Any] = bindparam("keys", expanding=True)
    naming = select(ReleaseProject.release_id).where(ReleaseProject.name_key.in_(keys))
    stating = (
        select(ClaimRow.release_id)
        .join(Reading, Reading.claim_key == ClaimRow.key)
        .where(Reading.current, Reading.subject_key.in_(keys))
    )
    return (
        select(ReleaseRow.id, ReleaseRow.title, ReleaseRow.url, ReleaseRow.published, ReleaseRow.reporting_date)
        .where(ReleaseRow.id.in_(naming.union(stating)), ~is_document(ReleaseRow.id))
        .order_by(ReleaseRow.published, ReleaseRow.id)
    )


def _releases(connection: Connection, group: ProjectGroup) -> list[DatedRelease]:
    """Releases that name the programme, with their reporting dates."""
    releases: list[DatedRelease] = []
    for row in connection.execute(_naming(), {"keys": sorted(group.keys)}):
        published: str | None = berlin_day(row.published)
        date = row.reporting_date or published or ""
        releases.append((date, ReleaseRef(row.id, row.title, row.url, published)))
    return releases
