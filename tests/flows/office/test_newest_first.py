"""Whatever a night does not come to, the newest releases are stored, and the next nights find the rest."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from db.operation.runs import SourceRecord, record_source, start_run
from db.tables import ReleaseRow
from flows.office.steps import ingest_source
from flows.runs.outcome import SourceReport
from models.source import Source
from scrapers.http.fetch import Fetcher
from scrapers.registry import load_source
from tests.support.simulator import CMS, samples


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


def test_a_list_without_end_leaves_requests_for_its_releases(night, engine: Engine, office, cms: CMS) -> None:
    cms.releases[:] = samples(400)
    report = night()
    assert "the lists were not read to their end with 15 requests" in str(report.reason)
    assert len(stored(engine)) >= 10
    assert stored(engine)[0] == newest(cms, office.url)[0]
