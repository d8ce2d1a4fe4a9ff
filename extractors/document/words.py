"""A word as it stands on a page, and lines of words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

HYPHEN = "\ufffe"
"""What PDFium has in place of a hyphen at the end of a line, whether or not the word goes on without it."""

_SAME_LINE = 0.5
"""Share of the lower one's height that two words of a line have in common."""


@dataclass(slots=True)
class PageWord:
    """A run of characters without a blank. Points (1/72 inch) from the page's upper left corner, as its words stand.

    Attributes:
        text: its characters, HYPHEN for a hyphen at a line's end.
        page: from 0.
        index: of its first character, as PDFium counts those of the page.
        size: height of its font's box.
        bold: in a bold font.
        glued: no blank is before it.
    """

    text: str
    page: int
    index: int
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    bold: bool = False
    glued: bool = False

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.y0 + self.y1) / 2


@dataclass(slots=True)
class Line:
    """Words that stand beside each other, from left to right."""

    words: list[PageWord] = field(default_factory=list)

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(word.x1 for word in self.words)

    @property
    def y0(self) -> float:
        """Its upper edge."""
        return min(word.y0 for word in self.words)

    @property
    def y1(self) -> float:
        """Its lower edge."""
        return max(word.y1 for word in self.words)

    @property
    def size(self) -> float:
        """Of most of its characters."""
        return max(self.words, key=lambda word: len(word.text)).size

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.y0 + self.y1) / 2

    @property
    def is_bold(self) -> bool:
        """Whether all its words are bold."""
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        """Its words with blanks between them, as they stand."""
        return " ".join(word.text for word in self.words)

    @property
    def page(self) -> int:
        """From 0."""
        return self.words[0].page


def lines_of(words: Iterable[PageWord]) -> list[Line]:
    """Words of one page as lines, from top to bottom."""
    lines: list[list[PageWord]] = []
    bands: list[tuple[float, float]] = []
    for word in sorted(words, key=attrgetter("y0", "x0")):
        for number in range(len(lines) - 1, max(-1, len(lines) - 4), -1):
            top, bottom = bands[number]
            common = min(bottom, word.y1) - max(top, word.y0)
            if common >= _SAME_LINE * min(bottom - top, word.y1 - word.y0):
                lines[number].append(word)
                break
        else:
            lines.append([word])
            bands.append((word.y0, word.y1))
    return [Line(sorted(line, key=attrgetter("x0"))) for line in lines]


def segments_of(words: Iterable[PageWord], gap: float = 0.55) -> list[Line]:
    """Words of one page as runs that no blank wider than `gap` times their size parts, from top to bottom."""
    return [segment for line in lines_of(words) for segment in parted(line, gap)]


def parted(line: Line, gap: float = 1.0) -> list[Line]:
    """A line as runs that no blank wider than `gap` times their size parts."""
    segments: list[Line] = []
    end = 0.0
    for word in line.words:
        if not segments or word.x0 - end > gap * word.size:
            segments.append(Line())
            end = word.x1
        segments[-1].words.append(word)
        end = max(end, word.x1)
    return segments


def median(values: Sequence[float], otherwise: float = 0.0) -> float:
    """The middle one of some values."""
    return sorted(values)[len(values) // 2] if values else otherwise
