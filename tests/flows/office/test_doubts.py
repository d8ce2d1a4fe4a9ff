"""Answers that were cut off are no corrections, and corrections that look like it are believed when they come twice."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from db.tables import ChangeRow, Fetch, Revision
from flows.office.steps import ingest_source
from models.source import Source
from scrapers.http.fetch import Fetcher
from tests.support.databases import rows
from tests.support.simulator import CMS, Answer, PressOffice, Published, Request
from tests.support.simulator.faults import cut_off_without_length


@pytest.fixture
def read(engine: Engine, source: Source):
    return lambda: ingest_source(engine, source, Fetcher())


@pytest.fixture
def long(cms: CMS) -> Published:
    """A release whose page is long enough to be a page when it is cut off."""
    told = [f"In Ort {number} sind {number} Schulen neu gebaut worden." for number in range(2, 40)]
    cms.releases[2] = replace(cms.releases[2], paragraphs=[*cms.releases[2].paragraphs, *told])
    return cms.releases[2]


def page_of(cms: CMS, office: PressOffice, path: str) -> bytes:
    answer = cms.answer(Request("GET", path, {}, b""), office.url)
    assert answer is not None
    return answer.body


def test_a_page_that_breaks_off_is_no_correction(
    read, cms: CMS, office: PressOffice, engine: Engine, long: Published
) -> None:
    read()
    path = cms.path(long)
    page = page_of(cms, office, path)
    changes = rows(engine, ChangeRow)
    office.serve(path, cut_off_without_length(page[: int(len(page) * 0.7)]))
    report = read()
    assert (report.state, report.outcome.corrected, report.outcome.broken) == ("degraded", 0, 1)
    assert "came without its end, which it had before; it is asked for again" in str(report.reason)
    assert (rows(engine, Revision), rows(engine, ChangeRow)) == (12, changes)
    office.serve(path, cut_off_without_length(page))
    assert read().state == "completed"
    assert rows(engine, Revision) == 12


def test_a_page_that_never_had_an_end_is_doubted_where_its_text_ends_earlier(
    read, cms: CMS, office: PressOffice, engine: Engine, long: Published
) -> None:
    path = cms.path(long)
    page = page_of(cms, office, path).replace(b"</html>", b"")
    office.serve(path, Answer(page))
    read()
    office.serve(path, Answer(page[: int(len(page) * 0.7)]))
    report = read()
    assert (report.outcome.corrected, report.outcome.broken) == (0, 1)
    assert "% of its text; it is asked for again" in str(report.reason)


def test_a_new_page_that_breaks_off_is_stored_once_it_is_whole(
    read, cms: CMS, office: PressOffice, engine: Engine, long: Published
) -> None:
    path = cms.path(long)
    page = page_of(cms, office, path)
    office.serve(path, cut_off_without_length(page[: int(len(page) * 0.7)]), cut_off_without_length(page))
    assert [read().state, read().outcome.corrected] == ["completed", 0]
    assert rows(engine, Revision) == 12


def test_a_page_that_stays_without_its_end_is_believed(read, cms: CMS, office: PressOffice, long: Published) -> None:
    read()
    path = cms.path(long)
    page = page_of(cms, office, path)
    office.serve(path, cut_off_without_length(page[: int(len(page) * 0.7)]))
    assert [read().outcome.corrected, read().outcome.corrected] == [0, 1]


def test_a_release_that_loses_most_of_its_text_is_believed_the_second_time(read, cms: CMS, engine: Engine) -> None:
    long = cms.releases[3]
    cms.releases[3] = replace(
        long, paragraphs=[*long.paragraphs, *(f"Es sind {n} Schulen im Land." for n in range(40))]
    )
    read()
    cms.releases[3] = long
    first = read()
    assert (first.state, first.outcome.corrected) == ("degraded", 0)
    assert "of its text; it is asked for again" in str(first.reason)
    second = read()
    assert (second.state, second.outcome.corrected) == ("completed", 1)
    with engine.connect() as connection:
        assert connection.scalars(select(Fetch.reason).where(Fetch.outcome == "failed")).all()


def test_a_doubted_page_is_asked_for_again_though_it_left_the_list(
    read, cms: CMS, office: PressOffice, long: Published
) -> None:
    read()
    path = cms.path(long)
    office.serve(path, Answer(page_of(cms, office, path)[:-60]))
    read()
    cms.releases.remove(long)
    office.forget()
    read()
    assert office.count(path) == 1
