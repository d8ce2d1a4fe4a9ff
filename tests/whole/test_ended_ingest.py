"""Runs over offices that do not answer: what a person sees of them, and how they end."""

import os
import pty
import re
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from db.engine import connect
from db.operation.runs import run, runs
from tests.support.command import COMMAND
from tests.support.offices import Offices
from tests.support.simulator import CMS, PressOffice, samples
from tests.support.simulator.faults import busy
from tests.support.simulator.server import Answer

TOLD = "Interrupted. What was stored is kept, and the same command goes on from there.\n"
PATIENT = {"spacing": 0, "retries": 3, "timeout": 3600}
NAMES = ["a-sound", "busy", *(f"silent-{number}" for number in range(10))]
"""One office that is sound, one that wants to be left alone, and more that say nothing than are asked at once."""


def silent() -> Answer:
    """Takes a request and says nothing for as long as whoever asked waits."""
    return Answer(send=lambda connection: connection.recv(1) and None)


@pytest.fixture
def unwell(prefect_server: None, offices: Offices, own_sources: Path) -> dict[str, PressOffice]:
    opened = {}
    for name in NAMES:
        cms = CMS("wordpress", samples(1))
        office = opened[name] = offices.open(cms)
        if name != "a-sound":
            office.serve("/robots.txt", busy("600") if name == "busy" else silent())
        cms.source_file(office.url, own_sources, politeness=PATIENT).rename(own_sources / f"{name}.yaml")
    return opened


def start(folder: Path, names: list[str], **streams: int) -> subprocess.Popen[str]:
    chosen = [part for name in names for part in ("--source", name)]
    given = {"BILANZ_DATABASE_URL": f"sqlite:///{folder / 'bilanz.db'}", "TERM": "xterm", "COLUMNS": "160"}
    return subprocess.Popen([*COMMAND, "ingest", *chosen], text=True, env={**os.environ, **given}, **streams)


def until_all_wait(process: subprocess.Popen[str], unwell: dict[str, PressOffice], folder: Path) -> None:
    """Until the sound office is on record, and all that are asked at once have been asked."""
    while sum(bool(office.requests) for office in unwell.values()) < 9 or not on_record(folder):
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)


def on_record(folder: Path) -> list[tuple[str, str]]:
    engine = connect(f"sqlite:///{folder / 'bilanz.db'}")
    try:
        found = [run(engine, record.id) for record in runs(engine)]
        return [(each.source_id, each.state) for _, sources in found for each in sources]
    finally:
        engine.dispose()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_waits_for_silent_offices_ends_when_it_is_asked_to(
    unwell: dict[str, PressOffice], tmp_path: Path, ending: signal.Signals
) -> None:
    process = start(tmp_path, NAMES, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until_all_wait(process, unwell, tmp_path)
    process.send_signal(ending)
    output, complaints = process.communicate(timeout=60)
    assert (process.returncode, output, complaints) == (130, "", TOLD)
    # What was read before is on record, and offices that wait their turn are not asked any more.
    assert on_record(tmp_path) == [("a-sound", "completed")]
    assert [record.state for record in runs(connect(f"sqlite:///{tmp_path / 'bilanz.db'}"))] == ["interrupted"]
    assert not all(office.requests for office in unwell.values())


def test_who_watches_sees_each_office_as_it_ends(unwell: dict[str, PressOffice], tmp_path: Path) -> None:
    unwell["busy"].serve("/robots.txt", Answer(b"", status=404))
    unwell["busy"].serve("/feed/", Answer(b"", status=403))
    ours, theirs = pty.openpty()
    process = start(tmp_path, NAMES[:2], stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # nobody writes to the terminal any more
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    assert process.wait() == 2
    assert re.search(r"[12]/2  a-sound: completed; 1 new, 0 corrected, 0 gone", shown.decode())
    assert re.search(r"[12]/2  busy: failed; 0 new, 0 corrected, 0 gone; http://.* 403", shown.decode())
