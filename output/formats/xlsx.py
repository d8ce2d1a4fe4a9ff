"""Excel workbooks, written row by row: no more than one row is held in memory."""

import re
from collections.abc import Iterable, Iterator, Mapping
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import xlsxwriter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_ROWS_A_SHEET = 1_000_000
"""Below the limit of the file format; what is more goes on in another sheet."""
_LONGEST_CELL = 32_767
"""Characters, by the file format."""
_NUMBER = re.compile(r"-?(?=[\d.]{1,15}$)(?:0|[1-9]\d*)(?:\.\d+)?")
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
        sheet = book.add_worksheet()
        for index, row in enumerate(rows):
            place = index % _ROWS_A_SHEET
            if place == 0:
                sheet = book.add_worksheet() if index else sheet
                sheet.write_row(0, 0, list(row))
                sheet.freeze_panes(1, 0)
            for column, value in enumerate(row.values()):
                _write_cell(sheet, place + 1, column, value)


def _write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    """What is written as a number is one, unless it has more figures than a spreadsheet keeps."""
    if value is None:
        return
    text = str(value)
    if _NUMBER.fullmatch(text) and not isinstance(value, bool):
        sheet.write_number(row, column, float(text))
    else:
        sheet.write_string(row, column, text[:_LONGEST_CELL])
