"""Storing a release: snapshot, revision, claims and twins land together or not at all."""

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, insert, or_, select, update

from db.archive.fetches import Answered, log_fetch
from db.archive.snapshots import archive
from db.bulk import insert_ignore
from db.claims.changes import Cause, record_changes, record_return
from db.claims.readings import PageText, ReadingChanges, check_evidence, store_claims
from db.engine import write
from db.releases.documents import DocumentParts, add_document, places_row
from db.releases.identity import (
    add_release,
    add_revision,
    attach,
    find_corrected,
    find_imported,
    find_release,
    find_revision,
    note_repeats,
    put_right_times_ahead,
)
from db.releases.twins import link_twins
from db.tables import DocumentPlaces, Fetch, Forgotten, PageReading, ReleaseRow, Revision, SourceRow, Text
from models.claim import Extraction
from models.errors import BilanzError
from models.release import Release, Snapshot

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoreResult:
    """What storing a release changed.

    Attributes:
        release_id: of the release, lasting.
        revision_id: of the revision that the bytes show.
        new_release: the release was not known under any address.
        new_url: the address was new, for a known release too.
        new_revision: first revision or correction.
        corrected: the publisher changed the text of a known release.
        changes: what became of the claims.
    """

    release_id: str
    revision_id: str
    new_release: bool
    new_url: bool
    new_revision: bool
    corrected: bool
    changes: ReadingChanges

    @property
    def new_claims(self) -> int:
        """Claims whose key was not known."""
        return len(self.changes.added)

    @property
    def unchanged(self) -> bool:
        """Nothing is known now that was not known before, but that the page was fetched."""
        return not (self.new_url or self.new_revision or self.changes)


@dataclass(frozen=True, slots=True)
class ReleaseReading:
    """What was read from one answer of a press office or one imported record, ready to be stored.

    Attributes:
        source_id: the press office.
        listing_url: canonical address under which the release was listed; of a record its own.
        snapshot: the answer's bytes; for a re-reading, with the time of the original fetch.
        release: what the page extractor read from them.
        extraction: the claims in `release.text`.
        page_version: version of the page extractor, or of the document reader.
        listed: all addresses that the office lists now; None where that is not known.
        document: of a document that a release links to; None for a release.
    """

    source_id: str
    listing_url: str
    snapshot: Snapshot
    release: Release
    extraction: Extraction
    page_version: str
    listed: Collection[str] | None = None
    document: DocumentParts | None = None


def store_reading(engine: Engine, reading: ReleaseReading) -> StoreResult:
    """Stores what one answer of a press office says. The same reading twice changes nothing.

    Args:
        engine: the database, its schema checked.
        reading: of the answer.

    Raises:
        EvidenceMissing: a claim does not stand in the text; nothing is stored.
        BilanzError: the database stayed locked or unreachable; nothing is stored.
    """
    check_evidence(reading.release.text, reading.extraction)
    return write(engine, _Writer(reading).store)


def preview_reading(engine: Engine, reading: ReleaseReading) -> StoreResult:
    """What `store_reading` would change, without changing it."""
    check_evidence(reading.release.text, reading.extraction)
    return rolled_back(engine, _Writer(reading).store)


def rolled_back(engine: Engine, work: Callable[[Connection], T]) -> T:
    """The result of `work`, whose changes are undone."""
    with engine.execution_options(takes_write_lock=True).connect() as connection, connection.begin() as transaction:
        result = work(connection)
        transaction.rollback()
    return result


