"""Damaged and hostile documents, from bytes to claims: read or refused, within their limits, and this process unhurt.

Seeds are small reports of several layouts, packed and plain, so that mutations reach both the format and what is drawn.
`make proof` tries 2,000 cases, `make test` a few; `DOCUMENT=1234 pytest tests/proof -k one_document` tries one again.
"""

import os
import random
import resource
import time
import zlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest

from extractors.document.claims import Linked, document_claims
from extractors.document.limited import marked_page, read_document
from extractors.document.limits import MOST_CHARACTERS, MOST_MEMORY, MOST_SECONDS
from models.document import Document
from models.errors import UnreadableDocument
from tests.extractors.document.reports import SEEN, made

_ROWS = 6
_NUMBERS = (b"0", b"-1", b"2147483648", b"9223372036854775808", b"1000000000", b"1e308", b"0.0000001", b"65535")
_WORDS = (b"<<", b">>", b"[", b"]", b"(", b")", b"endobj", b"stream", b"endstream", b"null", b"q", b"BT", b"ET", b"Do")
_FINISHING = 5.0
"""Seconds that ending a process takes at most, on a machine with much to do."""

_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


@lru_cache(maxsize=1)
def _bodies() -> list[bytes]:
    layouts = [replace(layout, projects=_ROWS) for layout in SEEN[::3]]
    return [made(layout, packed=packed).body for layout in layouts for packed in (True, False)]


def _flipped(chance: random.Random, body: bytearray) -> None:
    for _ in range(chance.choice((1, 5, 50))):
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)


def _cut(chance: random.Random, body: bytearray) -> None:
    at = chance.randrange(len(body))
    del body[at : at + round(len(body) ** chance.random())]


def _repeated(chance: random.Random, body: bytearray) -> None:
    at = chance.randrange(len(body))
    body[at:at] = bytes(body[at : at + chance.randrange(1, 400)]) * chance.choice((1, 3, 200))


def _inserted(chance: random.Random, body: bytearray) -> None:
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randrange(len(body))
        body[at:at] = b" " + chance.choice((*_WORDS, *_NUMBERS)) + b" "


def _renumbered(chance: random.Random, body: bytearray) -> None:
    """Figures of the format: lengths, offsets, references, coordinates."""
    for _ in range(chance.choice((1, 5, 50))):
        figures = [at for at in range(0, len(body), 7) if 48 <= body[at] < 58]
        at = chance.choice(figures)
        number = chance.choice(_NUMBERS)
        body[at : at + chance.choice((1, len(number)))] = number


def _case(number: int) -> bytes:
    chance = random.Random(number)
    body = bytearray(chance.choice(_bodies()))
    for change in chance.choices((_flipped, _cut, _repeated, _inserted, _renumbered), k=chance.choice((1, 1, 2, 3))):
        change(chance, body)
        body = body or bytearray(b"%PDF-1.4")
    return bytes(body)


def _read(body: bytes) -> tuple[Document | None, float]:
    """The document, None where it is refused, and how many seconds either took."""
    began = time.monotonic()
    try:
        document = read_document(body)
    except UnreadableDocument as refusal:
        assert str(refusal).startswith("The document") and "\n" not in str(refusal)
        return None, time.monotonic() - began
    return document, time.monotonic() - began


def _hold_together(document: Document) -> int:
    """Looks whether all of a document and of its claims stands where it says; the number of the claims."""
    text = document.text
    text.encode()
    assert len(text) <= MOST_CHARACTERS * 2
    for paragraph in document.paragraphs:
        assert text[paragraph.start : paragraph.end].strip()
    for table in document.tables:
        assert all(0 <= cell.start <= cell.end <= len(text) for row in table.rows for cell in row)
    for place in document.places:
        assert 0 <= place.page < document.pages and place.index >= 0 < place.length
    claims = document_claims(document, Linked(date(2025, 3, 1))).extraction.claims
    for claim in claims:
        assert claim.quote and text[claim.start : claim.end] == claim.quote
        assert text[claim.sentence_start :].startswith(claim.sentence)
    return len(claims)


