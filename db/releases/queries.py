"""Releases and their revisions."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from db.archive.outdated import Rules, outdated
from db.archive.snapshots import archived_body
from db.claims.queries import MOST_ROWS, load, stored_claims
from db.curation.names import ProjectNames
from db.releases.documents import DocumentSummary, documents_of, is_document
from db.releases.twins import TwinRelease, load_twins
from db.tables import (
    CaptureRow,
    ClaimRow,
    DocumentRow,
    Fetch,
    PageReading,
    Reading,
    ReleaseProject,
    ReleaseRow,
    ReleaseUrl,
    Revision,
    SourceRow,
    Text,
)
from models.archived import Archived
from models.errors import InputError
from models.release import Attachment, Paragraph, Release, Snapshot
from models.stored import StoredClaim

_CURSOR = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """A release in a list.

    Attributes:
        published: when it was published; `first_seen` when it was first fetched.
        gone_at: when the office no longer had it, None while it has.
        revisions: 1, and one more for each correction.
        claims: that are current.
        collection: what it was imported with, which names no press office; None where an office was read.
    """

    id: str
    source_id: str
    url: str
    title: str
    published: datetime | None
    first_seen: datetime
    gone_at: datetime | None
    reporting_date: str | None
    revisions: int
    claims: int
    collection: str | None


@dataclass(frozen=True, slots=True)
class StoredRevision:
    """A revision with the bytes that prove it and what the page extractor made of them.

    Attributes:
        seen_at: when its bytes were fetched, by us or by an archive.
        unchanged_until: when the office was last seen to say what it said before; None for the first revision.
        repeats: it says what the revision before it says.
    """

    id: str
    release_id: str
    source_id: str
    url: str
    seen_at: datetime
    unchanged_until: datetime | None
    repeats: bool
    page_version: str
    snapshot: Snapshot
    release: Release
    document_of: str | None
    """Id of the release that links to it, where it is a document and no page."""


@dataclass(frozen=True, slots=True)
class ReleaseDetail:
    """A release with all its addresses, its revisions (the oldest first) and its current claims in text order.

    `twins` are the same release as other offices published it, `documents` those that it links to.
    """

    summary: ReleaseSummary
    urls: tuple[str, ...]
    twins: tuple[TwinRelease, ...]
    projects: tuple[str, ...]
    revisions: tuple[StoredRevision, ...]
    claims: tuple[StoredClaim, ...]
    documents: tuple[DocumentSummary, ...]


def releases(  # noqa: PLR0913 - filters, each by its name
    engine: Engine,
    *,
    source: str | None = None,
    project: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 50,
    after: str | None = None,
) -> list[ReleaseSummary]:
    """Releases, the newest publication first; those without a date come last.

    Args:
        engine: the database.
        source: only of this press office.
        project: only those that name this project or programme.
        since: published then or later; `until` before.
        until: see `since`.
        limit: at most 1000.
        after: only those that follow a release, by its `cursor_of`.

    Raises:
        InputError: an unknown project, or a cursor that is none.
    """
    statement = summaries().where(~is_document(ReleaseRow.id))
    if source is not None:
        statement = statement.where(ReleaseRow.source_id == source)
    if since is not None:
        statement = statement.where(ReleaseRow.published >= since)
    if until is not None:
        statement = statement.where(ReleaseRow.published < until)
    if after is not None:
        statement = statement.where(_follows(after))
    with engine.connect() as connection:
        if project is not None:
            statement = statement.where(naming(connection, project))
        order = (ReleaseRow.published.is_(None), ReleaseRow.published.desc(), ReleaseRow.id)
        return load_summaries(connection, statement.order_by(*order).limit(min(limit, MOST_ROWS)))


def cursor_of(summary: ReleaseSummary) -> str:
    """A release's place in the list of `releases`, which holds whatever is added before it."""
    published = summary.published
    return f"{published.astimezone(UTC).strftime(_CURSOR) if published else ''}~{summary.id}"


