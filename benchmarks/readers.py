"""Readers at once: pages a second, waiting and memory with 20 and 50 readers, against four in the same run.

    python -m benchmarks.readers                       # on a database that is filled for it
    python -m benchmarks.readers --database data/bilanz.db

All read home, the list of projects and searches that nobody made before, one page after the other. Turns of 4, 20 and
50 readers alternate, so that whatever else the machine does meets them alike. A page that is put off (503) counts as
such only with Retry-After; its reader waits as long as he is told.
"""

import argparse
import json
import random
import statistics
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil

from benchmarks.db_filled import NOUNS, filled
from benchmarks.web import add_archived_bytes, get, serve, server

CLAIMS = 50_000
READERS = (4, 20, 50)
TURNS = 3
SECONDS = 10.0
MOST_MEGABYTES = 400
LONGEST_WAIT = 3.0
FIRST_TO_NEXT = 10
"""Most that the first page may take, against those that follow."""


@dataclass(slots=True)
class Phase:
    """What so many readers got: seconds of each page, pages put off, and processor seconds of the server."""

    times: list[float] = field(default_factory=list)
    put_off: int = 0
    processor: float = 0.0
    seconds: float = 0.0

    def row(self) -> dict[str, float]:
        """The figures."""
        ordered = sorted(self.times)
        return {
            "pages": len(ordered) / self.seconds,
            "a processor second": len(ordered) / self.processor,
            "median": statistics.median(ordered),
            "p95": ordered[int(0.95 * (len(ordered) - 1))],
            "put off": self.put_off / (self.put_off + len(ordered)),
        }


def main() -> None:
    """Measures and prints a table; fails where more readers get fewer pages, or the server holds too much."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("data/bench"))
    parser.add_argument("--claims", type=int, default=CLAIMS)
    parser.add_argument("--database", type=Path, help="a database of your own, in place of a filled one")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each turn")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    file = arguments.database or arguments.folder / f"web-{arguments.claims}.db"
    if arguments.serve:
        serve(f"sqlite:///{file}", arguments.serve)
        return
    if arguments.database is None:
        add_archived_bytes(filled(f"sqlite:///{file}", arguments.claims))
    command = [sys.executable, "-m", "benchmarks.readers", *sys.argv[1:], "--serve"]
    phases = {readers: Phase() for readers in READERS}
    with server(command, "/static/mark.svg") as (address, process):
        # What was answered before is kept: these ask for as much, but for nothing twice.
        begun = [_seconds(f"{address}/?since=1990-01-0{day}") for day in range(1, 8)]
        for _ in range(TURNS):
            for readers, phase in phases.items():
                turn(address, process, readers, arguments.seconds, phase)
        most = _own(process) / 1e6
    results: dict[str, object] = {str(readers): phase.row() for readers, phase in phases.items()}
    first = begun[0] / statistics.median(begun[1:])
    results |= {"megabytes": most, "first page": first}
    show(phases, most, first)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1))
    if faults := _faults(phases, most, first):
        raise SystemExit(" ".join(faults))


def turn(address: str, process: psutil.Process, readers: int, seconds: float, phase: Phase) -> None:
    """So many readers for so long."""
    end, lock = time.monotonic() + seconds, threading.Lock()
    problems: Counter[str] = Counter()

    def read() -> None:
        chance = random.Random()
        while time.monotonic() < end:
            began = time.monotonic()
            try:
                get(address + _path(chance))
            except urllib.error.HTTPError as error:
                pause = error.headers.get("Retry-After")
                with lock:
                    phase.put_off += 1
                    problems[f"{error.code}"] += error.code != 503 or pause is None
                time.sleep(float(pause or 1))
                continue
            with lock:
                phase.times.append(time.monotonic() - began)

    before, began = process.cpu_times(), time.monotonic()
    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = process.cpu_times()
    phase.processor += after.user + after.system - before.user - before.system
    phase.seconds += time.monotonic() - began
    if any(problems.values()):
        raise SystemExit(f"Pages failed: {dict(problems)}.")


def _path(chance: random.Random) -> str:
    search = f"/?q={quote(chance.choice(NOUNS))}&at_least={chance.randrange(1_000_000)}"
    return chance.choice(("/", search, "/projects"))


def _seconds(url: str) -> float:
    began = time.monotonic()
    get(url)
    return time.monotonic() - began


def _own(process: psutil.Process) -> int:
    """Bytes that the process holds for itself; the mapped file of the database is shared with all others."""
    memory = process.memory_info()
    return int(memory.rss - memory.shared)


def _faults(phases: dict[int, Phase], most: float, first: float) -> Sequence[str]:
    rows = {readers: phase.row() for readers, phase in phases.items()}
    few = rows[READERS[0]]
    faults = [
        f"{readers} readers get {row['a processor second'] / few['a processor second']:.2f} of the pages of four."
        for readers, row in rows.items()
        if row["a processor second"] < 0.95 * few["a processor second"]
    ]
    faults += [
        f"{readers} readers wait {row['p95']:.1f} s." for readers, row in rows.items() if row["p95"] > LONGEST_WAIT
    ]
    if most > MOST_MEGABYTES:
        faults.append(f"The server held {most:.0f} MB.")
    if first > FIRST_TO_NEXT:
        faults.append(f"The first page took {first:.1f} times as long as the next.")
    return faults


def show(phases: dict[int, Phase], most: float, first: float) -> None:
    """A line for each number of readers."""
    print(f"{'readers':10}{'pages/s':>10}{'pages/CPU s':>13}{'median, s':>11}{'p95, s':>9}{'put off':>9}")
    for readers, phase in phases.items():
        row = phase.row()
        print(
            f"{readers:<10}{row['pages']:10.1f}{row['a processor second']:13.1f}{row['median']:11.2f}{row['p95']:9.2f}"
            f"{row['put off']:9.0%}"
        )
    print(f"most memory: {most:.0f} MB; first page: {first:.1f} times the next")


if __name__ == "__main__":
    main()
