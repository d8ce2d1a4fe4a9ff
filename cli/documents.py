"""Releases and statements from files: plain text, HTML, JSON lines."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.language import _
from models.calendar import BERLIN
from models.errors import InputError

if TYPE_CHECKING:
    from models.document import Document as Report
    from models.release import Paragraph

_PDF = b"%PDF-"
_HTML_ENDINGS = (".html", ".htm", ".xhtml")
_HTML_BEGINNINGS = ("<!doctype html", "<html", "<?xml")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A release to be read; `text` is canonical: title, two newlines, body. Where it is a PDF, `report` is that."""

    id: str
    text: str
    published: date | None
    paragraphs: tuple[Paragraph, ...] = ()
    report: Report | None = None


def documents(path: str, published: date | None) -> Iterator[TextFile]:
    """The releases of a file; "-" is standard input.

    Args:
        path: JSON lines (.jsonl, .jsonl.gz), HTML, PDF, or text: headline, empty line, body. What comes
            through standard input is told apart by its beginning.
        published: day of publication, for documents that state none.

    Raises:
        InputError: the file cannot be read, or holds something else.
        UnreadableDocument: a PDF cannot be read.
    """
    name = _("standard input") if path == "-" else path
    stem = "stdin" if path == "-" else Path(path).name.partition(".")[0]
    body = _read(path, name)
    if path.endswith((".jsonl", ".jsonl.gz")) or (path == "-" and body.lstrip().startswith(b"{")):
        yield from _lines(_decoded(body, name), name, published)
    elif _PDF in body[:1024]:
        yield _report(body, stem, published)
    elif _is_html(path, body):
        yield _page(body, stem, published)
    else:
        yield _text(_decoded(body, name), stem, name, published)


@dataclass(frozen=True, slots=True)
class AskedStatement:
    """A statement of a file that is to be checked, and when it was said."""

    id: Any
    statement: str
    said_on: date | None


def statements(path: Path) -> Iterator[AskedStatement]:
    """The statements of a file of JSON lines: id, statement and perhaps said_on.

    Raises:
        InputError: the file cannot be read, or a line is none.
    """
    for number, line in enumerate(_decoded(_read(str(path), str(path)), str(path)).split("\n"), start=1):
        if not line.strip():
            continue
        place = _("{path}, line {number}", path=path, number=number)
        try:
            asked = json.loads(line)
            statement = asked["statement"]
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise InputError(f"{place} is no JSON object with a statement.") from error
        if not isinstance(statement, str):
            raise InputError(f"{place}: the statement must be a string.")
        yield AskedStatement(asked.get("id", number), statement, _day(asked.get("said_on"), place))


def text_of(path: Path) -> str:
    """A file's text.

    Raises:
        InputError: it cannot be read, or is no UTF-8 text.
    """
    return _decoded(_read(str(path), str(path)), str(path))


def _read(path: str, name: str) -> bytes:
    try:
        if path == "-":
            return sys.stdin.buffer.read()
        body = Path(path).read_bytes()
        return gzip.decompress(body) if path.endswith(".gz") else body
    except (OSError, EOFError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise InputError(f"{name} cannot be read ({reason}).") from error


def _decoded(body: bytes, name: str) -> str:
    try:
        return body.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is no UTF-8 text (byte {error.start}); convert it first.") from error


def _is_html(path: str, body: bytes) -> bool:
    beginning = body[:100].decode("utf-8-sig", errors="ignore").lstrip().lower()
    return path.lower().endswith(_HTML_ENDINGS) or beginning.startswith(_HTML_BEGINNINGS)


def _lines(text: str, name: str, published: date | None) -> Iterator[TextFile]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = _("{name}, line {number}", name=name, number=number)
        try:
            release = json.loads(line)
            identity, title, body = (release[key] for key in ("id", "title", "text"))
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise InputError(f"{place} is no JSON object with id, title and text.") from error
        if not isinstance(title, str) or not isinstance(body, str):
            raise InputError(f"{place}: title and text must be strings.")
        yield TextFile(str(identity), f"{title}\n\n{body}", _day(release.get("published"), place) or published)


def _day(value: Any, place: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise InputError(f"{place}: {value!r} is no date; it should look like 2024-12-31.") from error


def _page(body: bytes, stem: str, published: date | None) -> TextFile:
    from extractors.page import read_page

    release = read_page(body, url=f"file:///{stem}.html")
    stated = release.published.astimezone(BERLIN).date() if release.published else None
    return TextFile(stem, release.text, published or stated, release.paragraphs)


def _report(body: bytes, stem: str, published: date | None) -> TextFile:
    from extractors.document.limited import read_document

    found = read_document(body)
    return TextFile(stem, found.text, published, found.paragraphs, found)


def _text(text: str, stem: str, name: str, published: date | None) -> TextFile:
    title, _blank, body = text.strip("\n").partition("\n\n")
    if not title.strip():
        raise InputError(f"{name} is empty; it should hold a headline, an empty line and the text.")
    return TextFile(stem, f"{title}\n\n{body}", published)
