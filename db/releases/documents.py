"""Documents that releases link to: releases of their own below another one, with the places of their text."""

import json
import zlib
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, exists, select, update
from sqlalchemy.orm import InstrumentedAttribute, aliased

from db.archive.snapshots import archived_body
from db.bulk import insert_ignore
from db.engine import write
from db.releases.identity import add_release
from db.tables import DocumentPlaces, DocumentRow, Fetch, PageReading, Reading, ReleaseRow, ReleaseUrl, Revision
from models.claim import ReportingBasis
from models.document import PagePlace, runs_of
from models.keys import release_key
from models.release import Precision, Release, Snapshot


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """What makes a release of a document that another one links to.

    Attributes:
        part_of: id of the release that links to it.
        version: of the document reader.
        pages: how many it has; `labels` is what each calls itself.
        places: where its text stands on them.
    """

    part_of: str
    version: str
    pages: int
    labels: tuple[str, ...]
    places: tuple[PagePlace, ...]


@dataclass(frozen=True, slots=True)
class LinkingRelease:
    """The release that links to a document, as far as the document takes over from it."""

    id: str
    published: datetime | None
    date_precision: Precision
    reporting_date: str | None
    reporting_basis: ReportingBasis


@dataclass(frozen=True, slots=True)
class UnreadDocument:
    """An archived document that no reader has read: its address, its bytes, and the release that links to it."""

    url: str
    snapshot: Snapshot
    release: LinkingRelease


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document of a release: `release_id` where it was read, else `reason` says why not."""

    url: str
    release_id: str | None
    title: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """Where the words of a claim stand in a document.

    Attributes:
        page: from 0; `label` is what the page calls itself, where it does.
        pages: how many the document has.
        runs: the first character and the number of characters of each run on that page.
        snapshot_hash: of the document's bytes.
    """

    page: int
    label: str
    pages: int
    runs: tuple[tuple[int, int], ...]
    snapshot_hash: str


def is_document(release_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether a release is a document that another one links to."""
    return exists().where(DocumentRow.release_id == release_id)


def unread_documents(engine: Engine, source_id: str, version: str, *, limit: int) -> list[str]:
    """Addresses of archived documents of a press office that this version of the reader has not tried, in order.

    Args:
        engine: the database.
        source_id: the press office.
        version: of the document reader; what it read once is for `bilanz reextract`.
        limit: at most so many.
    """
    tried = exists().where(
        DocumentRow.url == Fetch.url, (DocumentRow.version == version) | DocumentRow.release_id.is_not(None)
    )
    statement = (
        select(Fetch.url)
        .where(
            Fetch.source_id == source_id,
            Fetch.release_id.is_not(None),
            Fetch.snapshot_hash.is_not(None),
            Fetch.outcome == "stored",
            ~exists().where(ReleaseUrl.url == Fetch.url),
            ~exists().where(ReleaseUrl.url == Fetch.answered_by),
            ~tried,
        )
        .group_by(Fetch.url)
    )
    with engine.connect() as connection:
        return list(connection.scalars(statement.order_by(Fetch.url).limit(limit)))


