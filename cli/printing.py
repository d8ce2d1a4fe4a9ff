"""What all commands print with: consoles, formats, and the way to say that nothing was found."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TextIO

import typer
from rich.console import Console, RenderableType
from rich.table import Table

from models.errors import InputError
from output.formats.cells import cell

if TYPE_CHECKING:
    from polars import DataFrame

NOTHING_FOUND = 1
UNUSABLE = 2

OutputFile = Annotated[
    Path | None, typer.Option("-o", "--output", dir_okay=False, help="File to write, instead of printing.")
]

_WIDE = 160
"""Columns where no terminal says how wide it is."""


class Format(StrEnum):
    """Of lists and tables."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class DataFormat(StrEnum):
    """Of what analysts take along."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


def console(out: TextIO | None = None, *, stderr: bool = False) -> Console:
    """A console for standard output, standard error or a file; without a terminal it prints plain, wide text."""
    stream = out or (sys.stderr if stderr else sys.stdout)
    width = None if stream.isatty() else _WIDE
    return Console(file=out, stderr=stderr, highlight=False, emoji=False, markup=False, width=width)


def table(columns: Sequence[str], rows: Iterable[Sequence[RenderableType]], *, title: str | None = None) -> Table:
    """A table without frames, which stays readable when it is piped."""
    made = Table(*columns, title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for row in rows:
        made.add_row(*row)
    return made


def write_json(value: Any, out: TextIO | None = None) -> None:
    """One JSON document."""
    out = out or sys.stdout
    json.dump(value, out, ensure_ascii=False, indent=2)
    out.write("\n")


def write_json_line(value: Any) -> None:
    """One JSON document on one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def write_csv(rows: Sequence[dict[str, Any]], out: TextIO | None = None) -> None:
    """Rows with a header, safe to open with a spreadsheet; all rows have the keys of the first."""
    writer = csv.DictWriter(out or sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)


def write_rows(rows: Sequence[dict[str, Any]], form: Format, *, empty: str) -> None:
    """Rows that all have the keys of the first, as a table, JSON or CSV; without any `empty` is said.

    Raises:
        typer.Exit: there are none.
    """
    if not rows:
        nothing_found(empty)
    if form is Format.JSON:
        write_json(rows)
    elif form is Format.CSV:
        write_csv(rows)
    else:
        cells = [tuple("" if value is None else str(value) for value in row.values()) for row in rows]
        console().print(table(tuple(rows[0]), cells))


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


def write_parquet(frame: DataFrame, out: TextIO) -> None:
    """A Parquet file.

    Raises:
        InputError: it would go to a terminal.
    """
    if out.isatty():
        raise InputError("Parquet is not for terminals; name a file with -o.")
    frame.write_parquet(out.buffer)


def nothing_found(sentence: str) -> NoReturn:
    """Says that the answer is empty, and ends."""
    console(stderr=True).print(sentence, soft_wrap=True)
    raise typer.Exit(NOTHING_FOUND)
