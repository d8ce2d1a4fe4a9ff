"""From loopback HTTP to claims in the database, beside extraction alone in the same run.

    python -m benchmarks.ingest                    # everything; the first time fills databases for minutes
    python -m benchmarks.ingest --only ingest --releases 500

ingest:    releases a second through the flow `backfill` and Prefect, and through extraction alone; memory over the run
processes: extraction alone in one and in two processes of a Dask cluster
growth:    time for a release where 100,000 releases are stored already, and where 1,000 are

Exit status 1 where a figure misses its bar. Texts are those of benchmarks/extract.py, each with a title of its own.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Thread
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import psutil

from benchmarks.extract import ours as claims_of
from benchmarks.extract import releases as texts

LEAST_OF_EXTRACTION = 0.6
LEAST_OF_TWO = 1.7
MOST_GROWTH = 1.2
MOST_MEMORY = 1.1
"""Of the last quarter of the run, as a multiple of the second quarter."""
ROUNDS, BATCH = 4, 25
FEW, MANY = 1_000, 100_000
"""Releases that are stored already."""
SINCE = date(2010, 1, 1)


@cache
def _parts() -> list[list[str]]:
    parts = [text.split("\n\n", 1) for text in texts()]
    return [part for part in parts if len(part) == 2]


def inputs(count: int, mark: str) -> list[tuple[str, str]]:
    """Titles and bodies; `mark` makes them other ones in each run."""
    parts = _parts()
    return [(f"{parts[n % len(parts)][0]} ({mark}{n})", parts[n % len(parts)][1]) for n in range(count)]


def _serve(count: int, mark: str, folder: str, pipe: Connection) -> None:
    """A simulated press office in a process of its own; says where its source file is, and waits for a word to end."""
    from tests.support.simulator import CMS, PressOffice, Published

    newest = date(2025, 6, 1)
    made = [
        Published(n, newest - timedelta(days=n % 5000), title, body.split("\n\n"))
        for n, (title, body) in enumerate(inputs(count, mark))
    ]
    site = CMS("wordpress", made)
    by_path = {site.path(release): release for release in made}
    site.release_at = by_path.get  # type: ignore[method-assign,assignment]
    with PressOffice(site) as office:
        politeness = {"spacing": 0, "max_requests": 10 * count + 1000}
        file = site.source_file(office.url, Path(folder), politeness=politeness)
        pipe.send(str(file.rename(file.with_name(f"{mark}.yaml"))))
        pipe.recv()


@contextmanager
def office(count: int, mark: str, folder: Path) -> Iterator[Path]:
    """The source file of an office that is open."""
    spawn = get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_serve, args=[count, mark, str(folder), there])
    process.start()
    try:
        yield Path(here.recv())
    finally:
        here.send("end")
        process.join()


def extraction_rate(bodies: list[str]) -> float:
    """Releases a second, from text to claims and nothing else."""
    began = time.perf_counter()
    for body in bodies:
        claims_of(body)
    return len(bodies) / (time.perf_counter() - began)


@contextmanager
def memory() -> Iterator[list[float]]:
    """MiB of their own that this process and those that it starts meanwhile hold, every half second.

    The database is read through a mapped file, whose pages are the system's.
    """
    here = psutil.Process()
    others = set(here.children())
    sizes: list[float] = []
    over = Event()

    def own(process: psutil.Process) -> float:
        try:
            held = process.memory_info()
        except psutil.NoSuchProcess:
            return 0.0
        return float(held.rss - held.shared) / 2**20

    def watch() -> None:
        while not over.wait(0.5):
            sizes.append(own(here) + sum(own(child) for child in here.children() if child not in others))

    watching = Thread(target=watch, daemon=True)
    watching.start()
    yield sizes
    over.set()
    watching.join()


def ingest(count: int) -> bool:
    """The whole way beside extraction alone."""
    from flows.server.temporary import TemporaryServer
    from models.settings import settings

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = TemporaryServer(folder / "prefect")
        os.environ["BILANZ_SOURCES"] = str(folder)
        settings.cache_clear()
        with office(count, "bench", folder) as file:
            from flows.backfill import backfill

            server.wait()
            alone = [f"{title}\n\n{body}" for title, body in inputs(min(count, 400), "a")]
            extraction_rate(alone[:20])
            before = extraction_rate(alone)
            began = time.perf_counter()
            with memory() as sizes:
                state: Any = backfill(file.stem, SINCE, f"sqlite:///{folder}/bilanz.db", return_state=True)
            seconds = time.perf_counter() - began
            after = extraction_rate(alone)
        (report,) = state.result()
        server.stop()
    if report.outcome.new != count:
        raise SystemExit(f"{report.outcome.new} of {count} releases were stored: {report.reason}")
    rate, extracted = count / seconds, statistics.mean((before, after))
    quarter = len(sizes) // 4
    grown = max(sizes[-quarter:]) / max(sizes[quarter : 2 * quarter])
    print(f"{count} releases: {rate:.1f}/s from HTTP to claims, {extracted:.1f}/s extraction alone: ", end="")
    print(f"{rate / extracted:.2f} (at least {LEAST_OF_EXTRACTION}); {report.outcome.claims} claims")
    print(f"memory: {max(sizes):.0f} MiB at most; last quarter {grown:.2f} x second (at most {MOST_MEMORY})")
    return rate / extracted >= LEAST_OF_EXTRACTION and grown <= MOST_MEMORY


def _extract_all(bodies: list[str]) -> int:
    return sum(claims_of(body) is not None for body in bodies)


def processes(count: int) -> bool:
    """One process and two, by turns; the best of each, since others share the machine."""
    import distributed

    bodies = [f"{title}\n\n{body}" for title, body in inputs(count, "p")]
    batches = [bodies[first : first + BATCH] for first in range(0, count, BATCH)]
    best: dict[int, float] = {1: 0.0, 2: 0.0}
    cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    with cluster, distributed.Client(cluster) as client:
        workers = list(client.scheduler_info()["workers"])
        client.gather([client.submit(_extract_all, batches[0], workers=[each], pure=False) for each in workers])
        for _ in range(ROUNDS):
            for number in best:
                began = time.perf_counter()
                chosen = workers[:number]
                done = client.map(_extract_all, batches, workers=chosen, pure=False)
                assert sum(client.gather(done)) == count
                best[number] = max(best[number], count / (time.perf_counter() - began))
    ratio = best[2] / best[1]
    print(f"extraction: {best[1]:.1f}/s in one process, {best[2]:.1f}/s in two: {ratio:.2f} (at least {LEAST_OF_TWO})")
    return ratio >= LEAST_OF_TWO


def growth(folder: Path, many: int, count: int) -> bool:
    """Small and large database by turns, one office with the same releases for each."""
    from benchmarks.db_filled import CLAIMS_A_RELEASE, filled
    from flows.office.steps import Extent, ingest_source
    from scrapers.http.fetch import Fetcher
    from scrapers.registry import load_source

    folder.mkdir(parents=True, exist_ok=True)
    engines = {n: filled(f"sqlite:///{folder}/releases-{n}.db", n * CLAIMS_A_RELEASE) for n in (FEW, many)}

    def ingest_one(stored: int, mark: str) -> float:
        with tempfile.TemporaryDirectory() as name, office(count, mark, Path(name)) as file:
            # The office that the stored releases are of.
            source = load_source(file).model_copy(update={"id": "s"})
            began = time.perf_counter()
            report = ingest_source(engines[stored], source, Fetcher(), Extent(since=SINCE, lookback=0))
            seconds = time.perf_counter() - began
        assert report.outcome.new == count, report.reason
        return seconds / count

    run = f"g{time.time_ns() // 10**6}"
    times: dict[int, list[float]] = {stored: [] for stored in engines}
    for turn in range(-1, ROUNDS):
        for stored, measured in times.items():
            seconds = ingest_one(stored, f"{run}-{turn + 1}")
            if turn >= 0:
                measured.append(seconds)
    small, large = (statistics.median(measured) for measured in times.values())
    print(f"a release: {1000 * small:.0f} ms beside {FEW:,} stored, {1000 * large:.0f} ms beside ", end="")
    print(f"{many:,}: {large / small:.2f} (at most {MOST_GROWTH})")
    return large / small <= MOST_GROWTH


def main() -> None:
    """Measures what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("ingest", "processes", "growth"))
    parser.add_argument("--releases", type=int, default=2000)
    parser.add_argument("--stored", type=int, default=MANY, help="releases of the large database")
    parser.add_argument("--folder", type=Path, default=Path("data/bench"))
    arguments = parser.parse_args()
    parts: dict[str, Callable[[], bool]] = {
        "ingest": lambda: ingest(arguments.releases),
        "processes": lambda: processes(min(arguments.releases, 400)),
        "growth": lambda: growth(arguments.folder, arguments.stored, 100),
    }
    chosen = [arguments.only] if arguments.only else list(parts)
    kept = [parts[name]() for name in chosen]
    sys.exit(not all(kept))


if __name__ == "__main__":
    main()
