"""The flow `ingest` through a real Prefect server."""

import os
import pickle
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db.engine import connect
from db.operation.runs import last_good, run, runs, set_due, set_paused
from db.releases.queries import releases
from flows.runs.ending import Ending
from flows.runs.outcome import SourceReport
from models.errors import InputError
from models.settings import settings
from scrapers.registry import registered
from tests.support.offices import write_source
from tests.support.simulator import CMS, PressOffice
from tests.support.simulator.server import Answer


@pytest.fixture
def night(prefect_server: None, offices, own_sources: Path, url: str) -> Any:
    """Runs the flow over a sound office, one that shuts us out and one that is not there."""
    from flows.ingest import ingest

    names = {"heil": None, "gesperrt": Answer(b"<h1>403</h1>", status=403), "fort": Answer(b"", status=503)}
    for name, feed in names.items():
        cms = CMS("wordpress")
        office = offices.open(cms)
        if feed:
            office.serve("/feed/", feed)
        write_source(office, cms, own_sources, name)
    return ingest(url, sources=list(names), return_state=True)


def test_broken_offices_do_not_stop_the_others(night: Any, url: str) -> None:
    reports: list[SourceReport] = night.result()
    assert {report.source: report.state for report in reports} == {
        "heil": "completed",
        "gesperrt": "failed",
        "fort": "failed",
    }
    assert night.name == "Degraded"
    assert night.is_completed()
    engine = connect(url)
    assert len(releases(engine)) == 25
    (record,) = runs(engine)
    assert record.state == "degraded"
    _, sources = run(engine, record.id)
    found = {each.source_id: (each.state, each.counts["new"], each.reason) for each in sources}
    assert found["heil"] == ("completed", 25, None)
    assert "403" in str(found["gesperrt"][2])
    assert "503" in str(found["fort"][2])


def test_operator_sees_the_run_in_prefect(night: Any) -> None:
    from prefect.artifacts import Artifact
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId
    from prefect.client.schemas.sorting import LogSort
    from prefect.logging.handlers import APILogHandler

    run_id = night.state_details.flow_run_id
    wanted = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run_id]))
    messages: list[str] = []
    with get_client(sync_client=True) as client:
        flow_run = client.read_flow_run(run_id)
        # On a busy machine the log takes longer than Prefect waits for it.
        for _ in range(20):
            APILogHandler().flush()
            logs = client.read_logs(wanted, limit=200, offset=0, sort=LogSort.TIMESTAMP_ASC)
            messages = [log.message for log in logs]
            if any(" releases read" in message for message in messages):
                break
    table, digest = Artifact.get("ingest"), Artifact.get("ingest-digest")
    assert table is not None
    assert digest is not None
    assert table.flow_run_id == digest.flow_run_id == run_id
    assert '"new": 25' in str(table.data)
    assert "## gesperrt: failed" in str(digest.data)
    assert flow_run.state is not None
    assert flow_run.state.name == "Degraded"
    assert any("release " in message and "new claims" in message for message in messages)
    assert any(message.startswith("fort: ") and "503" in message for message in messages)


def test_unknown_source_stops_the_run_before_anything_is_fetched(prefect_server: None, url: str) -> None:
    from flows.ingest import ingest
    from models.errors import UnknownSource

    state: Any = ingest(url, sources=["gibt-es-nicht"], return_state=True)
    assert state.is_failed()
    assert isinstance(state.result(raise_on_failure=False), UnknownSource)


def test_feed_without_source_file_is_read_generically(prefect_server: None, offices, url: str) -> None:
    from flows.ingest import ingest

    office = offices.open(CMS("wordpress"))
    (report,) = ingest(url, feed=f"{office.url}/feed/")
    assert (report.state, report.outcome.new) == ("completed", 10)


def test_flows_are_imported_whatever_the_settings_say() -> None:
    flows = "import flows.ingest, flows.backfill, flows.reextract, flows.report"
    wrong = {**os.environ, "BILANZ_RUNNER": "ray", "BILANZ_SMTP_PORT": "many"}
    subprocess.run([sys.executable, "-c", flows], check=True, env=wrong, cwd=Path(__file__).parents[2])


def test_runner_of_the_settings_is_taken_where_none_is_given(
    prefect_server: None, office: PressOffice, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.ingest import ingest

    monkeypatch.setenv("BILANZ_RUNNER", "ray")
    settings.cache_clear()
    state: Any = ingest(url, feed=f"{office.url}/feed/", return_state=True)
    with pytest.raises(InputError, match="'ray' is no runner"):
        state.result()
    assert office.requests == []
    monkeypatch.undo()
    settings.cache_clear()


def test_paused_offices_are_read_where_they_are_named_only(
    prefect_server: None, office: PressOffice, cms: CMS, own_sources: Path, url: str, engine: Engine
) -> None:
    from flows.ingest import ingest

    write_source(office, cms, own_sources)
    real = {office.id for office in registered(own_sources).real}
    for source_id in real:
        set_paused(engine, source_id, paused=True)
    state: Any = ingest(url, return_state=True)
    with pytest.raises(InputError, match="No press office is to be read"):
        state.result()
    (report,) = ingest(url, sources=["uebung"])
    assert report.state == "completed"


def test_an_office_whose_file_is_broken_fails_and_stops_no_other(
    prefect_server: None, office: PressOffice, cms: CMS, own_sources: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.ingest import ingest

    # Of offices on this machine none is read unless it is named, so that the broken file stands alone.
    write_source(office, cms, own_sources)
    (own_sources / "kaputt.yaml").write_text("level: [", "utf-8")
    monkeypatch.setenv("BILANZ_BUNDLED", "no")
    settings.cache_clear()
    state: Any = ingest(url, return_state=True)
    (failed,) = state.result(raise_on_failure=False).results
    assert (failed.source, failed.state) == ("kaputt", "failed")
    assert "kaputt.yaml" in failed.reason
    (report,) = ingest(url, sources=["uebung"])
    assert report.state == "completed"


def test_only_nights_that_could_read_something_give_a_sign_of_life_and_count_as_good(
    prefect_server: None,
    office: PressOffice,
    cms: CMS,
    offices,
    own_sources: Path,
    url: str,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from flows.ingest import ingest

    service: PressOffice = offices.open()
    monkeypatch.setenv("BILANZ_HEARTBEAT", service.serve("/ping", Answer(b"OK")))
    write_source(office, cms, own_sources)
    monkeypatch.setenv("BILANZ_BUNDLED", "no")
    settings.cache_clear()
    assert ingest(url, due=True) == []
    office.serve("/feed/", Answer(b"", status=503))
    assert ingest(url, sources=["uebung"], due=True, return_state=True).is_failed()
    assert (service.count("/ping"), last_good(engine, "ingest")) == (0, None)
    office.serve("/feed/")
    ingest(url, sources=["uebung"])
    by_hand = last_good(engine, "ingest")
    assert (service.count("/ping"), last_good(engine, "ingest", scheduled=True)) == (0, None)
    set_due(engine, "uebung", datetime.now(UTC))
    ingest(url, sources=["uebung"], due=True)
    good = last_good(engine, "ingest", scheduled=True)
    assert by_hand is not None and good is not None and good > by_hand
    assert ingest(url, sources=["uebung"], due=True) == []
    assert (service.count("/ping"), last_good(engine, "ingest")) == (1, good)
    states = [record.state for record in runs(engine)]
    assert states == ["completed", "completed", "completed", "failed", "completed"]


def test_signal_to_end_stays_in_its_process() -> None:
    ending = Ending()
    ending.set()
    assert not pickle.loads(pickle.dumps(ending)).is_set()
