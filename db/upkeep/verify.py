"""The invariants of a database, proven over all its rows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, exists, func, select, text
from sqlalchemy.orm import aliased

from db.archive.snapshots import archived_body
from db.number_text import order_key
from db.tables import (
    Base,
    ClaimRow,
    CueRow,
    Fetch,
    PageReading,
    Reading,
    ReleaseRow,
    Revision,
    SearchTerm,
    SnapshotRow,
    Text,
)
from db.upkeep.salvage import DAMAGE, is_readable
from models.errors import InputError
from models.keys import fold, name_key

_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that must not be: where, and what is wrong; `place` says where for people, if that can be read."""

    table: str
    row: str
    problem: str
    place: str = ""


def verify(engine: Engine) -> list[Violation]:
    """All violations; an empty list proves bytes, texts, evidence and bookkeeping."""
    with engine.connect() as connection:
        connection = connection.execution_options(yield_per=_ROWS)
        found: list[Violation] = []
        for table, check in _CHECKS.items():
            try:
                found.extend(check(connection))
            except DAMAGE as error:
                found.append(Violation(table, "", _reason(connection, table, error)))
        return [replace(each, place=_place(connection, each)) for each in found]


def _reason(connection: Connection, name: str, error: Exception) -> str:
    table = Base.metadata.tables.get(name)
    if isinstance(error, InputError):
        return str(error)
    if table is None or not is_readable(connection, table):
        return "it cannot be read to its end"
    return "it cannot be proved, since what belongs to it cannot be read to its end"


def _place(connection: Connection, fault: Violation) -> str:
    finders = {
        "readings": _claim_of_reading,
        "cues": _claim_of_reading,
        "search_terms": _address_of_claim,
        "texts": _address_of_text,
        "snapshots": _address_of_snapshot,
    }
    try:
        return finders[fault.table](connection, fault.row) if fault.row and fault.table in finders else ""
    except DAMAGE:
        return ""


def _claim_of_reading(connection: Connection, row: str) -> str:
    columns: list[Any] = [Reading.claim_key, Reading.start, Reading.end, ReleaseRow.url]
    of_claim = select(*columns).join(ClaimRow, ClaimRow.key == Reading.claim_key)
    of_release = of_claim.join(ReleaseRow, ReleaseRow.id == ClaimRow.release_id)
    # Of a cue the row has its place among those of the reading, too.
    found = connection.execute(of_release.where(Reading.id == int(row.partition("/")[0]))).first()
    return f"claim {found.claim_key}, characters {found.start} to {found.end} of {found.url}" if found else ""


def _address_of_claim(connection: Connection, key: str) -> str:
    address = select(ReleaseRow.url).join(ClaimRow, ClaimRow.release_id == ReleaseRow.id)
    return connection.scalar(address.where(ClaimRow.key == key)) or ""


def _address_of_text(connection: Connection, text_hash: str) -> str:
    of_revision = select(ReleaseRow.url).join(Revision, Revision.release_id == ReleaseRow.id)
    address = of_revision.join(PageReading, PageReading.revision_id == Revision.id)
    return connection.scalar(address.where(PageReading.text_hash == text_hash).limit(1)) or ""


def _address_of_snapshot(connection: Connection, snapshot_hash: str) -> str:
    return connection.scalar(select(Fetch.url).where(Fetch.snapshot_hash == snapshot_hash).limit(1)) or ""


def unreadable_tables(engine: Engine) -> list[str]:
    """Tables of a damaged file that cannot be read from their first row to their last; the others are whole."""
    with engine.connect() as connection:
        return [table.name for table in Base.metadata.sorted_tables if not is_readable(connection, table)]


def _file(connection: Connection) -> Iterator[Violation]:
    """What SQLite itself can tell; PostgreSQL never lets such rows in."""
    if connection.dialect.name != "sqlite":
        return
    for row in connection.execute(text("PRAGMA integrity_check")):
        if row[0] != "ok":
            yield Violation("file", "", str(row[0]))
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield Violation(str(row[0]), str(row[1]), f"refers to a row of {row[2]} that is missing")