@dataclass(frozen=True, slots=True)
class _Writer:
    reading: ReleaseReading

    def store(self, connection: Connection) -> StoreResult:
        snapshot, release = self.reading.snapshot, self.reading.release
        self._refuse_forgotten(connection)
        self._refuse_two_of_one_second(connection)
        insert_ignore(connection, SourceRow, [{"id": self.reading.source_id, "paused": False}])
        # One writer an office: identity and "what is newest" are decided by reading first.
        connection.execute(select(SourceRow.id).where(SourceRow.id == self.reading.source_id).with_for_update())

        found, release_id, new_url = self._release(connection)
        put_right_times_ahead(connection, release_id, snapshot)
        revision_id, corrected = find_revision(
            connection, release_id, snapshot, release.text_hash, self.reading.page_version
        )
        new_revision = revision_id is None
        if new_revision or snapshot.archived:
            # What an archive was asked for is kept, so that it is not asked again.
            archive(connection, snapshot)
        if revision_id is None:
            revision_id = add_revision(connection, release_id, snapshot.hash, snapshot.fetched_at)
        reading_id, new_page_reading, split = self._read_page(connection, release_id, revision_id)
        if snapshot.archived and new_revision:
            note_repeats(connection, release_id, revision_id)
        newest = self._newest_revision(connection, release_id) == revision_id
        is_back = newest and self._describe(connection, release_id)
        version = self.reading.extraction.extractor_version
        page = PageText(release_id, reading_id, self.reading.source_id, release.text, release.published, version)
        changes = store_claims(connection, page, self.reading.extraction, fetched_at=snapshot.fetched_at, newest=newest)
        if newest:
            cause: Cause = "correction" if corrected or split else "release" if found is None else "rules"
            age = snapshot.fetched_at - release.published if release.published else None
            # What is imported or comes from an archive is history, whatever its day.
            if cause == "rules" or not (snapshot.origin or snapshot.archived):
                record_changes(connection, release_id, changes, cause, age=age)
            if is_back:
                record_return(connection, release_id, changes)
        self._note_rules(connection, reading_id)
        is_new = new_page_reading or bool(changes)
        fetched = Answered(snapshot, is_new, archived=new_page_reading or snapshot.archived is not None)
        log_fetch(connection, self.reading.source_id, self.reading.listing_url, fetched, release_id)
        result = StoreResult(
            release_id, revision_id, found is None, new_url, new_revision or split, corrected or split, changes
        )
        if (result.new_release or result.corrected) and self.reading.document is None:
            # Last of all, since whoever stores another release of that day waits from here on.
            link_twins(connection, release_id)
        return result

    def _refuse_forgotten(self, connection: Connection) -> None:
        addresses = (self.reading.listing_url, self.reading.snapshot.url)
        if url := connection.scalar(select(Forgotten.url).where(Forgotten.url.in_(addresses))):
            raise BilanzError(f"{url} was forgotten (`bilanz db forget --list`) and is not taken up again.")

    def _refuse_two_of_one_second(self, connection: Connection) -> None:
        """Archives tell seconds: what two of them say of one second cannot be put in order."""
        url, snapshot = self.reading.listing_url, self.reading.snapshot
        if snapshot.archived is None:
            return
        same = select(Fetch.body_hash).where(Fetch.url == url, Fetch.fetched_at == snapshot.fetched_at)
        if connection.scalar(same) not in (None, snapshot.hash):
            raise BilanzError(f"{url} is stored with other bytes of the same second; which came first is not known.")

    def _release(self, connection: Connection) -> tuple[str | None, str, bool]:
        """The release's id if it was known; its id; whether the address was new."""
        snapshot, release = self.reading.snapshot, self.reading.release
        source_id, url = self.reading.source_id, self.reading.listing_url
        if self.reading.document is not None:
            known, release_id = add_document(connection, self.reading.document, source_id, url, snapshot, release)
            return known, release_id, known is None
        if snapshot.origin is None:
            found = find_release(connection, source_id, url, snapshot, release)
            if found is None and self.reading.listed is not None:
                found = find_corrected(connection, source_id, release, self.reading.listed)
            return found, *attach(connection, found, source_id, url, snapshot, release)
        # The address of what is imported stays free for the office that publishes there.
        found = find_imported(connection, source_id, url, release)
        return found, found or add_release(connection, source_id, url, snapshot.fetched_at, release), found is None

    def _read_page(self, connection: Connection, release_id: str, revision_id: str) -> tuple[int, bool, bool]:
        """The reading's id; whether it is new; whether it proves a correction that was not seen before."""
        known = connection.execute(
            select(PageReading.id, PageReading.text_hash, PageReading.snapshot_hash, PageReading.seen_at).where(
                PageReading.revision_id == revision_id, PageReading.page_version == self.reading.page_version
            )
        ).first()
        if known is None:
            return self._add_page_reading(connection, revision_id), True, False
        if known.text_hash == self.reading.release.text_hash:
            return known.id, False, False
        if known.snapshot_hash == self.reading.snapshot.hash:
            raise BilanzError(
                f"Page extractor {self.reading.page_version} reads the same bytes of {self.reading.listing_url} "
                "differently than before; give the changed extractor a new version."
            )
        # A later answer was read by this version first, when nothing could be compared with it.
        later = add_revision(connection, release_id, known.snapshot_hash, known.seen_at)
        connection.execute(update(PageReading).where(PageReading.id == known.id).values(revision_id=later))
        return self._add_page_reading(connection, revision_id), True, True

    def _add_page_reading(self, connection: Connection, revision_id: str) -> int:
        release = self.reading.release
        archive(connection, self.reading.snapshot)
        insert_ignore(connection, Text, [{"hash": release.text_hash, "text": release.text}])
        row: dict[str, Any] = {
            "revision_id": revision_id,
            "page_version": self.reading.page_version,
            "snapshot_hash": self.reading.snapshot.hash,
            "seen_at": self.reading.snapshot.fetched_at,
            "text_hash": release.text_hash,
            "title": release.title,
            "published": release.published,
            "date_precision": release.date_precision,
            "date_method": release.date_method,
            "kicker": release.kicker,
            "place": release.place,
            "contact": release.contact,
            "language": release.language,
            "generic": release.generic,
            "paragraphs": [asdict(paragraph) for paragraph in release.paragraphs],
            "attachments": [asdict(attachment) for attachment in release.attachments],
            "warnings": list(release.warnings),
            "read_at": datetime.now(UTC),
        }
        reading_id = connection.execute(insert(PageReading).values(row).returning(PageReading.id)).scalar_one()
        if self.reading.document is not None:
            connection.execute(insert(DocumentPlaces).values(places_row(reading_id, self.reading.document)))
        return reading_id

    def _note_rules(self, connection: Connection, reading_id: int) -> None:
        version = self.reading.extraction.extractor_version
        other = (PageReading.id == reading_id) & PageReading.extractor_version.is_distinct_from(version)
        connection.execute(update(PageReading).where(other).values(extractor_version=version))

    def _newest_revision(self, connection: Connection, release_id: str) -> str | None:
        newest = (
            select(Revision.id)
            .where(Revision.release_id == release_id)
            .order_by(Revision.seen_at.desc(), Revision.id.desc())
            .limit(1)
        )
        return connection.scalar(newest)

    def _describe(self, connection: Connection, release_id: str) -> bool:
        """Takes over what the newest reading says of the release; whether the release had been gone till now."""
        values = {
            "title": self.reading.release.title,
            "published": self.reading.release.published,
            "reporting_date": self.reading.extraction.reporting_date,
            "reporting_basis": self.reading.extraction.reporting_basis,
        }
        differs = or_(*(getattr(ReleaseRow, name).is_distinct_from(value) for name, value in values.items()))
        connection.execute(update(ReleaseRow).where(ReleaseRow.id == release_id, differs).values(values))
        back = (ReleaseRow.id == release_id) & (ReleaseRow.gone_at < self.reading.snapshot.fetched_at)
        found = connection.execute(update(ReleaseRow).where(back).values(gone_at=None).returning(ReleaseRow.id))
        return found.first() is not None
