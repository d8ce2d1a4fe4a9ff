"""Text as people have it, made readable for the rules: their claims are then told in the text as it was given.

    "Von den 64 Vorhaben\\nsind 40 fertig" -> "Von den 64 Vorhaben sind 40 fertig"
    decomposed "u" + "¨" -> "ü"; no-break and thin spaces -> blanks; zero-width characters -> nothing

`Readable.text` is what the rules read, `Readable.given` what offsets count in; `back` leads from one to the other.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

from models.claim import Claim
from models.quantity import NotClaim

_BLANKS = dict.fromkeys(
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
_BLANK = re.compile(f"[{''.join(_BLANKS)}]")
_PIECE = re.compile(r"[^\W\d_][\u0300-\u036f]+|[\u200b\u2060\ufeff\r]|.", re.DOTALL)
_IGNORED = re.compile(r"[\u200b\u2060\ufeff\r]")
_BLOCK = re.compile(r"(?<![^\n])[^\n]+(?:\n[^\n]+)+")
_ENDED = re.compile(r"[.!?:;”“\"»«)\]][\s]*$")
_ITEM = re.compile(r"\s*(?:[•●▪■*–—-]|\(?\d{1,2}[.)]\s|[a-z]\)\s)")
_SHORTEST_WRAPPED = 12
"""Letters in a line that is broken: shorter ones are entries of a list."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A text for the rules; `places[i]` is where its character `i` stands in the text that was given."""

    text: str
    given: str
    places: tuple[int, ...] | None

    def back(self, offset: int) -> int:
        """The offset in the text that was given; marks of a decomposed letter lie before the next one."""
        return offset if self.places is None else self.places[offset]

    def claim(self, claim: Claim) -> Claim:
        """A claim of the readable text, told in the text that was given."""
        if self.given == self.text:
            return claim
        start, end = self.back(claim.start), self.back(claim.end)
        sentence_start = self.back(claim.sentence_start)
        sentence_end = self.back(claim.sentence_start + len(claim.sentence))
        return replace(
            claim,
            start=start,
            end=end,
            quote=self.given[start:end],
            sentence_start=sentence_start,
            sentence=self.given[sentence_start:sentence_end],
            cues=tuple(replace(cue, start=self.back(cue.start), end=self.back(cue.end)) for cue in claim.cues),
        )

    def not_claim(self, other: NotClaim) -> NotClaim:
        """A number that is no claim, likewise."""
        return replace(other, start=self.back(other.start), end=self.back(other.end))


def readable(given: str) -> Readable:
    """The readable form of a text; the same text, where it is readable as it is."""
    text, places = given, None
    if not unicodedata.is_normalized("NFC", given) or _IGNORED.search(given):
        text, places = _composed(given)
    return Readable(_joined(_BLANK.sub(" ", text)), given, places)


def _composed(given: str) -> tuple[str, tuple[int, ...]]:
    characters: list[str] = []
    places: list[int] = []
    for piece in _PIECE.finditer(given):
        composed = "" if _IGNORED.match(piece[0]) else unicodedata.normalize("NFC", piece[0])
        characters.append(composed)
        places.extend([piece.start()] * len(composed))
    return "".join(characters), (*places, len(given))


def _joined(text: str) -> str:
    """The text with blanks for the line breaks that only fill lines to a width; no character more or less."""
    return _BLOCK.sub(lambda block: _unwrapped(block[0]), text)


def _unwrapped(block: str) -> str:
    """A block without its wraps: they stand within sentences, not behind headings, items and cells of tables."""
    lines = block.split("\n")
    prose = bool(_ENDED.search(lines[-1]))
    made = lines[0]
    for before, line in pairwise(lines):
        made += (" " if _goes_on(before, line, prose=prose) else "\n") + line
    return made


def _goes_on(before: str, line: str, *, prose: bool) -> bool:
    if _ENDED.search(before) or _ITEM.match(line) or _ITEM.match(before) or not line.strip():
        return False
    if line.lstrip()[0].islower():
        return True
    return prose and len(before.strip()) >= _SHORTEST_WRAPPED and bool(re.search(r"(?:[a-zäöüß,]|\d)\s*$", before))
