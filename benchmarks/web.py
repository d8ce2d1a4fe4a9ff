"""Pages at 200,000 claims, beside Datasette's table page on the same file and machine in one run.

    python -m benchmarks.web                   # beside the datasette on the path, alone where there is none
    python -m benchmarks.web --datasette PATH  # beside that executable

Both are asked for HTML over HTTP, turn by turn. Charts are images of their own and measured apart.
"""

import argparse
import json
import random
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import psutil
from sqlalchemy import Engine, text

from benchmarks.db_filled import NOUNS, PROGRAMME, filled
from db.claims.queries import claims
from db.engine import connect

CLAIMS = 200_000
ROUNDS = 40
WARM_UP = 4
MOST_BYTES = 60_000
_OPTIONS = ("sql_time_limit_ms", "60000"), ("suggest_facets", "0"), ("default_page_size", "20")

Call = Callable[[], str]


def main() -> None:
    """Measures and prints a table; fails where a page is slower than Datasette's or larger than it may be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("data/bench"))
    parser.add_argument("--claims", type=int, default=CLAIMS)
    parser.add_argument("--datasette", type=Path, default=shutil.which("datasette"))
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    file = arguments.folder / f"web-{arguments.claims}.db"
    if arguments.serve:
        serve(f"sqlite:///{file}", arguments.serve)
        return
    engine = filled(f"sqlite:///{file}", arguments.claims)
    add_archived_bytes(engine)
    with ExitStack() as running:
        us = [sys.executable, "-m", "benchmarks.web", *sys.argv[1:], "--serve"]
        ours, _ = running.enter_context(server(us, "/"))
        candidates = {"Zwischenbilanz": pages(engine, ours)}
        if arguments.datasette:
            options = [part for each in _OPTIONS for part in ("--setting", *each)]
            table = f"/{file.stem}/readings"
            command = [str(arguments.datasette), str(file), *options, "--port"]
            datasette, _ = running.enter_context(server(command, f"{table}?_size=1"))
            candidates = {"Datasette": tables(engine, f"{datasette}{table}"), **candidates}
        results = measure(candidates)
    show(results)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1))
    theirs = results.get("Datasette", {})
    slower = [kind for kind, found in theirs.items() if results["Zwischenbilanz"][kind]["p95"] > found["p95"]]
    if slower:
        raise SystemExit(f"Slower than Datasette: {', '.join(slower)}.")
    largest = max(figures["bytes"] for figures in results["Zwischenbilanz"].values())
    if largest > MOST_BYTES:
        raise SystemExit(f"The largest page has {largest:,.0f} bytes; {MOST_BYTES:,} are allowed.")


def add_archived_bytes(engine: Engine) -> None:
    """Gives each release the bytes and the fetch that its pages show."""
    with engine.begin() as connection:
        empty = connection.execute(text("SELECT hash FROM snapshots WHERE length(body) = 0")).scalars().all()
        if not empty:
            return
        for each in empty:
            words = connection.scalar(text("SELECT text FROM texts WHERE hash = :hash"), {"hash": each})
            body = words.encode()
            connection.execute(
                text("UPDATE snapshots SET body = :body, size = :size WHERE hash = :hash"),
                {"body": zlib.compress(body), "size": len(body), "hash": each},
            )
        proof = "SELECT r.snapshot_hash FROM revisions r WHERE r.release_id = fetches.release_id"
        connection.execute(text(f"UPDATE fetches SET status = 200, snapshot_hash = ({proof})"))


def serve(url: str, port: int) -> None:
    """Our pages on loopback, as `bilanz web` serves them."""
    import uvicorn

    from web.app import create_app

    uvicorn.run(create_app(connect(url)), host="127.0.0.1", port=port, log_level="error")


@contextmanager
def server(command: list[str], first: str) -> Iterator[tuple[str, psutil.Process]]:
    """A server on a free port that is the command's last argument; its address, and its process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = psutil.Popen([*command, str(port)], **quiet)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                get(address + first)
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise SystemExit(f"{command[0]} did not start")
        yield address, process
    finally:
        process.terminate()
        process.wait()


def pages(engine: Engine, address: str) -> dict[str, Call]:
    """What people look at, by kind; each call has other words."""
    chance = random.Random(3)
    keys = [found.key for found in claims(engine, limit=1000).claims]
    chart = f"{address}/comparison/chart.svg?programme={quote(PROGRAMME)}"
    return {
        "newest claims": lambda: f"{address}/",
        "search for words": lambda: f"{address}/?q={quote(chance.choice(NOUNS))}",
        "search and filters": lambda: f"{address}/?status=completed&counted={quote(chance.choice(NOUNS))}",
        "claim": lambda: f"{address}/claims/{chance.choice(keys)}",
        "comparison": lambda: f"{address}/comparison?programme={quote(PROGRAMME)}",
        "chart, cached": lambda: chart,
    }


def tables(engine: Engine, table: str) -> dict[str, Call]:
    """The nearest that a table page can do: the newest rows, rows with a word, one row. No facets are asked for."""
    chance = random.Random(3)
    keys = [found.key for found in claims(engine, limit=1000).claims]
    newest = f"{table}?_sort_desc=reporting_date&current=1"
    return {
        "newest claims": lambda: newest,
        "search for words": lambda: f"{newest}&sentence__contains={quote(chance.choice(NOUNS))}",
        "search and filters": lambda: f"{newest}&status=completed&counted={quote(chance.choice(NOUNS))}",
        "claim": lambda: f"{table}?claim_key={chance.choice(keys)}",
        "comparison": lambda: f"{newest}&subject={quote(PROGRAMME)}",
    }


def measure(candidates: dict[str, dict[str, Call]]) -> dict[str, dict[str, dict[str, float]]]:
    """For each candidate and kind of page: p95 and median in milliseconds, bytes of the largest answer.

    Candidates take turns, call by call, so that whatever else the machine does meets them alike.
    """
    results: dict[str, dict[str, dict[str, float]]] = {name: {} for name in candidates}
    for kind in candidates["Zwischenbilanz"]:
        times: dict[str, list[float]] = {name: [] for name in candidates if kind in candidates[name]}
        sizes = dict.fromkeys(times, 0)
        for turn in range(-WARM_UP, ROUNDS):
            for name, measured in times.items():
                url = candidates[name][kind]()
                began = time.perf_counter()
                size = len(get(url))
                if turn >= 0:
                    measured.append(1000 * (time.perf_counter() - began))
                    sizes[name] = max(sizes[name], size)
        for name, measured in times.items():
            p95, median = statistics.quantiles(measured, n=20)[-1], statistics.median(measured)
            results[name][kind] = {"p95": p95, "median": median, "bytes": sizes[name]}
    return results


def get(url: str) -> bytes:
    """The body of an answer.

    Raises:
        OSError: no answer, or none that says 200.
    """
    with urllib.request.urlopen(url, timeout=60) as answer:
        body: bytes = answer.read()
    return body


def show(results: dict[str, dict[str, dict[str, float]]]) -> None:
    """A line for each kind of page and candidate."""
    print(f"{'page':22}{'':18}{'p95, ms':>10}{'median':>10}{'bytes':>12}")
    for kind in results["Zwischenbilanz"]:
        for name, kinds in results.items():
            if kind in kinds:
                figures = kinds[kind]
                print(f"{kind:22}{name:18}{figures['p95']:10.1f}{figures['median']:10.1f}{figures['bytes']:12,.0f}")


if __name__ == "__main__":
    main()
