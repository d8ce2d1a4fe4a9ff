"""`bilanz serve` and `bilanz ingest --due`: each office once a night."""

import json
import signal
import subprocess
import time
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine, update

from db.engine import connect
from db.operation.runs import due_sources, next_due, set_due
from db.tables import PageReading
from db.upkeep.schema import check_schema
from flows.office.archive import batches
from flows.runs.nightly import keep_to_night
from flows.runs.schedule import next_night
from tests.support.command import COMMAND, environment
from tests.support.simulator import CMS, PressOffice, samples


def sources(tmp_path: Path, url: str, site: CMS) -> dict[str, str]:
    folder = tmp_path / "sources"
    folder.mkdir()
    site.source_file(url, folder)
    return {"BILANZ_SOURCES": str(folder)}


def serve(tmp_path: Path, prefect_home: Path, own: dict[str, str]) -> subprocess.Popen[str]:
    """Starts `bilanz serve` over the database of a test."""
    command, variables = [*COMMAND, "serve", "--source", "uebung"], environment(tmp_path / "bilanz.db", prefect_home)
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env={**variables, **own}
    )


def ingested(bilanz, offices, tmp_path: Path) -> tuple[PressOffice, dict[str, str], Engine]:
    """An office whose three releases older rules have read, with its source file and the database."""
    site = CMS("wordpress", samples(3))
    office = offices.open(site)
    own = sources(tmp_path, office.url, site)
    assert bilanz("ingest", "--source", "uebung", **own).returncode == 0
    engine = connect(f"sqlite:///{tmp_path}/bilanz.db")
    with engine.begin() as connection:
        connection.execute(update(PageReading).values(extractor_version="0.0.1"))
    return office, own, engine


def test_what_is_due_is_read_and_nothing_else(bilanz, offices, tmp_path: Path, prefect_home: Path) -> None:
    site = CMS("wordpress", samples(3))
    office = offices.open(site)
    own = sources(tmp_path, office.url, site)
    engine = connect(f"sqlite:///{tmp_path}/bilanz.db")
    check_schema(engine)
    set_due(engine, "uebung", datetime.now(UTC) + timedelta(hours=3))
    waiting = bilanz("ingest", "--due", "--source", "uebung", **own)
    assert (waiting.returncode, waiting.stdout, office.requests) == (0, "No press office is due.\n", [])
    set_due(engine, "uebung", datetime.now(UTC) - timedelta(days=3))
    with serve(tmp_path, prefect_home, own) as serving:
        while '"run": "completed"' not in bilanz("runs", "--format", "json").stdout:
            assert serving.poll() is None
            time.sleep(0.2)
        psutil.wait_procs(psutil.Process(serving.pid).children(), timeout=60)
        serving.send_signal(signal.SIGTERM)
        output, errors = serving.communicate(timeout=60)
    assert (serving.returncode, errors) == (0, "")
    assert output.startswith("Press offices are read every night, next on ")
    (run,) = json.loads(bilanz("runs", "--format", "json").stdout)
    assert (run["source"], run["state"], run["new"]) == ("uebung", "completed", 3)
    assert bilanz("ingest", "--due", "--source", "uebung", **own).stdout == "No press office is due.\n"


def test_what_older_rules_have_read_is_read_again_meanwhile(
    bilanz, offices, tmp_path: Path, prefect_home: Path
) -> None:
    office, own, engine = ingested(bilanz, offices, tmp_path)
    asked = len(office.requests)
    with serve(tmp_path, prefect_home, own) as serving:
        while next(batches(engine), None) is not None:
            assert serving.poll() is None
            time.sleep(0.2)
        psutil.wait_procs(psutil.Process(serving.pid).children(), timeout=60)
        serving.send_signal(signal.SIGTERM)
        output, errors = serving.communicate(timeout=60)
    assert (serving.returncode, errors) == (0, "")
    assert "What older rules have read is read again meanwhile" in output
    assert len(office.requests) == asked


