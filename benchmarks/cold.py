"""Processor seconds of small commands in a new process, beside those of what they cannot do without, by turns.

    python -m benchmarks.cold

For `bilanz check` that is to read a sentence, for which the pipeline is loaded with its words and weights; for the
others to import what prints. Exit status 1 where a median takes more than its number of times as long.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.db_filled import PROGRAMME, filled

ROUNDS, WARM_UP = 7, 1
CLAIMS = 2_000
READING = f"""
from datetime import date
from extractors.claims import extract

extract("Aussage\\n\\nVon den 73 Projekten der {PROGRAMME} sind 50 abgeschlossen.", published=date(2026, 11, 26))
"""
CHECK = ["-m", "cli.main", "check", f"Von den 73 Projekten der {PROGRAMME} sind 50 abgeschlossen."]
PRINTING = "import typer, rich"
COMMANDS = {
    "bilanz check": (CHECK, "a sentence read in one", READING, 1.5),
    "bilanz --help": (["-m", "cli.main", "--help"], "typer and rich imported", PRINTING, 2.3),
    "bilanz claims": (["-m", "cli.main", "claims", "--limit", "1"], "typer and rich imported", PRINTING, 9.0),
}
"""What is called, beside what, and how many times as long it may take."""


def seconds(arguments: list[str], url: str) -> float:
    """Processor seconds of a Python process, all its threads together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "BILANZ_DATABASE_URL": url}
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)
    if "Traceback" in done.stderr:
        raise SystemExit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Prints the medians of each command and of what stands beside it, and their ratio."""
    slow = False
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'claims.db'}"
        filled(url, CLAIMS).dispose()
        for name, (command, beside, code, most) in COMMANDS.items():
            turns = [(seconds(command, url), seconds(["-c", code], url)) for _ in range(ROUNDS + WARM_UP)]
            ours, theirs = map(statistics.median, zip(*turns[WARM_UP:], strict=True))
            print(f"{name}: {ours:.2f} s, {beside}: {theirs:.2f} s")
            print(f"from cold: {name}, {ours / theirs:.2f} x {beside}")
            slow |= ours > most * theirs
    sys.exit(slow)


if __name__ == "__main__":
    main()
