"""What a press office changed in a release: the words taken out and put in, paragraph by paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from db.releases.queries import StoredRevision

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, went or came."""

    change: Literal["same", "removed", "added"]
    text: str


def corrections(revisions: Sequence[StoredRevision]) -> list[tuple[StoredRevision, list[list[Piece]]]]:
    """Each later revision with the paragraphs that it changed, the newest first."""
    pairs = ((before, after) for before, after in pairwise(revisions) if not after.repeats)
    made = [(after, changed_paragraphs(before.release.text, after.release.text)) for before, after in pairs]
    return made[::-1]


def changed_paragraphs(before: str, after: str) -> list[list[Piece]]:
    """The paragraphs that differ, each as pieces in reading order."""
    old, new = before.split("\n\n"), after.split("\n\n")
    changed: list[list[Piece]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            changed += _paired(old[a:b], new[c:d])
    return changed


def _paired(old: list[str], new: list[str]) -> list[list[Piece]]:
    if len(old) == len(new):
        return [_words(a, b) for a, b in zip(old, new, strict=True)]
    return [_words("\n\n".join(old), "\n\n".join(new))]


def _words(before: str, after: str) -> list[Piece]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("removed", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("added", "".join(new[c:d])))
    return pieces
