"""What a second run asks for and writes; what is asked for again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from db.archive.to_fetch import StoredPages, to_retry
from db.tables import Base, Fetch, ReleaseRow
from flows.office.steps import UNREAD_FOR, USUAL, Extent, ingest_source
from flows.runs.outcome import SourceReport
from models.source import Source
from scrapers.http.fetch import Fetcher
from tests.support.databases import rows
from tests.support.simulator import CMS, PressOffice, samples
from tests.support.simulator.faults import challenge
from tests.support.simulator.server import Request


def contents(engine: Engine) -> dict[str, list[Any]]:
    """All rows of all tables but the log of fetches."""
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
            if table.name != Fetch.__tablename__
        }


@pytest.mark.parametrize("count", [60, pytest.param(2000, marks=pytest.mark.long)])
def test_second_run_asks_on_condition_only_and_writes_nothing_but_fetches(
    engine: Engine, source: Source, office: PressOffice, cms: CMS, count: int
) -> None:
    cms.releases[:] = samples(count)

    def read(extent: Extent = USUAL) -> SourceReport:
        return ingest_source(engine, source, Fetcher(robots=StoredPages(engine, source.id)), extent)

    first = read()
    assert (first.state, first.outcome.new, rows(engine, ReleaseRow)) == ("completed", count, count)
    before, fetches, requests = contents(engine), rows(engine, Fetch), len(office.requests)
    office.forget()
    second = read(Extent(lookback=count))
    assert (second.state, second.outcome.found, second.outcome.unchanged) == ("completed", count, count)
    assert len(office.requests) == requests
    assert all("if-none-match" in request.headers for request in office.requests)
    assert contents(engine) == before
    assert rows(engine, Fetch) - fetches == requests


def test_lists_are_asked_for_anew_when_their_bytes_are_lost(
    engine: Engine, source: Source, office: PressOffice
) -> None:
    ingest_source(engine, source, Fetcher())
    with engine.begin() as connection:
        connection.execute(update(Fetch).where(Fetch.url.endswith("/feed/")).values(snapshot_hash=None))
    office.forget()
    ingest_source(engine, source, Fetcher())
    (feed,) = [request for request in office.requests if request.url == "/feed/"]
    assert "if-none-match" not in feed.headers


@pytest.fixture
def slid_off(engine: Engine, source: Source, office: PressOffice, cms: CMS) -> str:
    """The path of a release whose page could not be read before it left the office's lists."""
    lost = cms.releases[4]
    path = cms.path(lost)
    page = cms.answer(Request("GET", path, {}, b""), office.url)
    office.serve(path, challenge())
    assert ingest_source(engine, source, Fetcher()).outcome.blocked == 1
    cms.releases.remove(lost)
    assert page is not None
    office.serve(path, page)
    return path


def test_unread_page_is_asked_for_again_though_it_left_the_list(
    engine: Engine, source: Source, office: PressOffice, slid_off: str
) -> None:
    office.forget()
    report = ingest_source(engine, source, Fetcher())
    assert (report.state, report.outcome.new, report.outcome.found) == ("completed", 1, 12)
    assert office.count(slid_off) == 1
    assert rows(engine, ReleaseRow) == 12
    # Now it is one of the newest releases, and asked for as such.
    assert ingest_source(engine, source, Fetcher()).outcome.found == 12


def test_unread_page_is_given_up_in_the_end(engine: Engine, source: Source, office: PressOffice, slid_off: str) -> None:
    with engine.begin() as connection:
        long_ago = datetime.now(UTC) - UNREAD_FOR - timedelta(hours=1)
        connection.execute(update(Fetch).where(Fetch.url == office.url + slid_off).values(fetched_at=long_ago))
    office.forget()
    ingest_source(engine, source, Fetcher())
    assert office.count(slid_off) == 0


def test_unread_pages_are_bounded_and_the_longest_waiting_come_first(
    engine: Engine, source: Source, office: PressOffice, cms: CMS
) -> None:
    for release in cms.releases[::4]:
        office.serve(cms.path(release), challenge())
    ingest_source(engine, source, Fetcher())
    since = datetime.now(UTC) - UNREAD_FOR
    paths = [office.url + cms.path(release) for release in cms.releases[::4]]
    assert list(to_retry(engine, source.id, since=since, limit=9).pages) == paths
    assert list(to_retry(engine, source.id, since=since, limit=2).pages) == paths[:2]
