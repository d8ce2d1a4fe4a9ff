"""Documents that releases link to are archived with them, once, and none is lost to a run that is killed."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from db.archive.snapshots import archived_body
from db.tables import Fetch, ReleaseRow
from flows.office.steps import UNREAD_FOR, ingest_source
from scrapers.http.fetch import Fetcher
from scrapers.registry import load_source
from tests.support.databases import rows
from tests.support.offices import write_source
from tests.support.simulator import CMS, PressOffice, samples
from tests.support.simulator.faults import busy
from tests.support.simulator.server import Answer, Request


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


def test_documents_of_the_office_are_archived_once(engine: Engine, offices, tmp_path: Path) -> None:
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
        owner = connection.scalar(select(ReleaseRow.id).where(ReleaseRow.url == office.url + cms.path(cms.releases[0])))
        assert {row.release_id for row in found} == {owner}
        assert archived_body(connection, found[0].snapshot_hash) == PDF.body
    office.serve("/fehlt.pdf", PDF)
    assert ingest_source(engine, source, Fetcher()).state == "completed"
    assert ingest_source(engine, source, Fetcher()).state == "completed"
    assert (office.count("/bericht.pdf"), office.count("/fehlt.pdf")) == (1, 2)


@pytest.fixture
def linking(offices, tmp_path: Path) -> tuple[PressOffice, Path]:
    """An office whose newest release links to two documents, and its source file."""
    cms = Linking("wordpress", samples(3))
    office = offices.open(cms)
    return office, write_source(office, cms, tmp_path)


def documents(engine: Engine) -> list[Any]:
    """What the log of fetches says of documents, in the order in which they were asked for."""
    with engine.connect() as connection:
        return list(connection.execute(select(Fetch).where(Fetch.url.endswith(".pdf")).order_by(Fetch.fetched_at)))


RUN = """
import sys
from pathlib import Path
from db.engine import connect
from flows.office.steps import ingest_source
from scrapers.http.fetch import Fetcher
from scrapers.registry import load_source
ingest_source(connect(sys.argv[1]), load_source(Path(sys.argv[2])), Fetcher())
"""


def test_documents_of_a_killed_run_are_archived_by_the_next(
    engine: Engine, url: str, linking: tuple[PressOffice, Path]
) -> None:
    office, file = linking
    asked, over = Event(), Event()

    def hang(_connection: object) -> None:
        asked.set()
        over.wait(60)

    office.serve("/bericht.pdf", Answer(send=hang), PDF)
    office.serve("/fehlt.pdf", PDF)
    run = subprocess.Popen([sys.executable, "-c", RUN, url, str(file)])
    try:
        assert asked.wait(120), "the run never came to the document"
    finally:
        run.kill()
        run.wait()
        over.set()
    assert (rows(engine, ReleaseRow), documents(engine)) == (3, [])
    source = load_source(file)
    report = ingest_source(engine, source, Fetcher())
    assert (report.state, report.outcome.new, report.outcome.unchanged) == ("completed", 0, 3)
    assert [(row.outcome, row.url) for row in documents(engine)] == [
        ("stored", office.url + "/bericht.pdf"),
        ("stored", office.url + "/fehlt.pdf"),
    ]
    with engine.connect() as connection:
        assert archived_body(connection, documents(engine)[0].snapshot_hash) == PDF.body
    ingest_source(engine, source, Fetcher())
    assert (office.count("/bericht.pdf"), office.count("/fehlt.pdf")) == (2, 1)


@pytest.mark.parametrize(("answer", "outcome", "asked"), [(Answer(status=404), "gone", 1), (busy(), "failed", 3)])
def test_documents_are_asked_for_again_by_the_rules_of_pages(
    engine: Engine, linking: tuple[PressOffice, Path], answer: Answer, outcome: str, asked: int
) -> None:
    office, file = linking
    office.serve("/bericht.pdf", answer)
    office.serve("/fehlt.pdf", PDF)
    source = load_source(file)
    for _ in range(3):
        ingest_source(engine, source, Fetcher())
    assert (office.count("/bericht.pdf"), office.count("/fehlt.pdf")) == (asked, 1)
    assert [row.outcome for row in documents(engine) if row.url.endswith("/bericht.pdf")] == [outcome] * asked
    with engine.begin() as connection:
        long_ago = datetime.now(UTC) - UNREAD_FOR - timedelta(hours=1)
        first = select(Fetch.id).where(Fetch.url.endswith("/bericht.pdf")).order_by(Fetch.id).limit(1)
        connection.execute(update(Fetch).where(Fetch.id == first.scalar_subquery()).values(fetched_at=long_ago))
    ingest_source(engine, source, Fetcher())
    assert office.count("/bericht.pdf") == asked


def test_document_that_two_releases_name_is_asked_for_once(engine: Engine, offices, tmp_path: Path) -> None:
    class Twice(Linking):
        def answer(self, request: Request, base: str) -> Answer | None:
            found = CMS.answer(self, request, base)
            if found is not None and request.url in {self.path(release) for release in self.releases[:2]}:
                link = b'</p><p><a href="/bericht.pdf">Fortschrittsbericht 2025</a></p></div>'
                return replace(found, body=found.body.replace(b"</p></div>", link))
            return found

    cms = Twice("wordpress", samples(3))
    office = offices.open(cms)
    office.serve("/bericht.pdf", PDF)
    source = load_source(write_source(office, cms, tmp_path))
    assert ingest_source(engine, source, Fetcher()).state == "completed"
    assert office.count("/bericht.pdf") == 1
