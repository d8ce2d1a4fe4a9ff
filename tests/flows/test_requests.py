"""What a second run asks for and writes; what is asked for again; what is archived with a release."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flows_support import rows, write_source
from simulator import CMS, PressOffice, samples
from simulator.faults import challenge
from simulator.server import Answer, Request
from sqlalchemy import Engine, select, update

from db.archive import archived_body
from db.pages import StoredPages, unread_pages
from db.tables import Base, Fetch, Release
from flows.ingestion import UNREAD_FOR, Steps, ingest_source
from flows.report import Outcome, SourceReport
from models.source import Source
from scrapers.fetch import Fetcher
from scrapers.registry import load_source


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

    def read(**options: int) -> SourceReport:
        return ingest_source(engine, source, Fetcher(robots=StoredPages(engine, source.id)), **options)

    first = read()
    assert (first.state, first.outcome.new, rows(engine, Release)) == ("completed", count, count)
    before, fetches, requests = contents(engine), rows(engine, Fetch), len(office.requests)
    office.forget()
    second = read(lookback=count)
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
    assert rows(engine, Release) == 12
    assert ingest_source(engine, source, Fetcher()).outcome.found == 11


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
    paths = [office.url + cms.path(release) for release in reversed(cms.releases[::4])]
    assert [page.url for page in unread_pages(engine, source.id, since=since, limit=9)] == paths
    assert [page.url for page in unread_pages(engine, source.id, since=since, limit=2)] == paths[:2]


class Linking(CMS):
    """A site whose first release links to documents here and elsewhere."""

    links = (
        '<p><a href="/bericht.pdf;jsessionid=1A.live2">Fortschrittsbericht 2025</a>, <a href="/fehlt.pdf">Anlage</a>, '
        '<a href="https://example.org/fremd.pdf">Studie</a></p>'
    )

    def answer(self, request: Request, base: str) -> Answer | None:
        found = super().answer(request, base)
        if found is not None and request.url == self.path(self.releases[0]):
            body = re.sub(b"</p></div>", b"</p>" + self.links.encode() + b"</div>", found.body)
            return replace(found, body=body)
        return found


PDF = Answer(b"%PDF-1.7 ein Bericht", headers={"Content-Type": "application/pdf"})


def test_documents_of_the_office_are_archived_once(engine: Engine, offices, tmp_path) -> None:
    cms = Linking("wordpress", samples(3))
    office = offices.open(cms)
    source = load_source(write_source(office, cms, tmp_path))
    office.serve("/bericht.pdf", PDF)
    office.serve("/fehlt.pdf", Answer(b"<h1>Leider nein</h1>"))
    report = ingest_source(engine, source, Fetcher())
    assert (report.state, report.outcome.new) == ("degraded", 3)
    assert "/fehlt.pdf is a web page and no document" in (report.reason or "")
    with engine.connect() as connection:
        found = connection.execute(select(Fetch).where(Fetch.url.endswith(".pdf")).order_by(Fetch.url)).all()
        assert [(row.outcome, row.url) for row in found] == [
            ("stored", office.url + "/bericht.pdf"),
            ("blocked", office.url + "/fehlt.pdf"),
        ]
        owner = connection.scalar(select(Release.id).where(Release.url == office.url + cms.path(cms.releases[0])))
        assert {row.release_id for row in found} == {owner}
        assert archived_body(connection, found[0].snapshot_hash) == PDF.body
    office.serve("/fehlt.pdf", PDF)
    assert ingest_source(engine, source, Fetcher()).state == "completed"
    assert ingest_source(engine, source, Fetcher()).state == "completed"
    assert (office.count("/bericht.pdf"), office.count("/fehlt.pdf")) == (1, 2)


def test_documents_that_a_killed_run_did_not_come_to_are_archived_by_the_next(
    engine: Engine, offices, tmp_path
) -> None:
    cms = Linking("wordpress", samples(3))
    office = offices.open(cms)
    source = load_source(write_source(office, cms, tmp_path))
    office.serve("/bericht.pdf", PDF)
    office.serve("/fehlt.pdf", PDF)

    def killed(*_arguments: object) -> Outcome:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest_source(engine, source, Fetcher(), Steps(attach=killed))
    assert office.count("/bericht.pdf") == 0
    for _ in range(2):
        assert ingest_source(engine, source, Fetcher()).state == "completed"
        assert (office.count("/bericht.pdf"), office.count("/fehlt.pdf")) == (1, 1)
