"""`bilanz demo`, which `make run` calls: once, again, and after it was killed."""

import os
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from scrapers.office import PORT, Office
from tests.support.command import COMMAND, environment, servers

RELEASES = 12
DOCUMENTS = 3


def demo(folder: Path, prefect_home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, "demo"],
        cwd=folder,
        env=environment(folder / "bilanz.db", prefect_home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def output(process: subprocess.Popen[str]) -> str:
    """What a demo printed that ended well and had nothing to complain about."""
    printed, complaints = process.communicate()
    assert (process.returncode, complaints) == (0, "")
    return printed


@contextmanager
def watched_demo(folder: Path, prefect_home: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A demo on a terminal, what it printed until it serves."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "demo"],
        cwd=folder,
        env=environment(folder / "bilanz.db", prefect_home) | {"COLUMNS": "160", "TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    shown = b""
    try:
        while b"Ctrl-C ends" not in shown:
            shown += os.read(ours, 4096)
        yield process, re.sub(r"\x1b\[[0-9;]*m|\r", "", shown.decode())
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def stored(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that is known, without the times at which it came to be known."""
    queries = {
        "releases": "SELECT id, url, title, published, reporting_date FROM releases",
        "revisions": "SELECT release_id, snapshot_hash FROM revisions",
        "snapshots": "SELECT hash, size FROM snapshots",
        "claims": "SELECT key, release_id FROM claims",
        "readings": "SELECT claim_key, content_hash, current FROM readings",
        "projects": "SELECT release_id, name, alias_of FROM release_projects",
    }
    with sqlite3.connect(database) as connection:
        return {name: sorted(connection.execute(query), key=str) for name, query in queries.items()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, prefect_home: Path) -> Iterator[tuple[Path, str]]:
    """The folder of a demo that has run once, and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    yield folder, output(demo(folder, prefect_home))


def test_demo_shows_what_is_new_the_claims_and_the_comparison(first: tuple[Path, str]) -> None:
    folder, printed = first
    rows = stored(folder / "bilanz.db")
    assert len(rows["releases"]) == len(rows["revisions"]) == RELEASES + DOCUMENTS
    assert f"{RELEASES} new revisions, {len(rows['claims'])} new claims" in printed
    assert "„weit über 100 Partner“" in printed
    assert f"http://127.0.0.1:{PORT}/presse/pressemitteilung/" in printed
    table = printed[printed.index("by status") :].splitlines()
    assert [line.split()[0] for line in table[2:6]] == ["2020", "2021", "2022", "2024"]
    assert "Counted as one series: Projekt, Projektvorschlag." in printed
    assert "Stated otherwise later, in all: 74 (21 January 2020) → 73 (9 December 2021)" in printed
    counted = printed[printed.index("The rows of the reports counted") :]
    assert [line.split()[-4:] for line in counted.splitlines() if line.startswith("2024")] == [
        ["all", "73", "73", "yes"],
        ["progress", "16", "16", "yes"],
        ["completed", "42", "42", "yes"],
        ["discontinued", "15", "15", "yes"],
    ]
    assert "2023: nothing found; to look at: http://" in printed
    assert "Announced: more than 50 Professuren (Research Alliance Ruhr); open. Known then: 27." in printed


def test_demo_in_a_script_ends_and_says_how_to_see_the_pages(first: tuple[Path, str]) -> None:
    assert "bilanz web serves them at http://127.0.0.1:8080/" in first[1].splitlines()[-1]


def test_second_demo_finds_nothing_new_and_serves_the_pages_to_who_watches(
    first: tuple[Path, str], prefect_home: Path
) -> None:
    folder, printed = first
    before = stored(folder / "bilanz.db")
    with watched_demo(folder, prefect_home) as (process, shown):
        address = re.search(r"The pages are at (http://127\.0\.0\.1:\d+/) \(Ctrl-C ends\)", shown)
        assert address, shown
        with urlopen(address[1]) as home:
            assert b"Ruhr-Konferenz" in home.read()
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
    assert "0 new revisions, 0 new claims" in shown
    table = slice(printed.index("by status"), printed.index("Next:"))
    assert printed[table] in shown
    assert stored(folder / "bilanz.db") == before
    assert servers(prefect_home) == []


def test_demo_that_was_killed_is_made_up_for(first: tuple[Path, str], tmp_path: Path, prefect_home: Path) -> None:
    process = demo(tmp_path, prefect_home)
    while not 0 < _releases(tmp_path / "bilanz.db") < RELEASES:
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    process.send_signal(signal.SIGSTOP)
    assert 0 < _releases(tmp_path / "bilanz.db") < RELEASES
    process.kill()
    process.communicate()
    while servers(prefect_home):
        time.sleep(0.05)
    printed = output(demo(tmp_path, prefect_home))
    assert "0 new revisions" not in printed
    folder, whole = first
    assert stored(tmp_path / "bilanz.db") == stored(folder / "bilanz.db")
    assert printed[printed.index("by status") :] == whole[whole.index("by status") :]


@pytest.mark.long
def test_another_port_makes_nothing_new(first: tuple[Path, str], tmp_path: Path, prefect_home: Path) -> None:
    shutil.copytree(first[0], tmp_path / "copy")
    with Office(PORT):
        printed = output(demo(tmp_path / "copy", prefect_home))
    assert f"127.0.0.1:{PORT}" not in printed
    assert "0 new revisions, 0 new claims" in printed


def _releases(database: Path) -> int:
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM releases").fetchone()[0])
    except sqlite3.OperationalError:  # not there yet
        return 0
