"""CSV that a spreadsheet set to German opens at a double click."""

from typing import TextIO

from output.formats import csv
from output.formats.result import Format, Result


def write(result: Result, out: TextIO) -> None:
    """Writes a header and the rows with semicolons and decimal commas; nothing where there are none."""
    out.writelines(csv.lines(result.rows, german=True, end="\n"))


FORMAT = Format("csv-de", write, media_type=csv.FORMAT.media_type)
