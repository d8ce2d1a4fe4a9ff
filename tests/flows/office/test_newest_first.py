"""Whatever a night does not come to, the newest releases are stored, and the next nights find the rest."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from db.operation.lists import list_positions
from db.operation.runs import SourceRecord, record_source, start_run
from db.tables import ReleaseRow
from flows.office.steps import ingest_source
from flows.runs.outcome import SourceReport
from models.source import Source
from scrapers.http.fetch import Fetcher
from scrapers.registry import load_source
from tests.support.simulator import CMS, samples
from tests.support.simulator.server import Answer


@pytest.fixture
def cms() -> CMS:
    """Ten releases on each page of its list."""
    return CMS("typo3", samples(60))


@pytest.fixture
def night(engine: Engine, office, cms: CMS, tmp_path: Path):
    """One night as the flow has it: with few requests, and on record."""

    def run(max_requests: int = 30) -> SourceReport:
        source: Source = load_source(
            cms.source_file(office.url, tmp_path, politeness={"spacing": 0, "retries": 0, "max_requests": max_requests})
        )
        report = ingest_source(engine, source, Fetcher())
        run_id = start_run(engine, "ingest", now=report.started_at)
        counts = report.outcome.counts
        record_source(
            engine,
            SourceRecord(run_id, source.id, report.state, report.reason, counts, report.started_at, report.ended_at),
        )
        return report

    return run


def stored(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(select(ReleaseRow.url).order_by(ReleaseRow.published.desc())))


def newest(cms: CMS, base: str) -> list[str]:
    return [base + cms.path(release) for release in sorted(cms.releases, key=lambda release: release.day, reverse=True)]


def test_the_newest_come_first_and_the_rest_in_the_next_nights(night, engine: Engine, office, cms: CMS) -> None:
    report = night()
    assert report.state == "degraded"
    first = stored(engine)
    assert len(first) >= 15
    assert first == newest(cms, office.url)[: len(first)]
    for _ in range(4):
        if night().state == "completed":
            break
    assert stored(engine) == newest(cms, office.url)
    office.forget()
    assert night(1000).state == "completed"
    # All that was left is stored: lists are read down to what is known again.
    assert night(1000).outcome.found == 20


def test_a_long_list_is_gone_on_with_where_the_night_before_stopped(night, engine: Engine, office, cms: CMS) -> None:
    cms.releases[:] = samples(100)
    nights, told = 0, set[str]()
    while stored(engine) != newest(cms, office.url):
        nights += 1
        assert nights < 8, stored(engine)
        if nights == 3:  # what is new comes first, and moves all pages on
            cms.releases[:] = samples(107, newest=samples(1)[0].day + timedelta(days=7))
        office.forget()
        before = len(stored(engine))
        report = night()
        assert len(stored(engine)) - before >= min(20, len(cms.releases) - before)
        if nights == 3:
            assert newest(cms, office.url)[:7] == stored(engine)[:7]
        asked = [request.url for request in office.requests if request.url.startswith("/presse/seite-")]
        assert len(asked) <= 8
        told.add(str(report.reason))
    assert sum("the next run goes on at" in reason for reason in told) >= 3
    assert night(1000).state == "completed"
    assert list_positions(engine, "uebung") == {}
    office.forget()
    assert night(1000).outcome.found == 20
    assert len([request for request in office.requests if request.url.startswith("/presse/seite-")]) == 2


def test_a_list_without_end_is_read_further_every_night(night, engine: Engine, office, cms: CMS) -> None:
    cms.releases[:] = samples(500)
    depths = []
    for _ in range(3):
        office.forget()
        report = night(20)
        depths.append(
            max(int(request.url.rpartition("-")[2]) for request in office.requests if "seite-" in request.url)
        )
        assert "the next run goes on at" in str(report.reason)
    assert depths == sorted(set(depths))
    assert len(stored(engine)) >= 36
    assert stored(engine) == newest(cms, office.url)[: len(stored(engine))]


def test_what_an_office_refused_above_known_releases_is_looked_for(night, engine: Engine, office, cms: CMS) -> None:
    cms.releases[:] = samples(30)
    assert night(1000).state == "completed"
    cms.releases[:] = samples(45, newest=samples(1)[0].day + timedelta(days=15))
    refused = [cms.path(release) for release in cms.releases[2:5]]
    for path in refused:
        office.serve(path, Answer(status=403))
    assert "were left for the next run" in str(night(1000).reason)
    # Known releases were met behind them, so that no page is noted from which all years would be read again.
    assert list_positions(engine, "uebung") == {}
    for path in refused:
        office.serve(path)
    night(1000)
    assert stored(engine) == newest(cms, office.url)
