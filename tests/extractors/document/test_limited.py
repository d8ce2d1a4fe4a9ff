"""Documents in a process of their own: hostile ones cost that process alone."""

import io
import random
import resource
import zlib
from collections.abc import Iterator

import pypdfium2
import pytest

from extractors.document.limited import marked_page, read_document
from extractors.document.read import read_pdf
from models.document import Document
from models.errors import UnreadableDocument
from tests.extractors.document.reports import SEEN, made

_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def _pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, from 1 on; the first is the catalogue."""
    body = b"%PDF-1.5\n"
    for number, content in enumerate(objects, start=1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return body + b"trailer<</Root 1 0 R/Size %d>>" % (len(objects) + 1)


def _stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), more, content)


def _squeezed(content: bytes, times: int, around: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    """The same bytes so many times, compressed without this process ever holding them."""
    packing = zlib.compressobj(9)
    many = content * 10_000
    parts = [packing.compress(part) for part in (around[0], *[many] * (times // 10_000), around[1])]
    return b"".join(parts) + packing.flush()


def _packed(content: bytes, times: int, around: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    return _stream(_squeezed(content, times, around), b"/Filter/FlateDecode")


def _with_content(content: bytes, pages: int = 1) -> bytes:
    kids = b" ".join([b"3 0 R"] * pages)
    return _pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages), _PAGE, content, _FONT
    )


def _bombs() -> Iterator[tuple[str, bytes]]:
    yield "blank that grows to a gigabyte", _with_content(_packed(b" " * 100, 10_000_000))
    yield "words without end", _with_content(_packed(b"(Projekt) Tj ", 4_000_000, (b"BT /F 9 Tf 9 9 Td ", b"ET")))
    twice = zlib.compress(_squeezed(b"\0" * 100, 4_000_000), 9)
    yield "packed twice", _with_content(_stream(twice, b"/Filter[/FlateDecode/FlateDecode]"))
    yield "lines without end", _with_content(_packed(b"9 9 l 0 0 l ", 5_000_000, (b"0 0 m ", b"S")))
    yield "page tree in a circle", _pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>")
    yield "a million pages", _pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>", _PAGE)
    yield "brackets without end", b"%PDF-1.5\n1 0 obj\n" + b"[" * 2_000_000
    yield "nothing", b""


@pytest.mark.parametrize(("name", "body"), list(_bombs()), ids=lambda value: value if isinstance(value, str) else "")
def test_bombs_end_in_one_sentence(name: str, body: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        document = read_document(body)
    except UnreadableDocument as error:
        assert str(error).startswith("The document") and "\n" not in str(error)
    else:
        assert len(document.text) < 2_100_000
    # Kilobytes of this process: what the file unpacks to never comes here.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000


def _mutated(body: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    changed = bytearray(body)
    for _ in range(chance.choice((1, 4, 30))):
        at = chance.randrange(len(changed))
        kind = chance.randrange(4)
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + chance.randrange(1, 200)]
        elif kind == 2:
            changed[at:at] = changed[max(0, at - 100) : at]
        else:
            digits = str(chance.choice((0, -1, 2**31, 2**63, 10**9))).encode()
            changed[at : at + len(digits)] = digits
    return bytes(changed)


def _settle(body: bytes) -> Document | None:
    try:
        return read_document(body)
    except UnreadableDocument:
        return None


def test_damaged_documents_are_read_or_told() -> None:
    body = made(SEEN[0]).body
    read = [_settle(_mutated(body, seed)) for seed in range(12)]
    assert any(read)


@pytest.mark.long
def test_two_thousand_damaged_documents() -> None:
    bodies = [made(layout).body for layout in SEEN[:8]]
    read = [_settle(_mutated(bodies[seed % 8], seed)) for seed in range(2000)]
    assert any(read) and not all(read)


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
