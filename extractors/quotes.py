"""Quotation marks of all German kinds („…“, »…«, “…”, "…", ‚…‘), paired with nesting."""

from dataclasses import dataclass

_MARKS = frozenset("„“”\"»«‚‘’‹›")
_APOSTROPHES = frozenset("’‘'")
_OPENING_ONLY = frozenset("„‚")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text between quotation marks; `start` and `end` exclude the marks, `depth` counts from 0."""

    start: int
    end: int
    depth: int
    closed: bool


def quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations in the order of their beginnings.

    A paragraph's end closes what is still open: offices forget closing marks, and a forgotten mark
    must not swallow the rest of the release.
    """
    found: list[Quotation] = []
    open_at: list[int] = []
    for position, char in enumerate(text):
        if char == "\n" and open_at:
            found.extend(Quotation(start, position, depth, False) for depth, start in enumerate(open_at))
            open_at.clear()
        if char not in _MARKS:
            continue
        if _opens(text, position, char):
            open_at.append(position + 1)
        elif open_at:
            start = open_at.pop()
            found.append(Quotation(start, position, len(open_at), True))
    found.extend(Quotation(start, len(text), depth, False) for depth, start in enumerate(open_at))
    return tuple(sorted(found, key=lambda quotation: (quotation.start, quotation.depth)))


def _opens(text: str, position: int, char: str) -> bool:
    if char in _OPENING_ONLY:
        return True
    before = text[position - 1] if position else " "
    after = text[position + 1] if position + 1 < len(text) else " "
    if char in _APOSTROPHES and before.isalnum():
        return False
    return (before.isspace() or before in "(–-/:[") and not after.isspace() and after not in ",.;:!?)"
