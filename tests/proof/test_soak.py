"""Many nights in one process: every release is stored, and neither memory nor file handles grow.

The full form reads 20,000 releases in 200 nights (`make proof`).
"""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db.engine import connect
from db.tables import ClaimRow, ReleaseRow
from tests.support.simulator import CMS, PressOffice, Published

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TEXTS = [path.read_text("utf-8") for path in sorted((HERE.parent / "gold" / "text").glob("*.txt"))]
ON_THE_SITE = 300
"""Releases that the office still lists; older ones leave its site, as with real offices."""
GROWTH = 1.10
"""Most that the second half may hold of its own memory (not of mapped files), against the first half."""


def release(number: int) -> Published:
    """An annotated text with other numbers, so that each release is one of its own."""
    chance = random.Random(number)
    text = re.sub(r"(?<![\d.,])\d{2,3}(?![\d.,])", lambda _: str(chance.randrange(10, 999)), TEXTS[number % len(TEXTS)])
    title, *paragraphs = text.split("\n\n")
    day = date(2020, 1, 1) + timedelta(days=number // 20)
    return Published(number, day, f"{title} (Nr. {number})", [*paragraphs, f"Dies ist die Meldung {number} des Amtes."])


@contextmanager
def nights(folder: Path, database_url: str) -> Iterator[Any]:
    """A function that runs one night and gives its report."""
    log = (folder / "errors.log").open("w")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BILANZ_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.proof.nights", database_url, "uebung"],
        env={**environment, "PYTHONPATH": str(ROOT), "BILANZ_SOURCES": str(folder)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    stdin, stdout = process.stdin, process.stdout

    def night() -> dict[str, Any]:
        stdin.write("\n")
        stdin.flush()
        answer = stdout.readline()
        assert answer, (folder / "errors.log").read_text()
        return dict(json.loads(answer))

    try:
        yield night
    finally:
        stdin.close()
        process.wait()
        log.close()


@pytest.mark.parametrize(("count", "at_once"), [(96, 12), pytest.param(20_000, 100, marks=pytest.mark.long)])
def test_memory_and_handles_stay_flat(prefect_server: None, count: int, at_once: int, tmp_path: Path) -> None:
    cms = CMS("json", [])
    database_url = f"sqlite:///{tmp_path / 'bilanz.db'}"
    held = []
    with PressOffice(cms) as office, nights(tmp_path, database_url) as night:
        cms.source_file(office.url, tmp_path)
        for first in range(1, count, at_once):
            for number in range(first, first + at_once):
                cms.releases.insert(0, release(number))
            del cms.releases[ON_THE_SITE:]
            office.forget()
            report = night()
            assert (report["new"], report["broken"], report["blocked"]) == (at_once, 0, 0), report
            held.append(report)
            if len(held) % 20 == 0:
                own, mapped = (f"{report[what] / 1e6:.0f} MB" for what in ("bytes", "mapped"))
                print(f"{first + at_once - 1} releases: {own}, {mapped} mapped, {report['handles']} handles")
    engine = connect(database_url)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(ReleaseRow)) == count
        assert connection.scalar(select(func.count()).select_from(ClaimRow)) > count
    engine.dispose()
    halves = held[: len(held) // 2], held[len(held) // 2 :]
    memory, handles = ([max(each[what] for each in half) for half in halves] for what in ("bytes", "handles"))
    print(f"{count} releases, memory {memory[1] / memory[0]:.3f} of the first half's, handles {handles}")
    assert memory[1] <= GROWTH * memory[0]
    assert handles[1] <= handles[0]
