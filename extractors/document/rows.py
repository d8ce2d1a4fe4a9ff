"""The rows of a table whose columns are known: which of its lines belong together."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.document.pdf import PdfPage
from extractors.document.rules import joined
from extractors.document.texts import in_lines, text_of
from extractors.document.vocabulary import ColumnRole, state_of
from extractors.document.words import Line, PageWord, median

RUNNING = 0.5
"""Blank between words that belong together, in sizes of their font."""

_CLEAR = 0.5
"""Points by which blanks differ that are of two kinds."""
_MOST_WHOLE = 0.9
"""Share of the rows between lines that look like one where the lines are believed."""
_WIDE = 0.5
"""Share of a table's width that a line between its rows has at least."""

TableRow = list[list[PageWord]]


def column_of(edges: Sequence[float], word: PageWord) -> int:
    """The column in which a word stands."""
    middle = (word.x0 + word.x1) / 2
    return min(sum(middle >= edge for edge in edges[1:-1]), len(edges) - 2)


def fits(line: Line, edges: Sequence[float]) -> bool:
    """Whether no words that belong together stand across the border of two columns."""
    if any(word.x0 < edge - 2 and word.x1 > edge + 2 for word in line.words for edge in edges[1:-1]):
        return False
    return not any(
        other.x0 - word.x1 < RUNNING * word.size and column_of(edges, word) != column_of(edges, other)
        for word, other in pairwise(line.words)
    )


def rows_of(
    lines: Sequence[Line], page: PdfPage, edges: Sequence[float], roles: Sequence[ColumnRole | None]
) -> list[TableRow]:
    """The rows of a table, from its lines.

    Lines and shades part them where nearly all that they part looks like a row. Else several ways are tried: at these
    lines all the same, at wider blanks, where a number or state begins, at each line, nowhere. The one is taken that
    gives most rows of one number, one name and one state.
    """
    drawn = list(_by_separators(lines, page, edges))
    for groups in drawn:
        if sum(_is_whole(_row(group, edges), roles) for group in groups) >= _MOST_WHOLE * len(groups):
            return [_row(group, edges) for group in groups]
    ways = [*drawn, *_by_blanks(lines), *_by_starts(lines, edges, roles), [[line] for line in lines], [list(lines)]]
    best = max(ways, key=lambda groups: _soundness(groups, edges, roles))
    return [_row(group, edges) for group in best]


def _by_separators(lines: Sequence[Line], page: PdfPage, edges: Sequence[float]) -> Iterable[list[list[Line]]]:
    width = _WIDE * (edges[-1] - edges[0])
    stretches = [(rule.y0, rule.x0, rule.x1) for rule in page.rules if rule.y1 - rule.y0 < 1]
    # Lines and shades may be drawn cell by cell.
    stretches += [(y, x0, x1) for x0, y0, x1, y1 in page.shades for y in (y0, y1)]
    levels = [y for y, x0, x1 in joined(stretches) if min(x1, edges[-1]) - max(x0, edges[0]) > width]
    if levels:
        yield _parted(lines, [sum(level < (line.y0 + line.y1) / 2 for level in levels) for line in lines])


def _by_blanks(lines: Sequence[Line]) -> Iterable[list[list[Line]]]:
    """Parted at all blanks that are clearly wider than others, for each place at which they fall into two kinds."""
    blanks = _blanks(lines)
    ordered = sorted(blanks)
    jumps = sorted(((b - a, (a + b) / 2) for a, b in pairwise(ordered) if b - a > _CLEAR), reverse=True)
    for _, limit in jumps[:5]:
        groups, group = [], 0
        for blank in [0.0, *blanks] if lines else []:
            group += blank > limit
            groups.append(group)
        yield _parted(lines, groups)


def _by_starts(
    lines: Sequence[Line], edges: Sequence[float], roles: Sequence[ColumnRole | None]
) -> Iterable[list[list[Line]]]:
    """Parted where the cells of a column that is filled in each row begin."""
    for role in ("number", "status", "office", "due"):
        if role in roles:
            column = roles.index(role)
            group, groups = 0, []
            for line in lines:
                group += any(column_of(edges, word) == column for word in line.words) or not fits(line, edges)
                groups.append(group)
            yield _parted(lines, groups)


def _parted(lines: Sequence[Line], groups: Sequence[int]) -> list[list[Line]]:
    parted: list[list[Line]] = []
    for number, line in enumerate(lines):
        if not parted or groups[number] != groups[number - 1]:
            parted.append([])
        parted[-1].append(line)
    return parted


def _blanks(lines: Sequence[Line]) -> list[float]:
    """The height of the white between each line and the next."""
    lowest = float("-inf")
    blanks = []
    for line, behind in pairwise(lines):
        lowest = max(lowest, line.y1)
        blanks.append(behind.y0 - lowest)
    return blanks


def _soundness(groups: Sequence[Sequence[Line]], edges: Sequence[float], roles: Sequence[ColumnRole | None]) -> float:
    whole = [_is_whole(_row(group, edges), roles) for group in groups]
    # Cells set to the middle of their row let its lines lie upon each other.
    inner = [max(blank, 0.0) for group in groups for blank in _blanks(group)]
    outer = _blanks([_hull(group) for group in groups])
    odd = 0
    if inner and outer and median(inner) < median(outer) - _CLEAR:
        limit = (median(inner) + median(outer)) / 2
        odd = sum(blank > limit for blank in inner) + sum(blank <= limit for blank in outer)
    return sum(whole) - 0.5 * (len(whole) - sum(whole)) - 0.5 * odd


def _hull(group: Sequence[Line]) -> Line:
    return Line([word for line in group for word in line.words])


def _is_whole(row: TableRow, roles: Sequence[ColumnRole | None]) -> float:
    """How much a row looks like one: one number, a name, a state (1); a state that nobody knows counts half."""
    worth = 1.0
    for cell, role in zip(row, roles, strict=True):
        if role == "project" and not cell:
            return 0.0
        if role == "number" and len(cell) != 1:
            return 0.0
        if role == "status":
            if not cell:
                return 0.0
            worth = 1.0 if state_of(text_of(cell)) or len(text_of(cell)) == 1 else 0.4
    return worth if any(row[1:]) else 0.0


def _row(group: Sequence[Line], edges: Sequence[float]) -> TableRow:
    """The cells of a row; a line across its columns fills them all."""
    if len(group) == 1 and not fits(group[0], edges):
        whole = list(group[0].words)
        return [whole] * (len(edges) - 1)
    cells: TableRow = [[] for _ in range(len(edges) - 1)]
    for line in group:
        for word in line.words:
            cells[column_of(edges, word)].append(word)
    return [in_lines(cell) for cell in cells]
