"""One press office read by plain functions, over real HTTP, into a real database."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, func, select

from db.tables import ClaimRow, Fetch, ReleaseRow, Revision
from flows.office.steps import BATCH, USUAL, Extent, ingest_source
from flows.runs.outcome import SourceReport
from models.source import Source
from scrapers.http.fetch import Fetcher
from tests.support.databases import rows
from tests.support.simulator import CMS, PressOffice, samples
from tests.support.simulator.faults import challenge
from tests.support.simulator.server import Answer

FORBIDDEN = Answer(b"<h1>403</h1>", status=403)


@pytest.fixture
def read(engine: Engine, source: Source):
    def run(extent: Extent = USUAL) -> SourceReport:
        return ingest_source(engine, source, Fetcher(), extent)

    return run


def test_all_that_an_office_announces_is_stored_with_its_claims(read, engine: Engine) -> None:
    report = read()
    assert (report.state, report.reason) == ("completed", None)
    assert (report.outcome.found, report.outcome.new) == (12, 12)
    assert report.outcome.claims == rows(engine, ClaimRow) > 0
    assert rows(engine, ReleaseRow) == rows(engine, Revision) == 12


def test_second_run_asks_on_condition_and_finds_nothing_new(read, engine: Engine, office: PressOffice) -> None:
    read()
    claims = rows(engine, ClaimRow)
    office.forget()
    outcome = read().outcome
    assert (outcome.found, outcome.unchanged, outcome.new, outcome.claims) == (12, 12, 0, 0)
    assert rows(engine, Revision) == 12
    assert rows(engine, ClaimRow) == claims
    asked = [request for request in office.requests if request.url.startswith("/foerderung")]
    assert len(asked) == 12
    assert all("if-none-match" in request.headers for request in asked)


def test_new_release_and_correction_are_found(read, cms: CMS, engine: Engine) -> None:
    newest = cms.releases.pop(0)
    read()
    cms.releases.insert(0, newest)
    old = cms.releases[3]
    cms.releases[3] = replace(old, paragraphs=[*old.paragraphs, "Weitere 99 Anträge wurden abgelehnt."])
    outcome = read().outcome
    assert (outcome.new, outcome.corrected, outcome.unchanged) == (1, 1, 10)
    assert len(outcome.releases) == 2
    assert rows(engine, Revision) == 13


def test_without_lookback_known_releases_are_left_alone(read, office: PressOffice) -> None:
    read()
    office.forget()
    assert read(Extent(lookback=0)).outcome.found == 0
    assert not [request for request in office.requests if request.url.startswith("/foerderung")]


def test_broken_page_stops_nothing_and_is_read_when_it_is_mended(
    read, office: PressOffice, cms: CMS, engine: Engine
) -> None:
    paths = [cms.path(release) for release in cms.releases]
    office.serve(paths[2], challenge())
    office.serve(paths[5], Answer(b"", status=500))
    report = read()
    assert report.state == "degraded"
    assert (report.outcome.new, report.outcome.blocked, report.outcome.broken) == (10, 1, 1)
    assert "2 of 12" in (report.reason or "")
    with engine.connect() as connection:
        failed = dict(connection.execute(select(Fetch.outcome, Fetch.url).where(Fetch.reason.is_not(None))).all())
    assert failed == {"blocked": office.url + paths[2], "failed": office.url + paths[5]}
    office.serve(paths[2])
    office.serve(paths[5])
    assert (read().outcome.new, rows(engine, ReleaseRow)) == (2, 12)


def test_release_that_left_the_lists_is_asked_for_until_it_is_gone(
    read, office: PressOffice, cms: CMS, engine: Engine
) -> None:
    read()
    taken = cms.releases.pop(4)
    office.serve(cms.path(taken), Answer(b"<h1>404</h1>", status=404))
    report = read()
    assert (report.state, report.outcome.gone, report.outcome.unchanged) == ("completed", 1, 11)
    with engine.connect() as connection:
        gone = connection.scalars(select(ReleaseRow.url).where(ReleaseRow.gone_at.is_not(None))).all()
    assert gone == [office.url + cms.path(taken)]
    office.forget()
    assert read().outcome.found == 11
    assert office.count(cms.path(taken)) == 0


def test_newest_releases_that_slid_off_the_lists_are_asked_for_and_no_others(
    read, office: PressOffice, cms: CMS
) -> None:
    read()
    slid, older = cms.releases[2:4], cms.releases[6:]
    cms.releases[2:] = cms.releases[4:6]
    office.forget()
    report = read(Extent(lookback=5))
    assert (report.outcome.found, report.outcome.unchanged) == (6, 4)
    asked = {request.url for request in office.requests if request.url.startswith("/foerderung")}
    assert {cms.path(each) for each in slid} <= asked
    assert not {cms.path(each) for each in older} & asked


def test_page_that_is_gone_is_noted_and_its_release_kept(read, office: PressOffice, cms: CMS, engine: Engine) -> None:
    read()
    office.serve(cms.path(cms.releases[0]), Answer(b"", status=404))
    report = read()
    assert (report.state, report.outcome.gone, report.outcome.unchanged) == ("completed", 1, 11)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).where(ReleaseRow.gone_at.is_not(None))) == 1


def test_office_whose_lists_name_only_pages_that_are_gone_is_not_well(read, office: PressOffice, cms: CMS) -> None:
    for release in cms.releases:
        office.serve(cms.path(release), Answer(b"", status=404))
    report = read()
    assert (report.state, report.outcome.gone) == ("failed", 12)
    assert "every release that the lists name is gone (404 or 410), 12 in all" in str(report.reason)
    for release in cms.releases[1:]:
        office.serve(cms.path(release))
    report = read()
    assert (report.state, report.outcome.new) == ("completed", 11)


def test_office_of_which_no_page_can_be_read_fails(read, office: PressOffice, cms: CMS) -> None:
    for release in cms.releases:
        office.serve(cms.path(release), challenge())
    assert read().state == "failed"
    office.serve(cms.path(cms.releases[0]))
    assert read().state == "degraded"


def test_office_that_shuts_us_out_is_left_alone(read, office: PressOffice, cms: CMS) -> None:
    for release in cms.releases:
        office.serve(cms.path(release), FORBIDDEN)
    report = read()
    assert report.state == "failed"
    assert "403" in (report.reason or "")
    assert len([request for request in office.requests if request.url.startswith("/foerderung")]) == 3


def test_office_that_shuts_us_out_midway_keeps_what_was_read(read, office: PressOffice, cms: CMS) -> None:
    for release in cms.releases[6:]:
        office.serve(cms.path(release), FORBIDDEN)
    report = read()
    assert report.state == "degraded"
    assert (report.outcome.new, report.outcome.blocked) == (6, 3)
    assert "3 of 12 releases were left for the next run" in (report.reason or "")


def test_office_that_does_not_answer_gives_a_failed_report(engine: Engine, source: Source, office: PressOffice) -> None:
    office.serve("/feed/", Answer(b"", status=503))
    report = ingest_source(engine, source, Fetcher())
    assert (report.state, report.outcome.found) == ("failed", 0)
    assert "503" in (report.reason or "")


def test_archive_is_read_in_batches(read, cms: CMS, engine: Engine) -> None:
    cms.releases[:] = samples(BATCH + 5)
    assert read(Extent(since=date(2000, 1, 1))).outcome.new == BATCH + 5
    assert rows(engine, ReleaseRow) == BATCH + 5
