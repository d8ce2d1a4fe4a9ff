"""Excel workbooks, written row by row: no more than one row is held in memory."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import xlsxwriter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_ROWS_A_SHEET = 1_000_000
"""Below the limit of the file format; what is more goes on in another sheet."""
_LONGEST_CELL = 32_767
"""Characters, by the file format."""
_NUMBER = re.compile(r"-?(?=[\d.]{1,15}$)(?:0|[1-9]\d*)(?:\.\d+)?")
_NARROW, _WIDE, _WIDEST = 12, 24, 60
"""Of columns, in characters."""
_IN_MEMORY, _CHUNK = 1 << 20, 1 << 16
"""Bytes."""


def chunks(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The workbook in pieces; it begins when the last row is known, for an archive has its contents at its end."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        _fill(file, rows)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _fill(file: IO[bytes], rows: Iterable[Mapping[str, Any]]) -> None:
    # What looks like a formula or an address in a release is text.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet, bold, day = book.add_worksheet(), book.add_format({"bold": True}), book.add_format({"num_format": 14})
        for index, row in enumerate(rows):
            place = index % _ROWS_A_SHEET
            if place == 0:
                sheet = book.add_worksheet() if index else sheet
                _begin(sheet, row, bold)
            for column, value in enumerate(row.values()):
                _write_cell(sheet, place + 1, column, value, day)


def _begin(sheet: Any, row: Mapping[str, Any], bold: Any) -> None:
    """The line of headings, which stays in sight and filters; columns as wide as what stands in the first row."""
    for column, value in enumerate(row.values()):
        length = len(str(value))
        sheet.set_column(column, column, _NARROW if length < _NARROW else _WIDE if length < _WIDEST else _WIDEST)
    sheet.write_row(0, 0, list(row), bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, _ROWS_A_SHEET, len(row) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    """What is written as a number is one, unless it has more figures than a spreadsheet keeps."""
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time()), day)
        return
    text = str(value)
    if _NUMBER.fullmatch(text) and not isinstance(value, bool):
        sheet.write_number(row, column, float(text))
    else:
        sheet.write_string(row, column, text[:_LONGEST_CELL])
