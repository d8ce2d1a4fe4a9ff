"""Tables without lines between their columns: header words say where they begin, white gaps what stands in which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

from extractors.document.grids import PageTable
from extractors.document.pdf import PdfPage
from extractors.document.rows import RUNNING, column_of, fits, rows_of
from extractors.document.texts import text_of
from extractors.document.vocabulary import ColumnRole, column_role, state_of
from extractors.document.words import Line, PageWord, lines_of, median, parted

_GAP = 0.75
"""Blank between the cells of a header, in sizes of its font."""
_NAME_GAP = 0.42
"""The same where a header is sought: its names may fill their columns, and are never justified."""
_LONGEST_NAME = 4
"""Words of a header cell on one line."""
_AHEAD = 60
"""Lines below a header that say where its columns part."""
_AWAY = 2.2
"""How many times the usual distance of lines the last row and what follows the table lie apart."""


@dataclass(slots=True)
class _Header:
    cells: list[list[PageWord]]
    """The words of each cell, its lines one after the other."""
    y0: float
    y1: float
    left: float
    right: float
    """What stands left or right of it is not of the table."""


def open_tables(page: PdfPage, words: Sequence[PageWord], before: PageTable | None) -> list[PageTable]:
    """The tables of a page that header words announce.

    Args:
        page: the page.
        words: those in no ruled table.
        before: the table with which the page before ended, which may go on here without a header.
    """
    lines = lines_of(words)
    tables: list[PageTable] = []
    first = 0
    if before is not None and lines and _goes_on(lines, before):
        rows, first = _fitting(lines, 0, before.edges)
        tables.append(_table(page, rows, before.edges, before.roles, None))
    while first < len(lines):
        header = _header(lines, first)
        if header is None:
            first += 1
            continue
        body = [_between(line, header.left, header.right) for line in lines]
        below = (number for number, line in enumerate(body) if line.words and line.y0 >= header.y1 - 1)
        start = next(below, len(lines))
        edges = _edges(header, body[start : start + _AHEAD])
        rows, stop = _fitting(body, start, edges)
        if len(rows) >= 2 or (rows and len({column_of(edges, word) for word in rows[0].words}) > 1):
            roles = [column_role(text_of(cell)) for cell in header.cells]
            tables.append(_table(page, rows, edges, roles, header))
            first = max(stop, first + 1)
        else:
            first += 1
    return tables


def _header(lines: Sequence[Line], first: int) -> _Header | None:
    """The header that stands on a line, with its further lines above and below; None where it holds none."""
    segments = _names(lines[first])
    telling = [number for number, segment in enumerate(segments) if _tells(segment)]
    roles = {column_role(segments[number].text) for number in telling}
    if len(telling) < 2 or len(roles) < 2 or not roles & {"project", "status"}:
        return None
    low, high = telling[0], telling[-1]
    while low > 0 and len(segments[low - 1].words) < _LONGEST_NAME:
        low -= 1
    while high < len(segments) - 1 and len(segments[high + 1].words) < _LONGEST_NAME:
        high += 1
    own = segments[low : high + 1]
    if any(len(each.words) > _LONGEST_NAME or state_of(each.text) for each in own) or 2 * len(telling) < len(own):
        return None
    left = segments[low - 1].x1 if low else 0.0
    right = segments[high + 1].x0 if high < len(segments) - 1 else float("inf")
    header = _Header([list(segment.words) for segment in own], own[0].y0, max(each.y1 for each in own), left, right)
    _grow(header, lines, first)
    return header


def _names(line: Line) -> list[Line]:
    """The runs of a line that may be names of columns; where each word is one by itself, they may nearly touch."""
    roles = [column_role(word.text) for word in line.words]
    if len(roles) > 2 and None not in roles and len(set(roles)) == len(roles):
        return [Line([word]) for word in line.words]
    return parted(line, _NAME_GAP)


def _tells(segment: Line) -> bool:
    return len(segment.words) <= _LONGEST_NAME and column_role(segment.text) is not None


def _grow(header: _Header, lines: Sequence[Line], first: int) -> None:
    """Adds the lines below and above that go on within the header's cells."""
    for step in (1, -1):
        number = first + step
        while 0 <= number < len(lines) and _adds(header, lines[number], below=step > 0):
            number += step


def _adds(header: _Header, line: Line, *, below: bool) -> bool:
    near = line.y0 - header.y1 if below else header.y0 - line.y1
    segments = parted(line, _NAME_GAP)
    if near > 0.3 * line.size or len(segments) >= len(header.cells):
        return False
    if not _same_font(header.cells[0][0], line.words[0]) or any(state_of(each.text) for each in segments):
        return False
    homes = [_home(header, segment) for segment in segments]
    if None in homes or (below and 0 in homes and len(homes) > 1 and segments[0].text[:1].isdigit()):
        return False
    for home, segment in zip(homes, segments, strict=True):
        assert home is not None
        cell = header.cells[home]
        header.cells[home] = [*cell, *segment.words] if below else [*segment.words, *cell]
    header.y0, header.y1 = min(header.y0, line.y0), max(header.y1, line.y1)
    return True