def test_rereading_is_ended_with_serve(bilanz, offices, tmp_path: Path, prefect_home: Path) -> None:
    _, own, _ = ingested(bilanz, offices, tmp_path)
    with serve(tmp_path, prefect_home, own) as serving:
        while not (children := psutil.Process(serving.pid).children()):
            time.sleep(0.05)
        serving.send_signal(signal.SIGTERM)
        serving.communicate(timeout=60)
    assert serving.returncode == 0
    assert not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children)


def test_offices_are_served_where_nobody_has_files_of_their_own(tmp_path: Path, prefect_home: Path) -> None:
    # Known to be due tomorrow, so that no run begins.
    engine = connect(f"sqlite:///{tmp_path}/bilanz.db")
    check_schema(engine)
    set_due(engine, "uebungsportal", datetime.now(UTC) + timedelta(hours=30))
    command = [*COMMAND, "serve", "--source", "uebungsportal"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=environment(tmp_path / "bilanz.db", prefect_home),
    ) as serving:
        assert serving.stdout is not None
        assert serving.stdout.readline().startswith("Press offices are read every night, next on ")
        time.sleep(1)
        assert serving.poll() is None
        serving.send_signal(signal.SIGTERM)
        _, errors = serving.communicate(timeout=60)
    assert (serving.returncode, errors) == (0, "")


@pytest.mark.parametrize("command", [["ingest"], ["backfill", "berlin", "--since", "2024"], ["serve"]])
def test_real_offices_are_told_who_asks_or_left_alone(bilanz, tmp_path: Path, command: list[str]) -> None:
    refused = bilanz(*command)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("Set BILANZ_CONTACT to an e-mail or web address")
    assert len(refused.stderr.splitlines()) == 1
    assert not (tmp_path / "bilanz.db").exists()


def test_years_are_said_in_words_that_can_be_read(bilanz) -> None:
    for since in ("gestern", "2999"):
        refused = bilanz("backfill", "uebungsportal", "--since", since)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert len(refused.stderr.splitlines()) == 1
    refused = bilanz("backfill", "gibt-es-nicht", "--since", "2019")
    assert refused.returncode == 2
    refused = bilanz("ingest", "--source", "uebungsportal", "--runner", "ray")
    assert (refused.returncode, "is no runner" in refused.stderr) == (2, True)


def test_paused_office_is_left_alone_until_it_is_resumed(bilanz, offices, tmp_path: Path) -> None:
    site = CMS("wordpress", samples(3))
    office = offices.open(site)
    own = sources(tmp_path, office.url, site)
    assert bilanz("sources", "pause", "uebung", **own).returncode == 0
    listed = json.loads(bilanz("sources", "list", "--format", "json", **own).stdout)
    assert [each["last_run"] for each in listed if each["id"] == "uebung"] == ["paused"]
    waiting = bilanz("ingest", "--due", "--source", "uebung", **own)
    assert (waiting.stdout, office.requests) == ("No press office is due.\n", [])
    assert bilanz("sources", "resume", "uebung", **own).stdout == "uebung is read again.\n"
    engine = connect(f"sqlite:///{tmp_path}/bilanz.db")
    assert due_sources(engine, ["uebung"], now=datetime.now(UTC)) == ["uebung"]
    deaf = bilanz("ingest", "--due", "--source", "uebung", BILANZ_HEARTBEAT="quatsch", **own)
    assert deaf.returncode == 0
    assert deaf.stderr.startswith("No sign of life could be given (BILANZ_HEARTBEAT): 'quatsch' is no web address")
    assert "No source is called" in bilanz("sources", "pause", "uebnug", **own).stderr


def test_the_night_that_was_moved_is_that_of_offices_that_wait(engine: Engine) -> None:
    now = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
    for office, night in (("moved", time_of_day(2, 30)), ("kept", time_of_day(19, 27))):
        set_due(engine, office, next_night(now, night))
    keep_to_night(engine, ["moved", "kept", "never"], time_of_day(19, 27), now=now)
    evening = datetime(2026, 11, 26, 18, 27, tzinfo=UTC)
    assert [next_due(engine, [office]) for office in ("moved", "kept", "never")] == [evening, evening, None]
