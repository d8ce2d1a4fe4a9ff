"""Documents in a process of their own: hostile ones cost that process alone."""

import io

import pypdfium2
import pytest

from extractors.document.limited import marked_page, read_document
from extractors.document.read import read_pdf
from models.errors import UnreadableDocument
from tests.extractors.document.reports import SEEN, made


def test_the_process_finds_what_this_one_would() -> None:
    report = made(SEEN[0])
    assert read_document(report.body) == read_pdf(report.body)


def test_words_under_the_mark_are_the_words_of_the_text() -> None:
    report = made(next(layout for layout in SEEN if layout.name == "turned"))
    document = read_document(report.body)
    cell = document.tables[0].rows[40][1]
    runs = document.runs(cell.start, cell.end)
    page = runs[0].page
    shown = marked_page(report.body, page, [(run.index, run.length) for run in runs])
    assert shown.words.split() == document.text[cell.start : cell.end].split()
    assert shown.png.startswith(b"\x89PNG")
    assert all(0 <= x0 < x1 <= shown.width and 0 <= y0 < y1 <= shown.height for x0, y0, x1, y1 in shown.marked)


def test_a_locked_document_is_said_to_be_locked() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    made_of = io.BytesIO()
    canvas = Canvas(made_of, encrypt=StandardEncryption("geheim", canPrint=0))
    canvas.drawString(70, 700, "Fortschrittsbericht")
    canvas.save()
    with pytest.raises(UnreadableDocument, match="locked with a password"):
        read_document(made_of.getvalue())


def test_a_scan_is_said_to_be_one() -> None:
    made_of = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        bitmap = pypdfium2.PdfBitmap.new_native(40, 40, 4)
        image = pypdfium2.PdfImage.new(document)
        image.set_bitmap(bitmap)
        page = document.new_page(595, 842)
        page.insert_obj(image)
        page.gen_content()
        document.save(made_of)
    with pytest.raises(UnreadableDocument, match="scan"):
        read_document(made_of.getvalue())
