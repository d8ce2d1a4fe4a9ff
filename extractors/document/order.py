"""The order in which a page is read: down each column, headings that span them before and behind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.document.words import Line, median

_LEAST_GAP = 7.0
"""Points between two columns."""
_LEAST_LINES = 3
"""Lines beside a gap that make columns of what stands there."""
_LARGER = 1.15
"""How many times higher than the text below it a heading is."""


@dataclass(slots=True)
class PageBlock:
    """What is read as one: a run of a line, or a table; edges in points."""

    x0: float
    x1: float
    y0: float
    y1: float
    content: object


@dataclass(slots=True)
class _Gap:
    """A white strip between columns, as high as text stands on either side of it."""

    x0: float
    x1: float
    y0: float
    y1: float
    lines: int


def block_of(line: Line) -> PageBlock:
    """A run of a line as it stands."""
    return PageBlock(line.x0, line.x1, line.y0, line.y1, line)


def in_reading_order(blocks: Sequence[PageBlock]) -> list[list[PageBlock]]:
    """All blocks of a page in the order in which they are read, by columns."""
    if not blocks:
        return []
    gap = _highest_gap(blocks)
    if gap is None:
        return [_by_lines(blocks)]
    above = [block for block in blocks if _middle(block) < gap.y0]
    below = [block for block in blocks if _middle(block) > gap.y1]
    beside = [block for block in blocks if gap.y0 <= _middle(block) <= gap.y1]
    left = [block for block in beside if block.x0 + block.x1 < gap.x0 + gap.x1]
    right = [block for block in beside if block.x0 + block.x1 >= gap.x0 + gap.x1]
    ordered: list[list[PageBlock]] = []
    for part in (above, left, right, below):
        ordered += in_reading_order(part)
    return ordered


def _by_lines(blocks: Iterable[PageBlock]) -> list[PageBlock]:
    """Blocks from top to bottom, those of one line from left to right."""
    lines: list[list[PageBlock]] = []
    for block in sorted(blocks, key=lambda block: (block.y0, block.x0)):
        if lines:
            last = lines[-1][0]
            common = min(last.y1, block.y1) - max(last.y0, block.y0)
            if common >= 0.5 * min(last.y1 - last.y0, block.y1 - block.y0):
                lines[-1].append(block)
                continue
        lines.append([block])
    return [block for line in lines for block in sorted(line, key=lambda block: block.x0)]


def _middle(block: PageBlock) -> float:
    return (block.y0 + block.y1) / 2


def _highest_gap(blocks: Sequence[PageBlock]) -> _Gap | None:
    """The highest white strip with several lines on both sides of it, None where there is none."""
    best: _Gap | None = None
    for gap in _strips(blocks):
        grown = _grown(gap, blocks)
        if grown is not None and (best is None or grown.y1 - grown.y0 > best.y1 - best.y0):
            best = grown
    return best


def _strips(blocks: Sequence[PageBlock]) -> list[_Gap]:
    """White strips that stand between lines one below the other."""
    strips: list[_Gap] = []
    ordered = sorted(blocks, key=lambda block: block.y0)
    for number, block in enumerate(ordered):
        nearest = None
        for other in _around(ordered, number):
            if other.x0 >= block.x1 and (nearest is None or other.x0 < nearest.x0):
                nearest = other
        if nearest is None or nearest.x0 - block.x1 < _LEAST_GAP:
            continue
        for strip in strips:
            x0, x1 = max(strip.x0, block.x1), min(strip.x1, nearest.x0)
            if x1 - x0 >= _LEAST_GAP and not _crossed(ordered, x0, x1, strip.y1, block.y0):
                strip.x0, strip.x1, strip.y1, strip.lines = x0, x1, max(strip.y1, block.y1), strip.lines + 1
                break
        else:
            strips.append(_Gap(block.x1, nearest.x0, block.y0, block.y1, 1))
    return [strip for strip in strips if strip.lines >= _LEAST_LINES]


def _around(ordered: Sequence[PageBlock], number: int) -> Iterable[PageBlock]:
    """The blocks that share some height with one of them."""
    block = ordered[number]
    for other in ordered:
        if other.y0 >= block.y1:
            break
        if other is not block and other.y1 > block.y0:
            common = min(block.y1, other.y1) - max(block.y0, other.y0)
            if common > 0.3 * min(block.y1 - block.y0, other.y1 - other.y0):
                yield other


def _crossed(blocks: Iterable[PageBlock], x0: float, x1: float, y0: float, y1: float) -> bool:
    return any(block.x0 < x1 and block.x1 > x0 and y0 < _middle(block) < y1 for block in blocks)


def _grown(gap: _Gap, blocks: Sequence[PageBlock]) -> _Gap | None:
    """The strip as high as it can be, None where too little stands on one of its sides."""
    crossing = [block for block in blocks if block.x0 < gap.x1 and block.x1 > gap.x0]
    crossing += [block for block in blocks if _spans(block, gap, blocks)]
    top = max((block.y1 for block in crossing if _middle(block) < gap.y0), default=float("-inf"))
    bottom = min((block.y0 for block in crossing if _middle(block) > gap.y1), default=float("inf"))
    beside = [block for block in blocks if top <= _middle(block) <= bottom and not _within(block, crossing)]
    left = [block for block in beside if block.x1 <= gap.x0 + 0.01]
    right = [block for block in beside if block.x0 >= gap.x1 - 0.01]
    # In lines that are filled to both edges, a few wide blanks may come to stand one below the other.
    narrow = gap.x1 - gap.x0 < median([block.y1 - block.y0 for block in beside])
    if min(_lines(left), _lines(right)) < _LEAST_LINES * (1 + narrow):
        return None
    y0, y1 = min(block.y0 for block in beside), max(block.y1 for block in beside)
    return _Gap(gap.x0, gap.x1, y0, y1, gap.lines)


def _spans(block: PageBlock, gap: _Gap, blocks: Sequence[PageBlock]) -> bool:
    """A short heading over both columns: larger than their text, with nothing on the other side of the gap."""
    size = median([other.y1 - other.y0 for other in blocks])
    if block.y1 - block.y0 < _LARGER * size or (block.x0 < gap.x1 and block.x1 > gap.x0):
        return False
    is_left = block.x1 <= gap.x0
    others = [other for other in blocks if (other.x0 >= gap.x1 if is_left else other.x1 <= gap.x0)]
    return not any(other.y0 < block.y1 and other.y1 > block.y0 for other in others)


def _within(block: PageBlock, blocks: Iterable[PageBlock]) -> bool:
    return any(block is other for other in blocks)


def _lines(blocks: Sequence[PageBlock]) -> int:
    heights = sorted(_middle(block) for block in blocks)
    size = median([block.y1 - block.y0 for block in blocks], 1.0)
    return sum(number == 0 or each - heights[number - 1] > 0.5 * size for number, each in enumerate(heights))
