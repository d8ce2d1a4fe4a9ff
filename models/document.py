"""A document that a release links to, as a rule a progress report in PDF: its text, its tables, where they stand."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from models.release import Paragraph


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A run of the text as it stands on a page: `text[start:start + length]` are the page's characters from `index` on.

    `page` counts from 0, `index` as PDFium counts the characters of that page.
    """

    start: int
    length: int
    page: int
    index: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: `text[start:end]` are its words; empty cells have no width."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table, over as many pages as it goes: its header and its rows, of as many cells each.

    A cell that stands for several rows is told in each of them, always at its one place.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read.

    `text` is canonical: title, two newlines, body; paragraphs are parted by one empty line, rows of a table by a
    newline, their cells by " | ". Running heads and feet and marks of footnotes are left out of it.

    Attributes:
        title: of the document's first page, else of its description.
        text: all that stands in it, in reading order.
        paragraphs: the runs of the text; a row of a table is one, of role `table_cell`.
        tables: the tables in it.
        places: where the text stands, in order; what joins words (blanks, bars) stands nowhere.
        pages: how many pages it has.
        labels: what each page calls itself ("iv", "12"), where the document says so; else empty.
        warnings: what could not be read, one sentence each.
    """

    title: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    places: tuple[PagePlace, ...]
    pages: int
    labels: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def runs(self, start: int, end: int) -> tuple[PagePlace, ...]:
        """Where `text[start:end]` stands on the pages."""
        return runs_of(self.places, start, end)


def runs_of(places: Sequence[PagePlace], start: int, end: int) -> tuple[PagePlace, ...]:
    """Where the characters from `start` to `end` stand, of all places of a text in their order."""
    first = bisect_right(places, start, key=lambda place: place.start) - 1
    found = []
    for place in places[max(first, 0) :]:
        if place.start >= end:
            break
        begin, stop = max(start, place.start), min(end, place.start + place.length)
        if begin < stop:
            found.append(PagePlace(begin, stop - begin, place.page, place.index + begin - place.start))
    return tuple(found)
