"""Tables put together over page breaks, and what their columns are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.document.grids import PageTable
from extractors.document.rows import TableRow
from extractors.document.texts import text_of
from extractors.document.vocabulary import ColumnRole, column_role, state_of
from extractors.document.words import PageWord

_MOVED = 6.0
"""Points by which the columns of a table may lie elsewhere on the next page."""
_FIRST_ROWS = 3
"""Rows among which a header stands."""


@dataclass(slots=True)
class WholeTable:
    """A table over all its pages.

    `titles` are the cells of its header, empty where it has none; of a header of several rows each column's words.
    Lines across all columns are among the rows, as one cell that fills them.
    """

    titles: list[TableRow] = field(default_factory=list)
    roles: list[ColumnRole | None] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)
    edges: list[float] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """What each column is called."""
        return [" ".join(text_of(cell) for cell in _distinct(column)) for column in zip(*self.titles, strict=True)]


def name_columns(table: PageTable) -> None:
    """Finds the header of a ruled table among its first rows."""
    for number, row in enumerate(table.rows[:_FIRST_ROWS]):
        roles = [column_role(text_of(cell)) for cell in row]
        if not is_across(row) and len(set(roles) - {None}) > 1 and not any(state_of(text_of(cell)) for cell in row):
            table.header, table.roles = number, roles
            return


def is_across(row: TableRow) -> bool:
    """Whether a row is one line across all columns, which names what follows."""
    return len(row) > 1 and all(cell is row[0] for cell in row)


def started(table: PageTable) -> WholeTable:
    """A table with what stands of it on its first page."""
    first = 0 if table.header is None else _header_end(table)
    body = _body(table, first)
    titles = [] if table.header is None else table.rows[table.header : first]
    before = [] if table.header is None else table.rows[: table.header]
    whole = WholeTable(titles, list(table.roles), [*before, *body], list(table.edges))
    if titles:
        whole.roles = [column_role(name) for name in whole.names]
    elif not any(whole.roles):
        whole.roles = [None] * (len(table.edges) - 1)
    return whole


def goes_on(whole: WholeTable, table: PageTable) -> bool:
    """Whether a table that begins a page is the rest of the one with which the page before ended."""
    if len(whole.edges) != len(table.edges):
        return False
    if table.header is not None and whole.titles:
        return [text_of(cell) for cell in table.rows[table.header]] == [text_of(cell) for cell in whole.titles[0]]
    moved = [abs(one - other) for one, other in zip(whole.edges, table.edges, strict=True)]
    return table.header is None and max(moved[1:-1] or moved) <= _MOVED


def go_on(whole: WholeTable, table: PageTable) -> None:
    """Adds what stands of a table on a further page; its header is told once."""
    rows = _body(table, 0 if table.header is None else _header_end(table))
    if whole.rows and rows and _are_one(whole.rows[-1], rows[0], whole.roles):
        whole.rows[-1] = [[*cell, *rest] for cell, rest in zip(whole.rows[-1], rows[0], strict=True)]
        rows = rows[1:]
    whole.rows += rows


def fill_down(whole: WholeTable) -> None:
    """Lets a field that is named once stand for the rows below it, too."""
    for column, role in enumerate(whole.roles):
        if role == "field":
            above: TableRow = []
            for row in whole.rows:
                if is_across(row):
                    above = []
                elif not row[column] and above:
                    row[column] = above[column]
                else:
                    above = row


def _header_end(table: PageTable) -> int:
    """The first row behind the header: a header has a second row where one of its cells goes over both.

    A row with a state is none.
    """
    assert table.header is not None
    end = table.header + 1
    header = table.rows[table.header]
    while end < len(table.rows) and _is_further(table.rows[end], header):
        end += 1
    return end


def _body(table: PageTable, first: int) -> list[TableRow]:
    """The rows from `first` on. What no line parts from the header is the rest of a cell that began a page before."""
    header = [] if table.header is None else table.rows[table.header]
    return [
        [[] if cell and any(cell is other for other in header) else cell for cell in row] for row in table.rows[first:]
    ]


def _is_further(row: TableRow, header: TableRow) -> bool:
    goes_over = any(cell and any(cell is other for other in header) for cell in row)
    return goes_over and not any(state_of(text_of(cell)) for cell in row)


def _are_one(last: TableRow, first: TableRow, roles: Sequence[ColumnRole | None]) -> bool:
    """Whether a page cuts a row: of its two parts one has neither number nor state."""
    if is_across(first) or is_across(last):
        return False
    telling = [number for number, role in enumerate(roles) if role in ("number", "status")]
    return bool(telling) and not all(any(row[number] for number in telling) for row in (last, first))


def _distinct(cells: Sequence[list[PageWord]]) -> TableRow:
    distinct: TableRow = []
    for cell in cells:
        if cell and not any(cell is other for other in distinct):
            distinct.append(cell)
    return distinct
