"""Documents that releases link to are read once their bytes are there, and say why where they cannot be."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, func, select, update

from db.archive.outdated import Rules
from db.claims.queries import ClaimFilter, claims
from db.releases.documents import place_of, unread_documents
from db.releases.news import read_late
from db.releases.queries import release, releases
from db.tables import DocumentRow, Fetch, PageReading, Reading, ReleaseRow
from db.upkeep.forget import forget
from db.upkeep.verify import verify
from extractors.document import VERSION
from extractors.document.limited import marked_page
from extractors.page import VERSION as PAGE_VERSION
from extractors.pipeline import version
from flows.office.archive import RereadMode, batches, reextract_batch
from flows.office.steps import ingest_source
from models.calendar import BERLIN, day_bounds
from scrapers.http.fetch import Fetcher
from scrapers.registry import load_source
from tests.extractors.document.reports import SEEN, made
from tests.support.offices import write_source
from tests.support.simulator import CMS, samples
from tests.support.simulator.server import Answer, Request

REPORT = made(next(layout for layout in SEEN if layout.name == "money"))


class WithReports(CMS):
    """A site whose first release links to a report and to a scan of one."""

    def answer(self, request: Request, base: str) -> Answer | None:
        found = super().answer(request, base)
        if found is not None and request.url == self.path(self.releases[0]):
            links = b'<p><a href="/bericht.pdf">Bericht</a>, <a href="/kaputt.pdf">Anlage</a></p>'
            return replace(found, body=re.sub(b"</p></div>", b"</p>" + links + b"</div>", found.body))
        return found


def pdf(body: bytes) -> Answer:
    return Answer(body, headers={"Content-Type": "application/pdf"})


def test_rows_of_a_report_become_claims_below_its_release(engine: Engine, offices, tmp_path: Path) -> None:
    cms = WithReports("wordpress", samples(3))
    office = offices.open(cms)
    source = load_source(write_source(office, cms, tmp_path))
    office.serve("/bericht.pdf", pdf(REPORT.body))
    office.serve("/kaputt.pdf", pdf(b"%PDF-1.7 abgerissen"))
    report = ingest_source(engine, source, Fetcher())
    assert (report.state, report.outcome.new) == ("completed", 3), report.reason

    with engine.connect() as connection:
        read, broken = connection.execute(select(DocumentRow.__table__).order_by(DocumentRow.url)).all()
    assert (broken.release_id, broken.reason) == (None, "The document is no PDF, or a damaged one.")
    linking = release(engine, read.part_of)
    assert linking.summary.url == office.url + cms.path(cms.releases[0])
    assert [(each.release_id, each.reason) for each in linking.documents] == [
        (read.release_id, None),
        (None, broken.reason),
    ]
    document = release(engine, read.release_id)
    assert document.summary.published == linking.summary.published
    states = {each.claim.subject: each.claim.status for each in document.claims if each.claim.rule == "row/status"}
    assert states == REPORT.states
    text = document.revisions[-1].release.text
    assert all(text[each.claim.start : each.claim.end] == each.claim.quote for each in document.claims)

    # A document is nothing that an office publishes by itself.
    assert len(releases(engine)) == 3
    day = document.revisions[-1].seen_at.astimezone(BERLIN).date()
    late = read_late(engine, since=day_bounds(day)[0], until=day_bounds(day)[1])
    assert late and late.releases == 3
    assert verify(engine) == []

    # Nothing is tried twice by the same reader.
    assert unread_documents(engine, source.id, VERSION, limit=9) == []
    assert unread_documents(engine, source.id, "another", limit=9) == [broken.url]
    assert ingest_source(engine, source, Fetcher()).outcome.claims == 0
    assert (office.count("/bericht.pdf"), office.count("/kaputt.pdf")) == (1, 1)


def test_a_release_that_is_forgotten_takes_its_documents_with_it(engine: Engine, offices, tmp_path: Path) -> None:
    cms = WithReports("wordpress", samples(3))
    office = offices.open(cms)
    office.serve("/bericht.pdf", pdf(REPORT.body))
    office.serve("/kaputt.pdf", pdf(b"%PDF-1.7 abgerissen"))
    ingest_source(engine, load_source(write_source(office, cms, tmp_path)), Fetcher())
    removed = forget(engine, [office.url + cms.path(cms.releases[0])], "Request", now=datetime(2024, 6, 1, tzinfo=UTC))
    assert (removed["releases"], removed["documents"]) == (2, 2)
    assert claims(engine, ClaimFilter(status="completed", source="uebung")).claims == ()
    assert verify(engine) == []


def test_words_under_the_mark_are_the_quote_of_each_claim(engine: Engine, offices, tmp_path: Path) -> None:
    cms = WithReports("wordpress", samples(3))
    office = offices.open(cms)
    office.serve("/bericht.pdf", pdf(REPORT.body))
    office.serve("/kaputt.pdf", pdf(b"%PDF-1.7 abgerissen"))
    ingest_source(engine, load_source(write_source(office, cms, tmp_path)), Fetcher())
    with engine.connect() as connection:
        document_id = connection.scalar(select(DocumentRow.release_id).where(DocumentRow.release_id.is_not(None)))
    assert document_id is not None
    found = release(engine, document_id).claims
    assert len(found) > 140
    for each in found[:: len(found) // 12]:
        place = place_of(engine, each.key)
        assert place is not None and place.pages > 1
        shown = marked_page(REPORT.body, place.page, place.runs)
        assert shown.words.split() == each.claim.quote.split()


def test_a_report_is_read_again_by_new_rules(engine: Engine, offices, tmp_path: Path) -> None:
    cms = WithReports("wordpress", samples(3))
    office = offices.open(cms)
    source = load_source(write_source(office, cms, tmp_path))
    office.serve("/bericht.pdf", pdf(REPORT.body))
    office.serve("/kaputt.pdf", pdf(b"%PDF-1.7 abgerissen"))
    ingest_source(engine, source, Fetcher())
    assert list(batches(engine)) == []
    with engine.begin() as connection:
        before = connection.scalar(select(func.count()).select_from(Reading))
        connection.execute(update(PageReading).values(extractor_version="0"))
    assert RereadMode.OUTDATED.rules == Rules(PAGE_VERSION, VERSION, version())
    (batch,) = batches(engine)
    assert len(batch) == 4
    reread = reextract_batch(engine, {source.id: source}, batch)
    assert [each.problem for each in reread] == [None] * 4
    assert list(batches(engine)) == []
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Reading)) == before
        assert connection.scalar(select(func.count()).select_from(ReleaseRow)) == 4
        owners = set(connection.scalars(select(Fetch.release_id).where(Fetch.url.endswith("/bericht.pdf"))))
        assert owners == set(connection.scalars(select(DocumentRow.release_id).where(DocumentRow.reason.is_(None))))
    assert claims(engine, ClaimFilter(status="completed")).claims


def test_a_document_that_moved_is_not_read_as_another(engine: Engine, offices, tmp_path: Path) -> None:
    cms = WithReports("wordpress", samples(3))
    office = offices.open(cms)
    source = load_source(write_source(office, cms, tmp_path))
    office.serve("/bericht.pdf", pdf(REPORT.body))
    office.serve("/kaputt.pdf", pdf(REPORT.body))
    first = ingest_source(engine, source, Fetcher())
    assert first.outcome.claims < 250  # of its rows 146, once
    with engine.connect() as connection:
        part_of = connection.scalar(select(DocumentRow.part_of).limit(1))
        read = connection.scalar(select(func.count()).where(DocumentRow.release_id.is_not(None)))
    assert part_of is not None and read == 1
    assert [each.reason for each in release(engine, part_of).documents] == [None]
