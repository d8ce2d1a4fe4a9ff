"""Ruling lines: which pieces of them are one."""

from collections.abc import Iterable

NEAR = 2.5
"""Points by which the ends of lines that meet may miss each other."""

Stretch = tuple[float, float, float]
"""Where a line lies, and from where to where it goes."""


def joined(lines: Iterable[Stretch]) -> list[Stretch]:
    """Lines that go on where others end, or lie upon them, as one."""
    joined: list[list[float]] = []
    for place, begin, end in sorted(lines):
        near = (line for line in reversed(joined) if place - line[0] <= NEAR)
        line = next((line for line in near if begin <= line[2] + NEAR and end >= line[1] - NEAR), None)
        if line is None:
            joined.append([place, begin, end])
        else:
            line[1], line[2] = min(line[1], begin), max(line[2], end)
    return [(place, begin, end) for place, begin, end in joined]
