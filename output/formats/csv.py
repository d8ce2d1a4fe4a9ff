"""CSV, safe to open with a spreadsheet."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any, TextIO

from models.claim import NUMBER_FIELDS
from output.formats.result import Format, Result
from output.sheet import NUMBERS

BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheets know the encoding; a row that is copied needs none."""

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS = re.compile(r"=|-?[0-9]+(?:\.[0-9]+)?")
"""A sign alone and a number are no formula."""
_NUMBERS = frozenset((*NUMBER_FIELDS, *NUMBERS, "change", "percent", "unaccounted"))


def cell(value: Any) -> Any:
    """A value as it can stand in a cell: text that looks like a formula gets an apostrophe, numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA) and not _HARMLESS.fullmatch(value):
        return "'" + value
    return value


def write(result: Result, out: TextIO) -> None:
    """Writes a header and the rows; nothing where there are none."""
    out.writelines(lines(result.rows, end="\n"))


def lines(rows: Iterable[Mapping[str, Any]], *, german: bool = False, end: str = "\r\n") -> Iterator[str]:
    """The same, line by line as the rows come, for answers that are too long to be held.

    Args:
        rows: each with the keys of the first.
        german: as spreadsheets set to German open it at a double click: semicolons, decimal commas, a byte order mark.
        end: of a line.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator=end, delimiter=";" if german else ",")
    for index, row in enumerate(rows):
        if index == 0:
            out.write(BYTE_ORDER_MARK if german else "")
            writer.writerow(row)
        writer.writerow([_german(name, value) if german else cell(value) for name, value in row.items()])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _german(name: str, value: Any) -> Any:
    return str(value).replace(".", ",") if name in _NUMBERS and value is not None else cell(value)


FORMAT = Format("csv", write, media_type="text/csv; charset=utf-8")
