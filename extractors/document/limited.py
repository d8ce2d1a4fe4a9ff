"""Documents of strangers, read by a process of their own that a hostile file can at most end."""

import json
import subprocess
import sys
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import Any

from extractors.document.limits import MOST_ANSWERED, MOST_MEMORY, MOST_SECONDS
from models.document import Cell, Document, PagePlace, Table
from models.errors import UnreadableDocument
from models.release import Paragraph

_HOUSE = str(Path(__file__).parents[2])
_START = "import sys; sys.path.insert(0, sys.argv[1]); from extractors.document.worker import main; main()"
_DOTS = 90
"""Of pictures, an inch."""


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page as it is shown, with the places of some words on it.

    Attributes:
        png: the picture.
        width: of the page, in points; `height` likewise.
        marked: left, upper, right and lower edge of each place, in points from the upper left corner.
        words: what stands there, by the document itself.
    """

    png: bytes
    width: float
    height: float
    marked: tuple[tuple[float, float, float, float], ...]
    words: str


def read_document(body: bytes) -> Document:
    """The text and tables of a document.

    Raises:
        UnreadableDocument: it is none, or it is not read within its limits.
    """
    answer = _answer(body, "read", {})
    numbers = answer["places"]
    return Document(
        title=answer["title"],
        text=answer["text"],
        paragraphs=tuple(Paragraph(**paragraph) for paragraph in answer["paragraphs"]),
        tables=tuple(
            Table(
                tuple(table["header"]),
                tuple(tuple(Cell(*cell) for cell in row) for row in table["rows"]),
                table["start"],
                table["end"],
            )
            for table in answer["tables"]
        ),
        places=tuple(PagePlace(*numbers[at : at + 4]) for at in range(0, len(numbers), 4)),
        pages=answer["pages"],
        labels=tuple(answer["labels"]),
        warnings=tuple(answer["warnings"]),
    )


def marked_page(body: bytes, page: int, runs: Sequence[tuple[int, int]]) -> MarkedPage:
    """A page with the places of words on it.

    Args:
        body: the document.
        page: its number, from 0.
        runs: first character (as `models.document.PagePlace.index`) and number of characters of each run.

    Raises:
        UnreadableDocument: there is no such page, or it is not drawn within the limits.
    """
    answer = _answer(body, "picture", {"page": page, "runs": list(runs), "dots": _DOTS})
    marked = tuple((box[0], box[1], box[2], box[3]) for box in answer["marked"])
    return MarkedPage(b64decode(answer["png"]), answer["width"], answer["height"], marked, answer["words"])


def _answer(body: bytes, what: str, how: dict[str, Any]) -> dict[str, Any]:
    with TemporaryFile() as given:
        given.write(json.dumps({"do": what, "with": how}).encode() + b"\n" + body)
        given.seek(0)
        # Without environment and on its own path: nothing of this process is handed on but what it is to read.
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, _HOUSE],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
        )
    assert process.stdout is not None
    clock = Timer(MOST_SECONDS, process.kill)
    clock.start()
    try:
        with process:
            answered = process.stdout.read(MOST_ANSWERED)
            process.kill()
    finally:
        clock.cancel()
    return _understood(answered)


def _understood(answered: bytes) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads(answered)
    except ValueError as error:
        raise UnreadableDocument(
            f"The document was not read: it is damaged, or takes more than {MOST_MEMORY >> 20} MiB of memory or "
            f"{MOST_SECONDS} seconds."
        ) from error
    if "error" in answer:
        raise UnreadableDocument(answer["error"])
    return answer
