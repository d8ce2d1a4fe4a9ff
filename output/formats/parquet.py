"""Parquet files, by way of polars."""

from typing import TextIO

from models.errors import InputError
from output.formats.result import Format, Result


def write(result: Result, out: TextIO) -> None:
    """Writes the frame.

    Raises:
        InputError: it would go to a terminal, or polars is not installed.
    """
    assert result.frame is not None
    if out.isatty():
        raise InputError("Parquet is not for terminals; name a file with -o.")
    result.frame().write_parquet(out.buffer)


FORMAT = Format("parquet", write, framed=True)
