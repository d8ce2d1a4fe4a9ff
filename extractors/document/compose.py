"""The canonical text of a document, with the place of each of its characters on the pages."""

from collections.abc import Sequence

from extractors.document.joining import WholeTable, is_across
from extractors.document.pdf import without_ligatures
from extractors.document.rows import TableRow
from extractors.document.texts import pieces
from extractors.document.words import PageWord
from models.document import Cell, PagePlace, Table
from models.release import Paragraph, Role

_BETWEEN_CELLS = " | "
_LEFT_OUT = frozenset("\u00ad\u200b\u2060\ufeff")


class Composer:
    """Writes the text, paragraph by paragraph."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.paragraphs: list[Paragraph] = []
        self._runs: list[list[int]] = []
        self.tables: list[Table] = []

    @property
    def text(self) -> str:
        """What was written."""
        return "".join(self._parts)

    @property
    def places(self) -> tuple[PagePlace, ...]:
        """Where it stands on the pages."""
        return tuple(PagePlace(*run) for run in self._runs)

    def add_text(self, words: Sequence[PageWord], role: Role) -> None:
        """A paragraph."""
        self._part()
        start, end = self._words(words)
        if end > start:
            self.paragraphs.append(Paragraph(role, start, end))

    def add_title(self, title: str) -> None:
        """A title that stands on no page, but in the description of the document."""
        self._write(title)

    def add_table(self, table: WholeTable) -> None:
        """A table: its header and each of its rows as a paragraph."""
        self._part()
        begin = self._length
        if table.titles:
            self._row([[word for cell in column for word in cell] for column in _columns(table.titles)], {})
        written: dict[int, Cell] = {}
        rows = []
        for row in table.rows:
            if not any(row):
                continue
            self._part()
            cells = self._row(row, written)
            if not is_across(row):
                rows.append(tuple(cells))
        names = tuple(table.names) if table.titles else ()
        self.tables.append(Table(names, tuple(rows), begin, self._length))

    def _row(self, row: TableRow, written: dict[int, Cell]) -> list[Cell]:
        """Writes a row; cells that were written before are told at their first place."""
        start = self._length
        cells = []
        for cell in row:
            if id(cell) not in written and cell:
                if self._length > start:
                    self._write(_BETWEEN_CELLS)
                written[id(cell)] = Cell(*self._words(cell))
            cells.append(written.get(id(cell), Cell(start, start)))
        if self._length > start:
            self.paragraphs.append(Paragraph("table_cell", start, self._length))
        return cells

    def _part(self) -> None:
        if self._length:
            self._write("\n\n")

    def _words(self, words: Sequence[PageWord]) -> tuple[int, int]:
        """Writes words; where they begin and end."""
        start = self._length
        for text, word in pieces(words):
            for number, character in enumerate(text):
                if character in _LEFT_OUT or (character < "\xa0" and not character.isprintable()):
                    continue
                shown = without_ligatures(character)
                if number < len(word.text):
                    self._place(word.page, word.index + number, len(shown))
                self._write(shown)
        return start, self._length

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _place(self, page: int, index: int, length: int) -> None:
        last = self._runs[-1] if self._runs else None
        if last and length == 1 and (last[0] + last[1], last[2], last[3] + last[1]) == (self._length, page, index):
            last[1] += 1
        else:
            self._runs += [[self._length + number, 1, page, index] for number in range(length)]


def _columns(rows: Sequence[TableRow]) -> list[TableRow]:
    columns = []
    for column in zip(*rows, strict=True):
        distinct: TableRow = []
        for cell in column:
            if not any(cell is other for other in distinct):
                distinct.append(cell)
        columns.append(distinct)
    return columns