def _same_font(one: PageWord, other: PageWord) -> bool:
    return one.bold == other.bold and abs(one.size - other.size) < 0.5


def _home(header: _Header, segment: Line) -> int | None:
    """The cell that a further line of the header belongs to: the one under which it lies."""
    for number, cell in enumerate(header.cells):
        x0, x1 = min(word.x0 for word in cell), max(word.x1 for word in cell)
        aligned = abs(segment.x0 - x0) < 2 or abs(segment.x1 - x1) < 2 or abs(segment.x0 + segment.x1 - x0 - x1) < 4
        if aligned and segment.x0 < x1 and segment.x1 > x0:
            return number
    return None


def _edges(header: _Header, lines: Sequence[Line]) -> list[float]:
    """Where columns part: between two header cells where the fewest words of the lines below stand in the way."""
    several = [line for line in lines if line.words and len(parted(line, _GAP)) > 1]
    # Further lines of a cell stand alone, and may reach farthest; those of the text behind the table cross all alike.
    runs = [[(run.x0, run.x1) for run in parted(line, RUNNING)] for line in lines if line.words]
    spans = [(min(word.x0 for word in cell), max(word.x1 for word in cell)) for cell in header.cells]
    inner = [_least_crossed(one[1], other[0], runs) for one, other in pairwise(spans)]
    starts = [line.x0 for line in several] + [spans[0][0]]
    ends = [line.x1 for line in several] + [spans[-1][1]]
    return [min(starts) - 1, *inner, max(ends) + 1]


def _least_crossed(begin: float, end: float, runs: Sequence[Sequence[tuple[float, float]]]) -> float:
    """The middle of the widest stretch between two names that the fewest runs of words cross."""
    places = [begin + step / 2 for step in range(int(2 * (end - begin)) + 1)] or [(begin + end) / 2]
    crossed = [sum(x0 < place < x1 for line in runs for x0, x1 in line) for place in places]
    least = min(crossed)
    groups = groupby(zip(places, crossed, strict=True), itemgetter(1))
    stretches = [[place for place, _ in group] for count, group in groups if count == least]
    widest = max(stretches, key=len)
    return (widest[0] + widest[-1]) / 2


def _between(line: Line, left: float, right: float) -> Line:
    return Line([word for word in line.words if left <= word.x0 and word.x1 <= right])


def _goes_on(lines: Sequence[Line], before: PageTable) -> bool:
    """Whether the first lines of a page are rows of the table with which the page before ended."""
    first = [line for line in lines[:3] if line.words]
    fitting = [line for line in first if fits(line, before.edges)]
    filled = {column_of(before.edges, word) for line in fitting for word in line.words}
    within = all(before.edges[0] - 5 <= line.x0 and line.x1 <= before.edges[-1] + 30 for line in first)
    return within and len(fitting) == len(first) and len(filled) > 1 and _header(lines, 0) is None


def _fitting(lines: Sequence[Line], start: int, edges: Sequence[float]) -> tuple[list[Line], int]:
    """The lines from `start` on that are rows of a table, and the number of the first that is none."""
    rows: list[Line] = []
    pitch = median([b.y0 - a.y0 for a, b in pairwise(line for line in lines[start : start + 20] if line.words)], 12.0)
    number = start
    while number < len(lines):
        line = lines[number]
        if not line.words:
            number += 1
            continue
        if rows and line.y0 - rows[-1].y1 > _AWAY * pitch and not _is_row(line, edges):
            break
        if number > start and _header(lines, number) is not None:
            break
        if not fits(line, edges) and not any(_is_row(other, edges) for other in _next(lines, number)):
            break
        rows.append(line)
        number += 1
    while rows and not fits(rows[-1], edges):
        rows.pop()
        number -= 1
    return rows, number


def _next(lines: Sequence[Line], number: int) -> Iterable[Line]:
    return [line for line in lines[number + 1 : number + 3] if line.words][:1]


def _is_row(line: Line, edges: Sequence[float]) -> bool:
    return fits(line, edges) and len({column_of(edges, word) for word in line.words}) > 1


def _table(
    page: PdfPage,
    lines: Sequence[Line],
    edges: Sequence[float],
    roles: Sequence[ColumnRole | None],
    header: _Header | None,
) -> PageTable:
    """The table of these lines, its rows parted."""
    rows = [list(header.cells)] if header else []
    rows += rows_of(lines, page, edges, roles)
    used = [word for row in rows for cell in row for word in cell]
    y0 = min([line.y0 for line in lines] + ([header.y0] if header else []))
    y1 = max(line.y1 for line in lines)
    return PageTable(page.number, list(edges), rows, y0, y1, 0 if header else None, list(roles), used)
