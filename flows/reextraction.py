"""Reading the archive again with the present extractors: what they see now that older ones did not."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import Engine

from db.readings import ReadingChanges
from db.releases import StoredRevision, stored_revisions
from db.rereading import Rules, forget_rules, outdated_releases
from db.store import preview_reading, store_reading
from db.twins import link_twins
from extractors import VERSION
from extractors.page import VERSION as PAGE_VERSION
from flows.reading import read_archived, to_store
from flows.storing import sentence
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
    return [reread(engine, office_of(revision.source_id), revision, dry_run=dry_run) for revision in revisions]


def reread(engine: Engine, office: Source | None, revision: StoredRevision, *, dry_run: bool = False) -> Reread:
    """Reads one snapshot again; where that fails, what is stored stays, and the result says why."""
    store = preview_reading if dry_run else store_reading
    try:
        page = read_archived(office, revision.url, revision.snapshot)
        result = store(engine, to_store(revision.source_id, page))
    except BilanzError as error:
        log.warning("%s: %s", revision.source_id, error)
        title, problem = revision.release.title, sentence(error)
        return Reread(revision.source_id, revision.release_id, revision.url, title, problem=problem)
    if result.corrected and not dry_run:
        link_twins(engine, revision.release_id)
    return Reread(revision.source_id, revision.release_id, revision.url, page.release.title, result.changes)


def _office(source_id: str) -> Source | None:
    try:
        return registry.source(source_id)
    except UnknownSource:
        return None
