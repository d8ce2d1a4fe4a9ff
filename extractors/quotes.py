"""Quotation marks of all German kinds („…“, »…«, “…”, "…", ‚…‘), paired with nesting."""

import re
from dataclasses import dataclass
from functools import lru_cache

_MARK_OR_LINE_END = re.compile('[„“”"»«‚‘’‹›\n]')
_APOSTROPHES = frozenset("’‘'")
_OPENING_ONLY = frozenset("„‚")
_SINGLE = frozenset("‚‘’‹›")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text between quotation marks; `start` and `end` exclude the marks, `depth` counts from 0."""

    start: int
    end: int
    depth: int
    closed: bool


@lru_cache(maxsize=4)
def quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations in the order of their beginnings.

    A paragraph's end closes what is still open: offices forget closing marks, and a forgotten mark
    must not swallow the rest of the release.
    """
    found: list[Quotation] = []
    open_at: list[tuple[int, str]] = []

    def leave(depth: int, end: int) -> None:
        """Everything inside a quotation that ends is left open."""
        found.extend(Quotation(open_at[level][0], end, level, False) for level in range(depth, len(open_at)))
        del open_at[depth:]

    for match in _MARK_OR_LINE_END.finditer(text):
        position, char = match.start(), match[0]
        if char == "\n":
            leave(0, position)
            continue
        if _opens(text, position, char):
            open_at.append((position + 1, char))
            continue
        depth = _closed_by(text, position, char, [mark for _, mark in open_at])
        if depth is not None:
            start, _ = open_at[depth]
            leave(depth + 1, position)
            open_at.pop()
            found.append(Quotation(start, position, depth, True))
    leave(0, len(text))
    return tuple(sorted(found, key=lambda quotation: (quotation.start, quotation.depth)))


def _closed_by(text: str, position: int, char: str, opened: list[str]) -> int | None:
    """Depth of the innermost open quotation of the mark's kind; an apostrophe ("Women’s") closes nothing."""
    if char in _APOSTROPHES and text[position + 1 : position + 2].isalnum():
        return None
    single = char in _SINGLE
    return next((depth for depth in range(len(opened) - 1, -1, -1) if (opened[depth] in _SINGLE) == single), None)


def _opens(text: str, position: int, char: str) -> bool:
    if char in _OPENING_ONLY:
        return True
    before = text[position - 1] if position else " "
    after = text[position + 1] if position + 1 < len(text) else " "
    if char in _APOSTROPHES and before.isalnum():
        return False
    return (before.isspace() or before in "(–-/:[") and not after.isspace() and after not in ",.;:!?)"
