"""Reading the archive again with the present extractors: what they see now that older ones did not."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import Engine

from db.readings import ReadingChanges
from db.releases import StoredRevision, stored_revisions
from db.store import preview_reading, store_reading
from db.twins import link_twins
from flows.reading import read_archived, to_store
from flows.storing import sentence
from models.errors import BilanzError, UnknownSource
from models.source import Source
from scrapers import registry

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading one snapshot again came to: `problem` says why it could not be read or stored."""

    release_id: str
    url: str
    title: str
    changes: ReadingChanges = field(default_factory=ReadingChanges)
    problem: str | None = None


def reextract(engine: Engine, *, source: str | None = None, dry_run: bool = False) -> Iterator[Reread]:
    """Reads every archived snapshot again, the oldest of a release first, and stores what is read now.

    Each snapshot is stored as a whole or not at all, and the same reading twice changes nothing, so a
    run that was killed is simply run again. Pages of offices that no file describes are read generically.

    Args:
        engine: the database, its schema checked.
        source: id of the press office to read; None reads all.
        dry_run: only tell what would change.

    Raises:
        InputError: a source file is faulty.
    """
    office_of = cache(_office)
    for revision in stored_revisions(engine, source=source):
        yield reread(engine, office_of(revision.source_id), revision, dry_run=dry_run)


def reread(engine: Engine, office: Source | None, revision: StoredRevision, *, dry_run: bool = False) -> Reread:
    """Reads one snapshot again; where that fails, what is stored stays, and the result says why."""
    store = preview_reading if dry_run else store_reading
    try:
        page = read_archived(office, revision.url, revision.snapshot)
        result = store(engine, to_store(revision.source_id, page))
    except BilanzError as error:
        log.warning("%s: %s", revision.source_id, error)
        return Reread(revision.release_id, revision.url, revision.release.title, problem=sentence(error))
    if result.corrected and not dry_run:
        link_twins(engine, revision.release_id)
    return Reread(revision.release_id, revision.url, page.release.title, result.changes)


def _office(source_id: str) -> Source | None:
    try:
        return registry.source(source_id)
    except UnknownSource:
        return None
