"""Databases of any size for the benchmarks, filled in bulk by the functions that store releases.

Of a large one a part is made so, and doubled in the database: each copy is of later days, and of projects of its own.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from operator import add
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Interval,
    MetaData,
    Table,
    case,
    func,
    insert,
    literal,
    select,
    text,
)

from db.claims.readings import PageText, reading_row
from db.claims.search_terms import terms_of, weighed
from db.engine import connect, write
from db.tables import (
    Base,
    ClaimRow,
    CueRow,
    Fetch,
    PageReading,
    Reading,
    ReleaseRow,
    ReleaseUrl,
    Revision,
    SearchTerm,
    SnapshotRow,
    SourceRow,
    Text,
)
from db.tables.base import UtcDateTime
from db.upkeep.schema import check_schema
from db.upkeep.transfer import restart_sequences
from models.claim import Claim, Extraction
from models.keys import claim_keys, release_key, revision_key
from models.release import Release

CLAIMS_A_RELEASE = 20
PROGRAMME, REPORTS = "Ruhr-Konferenz", 20
RELEASES_A_SUBJECT = 5
MADE = 65_536
"""Claims that are made one by one at most; the others are their copies."""
START, BETWEEN = datetime(2015, 1, 1, 9, tzinfo=UTC), timedelta(minutes=90)
NOUNS = (
    "Projekt", "Forschungsprofessur", "Schule", "Kitaplatz", "Wohnung", "Krankenhaus", "Brücke", "Radweg", "Antrag",
    "Windrad", "Sporthalle", "Feuerwehr", "Bibliothek", "Haltestelle", "Baumschule", "Lehrkraft", "Hochwasserschutz",
)  # fmt: skip
KEYS, KEY_LENGTH = ("key", "release_id", "revision_id", "claim_key", "whole_key"), 16
COPIED: dict[type[Base], int] = {
    ReleaseRow: 0, ReleaseUrl: 0, Revision: 0, PageReading: 1, Fetch: 1, ClaimRow: 0, Reading: CLAIMS_A_RELEASE,
    SearchTerm: 0,
}  # fmt: skip
"""In order; with the rows of a release of those that are numbered."""
ISO = "YYYY-MM-DD"
STATUSES = ("approved", "in_progress", "completed", "planned", "discontinued", "operating", None)
VERBS = ("bewilligt", "begonnen", "fertiggestellt", "geplant", "eingestellt", "eröffnet", "genannt")
LOADING = Table("loading", MetaData(), *(Column(each.name, each.type) for each in SearchTerm.__table__.columns))
"""Search terms before they are sorted in."""


def filled(url: str, size: int) -> Engine:
    """A database with so many claims, made unless it is there."""
    engine = connect(url)
    check_schema(engine)
    with engine.connect() as connection:
        if connection.scalar(select(ClaimRow.key).limit(1)):
            return engine
    began = time.monotonic()
    # Indexes are made, and search terms sorted in, at the end: row by row it takes ten times as long.
    indexes = [index for table in Base.metadata.sorted_tables for index in table.indexes]
    with engine.begin() as connection:
        for index in indexes:
            index.drop(connection)
        LOADING.create(connection)
        connection.execute(insert(SourceRow), [{"id": "s", "paused": False}])
    doublings = max(0, (size - 1) // MADE).bit_length()
    releases = size // 2**doublings // CLAIMS_A_RELEASE
    _make(engine, releases)
    for step in range(doublings):
        with engine.begin() as connection:
            _double(connection, step, releases * 2**step)
    with engine.begin() as connection:
        names = "term, weight, reporting_date, claim_key"
        connection.execute(text(f"INSERT INTO search_terms ({names}) SELECT {names} FROM loading ORDER BY {names}"))
        LOADING.drop(connection)
        for index in indexes:
            index.create(connection)
        if engine.dialect.name == "postgresql":
            restart_sequences(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # What a server that is never ended does by itself: without it indexes alone answer nothing.
        connection.execute(text("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE"))
    print(f"{size:,} claims made in {time.monotonic() - began:,.0f} s")
    return engine


def bytes_used(engine: Engine) -> dict[str, int]:
    """Bytes of each table with its indexes."""
    tables = Base.metadata.sorted_tables
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            size = text("SELECT pg_total_relation_size(CAST(:name AS regclass))")
            return {table.name: int(connection.scalar(size, {"name": table.name}) or 0) for table in tables}
        pages = "SELECT s.tbl_name, sum(d.pgsize) FROM dbstat d JOIN sqlite_schema s ON s.name = d.name GROUP BY 1"
        return {name: int(used) for name, used in connection.execute(text(pages))}


def bytes_each(engine: Engine, size: int) -> dict[str, float]:
    """Bytes a claim, and bytes a release but for its claims and the archived page."""
    used = bytes_used(engine)
    of_claims = sum(used.pop(table.__tablename__) for table in (ClaimRow, Reading, CueRow, SearchTerm))
    return {"claim": of_claims / size, "release": sum(used.values()) / (size // CLAIMS_A_RELEASE)}


def _insert(batch: dict[type[Base], list[dict[str, Any]]], connection: Connection) -> None:
    for table, rows in batch.items():
        if table is SearchTerm:
            connection.execute(insert(LOADING), rows)
        else:
            connection.execute(insert(table), rows)


def _make(engine: Engine, releases: int) -> None:
    chance = random.Random(7)
    for first in range(0, releases, 500):
        batch: dict[type[Base], list[dict[str, Any]]] = {}
        for number in range(first, min(first + 500, releases)):
            for kind, row in release_rows(number, chance):
                batch.setdefault(kind, []).append(row)
        write(engine, partial(_insert, batch))


def _double(connection: Connection, step: int, releases: int) -> None:
    """Adds all releases once more, as those of later days, with keys and projects of their own."""
    days = -(-releases * BETWEEN // timedelta(days=1))
    place = KEY_LENGTH - step

    def other(key: Any) -> ColumnElement[Any]:  # no key that was made holds a 0
        return func.substr(key, 1, place - 1).concat("0").concat(func.substr(key, place + 1))

    changes: dict[str, Callable[[Any], ColumnElement[Any]]] = {
        **dict.fromkeys(KEYS, other),
        **dict.fromkeys(("url", "answered_by"), lambda url: url + f"/{step}"),
        **dict.fromkeys(("published", "reporting_date"), partial(_later, connection.dialect.name, days)),
        "subject": lambda subject: subject + f" {step}",
        "subject_key": lambda key: key + str(step),
        "page_reading_id": lambda number: number + releases,
        # The one programme that is asked for has as many reports in a large database as in a small one.
        "term": lambda term: case((term.in_(weighed(PROGRAMME)), term + str(step)), else_=term),
    }
    for kind, by in COPIED.items():
        table = LOADING if kind is SearchTerm else Base.metadata.tables[kind.__tablename__]
        changed = changes | ({"id": partial(add, by * releases)} if by else {"id": other})
        rows = select(*(changed[name](each) if name in changed else each for name, each in table.columns.items()))
        connection.execute(insert(table).from_select(list(table.columns.keys()), rows))


def _later(dialect: str, days: int, day: ColumnElement[Any]) -> ColumnElement[Any]:
    is_moment = isinstance(day.type, UtcDateTime)
    if dialect == "sqlite":
        return func.strftime("%Y-%m-%d %H:%M:%f000" if is_moment else "%Y-%m-%d", day, f"+{days} days")
    return (
        day + literal(timedelta(days=days), Interval())
        if is_moment
        else func.to_char(func.to_date(day, ISO) + days, ISO)
    )


def made_release(number: int, chance: random.Random) -> tuple[str, Release, Extraction]:
    """A release with its address and claims."""
    at = START + number * BETWEEN
    # As in life there are more programmes in more releases, not more reports of each.
    subject = PROGRAMME if number < REPORTS else f"Pakt für {chance.choice(NOUNS)} {number // RELEASES_A_SUBJECT}"
    sentences = [_sentence(chance) for _ in range(CLAIMS_A_RELEASE)]
    title = f"{subject}: Bericht {number}"
    body = title + "\n\n" + " ".join(sentence for sentence, _ in sentences)
    day, made, start = at.date().isoformat(), [], len(title) + 2
    for sentence, fields in sentences:
        quote = str(fields["value"])
        first = start + sentence.index(quote)
        made.append(
            Claim("count", quote, first, first + len(quote), sentence, start, "bench", comparator="=",
                  subject=subject, reporting_date=day, **fields)
        )  # fmt: skip
        start += len(sentence) + 1
    release = Release(title, body, (), at, "day", "bench")
    return f"https://office.example/presse/{number}", release, Extraction(tuple(made), (), day, "published", "bench")


def release_rows(number: int, chance: random.Random) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    """One release with its claims, as rows."""
    url, release, extraction = made_release(number, chance)
    release_id, at, text_hash = release_key("s", url), release.published, release.text_hash
    assert at is not None
    revision_id = revision_key(release_id, text_hash, at.isoformat())
    seen = {"snapshot_hash": text_hash, "seen_at": at}
    named = {"source_id": "s", "url": url}
    told = {"title": release.title, "published": at}
    yield ReleaseRow, {"id": release_id, "first_seen": at, "reporting_basis": "published"} | named | told
    yield ReleaseUrl, {"url": url, "release_id": release_id, "first_seen": at}
    yield SnapshotRow, {"hash": text_hash, "size": 0, "body": b""}
    yield Text, {"hash": text_hash, "text": release.text}
    fetched = {"fetched_at": at, "outcome": "stored", "headers": [], "release_id": release_id, "answered_by": url}
    yield Fetch, named | fetched
    yield Revision, {"id": revision_id, "release_id": release_id} | seen
    page = {"date_precision": "day", "date_method": "bench", "language": "de", "generic": False, "read_at": at}
    lists: dict[str, Any] = {"paragraphs": [], "attachments": [], "warnings": []}
    reading = {"id": number + 1, "revision_id": revision_id, "page_version": "bench", "text_hash": text_hash}
    yield PageReading, reading | page | lists | seen | told
    page_text = PageText(release_id, number + 1, "s", release.text, at, "bench")
    keys = claim_keys(release_id, release.text, extraction.claims)
    for key, each in zip(keys, extraction.claims, strict=True):
        yield ClaimRow, {"key": key, "release_id": release_id, "first_seen": at}
        yield Reading, reading_row(each, key, keys, page_text) | {"current": True}
        found_at = {"reporting_date": each.reporting_date, "claim_key": key}
        for term, weight in terms_of(each).items():
            yield SearchTerm, {"term": term, "weight": weight} | found_at


def _sentence(chance: random.Random) -> tuple[str, dict[str, Any]]:
    noun, kind = chance.choice(NOUNS), chance.randrange(len(STATUSES))
    value = chance.randrange(2, 90_000)
    # Rare words as in real texts: most places are named by few releases.
    place = f"Ort{int(chance.paretovariate(0.7)) % 20_000}"
    words = f"In {place} wurden {value} Mal {noun} im Rahmen des Vorhabens {VERBS[kind]}."
    return words, {"value": Decimal(value), "counted": noun, "status": STATUSES[kind]}
