"""Tables with ruling lines in both directions: the cells that they enclose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.document.pdf import PdfPage
from extractors.document.rules import NEAR, Stretch, joined
from extractors.document.texts import in_lines
from extractors.document.vocabulary import ColumnRole
from extractors.document.words import PageWord

_CUT = 8.0
"""Points that the rest of a row, or a column without a line beside it, has at least."""


@dataclass(slots=True)
class PageTable:
    """A table as far as it stands on one page.

    `rows` holds the words of each cell; a cell that reaches over several columns or rows stands in each of them, and
    is the same list. `edges` are the left edges of the columns and the right edge of the last one.
    """

    page: int
    edges: list[float]
    rows: list[list[list[PageWord]]]
    y0: float
    y1: float
    header: int | None = None
    """The number of the row that names the columns, where one does."""
    roles: list[ColumnRole | None] = field(default_factory=list)
    used: list[PageWord] = field(default_factory=list)

    @property
    def x0(self) -> float:
        """Left edge."""
        return min([self.edges[0], *(word.x0 for word in self.used)])

    @property
    def x1(self) -> float:
        """Right edge."""
        return max([self.edges[-1], *(word.x1 for word in self.used)])


def ruled_tables(page: PdfPage, words: Sequence[PageWord]) -> list[PageTable]:
    """The tables of a page whose cells are enclosed by lines, and filled with these words."""
    upright = joined((rule.x0, rule.y0, rule.y1) for rule in page.rules if rule.y1 - rule.y0 > rule.x1 - rule.x0)
    level = joined((rule.y0, rule.x0, rule.x1) for rule in page.rules if rule.y1 - rule.y0 <= rule.x1 - rule.x0)
    tables = []
    for columns, rows in _connected(upright, level):
        if len(columns) > 1 and len(_places(rows)) > 2:
            table = _Grid(page.number, columns, rows).filled(words)
            if table is not None:
                tables.append(table)
    return tables


def _connected(upright: list[Stretch], level: list[Stretch]) -> list[tuple[list[Stretch], list[Stretch]]]:
    """Groups of lines that meet."""
    group = list(range(len(upright) + len(level)))

    def root(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    for number, (x, top, bottom) in enumerate(upright):
        for other, (y, left, right) in enumerate(level, start=len(upright)):
            if left - NEAR <= x <= right + NEAR and top - NEAR <= y <= bottom + NEAR:
                group[root(number)] = root(other)
    groups: dict[int, tuple[list[Stretch], list[Stretch]]] = {}
    for number, line in enumerate((*upright, *level)):
        groups.setdefault(root(number), ([], []))[number >= len(upright)].append(line)
    return list(groups.values())


def _places(lines: Sequence[Stretch]) -> list[float]:
    """Where lines lie, those that lie together once."""
    places: list[float] = []
    for place, _, _ in sorted(lines):
        if not places or place - places[-1] > NEAR:
            places.append(place)
    return places


class _Grid:
    """The cells between lines that meet."""

    def __init__(self, page: int, upright: list[Stretch], level: list[Stretch]) -> None:
        self._page = page
        self._upright, self._level = upright, level
        self._xs, self._ys = _with_ends(_places(upright), level), _with_ends(_places(level), upright)

    def filled(self, words: Sequence[PageWord]) -> PageTable | None:
        """The table with its words, None where it has one column alone, or one cell with words."""
        columns, rows = len(self._xs) - 1, len(self._ys) - 1
        if columns < 2:
            return None
        cells = self._cells(rows, columns)
        used = []
        for word in words:
            place = self._place(word)
            if place is not None:
                cells[place[0]][place[1]].append(word)
                used.append(word)
        distinct = {id(cell): cell for row in cells for cell in row if cell}
        if len(distinct) < 2:
            return None
        for cell in distinct.values():
            cell[:] = in_lines(cell)
        return PageTable(self._page, self._xs, cells, self._ys[0], self._ys[-1], used=used)

    def _cells(self, rows: int, columns: int) -> list[list[list[PageWord]]]:
        """Empty cells; what no line parts is one."""
        cells: list[list[list[PageWord]]] = [[[] for _ in range(columns)] for _ in range(rows)]
        for row in range(rows):
            middle = (self._ys[row] + self._ys[row + 1]) / 2
            for column in range(1, columns):
                if not _reaches(self._upright, self._xs[column], middle):
                    cells[row][column] = cells[row][column - 1]
        for row in range(1, rows):
            for column in range(columns):
                middle = (self._xs[column] + self._xs[column + 1]) / 2
                if not _reaches(self._level, self._ys[row], middle):
                    cells[row][column] = cells[row - 1][column]
        return cells

    def _place(self, word: PageWord) -> tuple[int, int] | None:
        column = _between(self._xs, (word.x0 + word.x1) / 2)
        row = _between(self._ys, word.middle)
        return None if column is None or row is None else (row, column)


def _with_ends(edges: list[float], across: Sequence[Stretch]) -> list[float]:
    """Where rows or columns part, with both ends of the lines across them.

    A row that the page cuts has no line there, and a table with lines only within has none around it.
    """
    begins, ends = sorted(line[1] for line in across), sorted((line[2] for line in across), reverse=True)
    if begins[1] < edges[0] - _CUT:
        edges = [begins[1], *edges]
    if ends[1] > edges[-1] + _CUT:
        edges = [*edges, ends[1]]
    return edges


def _reaches(lines: Iterable[Stretch], place: float, at: float) -> bool:
    return any(abs(line[0] - place) <= NEAR and line[1] - NEAR <= at <= line[2] + NEAR for line in lines)


def _between(edges: Sequence[float], at: float) -> int | None:
    return next((number for number in range(len(edges) - 1) if edges[number] <= at < edges[number + 1]), None)
