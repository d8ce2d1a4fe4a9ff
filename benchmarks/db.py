"""Queries at 1,000,000 claims against 10,000, and beside Datasette on the same file.

    python -m benchmarks.db                    # both sizes on SQLite, ratios of p95
    python -m benchmarks.db --url postgresql://…   # on an empty PostgreSQL database, one size
    python -m benchmarks.db --datasette PATH   # 200,000 claims, beside that datasette executable

Rows are made in bulk by the same functions that store releases; databases are kept in --folder.
"""

import argparse
import json
import random
import socket
import statistics
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, text

from db.comparison import compare
from db.engine import connect, write
from db.facets import facets
from db.keys import claim_keys, release_key, revision_key
from db.queries import ClaimFilter, claim, claims
from db.readings import Place, reading_row
from db.schema import check_schema
from db.search_terms import terms_of
from db.tables import (
    Base,
    ClaimRow,
    Fetch,
    PageReading,
    Reading,
    Release,
    ReleaseUrl,
    Revision,
    SearchTerm,
    SnapshotRow,
    Source,
    Text,
)
from models.claim import Claim

CLAIMS_A_RELEASE = 20
SIZES = (10_000, 1_000_000)
DATASETTE_SIZE = 200_000
ROUNDS = 120
WARM_UP = 12
START = datetime(2015, 1, 1, 9, tzinfo=UTC)
NOUNS = (
    "Projekt", "Forschungsprofessur", "Schule", "Kitaplatz", "Wohnung", "Krankenhaus", "Brücke", "Radweg", "Antrag",
    "Windrad", "Sporthalle", "Feuerwehr", "Bibliothek", "Haltestelle", "Baumschule", "Lehrkraft", "Hochwasserschutz",
)  # fmt: skip
STATUSES = ("approved", "in_progress", "completed", "planned", "discontinued", "operating", None)
VERBS = ("bewilligt", "begonnen", "fertiggestellt", "geplant", "eingestellt", "eröffnet", "genannt")
PROGRAMME, REPORTS = "Ruhr-Konferenz", 20
RELEASES_A_SUBJECT = 5


