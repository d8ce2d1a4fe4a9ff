"""Reading the archive again with the present extractors: what they see now that older ones did not."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import Engine

from db.archive.outdated import Rules, forget_rules, outdated_releases
from db.claims.readings import ReadingChanges
from db.releases.queries import StoredRevision, stored_revisions
from db.releases.store import preview_reading, store_reading
from db.releases.twins import link_twins
from extractors import VERSION
from extractors.page import VERSION as PAGE_VERSION
from flows.office.pages import ReadPage, read_archived, to_store
from flows.office.pool import claims_of
from flows.office.store import sentence
from models.claim import Extraction
from models.errors import BilanzError, UnknownSource
from models.source import Source
from scrapers import registry

log = logging.getLogger(__name__)

BATCH = 25
"""Releases in one batch: a few seconds of work."""

_RULES = Rules(PAGE_VERSION, VERSION)


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading one snapshot again came to: `problem` says why it could not be read or stored."""

    source_id: str
    release_id: str
    url: str
    title: str
    changes: ReadingChanges = field(default_factory=ReadingChanges)
    problem: str | None = None


def batches(engine: Engine, *, source: str | None = None, everything: bool = False) -> Iterator[list[str]]:
    """Ids of the releases that the present extractors have not read yet, in batches.

    Args:
        engine: the database, its schema checked.
        source: id of the press office to read; None reads all.
        everything: also what they have read.
    """
    after, rules = "", None if everything else _RULES
    while batch := outdated_releases(engine, rules, source=source, after=after, limit=BATCH):
        yield batch
        after = batch[-1]


def forget(engine: Engine, *, source: str | None = None) -> None:
    """Lets everything count as not read yet by the present extractors, for rules that changed without a new version."""
    for batch in batches(engine, source=source, everything=True):
        forget_rules(engine, batch)


def reextract_batch(
    engine: Engine, releases: Sequence[str], *, dry_run: bool = False, everything: bool = False
) -> list[Reread]:
    """Reads snapshots of these releases again, the oldest of a release first, and stores what is read now.

    Each snapshot is stored as a whole or not at all, and then counts as read: a batch that was killed
    goes on where it stopped. Pages of offices that no file describes are read generically.

    Args:
        engine: the database.
        releases: ids.
        dry_run: only tell what would change.
        everything: also snapshots that the present extractors have read.

    Raises:
        InputError: a source file is faulty.
    """
    office_of = cache(_office)
    revisions = stored_revisions(engine, releases, unless_read_by=None if everything else _RULES)
    pages = [_read(office_of(revision.source_id), revision) for revision in revisions]
    claims = claims_of([page for page in pages if isinstance(page, ReadPage)])
    return [
        _failed(revision, page)
        if isinstance(page, BilanzError)
        else _stored(engine, revision, page, next(claims), dry_run)
        for revision, page in zip(revisions, pages, strict=True)
    ]


def _read(office: Source | None, revision: StoredRevision) -> ReadPage | BilanzError:
    try:
        return read_archived(office, revision.url, revision.snapshot)
    except BilanzError as error:
        return error


def _stored(
    engine: Engine, revision: StoredRevision, page: ReadPage, found: Extraction | BilanzError, dry_run: bool
) -> Reread:
    if isinstance(found, BilanzError):
        return _failed(revision, found)
    store = preview_reading if dry_run else store_reading
    try:
        result = store(engine, to_store(revision.source_id, page, found))
    except BilanzError as error:
        return _failed(revision, error)
    if result.corrected and not dry_run:
        link_twins(engine, revision.release_id)
    return Reread(revision.source_id, revision.release_id, revision.url, page.release.title, result.changes)


def _failed(revision: StoredRevision, error: BilanzError) -> Reread:
    """What is stored stays as it is; the result says why."""
    log.warning("%s: %s", revision.source_id, error)
    title, problem = revision.release.title, sentence(error)
    return Reread(revision.source_id, revision.release_id, revision.url, title, problem=problem)


def _office(source_id: str) -> Source | None:
    try:
        return registry.source(source_id)
    except UnknownSource:
        return None
