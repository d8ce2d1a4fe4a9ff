"""Tables for people."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from output.formats.result import Format, Result

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

_WIDE = 160
"""Columns where no terminal says how wide it is."""


def console(out: TextIO | None = None, *, stderr: bool = False) -> Console:
    """A console for standard output, standard error or a file; without a terminal it prints plain, wide text."""
    from rich.console import Console

    stream = out or (sys.stderr if stderr else sys.stdout)
    width = None if stream.isatty() else _WIDE
    return Console(file=out, stderr=stderr, highlight=False, emoji=False, markup=False, width=width)


def table(columns: Sequence[str], rows: Iterable[Sequence[RenderableType]], *, title: str | None = None) -> Table:
    """A table without frames, which stays readable when it is piped."""
    from rich.table import Table

    made = Table(*columns, title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for row in rows:
        made.add_row(*row)
    return made


def write(result: Result, out: TextIO) -> None:
    """Prints what the result shows people, else its rows."""
    paper = console(out)
    if result.show:
        result.show(paper)
    elif result.rows:
        cells = (["" if value is None else str(value) for value in row.values()] for row in result.rows)
        paper.print(table(tuple(result.rows[0]), cells))


FORMAT = Format("table", write)
