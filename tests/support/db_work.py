"""Work for processes of their own: storing many releases, and a picture of what a database holds."""

import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, select

from db.engine import connect
from db.tables import Base, ChangeRow, CueRow, PageReading, Reading
from models.claim import Cue
from tests.support.releases import extraction, moment, page, says, store

SOURCES = ("land", "coast", "city")


def releases(count: int) -> Iterator[dict[str, Any]]:
    """Releases as they are fetched one after the other; every fifth is corrected two days later."""
    for number in range(count):
        day = (moment("2024-01-01") + timedelta(days=number)).date().isoformat()
        yield _release(number, day, 0)
        if number % 5 == 0:
            yield _release(number, day, 2)


def _release(number: int, day: str, later: int) -> dict[str, Any]:
    value = number * 7 + later
    made = page(f"Bericht {number}", f"Von {value + 90} Projekten sind {value} fertig. Es bleiben 3 Wege.", day)
    statements = [
        says(str(value + 90), value=str(value + 90), counted="Projekt", subject=f"Pakt {number % 7}"),
        says(
            f"{value} fertig",
            value=str(value),
            counted="Projekt",
            status="completed",
            of=str(value + 90),
            whole=0,
            cues=(Cue("status", 0, 3),),
        ),
        says("3 Wege", value="3", counted="Weg"),
    ]
    return {
        "url": f"https://office.example/{number}",
        "release": made,
        "read": extraction(made, statements),
        "fetched_at": moment(day) + timedelta(days=later, hours=1),
        "source_id": SOURCES[number % len(SOURCES)],
    }


def store_all(url: str, count: int, seed: int | None = None) -> int:
    """Stores all releases in order, or most of them in an order of its own."""
    engine = connect(url)
    work = list(releases(count))
    if seed is not None:
        work = random.Random(seed).sample(work, k=len(work) * 3 // 4)
    for each in work:
        store(engine, each.pop("url"), each.pop("release"), each.pop("read"), **each)
    engine.dispose()
    return len(work)


_OF_READINGS = (CueRow.__table__, ChangeRow.__table__)


def picture(engine: Engine) -> dict[str, list[str]]:
    """All rows of all tables, but for times and for numbers that the database gave."""
    with engine.connect() as connection:
        pages = {
            row.id: f"{row.revision_id}/{row.page_version}"
            for row in connection.execute(select(PageReading.id, PageReading.revision_id, PageReading.page_version))
        }
        readings = {
            row.id: f"{row.claim_key}/{row.content_hash}/{pages[row.page_reading_id]}"
            for row in connection.execute(
                select(Reading.id, Reading.claim_key, Reading.content_hash, Reading.page_reading_id)
            )
        }
        seen = {}
        for table in Base.metadata.sorted_tables:
            rows = []
            for row in connection.execute(select(table)):
                values = dict(row._mapping)
                for name in ("id", "first_seen", "read_at", "at"):
                    if name in values and not isinstance(values[name], str):
                        del values[name]
                if "page_reading_id" in values:
                    values["page_reading_id"] = pages[values["page_reading_id"]]
                for name in ("reading_id", "before_id", "after_id"):
                    if values.get(name) is not None and table in _OF_READINGS:
                        values[name] = readings[values[name]]
                rows.append(repr(sorted(values.items())))
            seen[table.name] = sorted(rows)
    return seen


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    store_all(sys.argv[1], int(sys.argv[2]))
