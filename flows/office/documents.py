"""Reading the documents that releases link to, once their bytes are archived."""

import logging
from functools import partial

from sqlalchemy import Engine

from db.releases.documents import (
    DocumentParts,
    LinkingRelease,
    UnreadDocument,
    record_unreadable,
    same_document,
    unread_document,
    unread_documents,
)
from db.releases.store import ReleaseReading, store_reading
from extractors.document import VERSION
from extractors.document.claims import DocumentClaims, Linked, document_claims
from extractors.document.limited import read_document
from flows.office.pages import guarded
from flows.runs.outcome import RunOutcome
from models.calendar import BERLIN
from models.document import Document
from models.errors import BilanzError, DatabaseUnusable, UnreadableDocument
from models.release import Release, Snapshot
from models.settings import settings
from models.source import Source

log = logging.getLogger(__name__)

AT_ONCE = 250
"""Documents that one run reads of an office; the next goes on."""


def read_documents(engine: Engine, source: Source) -> RunOutcome:
    """Reads the archived documents of a press office that nobody has tried to read, and stores what they state.

    One that cannot be read is recorded with the reason, and not tried again by this version of the reader.
    """
    outcome = RunOutcome()
    for url in unread_documents(engine, source.id, VERSION, limit=AT_ONCE):
        document = unread_document(engine, source.id, url)
        if known := same_document(engine, document):
            record_unreadable(engine, document, VERSION, f"It is the document that was read at {known}.")
            continue
        try:
            result = store_reading(engine, document_reading(source.id, url, document.snapshot, document.release))
        except DatabaseUnusable:
            raise
        except BilanzError as error:
            outcome += _unreadable(engine, source, document, error)
        else:
            log.info("%s: %s was read, %d new claims", source.id, url, result.new_claims)
            outcome += RunOutcome(claims=result.new_claims)
    return outcome


def document_reading(source_id: str, url: str, snapshot: Snapshot, linking: LinkingRelease) -> ReleaseReading:
    """What a document states, ready to be stored.

    Args:
        source_id: the press office.
        url: canonical address of the document.
        snapshot: its bytes.
        linking: the release that links to it.

    Raises:
        UnreadableDocument: it is none that can be read, or not within its limits.
        UnreadablePage: the rules failed on its text.
    """
    document = read_document(snapshot.body)
    published = linking.published.astimezone(BERLIN).date() if linking.published else None
    linked = Linked(published, linking.reporting_date, linking.reporting_basis)
    found = guarded(partial(document_claims, document, linked, tagger=settings().spacy_model), url)
    return ReleaseReading(
        source_id=source_id,
        listing_url=url,
        snapshot=snapshot,
        release=_release(document, found, linking),
        extraction=found.extraction,
        page_version=VERSION,
        document=DocumentParts(linking.id, VERSION, document.pages, document.labels, document.places),
    )


def _release(document: Document, found: DocumentClaims, linking: LinkingRelease) -> Release:
    return Release(
        title=document.title,
        text=document.text,
        paragraphs=tuple(paragraph for paragraph in document.paragraphs if paragraph.start > len(document.title)),
        published=linking.published,
        date_precision=linking.date_precision,
        date_method="release",
        warnings=(*document.warnings, *found.unread),
    )


def _unreadable(engine: Engine, source: Source, document: UnreadDocument, error: BilanzError) -> RunOutcome:
    log.warning("%s: %s (%s)", source.id, error, document.url)
    if isinstance(error, UnreadableDocument):
        # A scan is no fault of the office, and stays one: the page of its release says so.
        record_unreadable(engine, document, VERSION, str(error))
        return RunOutcome()
    return RunOutcome(warnings=(f"a document could not be read: {error} ({document.url})",))
