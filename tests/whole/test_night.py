"""A whole night through a real Prefect server, in processes of a real Dask cluster."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.operation.runs import due_sources, run, runs
from db.tables import ClaimRow, Lease, ReleaseRow, Revision
from flows.runs.outcome import SourceReport
from flows.runs.schedule import EARLY, next_night
from tests.support.databases import rows
from tests.support.offices import write_source
from tests.support.simulator import CMS, samples
from tests.support.simulator.faults import challenge
from tests.support.simulator.server import Answer, PressOffice, Request

SOUND = ("amt-1", "amt-2", "amt-3", "amt-4", "amt-5", "amt-6", "amt-7", "amt-8")
BLOCKING, CHANGED, SLOW, CORRECTING = "sperrt", "umgebaut", "langsam", "berichtigt"
CORRECTIONS = 50


class Slow(CMS):
    """A site that takes its time for each page."""

    def answer(self, request: Request, base: str) -> Answer | None:
        import time

        time.sleep(0.2)
        return super().answer(request, base)


@pytest.fixture
def offices_of_the_night(offices, own_sources: Path) -> dict[str, PressOffice]:
    sites = {name: CMS("wordpress", samples(3)) for name in SOUND}
    sites[BLOCKING] = CMS("wordpress", samples(3))
    sites[CHANGED] = CMS("drupal-nrw", samples(3))
    sites[SLOW] = Slow("wordpress", samples(3))
    sites[CORRECTING] = CMS("wordpress", samples(CORRECTIONS))
    opened = {}
    for name, site in sites.items():
        opened[name] = offices.open(site)
        write_source(opened[name], site, own_sources, name)
    return opened


def night(url: str, runner: str | None, lookback: int = 20) -> dict[str, SourceReport]:
    """One run of all these offices; the reports by source."""
    from flows.ingest import ingest

    names = [*SOUND, BLOCKING, CHANGED, SLOW, CORRECTING]
    state: Any = ingest(url, sources=names, lookback=lookback, runner=runner, return_state=True)
    assert state.name == ("Completed" if all(each.state == "completed" for each in state.result()) else "Degraded")
    return {report.source: report for report in state.result()}


def test_night_of_twelve_offices(
    prefect_server: None,
    offices_of_the_night: dict[str, PressOffice],
    engine: Engine,
    url: str,
) -> None:
    first = night(url, None)
    assert {report.state for report in first.values()} == {"completed"}
    assert sum(report.outcome.new for report in first.values()) == 11 * 3 + CORRECTIONS
    before = rows(engine, ClaimRow)

    offices_of_the_night[BLOCKING].serve("/feed/", challenge())
    rebuilt: Any = offices_of_the_night[CHANGED]
    rebuilt.serve("/pressemitteilungen?page=0", Answer(b"<main><h2>Neues Portal</h2>" + b"<p>Willkommen</p>" * 99))
    site: Any = offices_of_the_night[CORRECTING].site
    site.releases[:] = [
        replace(release, paragraphs=[*release.paragraphs, f"Berichtigt: {release.number + 1000} Bescheide sind es."])
        for release in site.releases
    ]
    fresh: Any = offices_of_the_night[SOUND[0]].site
    fresh.releases.insert(0, replace(samples(4)[0], title="Land fördert noch eine Brücke"))

    second = night(url, "dask", lookback=CORRECTIONS)
    found = {name: (report.state, report.outcome.new, report.outcome.corrected) for name, report in second.items()}
    assert found == {
        SOUND[0]: ("completed", 1, 0),
        **dict.fromkeys(SOUND[1:], ("completed", 0, 0)),
        BLOCKING: ("failed", 0, 0),
        CHANGED: ("failed", 0, 0),
        SLOW: ("completed", 0, 0),
        CORRECTING: ("completed", 0, CORRECTIONS),
    }
    assert "challenge" in str(second[BLOCKING].reason)
    assert "nothing fits" in str(second[CHANGED].reason)

    record = runs(engine)[0]
    _, sources = run(engine, record.id)
    assert (record.kind, record.state, len(sources)) == ("ingest", "degraded", 12)
    assert {each.source_id: each.reason for each in sources} == {name: each.reason for name, each in second.items()}
    assert rows(engine, ReleaseRow) == 11 * 3 + CORRECTIONS + 1
    assert rows(engine, Revision) == rows(engine, ReleaseRow) + CORRECTIONS
    with engine.connect() as connection:
        assert connection.scalars(select(Lease.name)).all() == []
    new_claims = sum(report.outcome.claims for report in second.values())
    assert new_claims >= CORRECTIONS
    assert rows(engine, ClaimRow) == before + new_claims
    every = list(second)
    assert due_sources(engine, every, now=record.started_at) == []
    assert due_sources(engine, every, now=next_night(record.started_at + EARLY)) == every

    from prefect.artifacts import Artifact

    table = Artifact.get("ingest")
    assert table is not None
    shown = {row["source"]: row for row in json.loads(str(table.data))}
    assert (shown[CORRECTING]["corrected"], shown[BLOCKING]["state"]) == (CORRECTIONS, "failed")


def test_cluster_elsewhere_needs_a_server_that_it_can_reach(prefect_server: None) -> None:
    from flows.server.runners import task_runner
    from models.errors import InputError

    with pytest.raises(InputError, match="PREFECT_API_URL"):
        task_runner("dask://127.0.0.1:8786")
    for wrong in ("ray", "dask://127.0.0.1", "http://127.0.0.1:8786"):
        with pytest.raises(InputError, match="is no runner"):
            task_runner(wrong)


def test_limit_of_a_shared_server_holds_back_requests(
    prefect_server: None, offices, own_sources: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate

    from flows.server.environment import TEMPORARY
    from flows.server.limits import limited
    from scrapers.http.fetch import Fetcher
    from scrapers.http.slots import LocalSlots
    from scrapers.registry import load_source

    cms = CMS("wordpress", samples(3))
    office = offices.open(cms)
    source = load_source(write_source(office, cms, own_sources))
    assert isinstance(limited(LocalSlots()), LocalSlots)
    monkeypatch.delenv(TEMPORARY)
    with get_client(sync_client=True) as client:
        limit = GlobalConcurrencyLimitCreate(name="host:127.0.0.1", limit=2, slot_decay_per_second=0.01)
        client.create_global_concurrency_limit(limit)
        Fetcher(limited(LocalSlots())).get(f"{office.url}/feed/", source=source)
        assert [request.url for request in office.requests] == ["/robots.txt", "/feed/"]
        assert client.read_global_concurrency_limit_by_name("host:127.0.0.1").active_slots == 2
