"""Where a sentence holds figures that state no quantity, and where it holds numbers at all.

"Telefon 0211 8618, Zimmer 12b" -> masked: "0211 8618" (telephone number); places: "0211", "8618", "12b"
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from extractors.german.words.months import FULL_NAMES, SHORT_FORMS
from extractors.rules.quantities.numerals import WORD
from extractors.rules.quantities.patterns import EXCLUSIONS, Mask
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
def _masks() -> tuple[re.Pattern[str], ...]:
    """The pattern of each mask, in the order of the list."""
    month = "|".join((*FULL_NAMES, *SHORT_FORMS))
    return tuple(re.compile(mask.pattern.replace("{month}", month), re.VERBOSE) for mask in EXCLUSIONS.masks)


@cache
def _asked(*, figures: bool) -> dict[int, Mask]:
    """By their places in the list, the masks that a sentence with or without figures is asked for."""
    return {place: mask for place, mask in enumerate(EXCLUSIONS.masks) if figures or not mask.figures}


@cache
def _any_possible(*, figures: bool) -> re.Pattern[str]:
    """What stands in any word with which there may be a mask: most words are told apart by one search."""
    return re.compile("|".join(mask.only_with.pattern for mask in _asked(figures=figures).values()))


@lru_cache(maxsize=50_000)
def _possible_with(word: str, *, figures: bool) -> frozenset[int]:
    """The places in the list of the masks that may stand in a sentence with this word between blanks.

    Args:
        word: the word, with the marks that stand at it.
        figures: whether the sentence holds any.
    """
    if not _any_possible(figures=figures).search(word):
        return frozenset()
    return frozenset(place for place, mask in _asked(figures=figures).items() if mask.only_with.search(word))


def masked(sentence: str) -> list[Masked]:
    """The masks of a sentence in their order; where two begin alike, the one that is listed first."""
    # Words are known from other sentences: to ask each of them is cheaper than to search the sentence for each mask.
    possible_with = partial(_possible_with, figures=_FIGURE.search(sentence) is not None)
    possible = frozenset[int]().union(*map(possible_with, sentence.split()))
    patterns = {place: _masks()[place] for place in possible}
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
