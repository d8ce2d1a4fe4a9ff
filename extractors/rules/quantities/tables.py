"""Rows of a table that ran into the text: of cells without their columns nobody can say what they count.

[Mitte 1.384 (+2) 358,8 1291 Pankow 858 (+7) 209,6 736]{table}
Mitte 1.384 Fälle, Pankow 858, Spandau 409 || a list, not a table
"""

import re
from collections.abc import Iterator

from extractors.rules.quantities.masks import Masked
from models.quantity import Omission

_CELL = re.compile(r"[^\s]+")
_FIGURE = re.compile(r"[(+±–-]*\d[\d.,]*%?\)?")
_BESIDE = re.compile(r"\d[)%]* [(+±–-]*\d")
_LABEL = re.compile(r"[A-ZÄÖÜ][\w.-]*")
_FIGURES, _SIDE_BY_SIDE = 6, 3
"""Figures that a table holds at least, and how often one stands right behind another."""


def tables(text: str) -> list[Masked]:
    """The stretches of a text that are rows of a table, from their first figure to their last."""
    if _BESIDE.search(text) is None:
        return []
    return [Masked(Omission.TABLE, start, end) for start, end in _rows(text)]


def _rows(text: str) -> Iterator[tuple[int, int]]:
    figures: list[tuple[int, int]] = []
    beside, last = 0, 0
    for cell in _CELL.finditer(text):
        is_figure = _FIGURE.fullmatch(cell[0]) is not None
        goes_on = (is_figure or _LABEL.fullmatch(cell[0]) is not None) and "\n" not in text[last : cell.start()]
        if not goes_on:
            if len(figures) >= _FIGURES and beside >= _SIDE_BY_SIDE:
                yield figures[0][0], figures[-1][1]
            figures, beside = [], 0
        if is_figure:
            beside += bool(figures) and figures[-1][1] == last
            figures.append(cell.span())
        last = cell.end()
    if len(figures) >= _FIGURES and beside >= _SIDE_BY_SIDE:
        yield figures[0][0], figures[-1][1]