def naming(connection: Connection, project: str) -> ColumnElement[bool]:
    """That a release names a project.

    Raises:
        InputError: an unknown project.
    """
    keys = sorted(ProjectNames(connection).resolve(project).keys)
    return ReleaseRow.id.in_(select(ReleaseProject.release_id).where(ReleaseProject.name_key.in_(keys)))


def _follows(after: str) -> ColumnElement[bool]:
    stated, separator, release_id = after.partition("~")
    try:
        published = datetime.strptime(stated, _CURSOR).replace(tzinfo=UTC) if stated else None
    except ValueError:
        separator = ""
    if not separator:
        raise InputError(f"{after!r} is not the continuation of a list.")
    undated = ReleaseRow.published.is_(None)
    if published is None:
        return undated & (ReleaseRow.id > release_id)
    return (
        undated
        | (ReleaseRow.published < published)
        | (ReleaseRow.published == published) & (ReleaseRow.id > release_id)
    )


def release(engine: Engine, release_id: str) -> ReleaseDetail:
    """A release with all that is known of it.

    Raises:
        InputError: there is no such release.
    """
    with engine.connect() as connection:
        found = load_summaries(connection, summaries().where(ReleaseRow.id == release_id))
        if not found:
            raise InputError(f"There is no release {release_id!r}.")
        urls = select(ReleaseUrl.url).where(ReleaseUrl.release_id == release_id).order_by(ReleaseUrl.first_seen)
        names = select(ReleaseProject.name).where(ReleaseProject.release_id == release_id).order_by(ReleaseProject.name)
        claims = stored_claims().where(Reading.current, ClaimRow.release_id == release_id)
        return ReleaseDetail(
            summary=found[0],
            # An imported release has no address but its own.
            urls=tuple(connection.scalars(urls)) or (found[0].url,),
            twins=tuple(load_twins(connection, [release_id]).get(release_id, ())),
            projects=tuple(connection.scalars(names)),
            revisions=tuple(_revisions(connection, _of_release(), release=release_id)),
            claims=tuple(load(connection, claims.order_by(Reading.start, Reading.claim_key))),
            documents=tuple(documents_of(connection, release_id)),
        )


def revisions(engine: Engine, release_id: str) -> list[StoredRevision]:
    """The revisions of a release, the oldest first; none where there is no such release."""
    with engine.connect() as connection:
        return _revisions(connection, _of_release(), release=release_id)


def stored_revisions(
    engine: Engine, release_ids: Sequence[str], *, unless_read_by: Rules | None = None
) -> list[StoredRevision]:
    """Archived snapshots of these releases, each as last read, a release's in the order in which they were fetched.

    Args:
        engine: the database.
        release_ids: not too many, since bytes are read into memory.
        unless_read_by: leaves out what was last read by these rules.
    """
    statement = _readings(PageReading.snapshot_hash).where(Revision.release_id.in_(release_ids))
    if unless_read_by is not None:
        statement = statement.where(outdated(unless_read_by))
    with engine.connect() as connection:
        return _revisions(connection, statement)


@lru_cache(maxsize=1)
def _of_release() -> Select[Any]:
    return _readings().where(Revision.release_id == bindparam("release"))


@lru_cache(maxsize=2)
def _readings(*alike: Any) -> Select[Any]:
    """The newest page reading of each revision, or of each that is also `alike`."""
    newer = aliased(PageReading)
    same = [getattr(newer, column.key) == column for column in (PageReading.revision_id, *alike)]
    fetched: list[Any] = [Fetch.answered_by, Fetch.status, Fetch.headers]
    fetched += [Fetch.archive, Fetch.archive_place, Fetch.retrieved_at]
    told: list[Any] = [Revision.release_id, Revision.repeats, ReleaseRow.source_id, ReleaseRow.url, Text.text]
    return (
        select(PageReading, *told, DocumentRow.part_of, *fetched, *_last_before())
        .join(Revision, Revision.id == PageReading.revision_id)
        .join(ReleaseRow, ReleaseRow.id == Revision.release_id)
        .join(Text, Text.hash == PageReading.text_hash)
        .outerjoin(DocumentRow, DocumentRow.release_id == Revision.release_id)
        .join(
            Fetch,
            and_(
                Fetch.release_id == Revision.release_id,
                Fetch.fetched_at == PageReading.seen_at,
                Fetch.snapshot_hash == PageReading.snapshot_hash,
            ),
        )
        .where(~exists().where(newer.id > PageReading.id, *same))
        .order_by(Revision.release_id, PageReading.seen_at)
    )


