"""What all commands print with: the choice of a format, and the way to say that nothing was found."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn, TextIO

import typer

from models.errors import InputError
from output.formats import FORMATS, DataFormat, ListFormat
from output.formats.result import Result
from output.formats.table import console, table

__all__ = [
    "NOTHING_FOUND", "UNUSABLE", "DataOption", "ListOption", "OutputFile", "console", "destination", "nothing_found",
    "table", "write_result", "write_rows",
]  # fmt: skip

NOTHING_FOUND = 1
UNUSABLE = 2

ListOption = Annotated[ListFormat, typer.Option("--format", help="How to print.")]
DataOption = Annotated[DataFormat, typer.Option("--format", help="How to print.")]
OutputFile = Annotated[
    Path | None, typer.Option("-o", "--output", dir_okay=False, help="File to write, instead of printing.")
]


def write_result(result: Result, form: DataFormat, file: Path | None = None) -> None:
    """Prints a result, or writes it to a file."""
    with destination(file) as out:
        FORMATS[form].write(result, out)


def write_rows(rows: Sequence[Mapping[str, Any]], form: ListFormat, *, empty: str, value: Any = None) -> None:
    """Rows that all have the keys of the first, and what of them is no row; without any `empty` is said.

    Raises:
        typer.Exit: there are none.
    """
    if not rows:
        nothing_found(empty)
    write_result(Result(rows, value), form)


@contextmanager
def destination(file: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is there when all is written and not before.

    Raises:
        InputError: it cannot be written.
    """
    if file is None:
        yield sys.stdout
        return
    part = file.with_name(f".{file.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            yield out
        part.replace(file)
    except OSError as error:
        raise InputError(f"{file} cannot be written ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)


def nothing_found(sentence: str) -> NoReturn:
    """Says that the answer is empty, and ends."""
    console(stderr=True).print(sentence, soft_wrap=True)
    raise typer.Exit(NOTHING_FOUND)
