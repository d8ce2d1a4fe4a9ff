"""Tables for people."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from output.formats.result import Format, Result

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

_WIDE = 160
"""Columns where neither a terminal nor COLUMNS says how wide it is."""

_WIDEST = 10_000


def console(out: TextIO | None = None, *, stderr: bool = False) -> Console:
    """A console for standard output, standard error or a file; without a terminal it prints plain, wide text."""
    from rich.console import Console

    stream = out or (sys.stderr if stderr else sys.stdout)
    width = None if stream.isatty() or os.environ.get("COLUMNS") else _WIDE
    return Console(file=out, stderr=stderr, highlight=False, emoji=False, markup=False, width=width)


def table(columns: Sequence[str], rows: Iterable[Sequence[RenderableType]], *, title: str | None = None) -> Table:
    """A table without frames, which stays readable when it is piped."""
    from rich.table import Table

    made = Table(*columns, title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for row in rows:
        made.add_row(*row)
    return made


def show(out: Console, columns: Sequence[str], rows: Sequence[Sequence[str]], *, title: str | None = None) -> None:
    """Prints a table; where it is too wide, each row as a block, its cells below each other beside their names."""
    from rich.measure import Measurement

    made = table(columns, rows, title=title)
    # How wide it would be if it could: what is too wide for the paper is never measured wider than that.
    if Measurement.get(out, out.options.update(max_width=_WIDEST), made).maximum <= out.width:
        out.print(made)
        return
    if title:
        out.print(title, soft_wrap=True, style="italic")
    for row in rows:
        block = table(("", ""), [cells for cells in zip(columns, row, strict=True) if cells[1]])
        block.show_header = False
        block.columns[0].style = "dim"
        block.columns[0].no_wrap = True
        block.columns[1].overflow = "fold"
        out.print(block)
        out.print()


def write(result: Result, out: TextIO) -> None:
    """Prints what the result shows people, else its rows."""
    paper = console(out)
    if result.show:
        result.show(paper)
    elif result.rows:
        cells = [["" if value is None else str(value) for value in row.values()] for row in result.rows]
        show(paper, tuple(result.rows[0]), cells)


FORMAT = Format("table", write)
