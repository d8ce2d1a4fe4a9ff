"""What is new: releases, corrections, deletions and claims of a span of time, and when there was anything."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from db.archive.imported import is_imported
from db.bulk import in_batches
from db.claims.changes import published_lately
from db.claims.queries import load, stored_claims
from db.curation.names import ProjectNames
from db.releases.documents import is_document
from db.releases.queries import ReleaseSummary, load_summaries, summaries
from db.tables import ChangeRow, ClaimRow, Reading, ReleaseProject, ReleaseRow, Revision
from models.stored import StoredClaim

_NAMES_FROM = 2_000
"""Claims whose names are counted."""


_told = aliased(Reading)
_was_never_told = ClaimRow.key.not_in(
    select(_told.claim_key)
    .join(ChangeRow, ChangeRow.after_id == _told.id)
    .where(ChangeRow.cause == "correction", ChangeRow.before_id.is_not(None))
)
"""A number that its office corrected, or told in other words, has changed and is not new."""


@dataclass(frozen=True, slots=True)
class WhatsNew:
    """What came in a span of time, by press office, the latest publication first.

    Attributes:
        releases: new ones, published not long before the span.
        corrected: those that say otherwise than before.
        deleted: those that are gone.
        claims: not known before, and not only because their release was published long ago and is read only now.
        stated: how many such claims there are in all.
    """

    releases: tuple[ReleaseSummary, ...]
    corrected: tuple[ReleaseSummary, ...]
    deleted: tuple[ReleaseSummary, ...]
    claims: tuple[StoredClaim, ...]
    stated: int


def whats_new(  # noqa: PLR0913 - filters, each by its name
    engine: Engine,
    *,
    since: datetime,
    until: datetime,
    sources: Collection[str] | None = None,
    project: str | None = None,
    limit: int | None = None,
    skip: int = 0,
) -> WhatsNew:
    """What was fetched from `since` to before `until`, of some sources or of all press offices.

    Args:
        engine: the database.
        since: see above; `until` too.
        until: see `since`.
        sources: ids; None for all press offices.
        project: only claims about this project or programme, and releases that name it.
        limit: so many releases, corrected releases, deleted ones and claims at most.
        skip: so many of each are left out at the beginning.

    Raises:
        InputError: an unknown project; so do the other functions here.
    """
    with engine.connect() as connection:
        here = [_of_offices(sources), *_naming(connection, project)]
        seen = (ClaimRow.first_seen >= since, ClaimRow.first_seen < until, _is_stated_as_news(since))
        new = [*seen, _was_never_told, *_about(connection, project)]
        order = (ReleaseRow.source_id, ReleaseRow.published.desc().nulls_last(), ReleaseRow.id)

        def listed(*which: ColumnElement[bool]) -> tuple[ReleaseSummary, ...]:
            # First which, then what is told of them: else all that is told is found for every release of the span.
            ids = select(ReleaseRow.id).where(*which, ~is_document(ReleaseRow.id), *here).order_by(*order)
            found = summaries().where(ReleaseRow.id.in_(ids.limit(limit).offset(skip)))
            return tuple(load_summaries(connection, found.order_by(*order)))

        counts = (
            select(ClaimRow.release_id, func.count().label("claims"))
            .join(Reading, Reading.claim_key == ClaimRow.key)
            .join(ReleaseRow, ReleaseRow.id == ClaimRow.release_id)
            .where(Reading.current, *new)
            .group_by(ClaimRow.release_id)
            .subquery()
        )
        stating = select(ReleaseRow.id, counts.c.claims).join(counts, counts.c.release_id == ReleaseRow.id)
        by_release = dict(connection.execute(stating.where(_of_offices(sources)).order_by(*order)).tuples().all())
        return WhatsNew(
            listed(*_is_new(since, until)),
            listed(exists().where(Revision.release_id == ReleaseRow.id, *_says_otherwise(since, until))),
            listed(ReleaseRow.gone_at >= since, ReleaseRow.gone_at < until),
            tuple(_claims(connection, by_release, new, limit, skip)),
            sum(by_release.values()),
        )


def _claims(
    connection: Connection,
    by_release: Mapping[str, int],
    new: Sequence[ColumnElement[bool]],
    limit: int | None,
    skip: int,
) -> list[StoredClaim]:
    """Some of the new claims of releases, given in their order with the number of each: only theirs are looked up."""
    last = sum(by_release.values()) if limit is None else skip + limit
    passed, before = 0, 0
    wanted: list[str] = []
    for release_id, count in by_release.items():
        if passed < last and passed + count > skip:
            before = before if wanted else passed
            wanted.append(release_id)
        passed += count
    found: list[StoredClaim] = []
    for some in in_batches(wanted):
        of_releases = stored_claims().where(Reading.current, ClaimRow.release_id.in_(some), *new)
        found += load(connection, of_releases.order_by(Reading.start, Reading.claim_key))
    place = {release_id: index for index, release_id in enumerate(wanted)}
    found.sort(key=lambda each: place[each.release_id])
    return found[skip - before : last - before]


def _is_new(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """That a release first read in a span is news of it, too, and not what a first visit or a backfill brings."""
    return *_is_first_read(since, until), published_lately(since)


def _is_first_read(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return ReleaseRow.first_seen >= since, ReleaseRow.first_seen < until


def _is_stated_as_news(since: datetime) -> ColumnElement[bool]:
    """That a claim came with a release that is news, or was added to one that was known."""
    return or_(published_lately(since), ClaimRow.first_seen > ReleaseRow.first_seen)


def _says_otherwise(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """That a revision of a span is not the first of its release."""
    return Revision.seen_at >= since, Revision.seen_at < until, Revision.seen_at > ReleaseRow.first_seen


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


def _of_offices(sources: Collection[str] | None) -> ColumnElement[bool]:
    """Of some press offices or all: what was imported is history, and no news, whoever is asked for."""
    news = ~is_imported(ReleaseRow.source_id)
    return news if sources is None else news & ReleaseRow.source_id.in_(sorted(sources))


def _fetched(connection: Connection, sources: Collection[str] | None, project: str | None) -> ColumnElement[bool]:
    """That a release is no document of another one, is of some offices or any, and names a project if one is meant."""
    return and_(_of_offices(sources), ~is_document(ReleaseRow.id), *_naming(connection, project))


def newly_named(
    engine: Engine,
    *,
    since: datetime,
    until: datetime,
    most: int,
    sources: Collection[str] | None = None,
    project: str | None = None,
) -> list[str]:
    """What claims first seen from `since` to before `until` are about, the most often named first, so many at most.

    Of a day on which tens of thousands were read the first are counted: nobody reads a list of all.
    """
    first = (
        select(ClaimRow.key, ClaimRow.release_id)
        .join(ReleaseRow, ReleaseRow.id == ClaimRow.release_id)
        .where(ClaimRow.first_seen >= since, ClaimRow.first_seen < until, _is_stated_as_news(since))
        .order_by(ClaimRow.first_seen)
        .limit(_NAMES_FROM)
        .subquery()
    )
    named = (
        select(Reading.subject)
        .join(first, first.c.key == Reading.claim_key)
        .join(ReleaseRow, ReleaseRow.id == first.c.release_id)
        .where(Reading.current, Reading.subject.is_not(None), _of_offices(sources))
        .group_by(Reading.subject)
        .order_by(func.count().desc(), Reading.subject)
        .limit(most)
    )
    with engine.connect() as connection:
        return list(connection.scalars(named.where(*_about(connection, project))))


def count_fetched(
    engine: Engine,
    *,
    since: datetime,
    until: datetime,
    sources: Collection[str] | None = None,
    project: str | None = None,
) -> tuple[int, int]:
    """How many releases are new, and how many say otherwise than before, from `since` to before `until`."""
    with engine.connect() as connection:
        fetched = _fetched(connection, sources, project)
    new = select(func.count()).where(*_is_new(since, until), fetched)
    corrected = (
        select(func.count(ReleaseRow.id.distinct()))
        .join(Revision, Revision.release_id == ReleaseRow.id)
        .where(*_says_otherwise(since, until), fetched)
    )
    with engine.connect() as connection:
        return connection.scalar(new) or 0, connection.scalar(corrected) or 0


@dataclass(frozen=True, slots=True)
class ReadLate:
    """Releases that were published long before they were first read: how many, and when the first and last were."""

    releases: int
    first: datetime
    last: datetime


def read_late(
    engine: Engine,
    *,
    since: datetime,
    until: datetime,
    sources: Collection[str] | None = None,
    project: str | None = None,
) -> ReadLate | None:
    """What was first read from `since` to before `until` and is no news of that time; None where nothing was."""
    with engine.connect() as connection:
        here = _fetched(connection, sources, project)
        at = ReleaseRow.published
        late = select(func.count(), func.min(at), func.max(at)).where(
            *_is_first_read(since, until), ~published_lately(since), here
        )
        releases, first, last = connection.execute(late).one()
        return ReadLate(releases, first, last) if releases else None


def offices_with_news(
    engine: Engine,
    *,
    since: datetime,
    until: datetime,
    sources: Collection[str] | None = None,
    project: str | None = None,
) -> list[tuple[str, int]]:
    """The press offices of which releases are new from `since` to before `until`, with how many; most first."""
    with engine.connect() as connection:
        here = _fetched(connection, sources, project)
        new = select(ReleaseRow.source_id, func.count().label("releases")).where(*_is_new(since, until), here)
        counted = new.group_by(ReleaseRow.source_id).order_by(func.count().desc(), ReleaseRow.source_id)
        return [(row.source_id, row.releases) for row in connection.execute(counted)]


def neighbouring_news(
    engine: Engine,
    *,
    since: datetime,
    until: datetime,
    sources: Collection[str] | None = None,
    project: str | None = None,
) -> tuple[datetime | None, datetime | None]:
    """The last moment before `since` and the first from `until` on at which there was news, each None where none was.

    Args:
        engine: the database.
        since: see above; `until` too.
        until: see `since`.
        sources: of these alone.
        project: of releases that name this project or programme.
    """
    before, after = [], []
    with engine.connect() as connection:
        here = and_(_of_offices(sources), *_naming(connection, project))
        for at, release_id in ((Revision.seen_at, Revision.release_id), (ChangeRow.at, ChangeRow.release_id)):
            news = [here] if at is Revision.seen_at else [here, ChangeRow.cause != "rules"]
            # Both in one pass: no index has the moments of revisions alone.
            nearest = select(func.max(case((at < since, at))), func.min(case((at >= until, at))))
            last, first = connection.execute(nearest.join(ReleaseRow, ReleaseRow.id == release_id).where(*news)).one()
            before.append(last)
            after.append(first)
    return max(filter(None, before), default=None), min(filter(None, after), default=None)
