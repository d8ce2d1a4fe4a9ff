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


_FIGURE = re.compile(r"\d")


@cache
def _masks(*, figures: bool) -> dict[re.Pattern[str], list[tuple[int, re.Pattern[str]]]]:
    """The patterns of masks with their places in the list, by what has to stand in a sentence for them.

    Args:
        figures: whether the sentence has any.
    """
    month = "|".join((*FULL_NAMES, *SHORT_FORMS))
    by_need: dict[re.Pattern[str], list[tuple[int, re.Pattern[str]]]] = {}
    for place, mask in enumerate(EXCLUSIONS.masks):
        if mask.figures and not figures:
            continue
        pattern = re.compile(mask.pattern.replace("{month}", month), re.VERBOSE)
        by_need.setdefault(mask.only_with, []).append((place, pattern))
    return by_need


def masked(sentence: str) -> list[Masked]:
    """The masks of a sentence in their order; where two begin alike, the one that is listed first."""
    possible = _masks(figures=_FIGURE.search(sentence) is not None)
    patterns = {place: pattern for need, masks in possible.items() if need.search(sentence) for place, pattern in masks}
    if not patterns:
        return []
    ahead = {place: match for place, pattern in patterns.items() if (match := pattern.search(sentence))}
    found = []
    while ahead:
        first = min(ahead, key=lambda place: (ahead[place].start(), place))
        start, end = ahead[first].span()
        found.append(Masked(EXCLUSIONS.masks[first].reason, start, end))
        for place in [place for place, match in ahead.items() if match.start() < end]:
            match = patterns[place].search(sentence, end)
            if match:
                ahead[place] = match
            else:
                del ahead[place]
    return found


@cache
def _places(*, figures: bool) -> re.Pattern[str]:
    vague = "|".join(EXCLUSIONS.vague)
    in_figures = r"(?<![\w-])[^\W\d][\w-]*?\d[\w-]*(?<!-)|\d[\w.,:/'’-]*(?<![.,:'’/-])|" if figures else ""
    return re.compile(
        rf"(?P<figures>{in_figures}[¼½¾])"
        rf"|(?<![\w-])(?:(?P<vague>{vague})|(?P<word>(?i:{WORD})(?:\s?-?[Mm]al)?))(?![\w-])"
    )


def places(sentence: str) -> list[Masked]:
    """Every figure and number word of a sentence, with what it would be if nothing else were known of it."""
    found = []
    for match in _places(figures=_FIGURE.search(sentence) is not None).finditer(sentence):
        joined = match["figures"] is not None and any(character.isalpha() for character in match[0])
        reason = Omission.VAGUE if match["vague"] else Omission.WORD if joined else Omission.NOTHING
        found.append(Masked(reason, *match.span()))
    return found
