"""What a series counts, with the words that all its sentences have beside the noun: "überregionale Verbünde"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from comparison.likeness import stem
from models.keys import fold
from output.nouns import noun_as_written, noun_in_points

if TYPE_CHECKING:
    from comparison.figures import Evidence
    from comparison.series import Point

_WORD = re.compile(r"\w[\w*:/-]*|[^\w\s]")
_ATTRIBUTE = re.compile(r"[a-zäöüß]{3,}(?:e|en|er|es|em)\Z|[A-ZÄÖÜ][a-zäöüß]{3,}er\Z")
_ALSO = frozenset({"und", "oder", "sowie"})
_SIZED = re.compile(r"(?:quote|rate|anteil|wert|wachstum|index|grad|auslastung)\Z", re.IGNORECASE)
"""Ends of nouns whose size is a share."""
_OF = r"(?:der|des|aller|von|vom|ihrer|seiner|unserer|dieser)"
_OF_THEM = re.compile(rf"(?:\s*\))?\s+{_OF}\s+(?:[\w-]+\s+){{0,3}}?")
_THEIR_SHARE = re.compile(rf"\w*[Aa]nteil\s+(?:{_OF}|an)\s+(?:[\w-]+\s+){{0,3}}?")


def noun_phrase_in_points(noun: str | None, points: Sequence[Point]) -> str | None:
    """As `noun_in_points`, with the attributes and the second noun that all sentences have beside it.

    Of shares only what they surely are of, else None: "42 Prozent wählen ein Gymnasium" is no share of Gymnasien.
    """
    written = noun_in_points(noun, points)
    if written is None:
        return None
    proofs = [point.proof for point in points]
    if proofs[-1].unit == "%":
        return written if all(_is_of(each, written) for each in proofs) else None
    beside = [_beside(each, written) for each in proofs]
    before = _in_all([before for before, _ in beside])
    behind = _in_all([behind for _, behind in beside])
    return " ".join((*before, written, *behind))


def _is_of(proof: Evidence, noun: str) -> bool:
    """Whether a share is one of the noun's things, or the noun's size."""
    if _SIZED.search(noun):
        return True
    as_written = noun_as_written(proof.counted or noun, proof.quote, proof.sentence) or noun
    before, _, behind = proof.sentence.partition(proof.quote)
    word = rf"(?:\w+innen und )?{re.escape(as_written)}\b"
    return bool(
        re.match(rf"{_OF_THEM.pattern}{word}", behind)
        or re.search(rf"{_THEIR_SHARE.pattern}{word}", before)
        or re.search(rf"{_OF}\s.*{word}", proof.quote)
    )


def _beside(proof: Evidence, noun: str) -> tuple[list[str], list[str]]:
    """The words between a number and its noun, and what another noun is joined with: ["und", "Kitas"]."""
    as_written = noun_as_written(proof.counted or noun, proof.quote, proof.sentence) or noun
    start = max(proof.sentence.find(proof.quote), 0)
    place = proof.sentence.find(as_written, start)
    if place < 0:
        return [], []
    before = _between(_WORD.findall(proof.sentence[start:place]))
    behind = _WORD.findall(proof.sentence[place + len(as_written) :])[:4]
    if not behind or behind[0] not in _ALSO:
        return before, []
    other = next((at for at, word in enumerate(behind[1:], 2) if word[0].isupper()), 0)
    return before, behind[:other] if all(word[0].isalpha() for word in behind[:other]) else []


def _between(words: list[str]) -> list[str]:
    """What is said of a noun before it, with the ending that it has beside several: ["in", "Berlin", "lebende"]."""
    if words[-1:] == ["und"]:  # "Autorinnen und Autoren"
        words = words[:-2]
    said = [*takewhile(_ATTRIBUTE.match, reversed(words))][::-1]
    if said and len(rest := words[1 : -len(said)]) > 1 and all(word.isalpha() for word in rest):
        said = rest + said
    return [word.removesuffix("n") if _ATTRIBUTE.match(word) and word.endswith("en") else word for word in said]


def _in_all(words: Sequence[Sequence[str]]) -> Sequence[str]:
    """The newest of some words, where all others are forms of the same."""
    return words[-1] if len({tuple(stem(fold(word)) for word in some) for some in words}) == 1 else ()
