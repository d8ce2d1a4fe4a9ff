"""What is new: releases, corrections, deletions and claims of a span of time, and when there was anything."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, and_, exists, func, select

from db.archive.imported import is_imported
from db.claims.queries import load, stored_claims
from db.curation.names import ProjectNames
from db.releases.documents import is_document
from db.releases.queries import ReleaseSummary, load_summaries, summaries
from db.tables import ChangeRow, ClaimRow, Reading, ReleaseProject, ReleaseRow, Revision
from models.stored import StoredClaim


@dataclass(frozen=True, slots=True)
class WhatsNew:
    """What came in a span of time: new releases, corrected ones, those that are gone, and claims not known before."""

    releases: tuple[ReleaseSummary, ...]
    corrected: tuple[ReleaseSummary, ...]
    deleted: tuple[ReleaseSummary, ...]
    claims: tuple[StoredClaim, ...]


def whats_new(  # noqa: PLR0913 - filters, each by its name
    engine: Engine,
    *,
    since: datetime,
    until: datetime,
    source: str | None = None,
    project: str | None = None,
    limit: int | None = None,
    skip: int = 0,
) -> WhatsNew:
    """What was fetched from `since` to before `until`, of one source or of all press offices.

    Args:
        engine: the database.
        since: see above; `until` too.
        until: see `since`.
        source: id of the source.
        project: only claims about this project or programme, and releases that name it.
        limit: so many releases, corrected releases, deleted ones and claims at most.
        skip: so many of each are left out at the beginning.

    Raises:
        InputError: an unknown project; so do the other functions here.
    """
    with engine.connect() as connection:
        here = [_of_office(source), *_naming(connection, project)]
        seen = and_(ReleaseRow.first_seen >= since, ReleaseRow.first_seen < until)
        corrected = exists().where(
            Revision.release_id == ReleaseRow.id, Revision.seen_at >= since, Revision.seen_at < until
        )
        first_before = ReleaseRow.first_seen < since
        claims = (
            stored_claims()
            .where(Reading.current, ClaimRow.first_seen >= since, ClaimRow.first_seen < until, _of_office(source))
            .where(*_about(connection, project))
            .order_by(ReleaseRow.source_id, ReleaseRow.published, ClaimRow.release_id, Reading.start)
            .limit(limit)
            .offset(skip)
        )
        order = (ReleaseRow.source_id, ReleaseRow.published, ReleaseRow.id)

        def listed(*which: ColumnElement[bool]) -> tuple[ReleaseSummary, ...]:
            found = summaries().where(*which, ~is_document(ReleaseRow.id), *here).order_by(*order)
            return tuple(load_summaries(connection, found.limit(limit).offset(skip)))

        deleted = and_(ReleaseRow.gone_at >= since, ReleaseRow.gone_at < until)
        return WhatsNew(listed(seen), listed(corrected, first_before), listed(deleted), tuple(load(connection, claims)))


def _naming(connection: Connection, project: str | None) -> list[ColumnElement[bool]]:
    """That a release names a project, if any is asked for."""
    if project is None:
        return []
    keys = sorted(ProjectNames(connection).resolve(project).keys)
    return [ReleaseRow.id.in_(select(ReleaseProject.release_id).where(ReleaseProject.name_key.in_(keys)))]


def _about(connection: Connection, project: str | None) -> list[ColumnElement[bool]]:
    """That a claim is about a project, if any is asked for."""
    if project is None:
        return []
    return [Reading.subject_key.in_(sorted(ProjectNames(connection).resolve(project).keys))]


def _of_office(source: str | None) -> ColumnElement[bool]:
    """Of one source, else of all press offices: what was imported is history, and no news."""
    return ~is_imported(ReleaseRow.source_id) if source is None else ReleaseRow.source_id == source


@dataclass(frozen=True, slots=True)
class NewClaims:
    """Claims not known before a span of time: how many, and what they are about, the most often named first."""

    count: int
    subjects: tuple[str, ...]


def new_claims(
    engine: Engine,
    *,
    since: datetime,
    until: datetime,
    subjects: int,
    source: str | None = None,
    project: str | None = None,
) -> NewClaims:
    """The claims first seen from `since` to before `until`, of all press offices or one, with so many names at most."""
    # Counted by name in one pass: a day on which much was read anew has tens of thousands.
    by_subject = (
        select(Reading.subject, func.count())
        .join(ClaimRow, ClaimRow.key == Reading.claim_key)
        .join(ReleaseRow, ReleaseRow.id == ClaimRow.release_id)
        .where(Reading.current, ClaimRow.first_seen >= since, ClaimRow.first_seen < until, _of_office(source))
        .group_by(Reading.subject)
    )
    with engine.connect() as connection:
        found = connection.execute(by_subject.where(*_about(connection, project))).all()
    named = sorted((-count, name) for name, count in found if name is not None)
    return NewClaims(sum(count for _name, count in found), tuple(name for _count, name in named[:subjects]))


def count_fetched(
    engine: Engine, *, since: datetime, until: datetime, source: str | None = None, project: str | None = None
) -> tuple[int, int]:
    """How many releases are new, and how many of those known before were corrected, from `since` to before `until`."""
    with engine.connect() as connection:
        fetched = and_(_of_office(source), ~is_document(ReleaseRow.id), *_naming(connection, project))
    new = select(func.count()).where(ReleaseRow.first_seen >= since, ReleaseRow.first_seen < until, fetched)
    corrected = (
        select(func.count(ReleaseRow.id.distinct()))
        .join(Revision, Revision.release_id == ReleaseRow.id)
        .where(Revision.seen_at >= since, Revision.seen_at < until, ReleaseRow.first_seen < since, fetched)
    )
    with engine.connect() as connection:
        return connection.scalar(new) or 0, connection.scalar(corrected) or 0


def neighbouring_news(
    engine: Engine, *, since: datetime, until: datetime, source: str | None = None, project: str | None = None
) -> tuple[datetime | None, datetime | None]:
    """The last moment before `since` and the first from `until` on at which there was news, each None where none was.

    Args:
        engine: the database.
        since: see above; `until` too.
        until: see `since`.
        source: of this press office alone.
        project: of releases that name this project or programme.
    """
    before, after = [], []
    with engine.connect() as connection:
        here = and_(_of_office(source), *_naming(connection, project))
        for at, release_id in ((Revision.seen_at, Revision.release_id), (ChangeRow.at, ChangeRow.release_id)):
            news = [here] if at is Revision.seen_at else [here, ChangeRow.cause != "rules"]
            joined = select(func.max(at), func.min(at)).join(ReleaseRow, ReleaseRow.id == release_id).where(*news)
            before.append(connection.execute(joined.where(at < since)).one()[0])
            after.append(connection.execute(joined.where(at >= until)).one()[1])
    return max(filter(None, before), default=None), min(filter(None, after), default=None)
