"""Reading the archive again with the present extractors: what they see now that older ones did not."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine

from db.archive.outdated import Rules, forget_rules, outdated_releases
from db.claims.readings import ReadingChanges
from db.releases.documents import linking_release
from db.releases.queries import StoredRevision, stored_revisions
from db.releases.store import ReleaseReading, preview_reading, store_reading
from extractors.document import VERSION as DOCUMENT_VERSION
from extractors.page import VERSION as PAGE_VERSION
from extractors.pipeline import version
from flows.office.documents import document_reading
from flows.office.pages import ReadPage, read_archived, to_store
from flows.office.pool import claims_of
from flows.office.store import sentence
from models.claim import Extraction
from models.errors import BilanzError, DatabaseUnusable, UnknownSource
from models.settings import settings
from models.source import Source
from scrapers.registry import all_sources, source

log = logging.getLogger(__name__)

BATCH = 25
"""Releases in one batch: a few seconds of work."""


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading one snapshot again came to: `problem` says why it could not be read or stored."""

    source_id: str
    release_id: str
    url: str
    title: str
    changes: ReadingChanges = field(default_factory=ReadingChanges)
    problem: str | None = None


class RereadMode(StrEnum):
    """Which pages are read again, and whether what is seen is stored or only told."""

    OUTDATED = "outdated"
    """Pages that the present extractors have not read."""
    ALL = "all"
    """Also those that they have read, for rules or source files that changed without a new version."""
    PREVIEW_OUTDATED = "preview-outdated"
    PREVIEW_ALL = "preview-all"

    @property
    def is_preview(self) -> bool:
        """Whether nothing is stored."""
        return self in (RereadMode.PREVIEW_OUTDATED, RereadMode.PREVIEW_ALL)

    @property
    def rules(self) -> Rules | None:
        """Those whose pages are left out; none are in a preview of all. Before all are stored, all are forgotten."""
        if self is RereadMode.PREVIEW_ALL:
            return None
        return Rules(PAGE_VERSION, DOCUMENT_VERSION, version(settings().spacy_model))


Offices = Mapping[str, Source]
"""By id."""


def offices_of(source_id: str | None, own: Path | None) -> Offices:
    """The press offices whose archived pages may be read, without those that no file describes.

    Args:
        source_id: the only one; None for all.
        own: folder with source files of one's own.

    Raises:
        InputError: a source file is faulty.
    """
    if source_id is None:
        return {office.id: office for office in all_sources(own)}
    try:
        return {source_id: source(source_id, own)}
    except UnknownSource:
        return {}


def begin(engine: Engine, source_id: str | None, mode: RereadMode) -> None:
    """Lets everything count as not read yet by the present extractors, if all is to be read again."""
    if mode is RereadMode.ALL:
        for batch in batches(engine, source_id, RereadMode.PREVIEW_ALL):
            forget_rules(engine, batch)


def batches(
    engine: Engine, source_id: str | None = None, mode: RereadMode = RereadMode.OUTDATED
) -> Iterator[list[str]]:
    """Ids of the releases that are to be read, in batches.

    Args:
        engine: the database, its schema checked; `begin` comes before.
        source_id: the press office to read; None reads all.
        mode: which pages.
    """
    after, rules = "", mode.rules
    while batch := outdated_releases(engine, rules, source=source_id, after=after, limit=BATCH):
        yield batch
        after = batch[-1]


def reextract_batch(
    engine: Engine, offices: Offices, releases: Sequence[str], mode: RereadMode = RereadMode.OUTDATED
) -> list[Reread]:
    """Reads snapshots of these releases again, the oldest of a release first, and stores what is read now.

    Each snapshot is stored as a whole or not at all, and then counts as read: a batch that was killed
    goes on where it stopped. Pages of offices that no file describes are read generically.

    Args:
        engine: the database.
        offices: those that files describe.
        releases: ids.
        mode: which of their snapshots, and whether what is seen is stored.
    """
    revisions = stored_revisions(engine, releases, unless_read_by=mode.rules)
    documents = [revision for revision in revisions if revision.document_of is not None]
    revisions = [revision for revision in revisions if revision.document_of is None]
    pages = [_read(offices.get(revision.source_id), revision) for revision in revisions]
    claims = claims_of([page for page in pages if isinstance(page, ReadPage)])
    reread = [
        _failed(revision, page)
        if isinstance(page, BilanzError)
        else _stored(engine, revision, page, next(claims), mode)
        for revision, page in zip(revisions, pages, strict=True)
    ]
    return reread + [_document(engine, revision, mode) for revision in documents]


def _document(engine: Engine, revision: StoredRevision, mode: RereadMode) -> Reread:
    linking = linking_release(engine, revision.release_id)
    try:
        reading = document_reading(revision.source_id, revision.url, revision.snapshot, linking)
    except BilanzError as error:
        return _failed(revision, error)
    return _kept(engine, revision, reading, mode)


def _read(office: Source | None, revision: StoredRevision) -> ReadPage | BilanzError:
    try:
        return read_archived(office, revision.url, revision.snapshot)
    except BilanzError as error:
        return error


def _stored(
    engine: Engine, revision: StoredRevision, page: ReadPage, found: Extraction | BilanzError, mode: RereadMode
) -> Reread:
    if isinstance(found, BilanzError):
        return _failed(revision, found)
    return _kept(engine, revision, to_store(revision.source_id, page, found), mode)


def _kept(engine: Engine, revision: StoredRevision, reading: ReleaseReading, mode: RereadMode) -> Reread:
    store = preview_reading if mode.is_preview else store_reading
    try:
        result = store(engine, reading)
    except DatabaseUnusable:
        raise
    except BilanzError as error:
        return _failed(revision, error)
    return Reread(revision.source_id, revision.release_id, revision.url, reading.release.title, result.changes)


def _failed(revision: StoredRevision, error: BilanzError) -> Reread:
    """What is stored stays as it is; the result says why."""
    log.warning("%s: %s", revision.source_id, error)
    title, problem = revision.release.title, sentence(error)
    return Reread(revision.source_id, revision.release_id, revision.url, title, problem=problem)
