"""CSV, safe to open with a spreadsheet."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any, TextIO

from output.formats.result import Format, Result

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def cell(value: Any) -> Any:
    """A value as it can stand in a cell: text that looks like a formula gets an apostrophe, numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value


def write(result: Result, out: TextIO) -> None:
    """Writes a header and the rows; nothing where there are none."""
    writer = csv.writer(out, lineterminator="\n")
    for index, row in enumerate(result.rows):
        if index == 0:
            writer.writerow(row)
        writer.writerow([cell(value) for value in row.values()])


def lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The same, line by line as the rows come, for answers that are too long to be held."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for index, row in enumerate(rows):
        if index == 0:
            writer.writerow(row)
        writer.writerow([cell(value) for value in row.values()])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


FORMAT = Format("csv", write, media_type="text/csv; charset=utf-8")