def _revisions(connection: Connection, statement: Select[Any], **parameters: Any) -> list[StoredRevision]:
    return [
        StoredRevision(
            id=row.revision_id,
            release_id=row.release_id,
            source_id=row.source_id,
            url=row.url,
            seen_at=row.seen_at,
            unchanged_until=max(filter(None, (row.answered_before, row.copied_before)), default=None),
            repeats=row.repeats,
            page_version=row.page_version,
            snapshot=Snapshot(
                url=row.answered_by,
                body=archived_body(connection, row.snapshot_hash),
                headers=tuple((name, value) for name, value in row.headers),
                status=row.status,
                fetched_at=row.seen_at,
                archived=_archived(row),
            ),
            release=_read_release(row),
            document_of=row.part_of,
        )
        for row in connection.execute(statement, parameters).all()
    ]


def _archived(row: Any) -> Archived | None:
    return Archived(row.archive, row.archive_place, row.retrieved_at) if row.archive else None


def _last_before() -> list[Any]:
    """When the release was last seen before a revision: by its answers, and by copies that only repeat others."""
    earlier = aliased(Fetch)
    answered = select(func.max(earlier.fetched_at)).where(
        earlier.release_id == Revision.release_id,
        earlier.fetched_at < Revision.seen_at,
        earlier.outcome.in_(("stored", "unchanged", "not_modified")),
        earlier.url.in_(select(ReleaseUrl.url).where(ReleaseUrl.release_id == Revision.release_id)),
    )
    copied = select(func.max(CaptureRow.archived_at)).where(
        CaptureRow.url.in_(select(ReleaseUrl.url).where(ReleaseUrl.release_id == Revision.release_id)),
        CaptureRow.outcome == "repeated",
        CaptureRow.archived_at < Revision.seen_at,
    )
    return [answered.scalar_subquery().label("answered_before"), copied.scalar_subquery().label("copied_before")]


def _read_release(row: Any) -> Release:
    return Release(
        title=row.title,
        text=row.text,
        paragraphs=tuple(Paragraph(**paragraph) for paragraph in row.paragraphs),
        published=row.published,
        date_precision=row.date_precision,
        date_method=row.date_method,
        kicker=row.kicker,
        place=row.place,
        contact=row.contact,
        language=row.language,
        attachments=tuple(Attachment(**attachment) for attachment in row.attachments),
        warnings=tuple(row.warnings),
        generic=row.generic,
    )


def summaries() -> Select[Any]:
    """Rows of which `load_summaries` makes summaries."""
    revisions = select(func.count()).where(Revision.release_id == ReleaseRow.id, ~Revision.repeats).scalar_subquery()
    claims = (
        select(func.count())
        .select_from(Reading)
        .join(ClaimRow, ClaimRow.key == Reading.claim_key)
        .where(ClaimRow.release_id == ReleaseRow.id, Reading.current)
        .scalar_subquery()
    )
    collection = select(SourceRow.publisher).where(SourceRow.id == ReleaseRow.source_id).scalar_subquery()
    return select(ReleaseRow, revisions.label("revisions"), claims.label("claims"), collection.label("collection"))


def load_summaries(connection: Connection, statement: Select[Any]) -> list[ReleaseSummary]:
    """The releases of a statement that `summaries` began."""
    names = [each.name for each in fields(ReleaseSummary)]
    return [ReleaseSummary(**{name: getattr(row, name) for name in names}) for row in connection.execute(statement)]
