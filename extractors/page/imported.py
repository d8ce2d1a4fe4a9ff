"""From the bytes of an imported record to a release: a JSON object, a row of CSV, or a text below its headline."""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from io import StringIO

from extractors.page.read import compose_parts
from models.calendar import BERLIN, YEARS
from models.errors import UnreadablePage
from models.quantity import DAY_LENGTH
from models.release import Precision, Release, Role, Snapshot

JSON, CSV, TEXT = "application/json", "text/csv", "text/plain"
"""Types of records."""

COLUMNS = ("id", "url", "published", "title", "text")

MOST_CHARACTERS = 5_000_000
"""In one field of CSV: a quotation mark that is never closed must not swallow the rest of a file."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HALF = re.compile("[\ud800-\udfff]")
_EMPTY_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_LONGEST_HEADING = 14
"""Words."""


def read_record(snapshot: Snapshot) -> Release:
    """Read the release that an imported record is.

    Its text is kept as it stands; only control characters, spaces at the ends of lines and
    superfluous empty lines are left out.

    Raises:
        UnreadablePage: the record has no title, no text, or a date that is none.
    """
    fields = record_fields(snapshot)
    title = " ".join(_clean(fields.get("title", "")).split())
    body = _EMPTY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in _clean(fields.get("text", "")).split("\n")))
    for name, value in (("title", title), ("text", body.strip())):
        if not value:
            raise UnreadablePage(f"It has no {name}.")
    text, paragraphs = compose_parts(title, list(_parts(body.strip())))
    moment, precision, method = _published(fields, snapshot)
    return Release(
        title=title,
        text=text,
        paragraphs=paragraphs,
        published=moment,
        date_precision=precision,
        date_method=method,
        warnings=() if moment else ("No date of publication was found.",),
    )


def record_fields(snapshot: Snapshot) -> Mapping[str, str]:
    """What a record says, by the names of `COLUMNS`; empty fields are left out.

    Raises:
        UnreadablePage: the bytes are no such record.
    """
    try:
        text = snapshot.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadablePage(f"It is no UTF-8 text (byte {error.start}).") from error
    found = _READERS[snapshot.header("Content-Type") or TEXT](text, snapshot)
    for name, value in found.items():
        if _HALF.search(value):
            raise UnreadablePage(f"Its {name} holds half a character.")
    return {name: value for name, value in found.items() if value.strip()}


def delimiter_of(columns: str) -> str:
    """What parts the columns of a CSV file, by its first line: that which shows most of the known ones."""
    return max(",;\t", key=lambda each: len({name.lower() for name in _cells(columns, each)} & set(COLUMNS)))


def columns_of(line: str) -> list[str]:
    """The names in the first line of a CSV file, lower case."""
    return [name.lower() for name in _cells(line, delimiter_of(line))]


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]


def _of_json(text: str, _snapshot: Snapshot) -> dict[str, str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadablePage("It is no JSON.") from error
    if not isinstance(found, dict):
        raise UnreadablePage("It is no JSON object.")
    fields = {name: found[name] for name in COLUMNS if found.get(name) is not None}
    for name, value in fields.items():
        if not isinstance(value, str) and not (name == "id" and type(value) is int):
            raise UnreadablePage(f"Its {name} is no text.")
    return {name: str(value) for name, value in fields.items()}


def _of_csv(text: str, snapshot: Snapshot) -> dict[str, str]:
    origin = snapshot.origin
    line = (origin.columns if origin else None) or ""
    names = columns_of(line)
    csv.field_size_limit(MOST_CHARACTERS)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(line), strict=True))
    except csv.Error as error:
        raise UnreadablePage(f"It is no row of CSV ({error}).") from error
    if len(rows) != 1 or len(rows[0]) != len(names):
        raise UnreadablePage(f"It has {len(rows[0]) if rows else 0} columns, the first line names {len(names)}.")
    return {name: value for name, value in zip(names, rows[0], strict=True) if name in COLUMNS}


def _of_text(text: str, _snapshot: Snapshot) -> dict[str, str]:
    title, _, body = _EMPTY_LINES.sub("\n\n", _clean(text).strip()).partition("\n\n")
    return {"title": title, "text": body}


_READERS: Mapping[str, Callable[[str, Snapshot], dict[str, str]]] = {JSON: _of_json, CSV: _of_csv, TEXT: _of_text}


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _parts(body: str) -> Iterator[tuple[Role, str]]:
    """Paragraphs are parted by empty lines; in a text without any, each line is one."""
    parts = body.split("\n\n")
    for part in map(str.strip, parts if len(parts) > 1 else body.split("\n")):
        yield "heading" if _is_heading(part) else "paragraph", part


def _is_heading(part: str) -> bool:
    """Whether it is a short line without a full stop."""
    return "\n" not in part and len(part.split()) <= _LONGEST_HEADING and part[-1] not in '.!?:;,“”"'


def _published(fields: Mapping[str, str], snapshot: Snapshot) -> tuple[datetime | None, Precision, str]:
    stated = fields.get("published")
    if stated is None:
        origin = snapshot.origin
        day = origin.published if origin else None
        return (_midnight(day), "day", "import") if day else (None, "none", "none")
    moment, precision = _moment(stated.strip())
    if moment is None or moment.astimezone(BERLIN).year not in YEARS:
        raise UnreadablePage(f"Its date {stated!r} is none; it should look like 2024-12-31.")
    return moment, precision, "record:published"


def _moment(stated: str) -> tuple[datetime | None, Precision]:
    try:
        if german := _GERMAN_DAY.fullmatch(stated):
            day, month, year = map(int, german.groups())
            return _midnight(date(year, month, day)), "day"
        if len(stated) <= DAY_LENGTH:
            return _midnight(date.fromisoformat(stated)), "day"
        moment = datetime.fromisoformat(stated)
        return (moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)).astimezone(UTC), "minute"
    except (ValueError, OverflowError):
        return None, "none"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BERLIN).astimezone(UTC)
