"""Reports of many layouts: reading order, rows, states, evidence."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from extractors.document.claims import ROW_STATUS, Linked, document_claims
from extractors.document.read import read_pdf
from models.document import Document
from models.errors import UnreadableDocument
from scrapers.office import site
from tests.extractors.document.measures import marked_otherwise, order_kept, rows_of
from tests.extractors.document.printed import LATER, PRINTED, printed
from tests.extractors.document.reports import SEEN, Layout, made
from tests.extractors.document.typed import TYPED, Typed, typed
from tests.extractors.document.unseen import UNSEEN, Drawn
from tests.extractors.document.unseen import made as draw
from tests.extractors.document.varied import VARIED, varied

CHROMIUM = Path("/usr/bin/chromium")
DOCUMENTS = Path(site.__file__).parent / "documents"


def _states(body: bytes, document: Document) -> set[tuple[str | None, str | None]]:
    """What the rows of a document state, after a look at the marks of all that it states."""
    found = document_claims(document, Linked(date(2025, 3, 1))).extraction.claims
    assert marked_otherwise(body, document, found) == []
    return {(claim.subject, claim.status) for claim in found if claim.rule == ROW_STATUS}


@pytest.mark.parametrize("layout", SEEN, ids=lambda layout: layout.name)
def test_layouts(layout: Layout) -> None:
    report = made(layout)
    document = read_pdf(report.body)
    assert document.title == "Fortschrittsbericht 2024 zur Konferenz"
    assert order_kept(document, report.words) >= 0.99
    assert Counter(rows_of(document)) == Counter(report.rows)
    assert _states(report.body, document) == set(report.states.items())
    assert document.text.startswith(f"{document.title}\n\n")
    for place, behind in zip(document.places, document.places[1:], strict=False):
        assert place.start + place.length <= behind.start


@pytest.mark.parametrize("layout", UNSEEN, ids=lambda layout: layout.name)
def test_layouts_that_the_reader_was_not_written_for(layout: Drawn) -> None:
    report = draw(layout)
    document = read_pdf(report.body)
    assert order_kept(document, report.words) >= 0.95
    assert Counter(rows_of(document)) == Counter(report.rows)
    assert _states(report.body, document) == set(report.states.items())


@pytest.mark.parametrize("layout", TYPED, ids=lambda layout: layout.name)
def test_layouts_of_word_processors(layout: Typed) -> None:
    report = typed(layout)
    document = read_pdf(report.body)
    assert Counter(rows_of(document)) == Counter(report.rows)
    assert _states(report.body, document) == set(report.states.items())


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (Debian package: chromium)")
def test_cells_over_rows_and_columns_notes_and_marks_as_a_browser_prints_them() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        reports = {layout.name: varied(layout, browser) for layout in VARIED}
        browser.close()
    for name, report in reports.items():
        document = read_pdf(report.body)
        assert Counter(rows_of(document)) == Counter(report.rows), name
        assert _states(report.body, document) == set(report.states.items()), name


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (Debian package: chromium)")
def test_reports_that_a_browser_prints() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        reports = [printed(layout, browser) for layout in (*PRINTED, *LATER)]
        browser.close()
    right = read = stated = 0
    for report in reports:
        document = read_pdf(report.body)
        assert order_kept(document, report.words) >= 0.95
        right += sum((Counter(rows_of(document)) & Counter(report.rows)).values())
        states = _states(report.body, document)
        assert states <= set(report.states.items())
        read += len(states)
        stated += len(report.states)
    assert right >= 0.98 * stated
    assert read >= 0.95 * stated


@pytest.mark.parametrize("name", ["money", "symbols", "no number, no rules"])
def test_rows_state_what_became_of_each_project(name: str) -> None:
    report = made(next(layout for layout in SEEN if layout.name == name))
    document = read_pdf(report.body)
    found = document_claims(document, Linked(date(2025, 3, 1)))
    states = [claim for claim in found.extraction.claims if claim.rule == ROW_STATUS]
    assert {(claim.subject, claim.status) for claim in states} == set(report.states.items())
    assert not found.unread
    for claim in found.extraction.claims:
        assert document.text[claim.start : claim.end] == claim.quote
    assert {claim.reporting_date for claim in states} == {"2024"}


def test_states_that_nobody_knows_are_told_as_not_read() -> None:
    report = made(next(layout for layout in SEEN if layout.name == "symbols"))
    document = read_pdf(report.body)
    without_legend = document.text.replace("abgeschlossen,", "xxxxxxxxxxxxx,")
    changed = replace(document, text=without_legend)
    found = document_claims(changed, Linked(date(2025, 3, 1)))
    assert "completed" not in {claim.status for claim in found.extraction.claims if claim.rule == ROW_STATUS}
    assert "„●“" in found.unread[0]


def test_what_is_no_document_is_told_in_one_sentence() -> None:
    with pytest.raises(UnreadableDocument, match="no PDF"):
        read_pdf(b"<html><body>Diese Seite gibt es nicht.</body></html>")


@pytest.mark.parametrize("year", [2021, 2022, 2024])
def test_marks_in_the_reports_of_the_bundled_office(year: int) -> None:
    body = (DOCUMENTS / f"fortschrittsbericht-{year}.pdf").read_bytes()
    assert len(_states(body, read_pdf(body))) >= 70
