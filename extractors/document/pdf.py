"""What stands on the pages of a PDF: words and ruling lines, as PDFium finds them. Nothing else here knows PDFium."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from math import pi

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.document.limits import MOST_CHARACTERS, MOST_PAGES
from extractors.document.words import HYPHEN, PageWord
from models.errors import UnreadableDocument

_WORD = re.compile(r"[^\s\x00\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_TURN = pi / 2
_THIN = 2.5
"""Points: a filled shape as thin as this is a line."""
_RAISED = 0.86
"""Share of the size of the words beside it that a raised mark has at most; browsers take 5/6."""
_MARKS = re.compile(r"[\d,*†a-z]{1,5}\)?")
_CLOSING = '.,;:!?)]”“"»«'
_UNIT = re.compile(r"(?:^|[\d.,])(?:[kcdm]?m|qm)$")
_SQUARED = {"2": "²", "3": "³"}
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along the page's edges: from (x0, y0) to (x1, y1), either both x or both y alike."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class PdfPage:
    """A page, turned as most of its words stand: its words in the order in which the file draws them, and its lines.

    Attributes:
        marks: how many marks of footnotes were left out.
        unseen: how many words lie outside the page, or stand otherwise than most of it.
        images: how many pictures it shows.
        shades: left, upper, right and lower edges of filled areas.
    """

    number: int
    width: float
    height: float
    label: str
    words: list[PageWord]
    rules: list[Rule]
    shades: list[tuple[float, float, float, float]]
    marks: int = 0
    unseen: int = 0
    images: int = 0


@contextmanager
def opened(body: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document of these bytes.

    Raises:
        UnreadableDocument: they are no PDF that can be opened, or it has too many pages.
    """
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableDocument(
            "The document is locked with a password." if locked else "The document is no PDF, or a damaged one."
        ) from error
    with closing(document):
        if not 0 < len(document) <= MOST_PAGES:
            raise UnreadableDocument(f"The document has {len(document)} pages; from 1 to {MOST_PAGES} are read.")
        yield document


def pages_of(document: pypdfium2.PdfDocument) -> Iterator[PdfPage]:
    """All pages of a document, one after the other.

    Raises:
        UnreadableDocument: a page cannot be read, or there are too many characters.
    """
    characters = 0
    for number in range(len(document)):
        try:
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                characters += text.count_chars()
                if characters > MOST_CHARACTERS:
                    raise UnreadableDocument(f"The document has more than {MOST_CHARACTERS} characters.")
                yield _Reader(page, text, number, document.get_page_label(number)).read()
        except pypdfium2.PdfiumError as error:
            raise UnreadableDocument(f"The document cannot be read from page {number + 1} on.") from error


_Rectangle = tuple[float, float, float, float]


def rectangles(page: pypdfium2.PdfPage, runs: Sequence[tuple[int, int]]) -> tuple[list[_Rectangle], str]:
    """Where runs of characters stand on a page as it is shown, in points from its upper left corner, and their words.

    Args:
        page: the page.
        runs: the first character and the number of characters of each run.
    """
    found: list[_Rectangle] = []
    words: list[str] = []
    with closing(page.get_textpage()) as text:
        shown = _Shown(page)
        edges = [ctypes.c_double() for _ in range(4)]
        left, top, right, bottom = edges
        for index, length in runs:
            pieces = []
            for number in range(pdfium.FPDFText_CountRects(text.raw, index, length)):
                pdfium.FPDFText_GetRect(text.raw, number, *map(ctypes.byref, edges))
                pieces.append((left.value, bottom.value, right.value, top.value))
            for piece in _in_one(pieces):
                found.append(shown.rectangle(*piece))
                words.append(text.get_text_bounded(*piece))
    return found, " ".join(words)


def _in_one(pieces: Sequence[_Rectangle]) -> list[_Rectangle]:
    """Left, lower, right and upper edges of what stands on one line; some programs place each letter by itself."""
    joined: list[_Rectangle] = []
    for x0, y0, x1, y1 in pieces:
        if joined:
            left, bottom, right, top = joined[-1]
            size, height = sorted((top - bottom, y1 - y0))
            beside = min(top, y1) - max(bottom, y0) > 0.5 * size
            # A comma or full stop hangs below its line.
            hangs = size < 0.5 * height and max(top, y1) - min(bottom, y0) < 1.5 * height
            if (beside or hangs) and -height <= x0 - right <= height:
                joined[-1] = (left, min(bottom, y0), max(right, x1), max(top, y1))
                continue
        joined.append((x0, y0, x1, y1))
    return joined


