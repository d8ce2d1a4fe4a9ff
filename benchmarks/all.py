"""All benchmarks, one table: each figure as a ratio to a reference measured in the same run, with the commit.

    python -m benchmarks.all                  # as in the documentation; an hour, most of it filling databases
    python -m benchmarks.all --claims 50000   # smaller databases

Writes build/benchmarks.json and docs/benchmarks.md. A benchmark whose data or reference is not there says so.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.db_filled import CLAIMS_A_RELEASE

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build"
PAGE = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Row:
    """A figure: how many times the reference, or what else was measured."""

    benchmark: str
    what: str
    ratio: str
    reference: str


Reader = Callable[[str, Any], Iterator[Row]]


def read_extract(printed: str, _: Any) -> Iterator[Row]:
    for ratio in re.findall(r"([\d.]+) x fr_core_news_sm", printed):
        yield Row("extract", "text to claims, speed", ratio, "fr_core_news_sm")
    for ratio, reference in re.findall(r"one release: ([\d.]+) x the time of (.+)", printed):
        yield Row("extract", "one long release, time", ratio, f"{reference.rstrip('.')} characters")


def read_growth(printed: str, _: Any) -> Iterator[Row]:
    for kinds, ratio in re.findall(r"^(\d+ kinds, [\d,]+ characters): .+ ([\d.]+) x$", printed, re.MULTILINE):
        yield Row("growth", f"{kinds} without a full stop, time of the worst", ratio, "pieces of 10,000")


def read_pages(printed: str, _: Any) -> Iterator[Row]:
    for side, ratio in re.findall(r"^(\S.*?) +[\d.]+ pages/s +([\d.]+) x our time", printed, re.MULTILINE):
        if side != "ours":
            yield Row("pages", "reading a page, speed", ratio, side)


def read_db(_: str, figures: Any) -> Iterator[Row]:
    for database, sizes in figures.items():
        (small, few), *_, (large, many) = sizes.items()
        for query, time in many.items():
            yield Row("db", f"{query}, p95 at {large} on {database}", f"{time / few[query]:.2f}", small)


def read_web(_: str, figures: Any) -> Iterator[Row]:
    for page, theirs in figures.get("Datasette", {}).items():
        yield Row("web", f"{page}, p95", f"{figures['Zwischenbilanz'][page]['p95'] / theirs['p95']:.2f}", "Datasette")
    if "Datasette" not in figures:
        yield Row("web", "pages", "not measured", "Datasette is not on the path")


def read_readers(_: str, figures: Any) -> Iterator[Row]:
    if not figures:
        return
    few = figures["4"]["a processor second"]
    for readers in ("20", "50"):
        ratio = f"{figures[readers]['a processor second'] / few:.2f}"
        yield Row("readers", f"{readers} readers at once, pages a processor second", ratio, "four readers")
    yield Row("readers", "first page after the start, time", f"{figures['first page']:.2f}", "the next pages")


def read_partitions(_: str, figures: Any) -> Iterator[Row]:
    for table in ("by_year", "by_key"):
        for question, found in figures.get(table, {}).items():
            if isinstance(found, dict):
                ratio = f"{found['ms'] / figures['one'][question]['ms']:.2f}"
                yield Row("partitions", f"{question}, partitions {table.replace('_', ' ')}, time", ratio, "one table")


def read_score(printed: str, _: Any) -> Iterator[Row]:
    for name, body in re.findall(r"^== (.+)\n((?:(?!== ).*\n?)*)", printed, re.MULTILINE):
        for figure in re.findall(r"^(.*\bF1?\b.*)$", body, re.MULTILINE)[:3]:
            yield Row("score", name, " ".join(figure.split()), "annotated claims")


def read_corpus(printed: str, _: Any) -> Iterator[Row]:
    for releases, claims, faults in re.findall(r"(\d+) releases, (\d+) claims, (\d+) faults", printed):
        yield Row("corpus", f"faults of evidence in {releases} releases", faults, f"{claims} claims")


def read_language(printed: str, _: Any) -> Iterator[Row]:
    for line in printed.splitlines():
        if line.strip() and not line.startswith("most confused"):
            yield Row("language", "tags, lemmas, cost", " ".join(line.split()), "treebank and corpus")


def read_ingest(printed: str, _: Any) -> Iterator[Row]:
    for releases, ratio in re.findall(r"^(\d+) releases: .+ extraction alone: ([\d.]+)", printed, re.MULTILINE):
        yield Row("ingest", f"HTTP to claims, {releases} releases, throughput", ratio, "extraction alone")
    for ratio in re.findall(r"last quarter ([\d.]+) x second", printed):
        yield Row("ingest", "memory in the last quarter of that run", ratio, "second quarter")
    for ratio in re.findall(r"in two: ([\d.]+)", printed):
        yield Row("ingest", "extraction in two processes, throughput", ratio, "one process")
    for few, many, ratio in re.findall(r"beside ([\d,]+) stored, .+ beside ([\d,]+): ([\d.]+)", printed):
        yield Row("ingest", f"a release beside {many} stored, time", ratio, f"beside {few}")


def read_start(printed: str, _: Any) -> Iterator[Row]:
    ours, theirs = (float(seconds) for seconds in re.findall(r"([\d.]+) s to the first step", printed))
    yield Row("start", "bilanz ingest to its first request, fresh home, time", f"{ours / theirs:.2f}", "empty flow")


def read_cold(printed: str, _: Any) -> Iterator[Row]:
    for command, ratio, beside in re.findall(r"from cold: (.+), ([\d.]+) x (.+)", printed):
        yield Row("cold", f"{command} in a new process, time", ratio, beside)


def main() -> None:
    """Runs all, prints the table and writes it; status 1 where a benchmark failed its own bounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000, help="size of the large database")
    parser.add_argument("--only", nargs="+", help="some of them, by name")
    arguments = parser.parse_args()
    few = min(10_000, arguments.claims // 5)
    runs: dict[str, tuple[list[str], Reader]] = {
        "extract": ([], read_extract),
        "growth": ([], read_growth),
        "pages": ([], read_pages),
        "db": (["--claims", str(few), str(arguments.claims)], read_db),
        "web": (["--claims", str(min(200_000, arguments.claims))], read_web),
        "readers": (["--claims", str(min(50_000, arguments.claims))], read_readers),
        "partitions": (["--rows", str(arguments.claims)], read_partitions),
        "ingest": (["--stored", str(arguments.claims // CLAIMS_A_RELEASE)], read_ingest),
        "start": ([], read_start),
        "cold": ([], read_cold),
        "score": ([], read_score),
        "corpus": (["--limit", "1000"], read_corpus),
        "language": ([], read_language),
    }
    BUILD.mkdir(exist_ok=True)
    rows, failed = [], []
    for name, (options, reader) in runs.items():
        if arguments.only and name not in arguments.only:
            continue
        print(f"{name} ...", file=sys.stderr, flush=True)
        found, fault = run(name, options, reader)
        rows += found
        failed += [fault] if fault else []
    report = {"commit": commit(), "machine": machine(), "day": f"{datetime.now(UTC):%Y-%m-%d}", "failed": failed}
    (BUILD / "benchmarks.json").write_text(json.dumps({**report, "rows": [asdict(row) for row in rows]}, indent=1))
    PAGE.write_text(page(report, rows), "utf-8")
    print(f"commit {report['commit']}, {report['machine']}")
    for row in rows:
        print(f"{row.benchmark:10}{row.what:58}{row.ratio:>14}  {row.reference}")
    if failed:
        sys.exit("\n".join(failed))


def run(name: str, options: list[str], reader: Reader) -> tuple[list[Row], str | None]:
    """The rows of a benchmark, and what it failed at."""
    figures = BUILD / f"benchmark-{name}.json"
    figures.unlink(missing_ok=True)
    wanted = ["--json", str(figures)] if name in ("db", "web", "readers", "partitions") else []
    command = [sys.executable, "-m", f"benchmarks.{name}", *options, *wanted]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    skipped = re.search(r"^skipped: (.+)", done.stdout, re.MULTILINE | re.IGNORECASE)
    if skipped:
        return [Row(name, "all of it", "not measured", skipped[1])], None
    rows = list(reader(done.stdout, json.loads(figures.read_text()) if figures.exists() else {}))
    last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
    fault = f"{name} did not hold its bounds: {' '.join(last)}" if done.returncode else None
    return rows or [Row(name, "all of it", "not measured", " ".join(last))], fault


def commit() -> str:
    """The commit at hand; a plus says that files are changed."""
    answer = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or "no repository"


def machine() -> str:
    """Processor, cores and memory, for the page."""
    found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"{found[1] if found else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, {system}"


def page(report: dict[str, Any], rows: list[Row]) -> str:
    """The page of the documentation."""
    lines = [
        "# Benchmarks", "",
        "Written by `make bench`; not by hand. Figures are ratios to a reference in the same run, since seconds say",
        "little of a machine that others share: above 1 is more of what is named (speed, time).", "",
        f"Commit `{report['commit']}`, {report['day']}, {report['machine']}.", "",
        "| Benchmark | Figure | Ratio | Reference |", "|---|---|--:|---|",
        *(f"| `make bench-{row.benchmark}` | {row.what} | {row.ratio} | {row.reference} |" for row in rows),
    ]  # fmt: skip
    failures = [f"Bounds that did not hold: {'; '.join(report['failed'])}."] if report["failed"] else []
    return "\n".join([*lines, *(["", *failures] if failures else []), ""])


if __name__ == "__main__":
    main()
