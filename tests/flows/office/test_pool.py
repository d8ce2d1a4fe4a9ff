"""Claims of many pages are read in processes beside this one, and are the same as if they were read here."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from extractors.claims import extract
from flows.office.pages import ReadPage
from flows.office.pool import AHEAD, FEW, MOST_PROCESSES, claims_ahead, claims_of
from models.claim import Extraction
from models.errors import BilanzError
from models.release import Release, Snapshot

FETCHED = datetime(2025, 6, 2, tzinfo=UTC)


def page(number: int, text: str | None = None) -> ReadPage:
    """A release with one count of its own."""
    url = f"https://amt.example/{number}"
    text = text or f"Radwege im Land\n\nDas Land hat {number + 100} Radwege gebaut."
    snapshot = Snapshot(url, b"", (), 200, FETCHED)
    return ReadPage(url, snapshot, Release("Radwege im Land", text, (), FETCHED, "day", "selector"), 1.0)


def values(found: list[Extraction | BilanzError]) -> list[int]:
    assert all(isinstance(each, Extraction) for each in found)
    return [int(claim.value) for each in found for claim in each.claims]  # type: ignore[union-attr, arg-type]


def readers() -> list[psutil.Process]:
    children = psutil.Process().children()
    return [child for child in children if any("spawn_main" in argument for argument in child.cmdline())]


@pytest.mark.parametrize("count", [1, FEW, FEW + 1, 3 * FEW])
def test_each_page_has_its_own_claims(count: int) -> None:
    pages = [page(number) for number in range(count)]
    found = list(claims_of(pages))
    assert found == [extract(each.release.text, published=FETCHED.date()) for each in pages]
    assert values(found) == [number + 100 for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, FEW + 1, 9 * FEW])
def test_pages_without_end_are_taken_as_they_are_needed(count: int) -> None:
    taken = 0

    def pages() -> Iterator[ReadPage]:
        nonlocal taken
        for taken in range(1, count + 1):
            yield page(taken)

    found = []
    for each, claims in claims_ahead(pages()):
        found.append((each.url, values([claims])))
        assert taken - len(found) < AHEAD * MOST_PROCESSES
    assert found == [(page(number).url, [number + 100]) for number in range(1, count + 1)]


def test_a_text_that_cannot_be_read_stops_none_of_the_others() -> None:
    pages = [page(number) for number in range(2 * FEW)]
    pages[3] = page(3, "Radwege\n\nDas Land hat 7 \ud800 gebaut.")
    found = list(claims_of(pages))
    assert isinstance(found[3], BilanzError)
    assert values(found[:3] + found[4:]) == [number + 100 for number in range(2 * FEW) if number != 3]


def test_processes_that_are_killed_cost_time_only() -> None:
    pages = [page(number) for number in range(4 * FEW)]
    claims = claims_of(pages)
    first = next(claims)
    for reader in readers():
        reader.kill()
    assert values([first, *claims]) == [number + 100 for number in range(4 * FEW)]
    # The next pages have a process again.
    assert values(list(claims_of(pages))) == [number + 100 for number in range(4 * FEW)]
    assert len([reader for reader in readers() if reader.status() != psutil.STATUS_ZOMBIE]) >= 1


def test_processes_end_with_the_one_that_started_them() -> None:
    code = (
        "import sys\n"
        "from tests.flows.office.test_pool import *\n"
        "if __name__ == '__main__':\n"
        "    list(claims_of([page(number) for number in range(2 * FEW)]))\n"
        "    print(*(reader.pid for reader in readers()), flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        begun = [psutil.Process(int(pid)) for pid in process.stdout.readline().split()]
        assert begun
        process.send_signal(signal.SIGKILL)
        process.communicate()
    _, alive = psutil.wait_procs(begun, timeout=60)
    assert alive == []


def test_a_process_that_is_killed_leaves_nothing_on_the_terminal() -> None:
    work = "import os, signal; from flows.office.pool import _processes; _processes(1).submit(abs, -1).result()"
    killed = subprocess.run(
        [sys.executable, "-c", f"{work}; os.kill(os.getpid(), signal.SIGKILL)"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    assert (killed.returncode, killed.stderr) == (-signal.SIGKILL, "")