@pytest.mark.parametrize("count", [12, pytest.param(2000, marks=pytest.mark.long)])
def test_damaged_documents_are_read_or_refused(count: int) -> None:
    ends: Counter[str] = Counter()
    wrong: dict[int, str] = {}
    claims, longest = 0, (0.0, 0)
    # Made one after the other: what makes them is not for two threads.
    cases = [_case(number) for number in range(count)]
    with ThreadPoolExecutor(2) as readers:
        found = readers.map(_read, cases)
        for number, (document, seconds) in enumerate(found):
            longest = max(longest, (seconds, number))
            ends["read" if document else "refused"] += 1
            if document:
                try:
                    claims += _hold_together(document)
                except Exception as fault:  # noqa: BLE001  (whatever it is, the proof goes on and tells it at the end)
                    wrong[number] = f"{type(fault).__name__}: {fault}"[:200]
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    print(
        f"\n{count} documents: {dict(ends)}; {claims} claims; the longest took {longest[0]:.1f} s (case {longest[1]}); "
        f"no process held more than {most} MiB"
    )
    assert not wrong
    assert ends["read"] > count / 4
    assert count < 100 or ends["refused"] > count / 50
    assert longest[0] < MOST_SECONDS + _FINISHING
    assert most << 20 <= MOST_MEMORY


@pytest.mark.skipif("DOCUMENT" not in os.environ, reason="DOCUMENT names the case to try again")
def test_one_document() -> None:
    document, _ = _read(_case(int(os.environ["DOCUMENT"])))
    if document:
        _hold_together(document)


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


def _with_content(content: bytes, pages: int = 1, box: bytes = b"0 0 595 842") -> bytes:
    kids = b" ".join([b"3 0 R"] * pages)
    return _pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        _PAGE.replace(b"0 0 595 842", box),
        content,
        _FONT,
    )


def _calling_itself() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X 4 0 R>>>>"
    page = _PAGE.replace(b"<</Font", b"<</XObject<</X 4 0 R>>/Font").replace(b"4 0 R/R", b"6 0 R/R")
    calls = b"/X Do " * 64
    return _pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        _stream(calls, form),
        _FONT,
        _stream(calls),
    )


_BOMBS: dict[str, Callable[[], bytes]] = {
    "blank that grows to a gigabyte": lambda: _with_content(_packed(b" " * 100, 10_000_000)),
    "words without end": lambda: _with_content(_packed(b"(Projekt) Tj ", 4_000_000, (b"BT /F 9 Tf 9 9 Td ", b"ET"))),
    "packed twice": lambda: _with_content(
        _stream(zlib.compress(_squeezed(b"\0" * 100, 4_000_000), 9), b"/Filter[/FlateDecode/FlateDecode]")
    ),
    "lines without end": lambda: _with_content(_packed(b"9 9 l 0 0 l ", 5_000_000, (b"0 0 m ", b"S"))),
    "rules without end": lambda: _with_content(_packed(b"0 9 m 500 9 l S ", 400_000)),
    "page tree in a circle": lambda: _pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"),
    "a million pages": lambda: _pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>", _PAGE
    ),
    "a page as large as a country": lambda: _with_content(_stream(b"BT /F 9 Tf (Nr.) Tj ET"), box=b"0 0 1e9 1e9"),
    "forms that draw themselves": _calling_itself,
    "brackets without end": lambda: b"%PDF-1.5\n1 0 obj\n" + b"[" * 2_000_000,
    "nothing": lambda: b"",
}
"""What each is called, and what makes it: packing takes seconds."""

_SLOW = ("lines without end", "rules without end", "forms that draw themselves")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if name in _SLOW else ()) for name in _BOMBS]
)
def test_bombs_end_in_one_sentence(name: str) -> None:
    body = _BOMBS[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    document, seconds = _read(body)
    assert document is None or len(document.text) < 1.1 * MOST_CHARACTERS
    try:
        marked_page(body, 0, [(0, 3)])
    except UnreadableDocument as refusal:
        assert str(refusal).startswith("The document")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10 <= MOST_MEMORY
    # Kilobytes of this process: what the file unpacks to never comes here.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000
    print(f"\n{name}: {'read' if document else 'refused'} after {seconds:.1f} s")
