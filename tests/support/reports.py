"""A database with two reports about one programme, filled without any press office."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine

from db.engine import connect
from db.releases.store import ReleaseReading, StoreResult, store_reading
from db.upkeep.schema import check_schema
from extractors.claims import extract
from extractors.page import VERSION, read_page
from models.claim import Extraction, Project
from models.release import Snapshot

SOURCE = "land"
_TITLE = "Seenprogramm: Zwischenstand"
_BODIES = {
    date(2023, 5, 2): "Von den 40 Projekten des Seenprogramms sind 25 abgeschlossen, 15 befinden sich in Umsetzung.",
    date(2024, 5, 2): "Von den 40 Projekten des Seenprogramms sind 31 abgeschlossen, 9 befinden sich in Umsetzung.",
}


def database(folder: Path) -> Engine:
    """The database that the command finds in `folder`, with the schema and no rows."""
    engine = connect(f"sqlite:///{folder / 'bilanz.db'}")
    check_schema(engine)
    return engine


def fill(engine: Engine) -> list[StoreResult]:
    """Stores both reports as an ingestion would."""
    return [_store(engine, day, body, lambda read: read) for day, body in _BODIES.items()]


def fill_with_alias(engine: Engine, alias: str = "SePro") -> None:
    """Stores both reports; the second has another name for the programme."""
    first, second = _BODIES.items()
    _store(engine, *first, lambda read: read)
    _store(engine, *second, lambda read: replace(read, projects=(Project("Seenprogramm", (alias,)),)))


def fill_with_two_nouns(engine: Engine) -> None:
    """Stores both reports; the second counts bathing places, and posts beside them, where the first counts projects."""
    first, (day, body) = _BODIES.items()
    _store(engine, *first, lambda read: read)
    bathing = body.replace("Projekten", "Badestellen") + " Im Seenprogramm sind 3 Stellen besetzt."
    _store(engine, day, bathing, lambda read: read)


def fill_by_older_rules(engine: Engine) -> None:
    """Stores both reports; of the second, an older extractor missed the last claim, got one wrong, made one up."""
    first, second = _BODIES.items()
    _store(engine, *first, lambda read: read)
    _store(engine, *second, _as_older_rules)


def correct(engine: Engine) -> StoreResult:
    """Stores the first report as fetched again a day later, with another number in it."""
    day, body = next(iter(_BODIES.items()))
    return _store(engine, day, body.replace("25", "24"), lambda read: read, fetched_on=day + timedelta(days=1))


def repeat(engine: Engine) -> None:
    """Stores the first report at a second office too, as a state's portal repeats what a ministry publishes."""
    _store(engine, *next(iter(_BODIES.items())), lambda read: read, source_id="portal")


def _as_older_rules(read: Extraction) -> Extraction:
    whole, done, running = read.claims
    assert (str(done.value), str(running.value)) == ("31", "9")
    start = whole.start + len("4")
    made_up = replace(whole, quote="0 Projekten", start=start, value=Decimal(0))
    claims = (whole, replace(done, status="planned"), made_up)
    return replace(read, claims=claims, extractor_version="older")


def _store(
    engine: Engine,
    day: date,
    body: str,
    altered: Callable[[Extraction], Extraction],
    *,
    fetched_on: date | None = None,
    source_id: str = SOURCE,
) -> StoreResult:
    html = (
        f'<html lang="de"><body><main><h1>{_TITLE} {day.year}</h1><time datetime="{day}">{day}</time>'
        f"<p>{body}</p><p>Das Land begleitet die Gemeinden an den Seen mit Rat und mit Geld.</p></main></body></html>"
    )
    url = f"https://{source_id}.example/presse/{day.year}"
    fetched_at = datetime.combine(fetched_on or day, time(18), tzinfo=UTC)
    headers = (("content-type", "text/html; charset=utf-8"),)
    snapshot = Snapshot(url=url, body=html.encode(), headers=headers, status=200, fetched_at=fetched_at)
    release = read_page(snapshot.body, url=url, fetched_at=fetched_at)
    return store_reading(
        engine,
        ReleaseReading(
            source_id=source_id,
            listing_url=url,
            snapshot=snapshot,
            release=release,
            extraction=altered(extract(release.text, published=day, paragraphs=release.paragraphs)),
            page_version=VERSION,
        ),
    )