class _Shown:
    """From the space in which a page is written to the one in which it is seen: points from the upper left corner."""

    def __init__(self, page: pypdfium2.PdfPage, turns: int | None = None) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._turns = page.get_rotation() // 90 if turns is None else turns
        width, height = self._right - self._left, self._top - self._bottom
        self.width, self.height = (height, width) if self._turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point."""
        if self._turns == 0:
            return x - self._left, self._top - y
        if self._turns == 1:
            return y - self._bottom, x - self._left
        if self._turns == 2:
            return self._right - x, y - self._bottom
        return self._top - y, self._right - x

    def rectangle(self, left: float, bottom: float, right: float, top: float) -> _Rectangle:
        """Left, upper, right and lower edge."""
        (xa, ya), (xb, yb) = self.point(left, bottom), self.point(right, top)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


class _Reader:
    """Reads one page."""

    def __init__(self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, number: int, label: str) -> None:
        self._page = page
        self._text = text.raw
        self._box = pdfium.FS_RECTF()
        self._box_at = ctypes.byref(self._box)
        self._characters = self._unicode(text)
        self._rotation = -self._most_turns() % 4
        self._space = _Shown(page, self._rotation)
        self.shown = PdfPage(number, self._space.width, self._space.height, label, [], [], [])

    def read(self) -> PdfPage:
        """The page."""
        bold = False
        behind = 0
        for found in _WORD.finditer(self._characters):
            first, stop = found.span()
            if not self.shown.words or "\n" in self._characters[behind:first]:
                bold = self._is_bold(first)
            behind = stop
            self._add(first, stop, bold)
        self._left_out_marks()
        self._shapes()
        return self.shown

    def _unicode(self, text: pypdfium2.PdfTextPage) -> str:
        count = text.count_chars()
        whole: str = text.get_text_range() if count else ""
        if len(whole) != count:
            # Characters that take two units of UTF-16, or none at all, would shift all behind them.
            codes = (pdfium.FPDFText_GetUnicode(self._text, index) for index in range(count))
            whole = "".join(chr(code) if _is_character(code) else "\ufffd" for code in codes)
        return whole

    def _add(self, first: int, stop: int, bold: bool) -> None:
        start, end = self._character(first), self._character(stop - 1)
        longest = 1.6 * start[4] * (stop - first)
        one_line = abs(start[2] - end[2]) < 0.6 * start[4] and -1 <= end[1] - start[0] <= longest
        has_figures = any(character.isdigit() for character in self._characters[first:stop])
        if stop - first > 1 and (has_figures or not one_line):
            self._add_pieces(first, stop, bold)
        else:
            self._keep(first, stop, start, end, bold, glued=False)

    def _add_pieces(self, first: int, stop: int, bold: bool) -> None:
        """Parts of a word that stand apart or have another size: a figure and the mark of a footnote behind it."""
        boxes = [self._character(index) for index in range(first, stop)]
        begin, glued = 0, False
        for number in range(1, len(boxes) + 1):
            if number == len(boxes) or _part(boxes[number - 1], boxes[number]):
                self._keep(first + begin, first + number, boxes[begin], boxes[number - 1], bold, glued=glued)
                begin, glued = number, number < len(boxes) and not _is_apart(boxes[number - 1], boxes[number])

    def _keep(self, first: int, stop: int, start: "_Box", end: "_Box", bold: bool, *, glued: bool) -> None:
        x0, x1 = min(start[0], end[0]), max(start[1], end[1])
        y0, y1 = min(start[2], end[2]), max(start[3], end[3])
        inside = x1 > 0 and y1 > 0 and x0 < self.shown.width and y0 < self.shown.height
        if not inside or x1 - x0 <= 0 or self._is_turned(first):
            self.shown.unseen += 1
            return
        text = self._characters[first:stop].replace("\x02", HYPHEN)
        self.shown.words.append(PageWord(text, self.shown.number, first, x0, x1, y0, y1, start[4], bold, glued))

    def _character(self, index: int) -> "_Box":
        """Left, right, upper and lower edge and height of a character's box."""
        if not pdfium.FPDFText_GetLooseCharBox(self._text, index, self._box_at):
            return 0.0, 0.0, 0.0, 0.0, 0.0
        box = self._box
        x0, y0, x1, y1 = self._space.rectangle(box.left, box.bottom, box.right, box.top)
        return x0, x1, y0, y1, y1 - y0

    def _turns(self, index: int) -> float:
        """Quarters of a turn, clockwise, by which a character is turned."""
        return float(pdfium.FPDFText_GetCharAngle(self._text, index)) / _TURN

    def _most_turns(self) -> int:
        """How most words stand: wide tables are often set sideways, on pages that are shown turned or not."""
        starts = [found.start() for found in _WORD.finditer(self._characters)][:: max(1, len(self._characters) // 2000)]
        found = Counter(round(self._turns(index)) % 4 for index in starts)
        return found.most_common(1)[0][0] if found else 0

    def _is_turned(self, index: int) -> bool:
        return 0.1 < (self._turns(index) + self._rotation) % 4 < 3.9

    def _is_bold(self, index: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self._text, index) >= 600:
            return True
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        length = pdfium.FPDFText_GetFontInfo(self._text, index, name, 128, ctypes.byref(flags))
        return 0 < length <= 128 and b"bold" in name.value.lower()

    def _left_out_marks(self) -> None:
        """Leaves out the marks of footnotes, which are raised and grow onto the number before them; squares stay."""
        kept: list[PageWord] = []
        left_out = False
        for number, word in enumerate(self.shown.words):
            before = kept[-1] if kept and _beside(kept[-1], word) else None
            behind = next((other for other in self.shown.words[number + 1 : number + 2] if _beside(word, other)), None)
            beside = before or behind
            if beside is None or not _is_raised(word, beside) or not _MARKS.fullmatch(word.text):
                kept.append(word)
                word.glued = word.glued or (left_out and word.text[0] in _CLOSING)
                left_out = False
            elif before is not None and word.text in _SQUARED and _UNIT.search(before.text):
                before.text += _SQUARED[word.text]
                before.x1 = word.x1
            else:
                self.shown.marks += 1
                left_out = before is not None
        self.shown.words = kept

    def _shapes(self) -> None:
        kinds = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)
        for shape in self._page.get_objects(filter=kinds, max_depth=4):
            if shape.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.shown.images += 1
                continue
            matrix = shape.get_matrix()
            container = shape.container
            while container is not None:
                matrix = matrix.multiply(container.get_matrix())
                container = container.container
            self._lines(shape.raw, matrix)

    def _lines(self, path: ctypes.c_void_p, matrix: pypdfium2.PdfMatrix) -> None:
        """The straight lines of a path; of a filled one that is thin, its middle, of others their area."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
        for points in _subpaths(path):
            shown = [self._space.point(*matrix.on_point(*point)) for point in points]
            if stroke.value:
                for (xa, ya), (xb, yb) in pairwise(shown):
                    self._rule(xa, ya, xb, yb)
            elif fill.value and len(shown) >= 4:
                self._area([x for x, _ in shown], [y for _, y in shown])

    def _area(self, xs: list[float], ys: list[float]) -> None:
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if y1 - y0 <= _THIN < x1 - x0:
            self._rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
        elif x1 - x0 <= _THIN < y1 - y0:
            self._rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
        elif x1 - x0 > _THIN and y1 - y0 > _THIN:
            self.shown.shades.append((x0, y0, x1, y1))

    def _rule(self, xa: float, ya: float, xb: float, yb: float) -> None:
        if abs(xa - xb) > 1 and abs(ya - yb) > 1:
            return
        if max(abs(xa - xb), abs(ya - yb)) > 2:
            self.shown.rules.append(Rule(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))


_Box = tuple[float, float, float, float, float]


def _is_character(code: int) -> bool:
    return code < 0xD800 or 0xE000 <= code < 0x110000


def _part(one: _Box, other: _Box) -> bool:
    return _is_apart(one, other) or min(one[4], other[4]) < _RAISED * max(one[4], other[4])


def _is_apart(one: _Box, other: _Box) -> bool:
    size = max(one[4], other[4])
    beside = -0.5 * size <= other[0] - one[1] <= 0.6 * size
    return not beside or one[2] > other[3] - 0.3 * size or other[2] > one[3] - 0.3 * size


def _beside(one: PageWord, other: PageWord) -> bool:
    apart = other.x0 - one.x1
    return -1 <= apart <= 0.4 * max(one.size, other.size) and one.y0 < other.y1 and other.y0 < one.y1


def _is_raised(word: PageWord, beside: PageWord) -> bool:
    return word.size <= _RAISED * beside.size and word.y1 < beside.y1 - 0.1 * beside.size


def _subpaths(path: ctypes.c_void_p) -> Iterator[list[tuple[float, float]]]:
    """The points of each part of a path; curves are left out."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(pdfium.FPDFPath_CountSegments(path), 20_000)):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind != pdfium.FPDF_SEGMENT_LINETO and points:
            yield points
            points = []
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    if points:
        yield points


def without_ligatures(character: str) -> str:
    """A character as the letters that it shows."""
    return _LIGATURES.get(character, character)