def main() -> None:
    """Runs what the arguments ask for and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("data/bench"))
    parser.add_argument("--url", help="an empty database of your own, instead of SQLite files")
    parser.add_argument("--claims", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--datasette", type=Path, help="a datasette executable to compare with")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.datasette:
        results = beside_datasette(arguments.folder, arguments.datasette)
    else:
        sizes = arguments.claims
        engines = [filled(arguments.url or f"sqlite:///{arguments.folder}/claims-{size}.db", size) for size in sizes]
        names = [f"{size:,} claims" for size in sizes]
        results = measure(dict(zip(names, map(queries, engines), strict=True)))
    show(results)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1))


def filled(url: str, size: int) -> Engine:
    """A database with so many claims, made unless it is there."""
    engine = connect(url)
    check_schema(engine)
    with engine.connect() as connection:
        if connection.scalar(text("SELECT count(*) FROM (SELECT 1 FROM claims LIMIT 1) AS some")):
            return engine
    began = time.monotonic()
    write(engine, lambda connection: connection.execute(insert(Source), [{"id": "s", "paused": False}]))
    chance, term_rows = random.Random(7), 0
    for first in range(0, size // CLAIMS_A_RELEASE, 500):
        numbers = range(first, min(first + 500, size // CLAIMS_A_RELEASE))
        batch: dict[type[Base], list[dict[str, Any]]] = {}
        for number in numbers:
            for table, row in release_rows(number, chance):
                batch.setdefault(table, []).append(row)
        write(
            engine, lambda connection, batch=batch: [connection.execute(insert(t), rows) for t, rows in batch.items()]
        )
        term_rows += len(batch[SearchTerm])
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    if engine.dialect.name == "sqlite":
        bytes_a_claim = Path(str(engine.url.database)).stat().st_size / size
        print(f"{size:,} claims: {bytes_a_claim:,.0f} bytes a claim, {bytes_a_claim * CLAIMS_A_RELEASE:,.0f} a release")
    print(f"{size:,} claims, {term_rows:,} search terms made in {time.monotonic() - began:,.0f} s")
    return engine


def _insert(batch: dict[type[Base], list[dict[str, Any]]], connection: Connection) -> None:
    for table, rows in batch.items():
        connection.execute(insert(table), rows)


def release_rows(number: int, chance: random.Random) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    """One release with its claims, as rows."""
    url = f"https://office.example/presse/{number}"
    release_id, at = release_key("s", url), START + timedelta(hours=number * 2)
    # As in life there are more programmes in more releases, not more reports of each.
    subject = PROGRAMME if number < REPORTS else f"Pakt für {chance.choice(NOUNS)} {number // RELEASES_A_SUBJECT}"
    sentences = [_sentence(chance) for _ in range(CLAIMS_A_RELEASE)]
    title = f"{subject}: Bericht {number}"
    body = title + "\n\n" + " ".join(sentence for sentence, _ in sentences)
    made, start = [], len(title) + 2
    for sentence, fields in sentences:
        quote = str(fields["value"])
        made.append(
            Claim(
                kind="count",
                quote=quote,
                start=start + sentence.index(quote),
                end=start + sentence.index(quote) + len(quote),
                sentence=sentence,
                sentence_start=start,
                rule="bench",
                comparator="=",
                subject=subject,
                reporting_date=at.date().isoformat(),
                **fields,
            )
        )
        start += len(sentence) + 1
    text_hash = sha256(body.encode()).hexdigest()
    page = {"title": title, "date_precision": "day", "date_method": "bench", "language": "de", "generic": False}
    seen = {"snapshot_hash": text_hash, "seen_at": at}
    named = {"url": url, "source_id": "s", "release_id": release_id}
    revision_id = revision_key(release_id, text_hash, at.isoformat())
    yield Release, {"id": release_id, "source_id": "s", "url": url, "title": title, "published": at, "first_seen": at,
                    "reporting_basis": "published"}  # fmt: skip
    yield ReleaseUrl, {"url": url, "release_id": release_id, "first_seen": at}
    yield SnapshotRow, {"hash": text_hash, "size": 0, "body": b""}
    yield Text, {"hash": text_hash, "text": body}
    yield Fetch, named | {"answered_by": url, "fetched_at": at, "outcome": "stored", "headers": []}
    yield Revision, {"id": revision_id, "release_id": release_id} | seen
    yield PageReading, page | seen | {"id": number + 1, "revision_id": revision_id, "page_version": "b",
                                      "text_hash": text_hash, "paragraphs": [], "attachments": [], "warnings": [],
                                      "published": at, "read_at": at}  # fmt: skip
    place = Place(release_id, number + 1, "s", body, at, "bench")
    keys = claim_keys(release_id, body, made)
    for key, each in zip(keys, made, strict=True):
        yield ClaimRow, {"key": key, "release_id": release_id, "first_seen": at}
        yield Reading, reading_row(each, key, keys, place) | {"current": True}
        for term in terms_of(each):
            yield SearchTerm, {"term": term, "reporting_date": each.reporting_date, "claim_key": key}


def _sentence(chance: random.Random) -> tuple[str, dict[str, Any]]:
    noun, kind = chance.choice(NOUNS), chance.randrange(len(STATUSES))
    value = chance.randrange(2, 90_000)
    # Rare words as in real texts: most places are named by few releases.
    place = f"Ort{int(chance.paretovariate(0.7)) % 20_000}"
    words = f"In {place} wurden {value} Mal {noun} im Rahmen des Vorhabens {VERBS[kind]}."
    return words, {"value": Decimal(value), "counted": noun, "status": STATUSES[kind]}


def queries(engine: Engine) -> dict[str, list[Callable[[], object]]]:
    """What users do, by kind; each call has other words."""
    chance = random.Random(3)
    keys = [found.key for found in claims(engine, limit=1000).claims]

    def listed(**wanted: Any) -> object:
        return claims(engine, ClaimFilter(**wanted), limit=50)

    return {
        "search": [
            lambda: listed(),
            lambda: listed(text=chance.choice(NOUNS)),
            lambda: listed(text=f"{chance.choice(NOUNS)} Ort{chance.randrange(1, 30)}"),
            lambda: listed(text=f"Ort{chance.randrange(1000, 9000)}"),
            lambda: listed(text=chance.choice(NOUNS), status="completed"),
            lambda: listed(status="completed", counted=chance.choice(NOUNS)),
        ],
        "claim page": [lambda: claim(engine, chance.choice(keys))],
        "facets": [
            lambda: facets(engine),
            lambda: facets(engine, ClaimFilter(project=PROGRAMME)),
            lambda: facets(engine, ClaimFilter(counted=chance.choice(NOUNS), status="approved")),
            lambda: facets(engine, ClaimFilter(text=chance.choice(NOUNS))),
        ],
        "comparison": [lambda: compare(engine, PROGRAMME)],
    }


def measure(candidates: dict[str, dict[str, list[Callable[[], object]]]]) -> dict[str, dict[str, float]]:
    """For each candidate and kind of query the milliseconds that 95 of 100 calls stay below.

    Candidates take turns, call by call, so that whatever else the machine does meets them alike.
    """
    results: dict[str, dict[str, float]] = {name: {} for name in candidates}
    for kind in next(iter(candidates.values())):
        times: dict[str, list[float]] = {name: [] for name in candidates}
        for turn in range(-WARM_UP, ROUNDS):
            for name, calls in candidates.items():
                work = calls[kind][turn % len(calls[kind])]
                began = time.perf_counter()
                work()
                if turn >= 0:
                    times[name].append(1000 * (time.perf_counter() - began))
        for name, measured in times.items():
            results[name][kind] = statistics.quantiles(measured, n=20)[-1]
    return results


def beside_datasette(folder: Path, executable: Path) -> dict[str, dict[str, float]]:
    """The same questions to Datasette over HTTP and to db.queries, on one file."""
    file = folder / f"claims-{DATASETTE_SIZE}.db"
    engine = filled(f"sqlite:///{file}", DATASETTE_SIZE)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    limits = ("sql_time_limit_ms", "60000"), ("facet_time_limit_ms", "60000"), ("suggest_facets", "0")
    options = [part for limit in limits for part in ("--setting", *limit)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([executable, file, "--port", str(port), *options], **quiet)
    base = f"http://127.0.0.1:{port}/{file.stem}/readings.json"
    try:
        _wait(f"{base}?_size=1")
        chance = random.Random(3)
        keys = [found.key for found in claims(engine, limit=1000).claims]
        ours: dict[str, list[Callable[[], object]]] = {
            "newest claims": [lambda: claims(engine, limit=50)],
            "two filters": [lambda: claims(engine, ClaimFilter(status="completed", counted=chance.choice(NOUNS)))],
            "claim page": [lambda: claim(engine, chance.choice(keys))],
            "two facets": [
                lambda: facets(
                    engine, ClaimFilter(status="approved", counted=chance.choice(NOUNS)), names=("kind", "project")
                )
            ],
        }
        theirs: dict[str, list[Callable[[], object]]] = {
            "newest claims": [lambda: _get(f"{base}?_sort_desc=reporting_date&_size=50")],
            "two filters": [lambda: _get(f"{base}?status=completed&counted={chance.choice(NOUNS)}&_size=50")],
            "claim page": [lambda: _get(f"{base}?claim_key={chance.choice(keys)}")],
            "two facets": [
                lambda: _get(
                    f"{base}?status=approved&counted={chance.choice(NOUNS)}&_facet=kind&_facet=subject&_size=1"
                )
            ],
        }
        return measure({"Datasette over HTTP": theirs, "db.queries": ours})
    finally:
        server.terminate()
        server.wait()


def _get(url: str) -> bytes:
    with urllib.request.urlopen(urllib.parse.quote(url, safe=":/?&=")) as answer:
        content: bytes = answer.read()
    return content


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            _get(url)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("datasette did not start")


def show(results: dict[str, dict[str, float]]) -> None:
    """A table of p95 in milliseconds, with the ratio of the last column to the first."""
    columns = list(results)
    print(f"{'p95, ms':24}" + "".join(f"{name:>20}" for name in columns) + f"{'ratio':>8}")
    for name in results[columns[0]]:
        figures = [results[column][name] for column in columns]
        print(f"{name:24}" + "".join(f"{figure:20.1f}" for figure in figures) + f"{figures[-1] / figures[0]:8.2f}")


if __name__ == "__main__":
    main()
