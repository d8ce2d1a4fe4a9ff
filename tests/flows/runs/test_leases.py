"""One run an office at a time."""

import os
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine

from db.operation.leases import lease_holder, lease_of_run, take_lease
from db.operation.runs import SourceRecord, living_runs, record_source, run, runs, start_run
from db.tables import Lease
from flows.runs import leases
from flows.runs.leases import office_lease, running
from tests.support.databases import rows
from tests.support.offices import write_source
from tests.support.simulator import CMS


def test_second_run_is_refused_until_the_first_is_over(engine: Engine) -> None:
    with office_lease(engine, "land") as first:
        with office_lease(engine, "land") as second, office_lease(engine, "bund") as other:
            assert (first, second, other) == (True, False, True)
        assert lease_holder(engine, "source:land")
    with office_lease(engine, "land") as third:
        assert third
    assert rows(engine, Lease) == 0


def test_lease_of_a_killed_process_is_taken_over(engine: Engine) -> None:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    began = psutil.Process(process.pid).create_time()
    holder = f"{socket.gethostname()}:{process.pid}:{began:.0f}:1"
    assert take_lease(engine, "source:land", holder, now=datetime.now(UTC), seconds=3600)
    with office_lease(engine, "land") as held:
        assert not held
    process.kill()
    # Its parent has not heard of its death yet.
    while psutil.Process(process.pid).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    with office_lease(engine, "land") as held:
        assert held
    process.wait()
    assert take_lease(engine, "source:land", holder, now=datetime.now(UTC), seconds=3600)
    with office_lease(engine, "land") as held:
        assert held


def test_a_killed_run_is_told_as_interrupted_before_the_next_one_begins(engine: Engine) -> None:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    holder = f"{socket.gethostname()}:{process.pid}:{psutil.Process(process.pid).create_time():.0f}:1"
    now = datetime.now(UTC)
    run_id = start_run(engine, "ingest", now=now)
    assert take_lease(engine, lease_of_run(run_id), holder, now=now, seconds=3600)
    record_source(engine, SourceRecord(run_id, "land", "running", None, {}, now, None))
    assert (runs(engine)[0].state, living_runs(engine, now=now)) == ("running", [run_id])
    assert living_runs(engine, now=now + timedelta(seconds=3600)) == []
    process.kill()
    process.wait()
    assert (runs(engine)[0].state, living_runs(engine, now=now)) == ("interrupted", [])
    record, sources = run(engine, run_id)
    assert (record.state, [each.state for each in sources]) == ("interrupted", ["interrupted"])


def test_another_process_of_the_same_number_does_not_hold_the_lease(engine: Engine) -> None:
    holder = f"{socket.gethostname()}:{os.getpid()}:1:1"
    assert take_lease(engine, "source:land", holder, now=datetime.now(UTC), seconds=3600)
    with office_lease(engine, "land") as held:
        assert held


def test_lease_is_renewed_while_its_holder_lives(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "SECONDS", 0.3)
    with office_lease(engine, "land"):
        time.sleep(0.6)
        with office_lease(engine, "land") as second:
            assert not second


def test_killed_run_is_marked_when_the_next_begins(engine: Engine) -> None:
    killed = start_run(engine, "backfill", now=datetime.now(UTC))
    with running(engine, "ingest") as first, running(engine, "reextract") as second:
        assert {each.id: each.state for each in runs(engine)} == {
            killed: "interrupted",
            first: "running",
            second: "running",
        }


def test_lease_of_another_machine_holds(engine: Engine) -> None:
    assert take_lease(engine, "source:land", "anderswo:1:1:1", now=datetime.now(UTC), seconds=3600)
    with office_lease(engine, "land") as held:
        assert not held


def test_office_that_another_run_reads_is_left_alone(
    prefect_server: None, engine: Engine, offices, own_sources: Path, url: str
) -> None:
    from flows.ingest import ingest

    cms = CMS("wordpress")
    office = offices.open(cms)
    write_source(office, cms, own_sources, "besetzt")
    with office_lease(engine, "besetzt"):
        (report,) = ingest(url, sources=["besetzt"])
    assert (report.state, report.reason) == ("degraded", "Another run is reading this office just now.")
    assert office.requests == []
