"""Running heads and feet: what stands at the same place on most pages is no part of the text."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import takewhile

from extractors.document.pdf import PdfPage
from extractors.document.rules import NEAR, Stretch, joined
from extractors.document.vocabulary import column_role
from extractors.document.words import Line, PageWord, lines_of, parted

_EDGE = 0.14
"""Share of a page's height, from either end, in which running heads and feet stand."""
_MOST = 0.6
"""Share of the pages, or of the left or right ones, on which a running head stands."""
_SAME_PLACE = 4.0
_LEAST_COLUMNS = 2
_MOST_LINES = 3
"""Lines of a running head."""
_FIGURES = re.compile(r"\d+|\b[ivxlc]+\b")
_PAGE_NUMBER = re.compile(r"(?:(?:Seite|S\.)\s*)?[-–]?\s*\d{1,3}\s*[-–]?(?:\s*(?:von|/)\s*\d{1,3})?", re.IGNORECASE)


def without_furniture(pages: Sequence[PdfPage]) -> list[list[PageWord]]:
    """The words of each page but those of running heads, feet and page numbers."""
    edges = [_edges(page) for page in pages]
    furniture = _repeated(edges)
    kept = []
    for number, page in enumerate(pages):
        dropped = {id(word) for line in _outermost(page, edges[number], furniture[number % 2]) for word in line.words}
        dropped |= _page_number(page, [line for line, _ in edges[number]], dropped)
        kept.append([word for word in page.words if id(word) not in dropped])
    return kept


_Where = tuple[int, str]


def _edges(page: PdfPage) -> list[tuple[Line, _Where]]:
    """The lines at both ends of a page, each with its place and its words without figures."""
    low, high = page.height * _EDGE, page.height * (1 - _EDGE)
    found = lines_of(word for word in page.words if word.y1 < low or word.y0 > high)
    upright = joined((rule.x0, rule.y0, rule.y1) for rule in page.rules if rule.y1 - rule.y0 > rule.x1 - rule.x0)
    into_text = [(x, y0, y1) for x, y0, y1 in upright if y0 < high and y1 > low]
    return [
        (line, (round(line.y0 / _SAME_PLACE), _FIGURES.sub("#", line.text)))
        for line in found
        if not _heads_table(line) and not _in_table(line, into_text)
    ]


def _in_table(line: Line, upright: Sequence[Stretch]) -> bool:
    """Whether a line stands between the columns of a table that goes on in the text; a frame has no line within."""
    return sum(y0 - NEAR <= line.middle <= y1 + NEAR for _, y0, y1 in upright) >= _LEAST_COLUMNS + 1


def _heads_table(line: Line) -> bool:
    """Whether a line is the header of a table, which goes over from page to page."""
    roles = {column_role(segment.text) for segment in parted(line)} - {None}
    return len(roles) > 1


def _outermost(page: PdfPage, edges: Sequence[tuple[Line, _Where]], furniture: set[_Where]) -> list[Line]:
    """The lines of furniture from either end on, until one is none."""
    upper = [each for each in edges if each[0].y0 < page.height / 2]
    lower = [each for each in reversed(edges) if each[0].y0 >= page.height / 2]
    return [
        line for end in (upper, lower) for line, _ in takewhile(lambda each: each[1] in furniture, end[:_MOST_LINES])
    ]


def _repeated(edges: Sequence[list[tuple[Line, _Where]]]) -> tuple[set[_Where], set[_Where]]:
    """What is repeated on pages with even and with odd numbers; places may differ a little."""
    sides: list[set[_Where]] = [set(), set()]
    for side in (0, 1):
        own = [_widened(page) for page in edges[side::2]]
        every = [_widened(page) for page in edges]
        for pages in (own, every):
            if len(pages) > 1:
                counts = Counter(where for page in pages for where in page)
                sides[side] |= {where for where, count in counts.items() if count >= max(2, _MOST * len(pages))}
    return sides[0], sides[1]


def _widened(page: list[tuple[Line, _Where]]) -> set[_Where]:
    return {(height + shift, words) for _, (height, words) in page for shift in (-1, 0, 1)}


def _page_number(page: PdfPage, lines: Sequence[Line], dropped: set[int]) -> set[int]:
    """The words of a bare page number at either end of the page, which short documents do not repeat often enough."""
    left: dict[bool, list[Line]] = defaultdict(list)
    for line in lines:
        if not any(id(word) in dropped for word in line.words):
            left[line.y0 > page.height / 2].append(line)
    ends = [*left[False][:1], *left[True][-1:]]
    return {id(word) for line in ends if _PAGE_NUMBER.fullmatch(line.text) for word in line.words}
