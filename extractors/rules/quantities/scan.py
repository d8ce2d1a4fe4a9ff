"""Finds stated numbers in the text of one sentence.

`masks` tells which places state no quantity (dates, telephone numbers, paragraphs …), `atoms` reads the others;
here numbers become ranges and inherit scale and unit ("von 160 auf 175 Millionen Euro"), `compared` says how exactly
they are meant. What is counted is found later, on tokens.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.rules.quantities.atoms import Number, numbers
from extractors.rules.quantities.compared import compared
from extractors.rules.quantities.masks import Masked, masked

_ABOUT = r"(?:(?:rund|etwa|ca\.|circa|knapp|gut|maximal|höchstens|fast)\s)?"
_RANGE = re.compile(rf"-?\s?(?:bis(?:\szu)?|–|-|—|−)\s?{_ABOUT}")
_BETWEEN = re.compile(rf"\sund\s{_ABOUT}")
_LINK = re.compile(
    r"\s(?:auf|und|oder|bzw\.|beziehungsweise|sowie|statt|zu|gegenüber)(?:\s(?:bei|auf|mit|von|um|dann|nun|künftig|jetzt"
    r"|derzeit|inzwischen|rund|etwa|über|knapp|fast|mehr als|bis zu|ca\.|circa|mindestens|nunmehr))*\s|,\s"
)
_NOUN_BEFORE = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]{2,}\s$")
_LEVEL = re.compile(r"\s(?:auf|bei|mit)\s")
_WRITTEN_OUT = 1000
"""From here on a number needs no scale."""
_ROUND = {".000": Decimal(1000), "tausend": Decimal(1000), "hundert": Decimal(100)}
"""Ends of numbers that the lower end of a range may leave out."""
_PRICE_LINK = re.compile(r"[^.;\d]{1,40}")
"""What may stand between a price without currency and the next: "kostet 3,90, ermäßigt 1,95 Euro"."""


def scan(sentence: str, masks: Sequence[Masked] | None = None) -> list[Number]:
    """The numbers that a sentence states, in their order; years and label numbers still among them."""
    found: list[Number] = []
    for number in numbers(sentence, masked(sentence) if masks is None else masks):
        joined = _join(sentence, found[-1], number) if found else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(number)
    # From the last to the first: "4.000, 6.000 oder 8.000 Euro".
    for place in range(len(found) - 2, -1, -1):
        found[place] = _inherit(sentence, found[place], found[place + 1])
    return [compared(sentence, number) for number in found]


def _join(sentence: str, first: Number, second: Number) -> Number | None:
    """A range, where the words between two numbers make them one."""
    if first.value_to is not None or (first.unit and first.unit != second.unit) or first.whole_noun:
        return None
    gap = sentence[first.end : second.start]
    before = sentence[: first.start].rstrip().lower()
    between = _BETWEEN.fullmatch(gap) and before.endswith("zwischen")
    if not between and not _RANGE.fullmatch(gap):
        return None
    low = first.value * _shared(first, second, gap, sentence)
    dated = first.like_year and second.unit is not None and "zu" in gap
    if low > second.value or dated:
        return None  # "stehen in 2019 bis zu 7,5 Millionen Euro bereit"
    bare = first.bare and second.bare
    return replace(second, value=low, value_to=second.value, start=first.start, bare=bare)


def _shared(first: Number, second: Number, gap: str, sentence: str) -> Decimal:
    """What a lower end shares with the upper: "20 bis 30 [Millionen]", "30 bis 35[.000]", "zwei- bis drei[hundert]"."""
    if first.unit or first.scale is not None:
        return Decimal(1)
    if second.scale is not None:
        return _scale_shared(first, second) or Decimal(1)
    words = sentence[second.start : second.digits_end].lower()
    factor = next((factor for end, factor in _ROUND.items() if words.endswith(end)), Decimal(1))
    near = gap.startswith("-") or first.value * factor * 2 >= second.value
    return factor if near and first.value < factor and first.value * factor < second.value else Decimal(1)


def _inherit(sentence: str, number: Number, following: Number) -> Number:
    """Scale and unit of the following number, where only a link stands between the two."""
    if number.unit or number.whole_noun or following.unit is None or following.whole_noun:
        return number
    if (number.bare and number.is_of_years) or (number.scale is not None and following.unit == "%"):
        return number
    gap = sentence[number.end : following.start]
    if _labels(sentence, number) and _LEVEL.match(gap):
        return number
    if not _LINK.fullmatch(gap):
        priced = following.unit == "EUR" and number.value.as_tuple().exponent == -2 and not number.scale
        return replace(number, kind="money", unit="EUR") if priced and _PRICE_LINK.fullmatch(gap) else number
    number = replace(number, kind=following.kind, unit=following.unit, bare=False)
    shared = _scale_shared(number, following)
    return replace(number, value=number.value * shared, scale=shared) if shared else number


def _scale_shared(number: Number, following: Number) -> Decimal | None:
    """The scale of two: "von 160 auf 175 [Millionen]"; of "von 900.000 auf 1,2 Millionen" it is that of one alone."""
    if number.scale is not None or following.scale is None:
        return None
    alike = number.value < _WRITTEN_OUT or following.value / following.scale >= _WRITTEN_OUT
    return following.scale if alike else None


def _labels(sentence: str, number: Number) -> bool:
    """Whether it stands behind the noun that it may name: "im Fördermodell [2] auf 3.000 Euro"."""
    return number.bare and number.cue is None and _NOUN_BEFORE.search(sentence[: number.start]) is not None
