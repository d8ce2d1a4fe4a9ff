"""One run an office at a time."""

import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from flows_support import rows, write_source
from simulator import CMS
from sqlalchemy import Engine

from db.leases import lease_holder, take_lease
from db.tables import Lease
from flows.leases import office_lease


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
    holder = f"{socket.gethostname()}:{process.pid}:1"
    assert take_lease(engine, "source:land", holder, now=datetime.now(UTC), seconds=3600)
    with office_lease(engine, "land") as held:
        assert not held
    process.kill()
    process.wait()
    with office_lease(engine, "land") as held:
        assert held


def test_lease_of_another_machine_holds(engine: Engine) -> None:
    assert take_lease(engine, "source:land", "anderswo:1:1", now=datetime.now(UTC), seconds=3600)
    with office_lease(engine, "land") as held:
        assert not held


def test_office_that_another_run_reads_is_left_alone(
    prefect_server: None, engine: Engine, offices, own_sources: Path, database_url: str
) -> None:
    from flows.ingest import ingest

    cms = CMS("wordpress")
    office = offices.open(cms)
    write_source(office, cms, own_sources, "besetzt")
    with office_lease(engine, "besetzt"):
        (report,) = ingest(database_url, sources=["besetzt"])
    assert (report.state, report.reason) == ("degraded", "Another run is reading this office just now.")
    assert office.requests == []
