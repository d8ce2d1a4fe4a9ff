"""Processor seconds of `bilanz check` in a new process, beside those of reading one sentence, by turns.

    python -m benchmarks.cold

To read a sentence the pipeline is loaded, with its words and weights. Exit status 1 where the median of a check takes
more than 1.5 times as long.
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
MOST = 1.5
CLAIMS = 2_000
READING = f"""
from datetime import date
from extractors.claims import extract

extract("Aussage\\n\\nVon den 73 Projekten der {PROGRAMME} sind 50 abgeschlossen.", published=date(2026, 11, 26))
"""
CHECK = ["-m", "cli.main", "check", f"Von den 73 Projekten der {PROGRAMME} sind 50 abgeschlossen."]


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
    """Prints both medians and their ratio."""
    times: dict[str, list[float]] = {"a sentence read": [], "bilanz check": []}
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'claims.db'}"
        filled(url, CLAIMS).dispose()
        for turn in range(ROUNDS + WARM_UP):
            for name, arguments in zip(times, (["-c", READING], CHECK), strict=True):
                spent = seconds(arguments, url)
                times[name] += [spent] if turn >= WARM_UP else []
    for name, measured in times.items():
        print(f"{name:16} {statistics.median(measured):6.2f} s, least {min(measured):.2f} s")
    reading, checking = map(statistics.median, times.values())
    print(f"from cold: {checking / reading:.2f} x the time of reading a sentence")
    sys.exit(checking > MOST * reading)


if __name__ == "__main__":
    main()
