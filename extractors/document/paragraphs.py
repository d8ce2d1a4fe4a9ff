"""Lines put together to paragraphs, over columns and pages, and what each is: heading, item of a list, running text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.document.hyphens import HYPHENS
from extractors.document.texts import text_of
from extractors.document.words import Line, PageWord, median
from models.release import Role

_ENDED = re.compile(r"[.!?:;…][”“\"»«)\]]*$")
_ITEM = re.compile(r"(?:[•▪■–—\-*\uf0b7‣]|\(?\d{1,2}[.)]|[a-z]\))$")
_CAPTION = re.compile(r"(?:Abb(?:ildung|\.)|Tab(?:elle|\.)|Quelle|Foto|Grafik|Hinweis)\b")
_SMALLER, _LARGER = 0.9, 1.12
_APART = 0.4
"""White between paragraphs beyond that between lines, in sizes of their font."""
_SHORT = 0.12
"""Share of its column that a paragraph's last line leaves free."""
_LONGEST_HEADING = 160


@dataclass(slots=True)
class PageRun:
    """A paragraph: its lines, over columns and pages."""

    lines: list[Line] = field(default_factory=list)
    role: Role = "paragraph"
    size: float = 0.0

    @property
    def words(self) -> list[PageWord]:
        """Its words in reading order."""
        return [word for line in self.lines for word in line.words]


def text_size(lines: Iterable[Line]) -> float:
    """The size in which most characters of a document are set."""
    weights: dict[float, int] = {}
    for line in lines:
        size = round(line.size, 1)
        weights[size] = weights.get(size, 0) + len(line.text)
    return max(weights, key=lambda size: weights[size], default=10.0)


def paragraphs_of(column: Sequence[Line], size: float) -> list[PageRun]:
    """The paragraphs of one column; `size` is that of the document's text."""
    if not column:
        return []
    right = max(line.x1 for line in column)
    width = max(right - min(line.x0 for line in column), 1.0)
    blanks = [b.y0 - a.y1 for a, b in pairwise(column) if b.y0 > a.y0 + 0.5 * a.size and abs(a.size - b.size) < 0.5]
    usual = min([blank for blank in blanks if blank > -0.5 * size], default=0.0) if len(blanks) < 4 else _usual(blanks)
    runs: list[PageRun] = []
    before: Line | None = None
    for line in column:
        if before is None or _begins(before, line, usual, right, width):
            runs.append(PageRun())
        runs[-1].lines.append(line)
        before = line
    for run in runs:
        run.size = max(run.lines, key=lambda line: len(line.text)).size
        run.role = _role(run, size)
    return runs


def _usual(blanks: Sequence[float]) -> float:
    return min(median(blanks), sorted(blanks)[len(blanks) // 4] + 2)


def joined_runs(runs: Sequence[PageRun]) -> list[PageRun]:
    """Paragraphs with those that go on in the next column or on the next page as one; notes between them come after."""
    joined: list[PageRun] = []
    open_run: PageRun | None = None
    for run in runs:
        if open_run is not None and run.role == "paragraph" and _goes_on(open_run, run):
            open_run.lines += run.lines
            continue
        joined.append(run)
        if run.role == "paragraph":
            open_run = run
        elif run.role != "caption":
            open_run = None
    return joined


def _begins(before: Line, line: Line, usual: float, right: float, width: float) -> bool:
    """Whether a paragraph begins with a line."""
    if line.y0 < before.middle and line.x0 >= before.x1 - 1:
        return False
    if abs(line.size - before.size) > (1 - _SMALLER) * max(line.size, before.size) or line.is_bold != before.is_bold:
        return True
    if line.y0 - before.y1 > usual + _APART * line.size or _is_item(line):
        return True
    ended = _ENDED.search(before.text) is not None
    if ended and before.x1 < right - _SHORT * width:
        return True
    return ended and line.x0 - before.x0 > 0.8 * line.size and line.x0 - before.x0 < 0.2 * width


def _is_item(line: Line) -> bool:
    return len(line.words) > 1 and _ITEM.fullmatch(line.words[0].text) is not None


def _goes_on(run: PageRun, behind: PageRun) -> bool:
    """Whether a paragraph goes on in one that stands in the next column or on the next page."""
    if abs(run.size - behind.size) > (1 - _SMALLER) * run.size or run.lines[-1].is_bold != behind.lines[0].is_bold:
        return False
    last, first = run.lines[-1], behind.lines[0]
    if last.page == first.page and first.y0 > last.y0:
        return False
    text, word = last.text, first.words[0].text
    if text[-1] in HYPHENS:
        return True
    return not _ENDED.search(text) and not _is_item(first) and (word[0].islower() or len(run.lines) > 1)


def _role(run: PageRun, size: float) -> Role:
    text = text_of(run.words)
    first = run.lines[0]
    if _is_item(first) and run.size < _LARGER * size:
        return "list_item"
    short = len(text) <= _LONGEST_HEADING and not re.search(r"[.,;]$", text)
    if short and (run.size >= _LARGER * size or (first.is_bold and all(line.is_bold for line in run.lines))):
        return "heading"
    if run.size <= _SMALLER * size or _CAPTION.match(text):
        return "caption"
    return "paragraph"
