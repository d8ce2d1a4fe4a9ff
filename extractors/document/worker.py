"""The process in which one document of strangers is read: it has little memory and time, and can open nothing.

PDFium is a large program in C++ and ends with the whole process where a file makes it run out of memory. What it is
given comes as standard input, what it found goes as JSON to standard output; see `limited`.
"""

import json
import resource
import sys
import zlib
from base64 import b64encode
from contextlib import closing
from dataclasses import asdict
from typing import Any

from extractors.document.limits import MOST_CPU_SECONDS, MOST_MEMORY
from extractors.document.pdf import opened, rectangles
from extractors.document.read import read_pdf
from extractors.document.vocabulary import state_of
from models.errors import UnreadableDocument

_OPEN_FILES = 3
"""Standard input, output and error: no other file and no connection can be opened."""

_SMALLEST = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R
/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length 37>>stream
BT /F 9 Tf 9 9 Td (Nr. Projekt) Tj ET
endstream endobj
trailer<</Root 1 0 R>>"""
"""Read first, so that whatever is loaded late is loaded while files can be opened."""


def main() -> None:
    """Does what the first line of standard input asks with the bytes behind it."""
    asked = json.loads(sys.stdin.buffer.readline())
    body = sys.stdin.buffer.read()
    read_pdf(_SMALLEST)
    state_of("")
    _limit()
    try:
        answer = _read(body) if asked["do"] == "read" else _picture(body, **asked["with"])
    except UnreadableDocument as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": "The document needs more memory than one may take."}
    json.dump(answer, sys.stdout)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    for limit, most in (
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def _read(body: bytes) -> dict[str, Any]:
    document = read_pdf(body)
    places = [value for place in document.places for value in (place.start, place.length, place.page, place.index)]
    cells = [[[[cell.start, cell.end] for cell in row] for row in table.rows] for table in document.tables]
    return {
        "title": document.title,
        "text": document.text,
        "paragraphs": [asdict(paragraph) for paragraph in document.paragraphs],
        "tables": [
            {"header": table.header, "rows": rows, "start": table.start, "end": table.end}
            for table, rows in zip(document.tables, cells, strict=True)
        ],
        "places": places,
        "pages": document.pages,
        "labels": document.labels,
        "warnings": document.warnings,
    }


def _picture(body: bytes, page: int, runs: list[list[int]], dots: int) -> dict[str, Any]:
    with opened(body) as document:
        if not 0 <= page < len(document):
            raise UnreadableDocument(f"The document has no page {page + 1}.")
        with closing(document[page]) as shown:
            marked, words = rectangles(shown, [(index, length) for index, length in runs])
            bitmap = shown.render(scale=dots / 72, grayscale=True)
            width, height = shown.get_size()
            png = _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    return {"png": b64encode(png).decode(), "width": width, "height": height, "marked": marked, "words": words}


def _png(grey: bytes, width: int, height: int, stride: int) -> bytes:
    """A grey picture as PNG: one byte a dot, rows from the top."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return len(content).to_bytes(4, "big") + kind + content + check.to_bytes(4, "big")

    rows = b"".join(b"\0" + grey[row * stride : row * stride + width] for row in range(height))
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    header = chunk(b"IHDR", size + bytes((8, 0, 0, 0, 0)))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b"")
