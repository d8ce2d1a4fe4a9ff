"""Marked text: runs of a text with what they are, so that templates can show why a claim was read."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from models.claim import Claim
from output.quotation import paired_span


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text: `role` is a cue's role or "quote"; `key` is the claim it belongs to."""

    start: int
    end: int
    role: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters that share their marks; `roles` is empty for plain text."""

    text: str
    roles: tuple[str, ...]
    key: str | None


def runs(text: str, marks: Iterable[Mark], *, start: int = 0) -> list[TextRun]:
    """Cuts a text where marks begin and end.

    Args:
        text: the text or a part of it.
        marks: spans in characters of the whole text; what lies outside of the part is left out.
        start: where in the whole text the part begins.
    """
    end = start + len(text)
    inside = [
        Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.role, mark.key)
        for mark in marks
        if mark.start < end and mark.end > start
    ]
    cuts = sorted({0, len(text)} | {edge for mark in inside for edge in (mark.start, mark.end)})
    made = []
    for left, right in pairwise(cuts):
        covering = [mark for mark in inside if mark.start <= left and right <= mark.end]
        roles = tuple(dict.fromkeys(mark.role for mark in covering))
        # The shortest span is the one a reader means to open.
        key = min(covering, key=lambda mark: mark.end - mark.start).key if covering else None
        made.append(TextRun(text[left:right], roles, key))
    return made


def claim_marks(claim: Claim, key: str | None = None) -> list[Mark]:
    """The words of a claim and its cues."""
    cues = [Mark(cue.start, cue.end, cue.role, key) for cue in claim.cues]
    return [Mark(claim.start, claim.end, "quote", key), *cues]


def sentence_runs(claim: Claim, hits: Iterable[tuple[int, int]] = ()) -> list[TextRun]:
    """A claim's sentence with number, status, project and cues marked, and `hits` of a search, which count in it."""
    shift = claim.sentence_start
    found = [Mark(start + shift, end + shift, "hit") for start, end in hits]
    first, last = paired_span(claim.sentence)
    return runs(claim.sentence[first:last], [*claim_marks(claim), *found], start=shift + first)
