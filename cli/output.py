"""What all commands print with: consoles, formats, and the way to say that nothing was found."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NoReturn

import typer
from rich.console import Console, RenderableType
from rich.table import Table

from models.cells import cell

NOTHING_FOUND = 1
UNUSABLE = 2

_WIDE = 160
"""Columns where no terminal says how wide it is."""


class Format(StrEnum):
    """Of lists and tables."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def console(*, stderr: bool = False) -> Console:
    """A console for standard output or standard error; without a terminal it prints plain, wide text."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, emoji=False, markup=False, width=None if stream.isatty() else _WIDE)


def table(columns: Sequence[str], rows: Iterable[Sequence[RenderableType]], *, title: str | None = None) -> Table:
    """A table without frames, which stays readable when it is piped."""
    made = Table(*columns, title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for row in rows:
        made.add_row(*row)
    return made


def write_json(value: Any) -> None:
    """One JSON document."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def write_json_line(value: Any) -> None:
    """One JSON document on one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def write_csv(rows: Sequence[dict[str, Any]]) -> None:
    """Rows with a header, safe to open with a spreadsheet; all rows have the keys of the first."""
    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)


def nothing_found(sentence: str) -> NoReturn:
    """Says that the answer is empty, and ends."""
    console(stderr=True).print(sentence, soft_wrap=True)
    raise typer.Exit(NOTHING_FOUND)