def _snapshots(connection: Connection) -> Iterator[Violation]:
    for snapshot_hash in connection.scalars(select(SnapshotRow.hash)).all():
        try:
            archived_body(connection, snapshot_hash)
        except InputError as error:
            yield Violation("snapshots", snapshot_hash, str(error))


def _texts(connection: Connection) -> Iterator[Violation]:
    for row in connection.execute(select(Text.hash, Text.text)):
        if sha256(row.text.encode()).hexdigest() != row.hash:
            yield Violation("texts", row.hash, "the text is not the one that was stored")


def _readings(connection: Connection) -> Iterator[Violation]:
    columns = [Reading.id, Reading.quote, Reading.start, Reading.end, Reading.sentence, Reading.sentence_start]
    derived = [Reading.value, Reading.value_order, Reading.subject, Reading.subject_key]
    statement = (
        select(*columns, *derived, Reading.counted, Reading.counted_folded, Text.text)
        .join(PageReading, PageReading.id == Reading.page_reading_id)
        .join(Text, Text.hash == PageReading.text_hash)
    )
    for row in connection.execute(statement):
        if row.text[row.start : row.end] != row.quote:
            yield Violation("readings", str(row.id), "the quote is not at its place in the text")
        if not row.text.startswith(row.sentence, row.sentence_start):
            yield Violation("readings", str(row.id), "the sentence is not at its place in the text")
        wanted = (
            None if row.value is None else order_key(row.value),
            None if row.subject is None else name_key(row.subject),
            None if row.counted is None else fold(row.counted),
        )
        if wanted != (row.value_order, row.subject_key, row.counted_folded):
            yield Violation("readings", str(row.id), "what it is sorted and found by is not what it says")


def _cues(connection: Connection) -> Iterator[Violation]:
    statement = (
        select(CueRow.reading_id, CueRow.ordinal, CueRow.end, Text.text)
        .join(Reading, Reading.id == CueRow.reading_id)
        .join(PageReading, PageReading.id == Reading.page_reading_id)
        .join(Text, Text.hash == PageReading.text_hash)
    )
    for row in connection.execute(statement):
        if row.end > len(row.text):
            yield Violation("cues", f"{row.reading_id}/{row.ordinal}", "it lies outside the text")


def _newest(connection: Connection) -> Iterator[Violation]:
    later = aliased(Revision)
    stale = (
        select(Reading.id)
        .join(PageReading, PageReading.id == Reading.page_reading_id)
        .join(Revision, Revision.id == PageReading.revision_id)
        .where(
            Reading.current,
            exists().where(later.release_id == Revision.release_id, later.seen_at > Revision.seen_at),
        )
    )
    for reading_id in connection.scalars(stale):
        yield Violation("readings", str(reading_id), "it is current, but of a revision that was corrected since")
    strays = (
        select(Reading.id)
        .join(PageReading, PageReading.id == Reading.page_reading_id)
        .join(Revision, Revision.id == PageReading.revision_id)
        .join(ClaimRow, ClaimRow.key == Reading.claim_key)
        .where(ClaimRow.release_id != Revision.release_id)
    )
    for reading_id in connection.scalars(strays):
        yield Violation("readings", str(reading_id), "its claim is of another release than its text")


def _terms(connection: Connection) -> Iterator[Violation]:
    lost = select(Reading.claim_key).where(Reading.current).except_(select(SearchTerm.claim_key))
    for key in connection.scalars(lost):
        yield Violation("search_terms", key, "the claim cannot be found by any word")
    stated = exists().where(
        Reading.claim_key == SearchTerm.claim_key,
        Reading.reporting_date == SearchTerm.reporting_date,
        Reading.current,
    )
    stray = select(SearchTerm.claim_key, func.count().label("terms")).where(~stated).group_by(SearchTerm.claim_key)
    for row in connection.execute(stray):
        yield Violation("search_terms", row.claim_key, f"{row.terms} terms stand for no current reading")


_CHECKS = {
    "file": _file,
    "snapshots": _snapshots,
    "texts": _texts,
    "readings": _readings,
    "cues": _cues,
    "revisions": _newest,
    "search_terms": _terms,
}
"""By what they look at."""
