"""Parts of an amount that leave its unit out: "Von den 60 Kilometern sind [42] fertig", "[42] von 60 Kilometern"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.rules.quantities.atoms import Number
from extractors.rules.quantities.heads import head_after
from extractors.rules.quantities.sentence import SentenceText
from extractors.tokens import PREPOSITIONS, Tokens

_MODIFIERS = r"(?:(?:den|diesen|der|dieser|insgesamt|ursprünglich|geplanten|vorgesehenen|rund|etwa|knapp|gut)\s)*"
_BETWEEN = re.compile(rf"\s(?:von|der)\s{_MODIFIERS}")
_AT_HEAD = re.compile(rf"(?:^|[,;:–]\s|\bund\s)[Vv]on\s{_MODIFIERS}$")


def parts_of_amounts(tokens: Tokens, sentence: SentenceText, numbers: Sequence[Number]) -> list[Number]:
    """The numbers of a sentence, those that are parts of an amount beside them in its unit and scale."""
    result = list(numbers)
    whole: Number | None = None
    for place, number in enumerate(numbers):
        following = numbers[place + 1] if place + 1 < len(numbers) else None
        if number.kind in ("measure", "money") and _AT_HEAD.search(sentence.text[: number.start]):
            whole = number
        elif following is not None and _is_whole(sentence, number, following):
            result[place] = _in_unit_of(number, following)
        elif whole is not None and _is_part(tokens, sentence, number, whole):
            result[place] = _in_unit_of(number, whole)
    return result


def _is_whole(sentence: SentenceText, number: Number, following: Number) -> bool:
    """Whether an amount stands right behind its part."""
    if number.like_year and following.kind == "money":
        return False  # "Mittel für 2021 von 600.000 Euro"
    amount = following.kind in ("measure", "money") and number.kind == "count" and number.unit is None
    gap = sentence.text[number.end : following.start]
    return amount and _BETWEEN.fullmatch(gap) is not None and _holds(following, number)


def _is_part(tokens: Tokens, sentence: SentenceText, number: Number, whole: Number) -> bool:
    """Whether a number behind "von den 60 Kilometern" counts nothing of its own and has no preposition."""
    if number.kind != "count" or number.like_year or not _holds(whole, number):
        return False
    first, last = tokens.at(sentence.offset + number.start), tokens.at(sentence.offset + number.end - 1)
    alone = tokens.tag(first - 1) not in PREPOSITIONS and not tokens.words[first - 1][:1].isupper()
    return alone and head_after(tokens, last + 1, sentence.stop) is None


def _holds(whole: Number, part: Number) -> bool:
    return part.scale is None and not part.whole_noun and part.value < whole.value / (whole.scale or Decimal(1))


def _in_unit_of(part: Number, whole: Number) -> Number:
    value = part.value * (whole.scale or Decimal(1))
    return replace(part, kind=whole.kind, unit=whole.unit, value=value, bare=False)
