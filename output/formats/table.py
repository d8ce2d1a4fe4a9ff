"""Tables for people."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, TextIO

from output.formats.result import Format, Result

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

_WIDE = 160
"""Columns where neither a terminal nor COLUMNS says how wide it is."""

_GAP = 2
"""Columns between two cells."""
_TALLEST = 3
"""Lines of a row."""
_HOLD = "\u2060"
_HELD = re.compile(r"(?<=\d\.) (?=\w)|(?<=[\w,]) (?=\d)|(?<=\d) (?=Uhr)")
"""Where no line may end: within dates and amounts."""


def console(out: TextIO | None = None, *, stderr: bool = False) -> Console:
    """A console for standard output, standard error or a file; without a terminal it prints plain, wide text."""
    from rich.console import Console

    stream = out or (sys.stderr if stderr else sys.stdout)
    width = None if stream.isatty() or os.environ.get("COLUMNS") else _WIDE
    return Console(file=out, stderr=stderr, highlight=False, emoji=False, markup=False, width=width)


def table(columns: Sequence[str], rows: Iterable[Sequence[RenderableType]], *, title: str | None = None) -> Table:
    """A table without frames, which stays readable when it is piped."""
    from rich.table import Table

    made = Table(*columns, title=title, title_justify="left", box=None, pad_edge=False, padding=(0, _GAP, 0, 0))
    for row in rows:
        made.add_row(*row)
    return made


def widths_of(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """How wide each column is to be; None where the table does not fit, or only with rows of many lines.

    Cells break between words alone: numbers and dates are never parted.
    """
    from rich.cells import cell_len

    cells = list(zip(columns, *rows, strict=True))
    widths = [max(map(cell_len, column)) for column in cells]
    least = [max(cell_len(word) for cell in column for word in _words(cell)) for column in cells]
    room = width - _GAP * (len(columns) - 1)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        widest = max(range(len(widths)), key=lambda index: widths[index] - least[index])
        widths[widest] -= 1
    tallest = max((len(_lines(cell, wide)) for row in rows for cell, wide in zip(row, widths, strict=True)), default=0)
    return widths if tallest <= _TALLEST else None


def show(
    out: Console,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    title: str | None = None,
    most: int | None = None,
) -> int:
    """Prints a table; where it is too wide, each row as a block, its cells below each other beside their names.

    Args:
        out: the paper.
        columns: their names.
        rows: their cells.
        title: above the table.
        most: so many blocks at most, the last ones.

    Returns:
        How many rows were left out.
    """
    if title:
        out.print(title, soft_wrap=True, style="italic")
    widths = widths_of(columns, rows, out.width)
    if widths is not None:
        made = table(_laid(columns, widths), [_laid(row, widths) for row in rows])
        for column in made.columns:
            column.no_wrap = True
        out.print(made)
        return 0
    shown = rows if most is None else rows[-most:]
    for row in shown:
        named = [cells for cells in zip(columns, row, strict=True) if cells[1]]
        names = min(max((len(name) for name, _cell in named), default=0), out.width // 2 - _GAP)
        block = table(("", ""), [_laid(pair, (names, out.width - names - _GAP)) for pair in named])
        block.show_header = False
        block.columns[0].style = "dim"
        block.columns[0].min_width = names
        block.columns[1].overflow = "fold"
        out.print(block)
        out.print()
    return len(rows) - len(shown)


def _laid(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Cells, each in lines of its width."""
    return ["\n".join(_lines(cell, wide)) for cell, wide in zip(cells, widths, strict=True)]


def _lines(cell: str, width: int) -> list[str]:
    """A cell in lines that are no wider, unless a word is."""
    held = wrap(_HELD.sub(_HOLD, cell), width, break_long_words=False, break_on_hyphens=False)
    return [line.replace(_HOLD, " ") for line in held]


def _words(cell: str) -> list[str]:
    return _HELD.sub(_HOLD, cell).split(" ")


def write(result: Result, out: TextIO) -> None:
    """Prints what the result shows people, else its rows."""
    paper = console(out)
    if result.show:
        result.show(paper)
    elif result.rows:
        cells = [["" if value is None else str(value) for value in row.values()] for row in result.rows]
        show(paper, tuple(result.rows[0]), cells)


FORMAT = Format("table", write)
