"""Where a sentence holds figures that state no quantity, and where it holds numbers at all.

"Telefon 0211 8618, Zimmer 12b" -> masked: "0211 8618" (telephone number); places: "0211", "8618", "12b"
"""

import re
from dataclasses import dataclass
from functools import cache

from extractors.german.words.months import FULL_NAMES, SHORT_FORMS
from extractors.rules.quantities.numerals import WORD
from extractors.rules.quantities.patterns import EXCLUSIONS
from models.quantity import Omission


@dataclass(frozen=True, slots=True)
class Masked:
    """Characters of a sentence whose figures state no quantity."""

    reason: Omission
    start: int
    end: int

    def overlaps(self, other: "Masked") -> bool:
        """Whether it shares characters with another."""
        return self.start < other.end and other.start < self.end


@cache
def _masks() -> re.Pattern[str]:
    month = "|".join((*FULL_NAMES, *SHORT_FORMS))
    patterns = (mask.pattern.replace("{month}", month) for mask in EXCLUSIONS.masks)
    return re.compile("|".join(f"(?P<m{place}>{pattern})" for place, pattern in enumerate(patterns)), re.VERBOSE)


def masked(sentence: str) -> list[Masked]:
    """The masks of a sentence in their order."""
    return [
        Masked(EXCLUSIONS.masks[int((match.lastgroup or "m0")[1:])].reason, *match.span())
        for match in _masks().finditer(sentence)
    ]


@cache
def _places() -> re.Pattern[str]:
    vague = "|".join(EXCLUSIONS.vague)
    return re.compile(
        rf"(?P<figures>(?<![\w-])[^\W\d][\w-]*?\d[\w-]*(?<!-)|\d[\w.,:/'’-]*(?<![.,:'’/-])|[¼½¾])"
        rf"|(?<![\w-])(?:(?P<vague>{vague})|(?P<word>(?i:{WORD})(?:\s?-?[Mm]al)?))(?![\w-])"
    )


def places(sentence: str) -> list[Masked]:
    """Every figure and number word of a sentence, with what it would be if nothing else were known of it."""
    found = []
    for match in _places().finditer(sentence):
        joined = match["figures"] is not None and any(character.isalpha() for character in match[0])
        reason = Omission.VAGUE if match["vague"] else Omission.WORD if joined else Omission.NOTHING
        found.append(Masked(reason, *match.span()))
    return found