def unread_document(engine: Engine, source_id: str, url: str) -> UnreadDocument:
    """An archived document with its bytes, by an address that `unread_documents` gave.

    Raises:
        InputError: its bytes are damaged.
    """
    newest = (
        select(Fetch.__table__)
        .where(Fetch.url == url, Fetch.source_id == source_id, Fetch.snapshot_hash.is_not(None))
        .order_by(Fetch.fetched_at.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        row = connection.execute(newest).one()
        part_of = connection.scalar(select(DocumentRow.part_of).where(DocumentRow.url == url)) or row.release_id
        headers = tuple((name, value) for name, value in row.headers)
        body = archived_body(connection, row.snapshot_hash)
        snapshot = Snapshot(row.answered_by, body, headers, row.status, row.fetched_at)
        return UnreadDocument(url, snapshot, _linking(connection, part_of))


def same_document(engine: Engine, document: UnreadDocument) -> str | None:
    """The address under which these very bytes were read for the same release: offices move what they publish."""
    same = (
        select(DocumentRow.url)
        .where(
            DocumentRow.part_of == document.release.id,
            DocumentRow.snapshot_hash == document.snapshot.hash,
            DocumentRow.release_id.is_not(None),
            DocumentRow.url != document.url,
        )
        .limit(1)
    )
    with engine.connect() as connection:
        return connection.scalar(same)


def linking_release(engine: Engine, document_id: str) -> LinkingRelease:
    """The release that links to a document, which was read and is known by its id."""
    with engine.connect() as connection:
        part_of = select(DocumentRow.part_of).where(DocumentRow.release_id == document_id)
        return _linking(connection, connection.execute(part_of).scalar_one())


def _linking(connection: Connection, release_id: str) -> LinkingRelease:
    row = connection.execute(select(ReleaseRow.__table__).where(ReleaseRow.id == release_id)).one()
    newest = (
        select(PageReading.date_precision)
        .join(Revision, Revision.id == PageReading.revision_id)
        .where(Revision.release_id == release_id)
        .order_by(PageReading.id.desc())
        .limit(1)
    )
    read: Any = connection.execute(newest).one()
    return LinkingRelease(row.id, row.published, read.date_precision, row.reporting_date, row.reporting_basis)


def record_unreadable(engine: Engine, document: UnreadDocument, version: str, reason: str) -> None:
    """Records why a document could not be read, by this version of the reader."""
    row = {
        "url": document.url,
        "part_of": document.release.id,
        "release_id": None,
        "snapshot_hash": document.snapshot.hash,
        "version": version,
        "reason": reason,
    }
    write(engine, lambda connection: _put(connection, row))


def add_document(
    connection: Connection, parts: DocumentParts, source_id: str, url: str, snapshot: Snapshot, release: Release
) -> tuple[str | None, str]:
    """The id of a document's release if it was known, and its id, made if need be."""
    document_id = release_key(source_id, url)
    known = connection.scalar(select(ReleaseRow.id).where(ReleaseRow.id == document_id))
    if known is None:
        add_release(connection, source_id, url, snapshot.fetched_at, release)
    row = {"url": url, "part_of": parts.part_of, "release_id": document_id, "snapshot_hash": snapshot.hash}
    _put(connection, row | {"version": parts.version, "reason": None})
    # Its bytes prove what it states itself; they came while its release was read.
    fetched = (Fetch.url == url) & (Fetch.fetched_at == snapshot.fetched_at)
    connection.execute(update(Fetch).where(fetched).values(release_id=document_id))
    return known, document_id


def _put(connection: Connection, row: dict[str, Any]) -> None:
    insert_ignore(connection, DocumentRow, [row])
    connection.execute(update(DocumentRow).where(DocumentRow.url == row["url"]).values(row))


def places_row(page_reading_id: int, parts: DocumentParts) -> dict[str, Any]:
    """Where the text of a reading stands, as a row of `DocumentPlaces`."""
    flat = list(chain.from_iterable((place.start, place.length, place.page, place.index) for place in parts.places))
    runs = zlib.compress(json.dumps(flat, separators=(",", ":")).encode())
    return {"page_reading_id": page_reading_id, "pages": parts.pages, "labels": list(parts.labels), "runs": runs}


def documents_of(connection: Connection, release_id: str) -> list[DocumentSummary]:
    """The documents that a release links to, as far as anybody tried to read them; each once, wherever it lies."""
    read = aliased(DocumentRow)
    moved = exists().where(
        DocumentRow.release_id.is_(None),
        read.part_of == DocumentRow.part_of,
        read.snapshot_hash == DocumentRow.snapshot_hash,
        read.release_id.is_not(None),
    )
    statement = (
        select(DocumentRow.url, DocumentRow.release_id, ReleaseRow.title, DocumentRow.reason)
        .outerjoin(ReleaseRow, ReleaseRow.id == DocumentRow.release_id)
        .where(DocumentRow.part_of == release_id, ~moved)
        .order_by(DocumentRow.url)
    )
    return [DocumentSummary(*row) for row in connection.execute(statement)]


def place_of(engine: Engine, claim_key: str) -> ClaimPlace | None:
    """Where the words of a claim stand in its document, by its newest reading; None where it is of no document."""
    newest = (
        select(Reading.start, Reading.end, PageReading.snapshot_hash, DocumentPlaces.pages, DocumentPlaces.labels)
        .add_columns(DocumentPlaces.runs)
        .join(PageReading, PageReading.id == Reading.page_reading_id)
        .join(DocumentPlaces, DocumentPlaces.page_reading_id == PageReading.id)
        .where(Reading.claim_key == claim_key)
        .order_by(Reading.current.desc(), Reading.id.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        row = connection.execute(newest).first()
    if row is None:
        return None
    flat = json.loads(zlib.decompress(row.runs))
    places = [PagePlace(*flat[at : at + 4]) for at in range(0, len(flat), 4)]
    found = runs_of(places, row.start, row.end)
    if not found:
        return None
    page = found[0].page
    label = row.labels[page] if page < len(row.labels) else ""
    here = _with_blanks([(place.index, place.length) for place in found if place.page == page])
    return ClaimPlace(page, label, row.pages, here, row.snapshot_hash)


def _with_blanks(runs: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Runs that only a blank parts as one: it stands on the page, though no place is kept of it."""
    joined: list[tuple[int, int]] = []
    for index, length in runs:
        if joined and joined[-1][0] + joined[-1][1] + 1 == index:
            joined[-1] = (joined[-1][0], joined[-1][1] + 1 + length)
        else:
            joined.append((index, length))
    return tuple(joined)


def document_body(engine: Engine, snapshot_hash: str) -> bytes:
    """The bytes of a document.

    Raises:
        InputError: they are not there, or damaged.
    """
    with engine.connect() as connection:
        return archived_body(connection, snapshot_hash)
