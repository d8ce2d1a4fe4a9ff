"""Sums that leave their currency out: "Der Bund zahlt 18 Mio. Euro, das Land [9 Mio.] und die Kommunen [4,5 Mio.]"."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.german.syntax.structures import FINITE
from extractors.rules.quantities.atoms import Number
from extractors.rules.quantities.heads import head_after
from extractors.rules.quantities.patterns import UNITS
from extractors.rules.quantities.sentence import SentenceText
from extractors.tokens import Tokens

_MILLION = 1_000_000
_LEAST = 1_000
"""What grouped figures must come to for a sum without its currency."""
_CLOSING = frozenset({".", ",", ";", "und", ")"})


def in_currency(tokens: Tokens, sentence: SentenceText, numbers: Sequence[Number], *, money: bool) -> list[Number]:
    """The numbers of a sentence, those that must be sums of money as such.

    Args:
        tokens: those of the document.
        sentence: the sentence.
        numbers: its numbers.
        money: whether a sentence before has named a sum of money.
    """
    numbers = [_of_sums(tokens, sentence, number) for number in numbers]
    unit = next((number.unit for number in numbers if number.kind == "money"), None)
    if unit is None and not money:
        return numbers
    alone = [number.kind == "count" and _counts_nothing(tokens, sentence, number) for number in numbers]
    things = any(number.kind == "count" and not bare for number, bare in zip(numbers, alone, strict=True))
    if things:
        return numbers
    sums = [number.end for number in numbers if number.kind == "money"]
    return [
        replace(number, kind="money", unit=unit or "EUR", bare=False)
        if bare and _is_sum(tokens, sentence, number, max((end for end in sums if end < number.start), default=None))
        else number
        for number, bare in zip(numbers, alone, strict=True)
    ]


def _of_sums(tokens: Tokens, sentence: SentenceText, number: Number) -> Number:
    """Millions that words beside them make money: "[8 Mio.] für den Ausbau", "das [2 Mrd.] Hilfspaket"."""
    if number.kind != "count" or number.scale is None or number.scale < _MILLION:
        return number
    following = tokens.at(sentence.offset + number.end - 1) + 1
    head = head_after(tokens, following, sentence.stop)
    spent = tokens.word(following) == "für" and tokens.tag(following + 1) != "CARD"  # "eine Million für 2023"
    spent = spent or (head is not None and head.lemma.endswith(UNITS.sums))
    return replace(number, kind="money", unit="EUR", bare=False) if spent else number


def _counts_nothing(tokens: Tokens, sentence: SentenceText, number: Number) -> bool:
    last = tokens.at(sentence.offset + number.end - 1)
    return head_after(tokens, last + 1, sentence.stop) is None


def _is_sum(tokens: Tokens, sentence: SentenceText, number: Number, sum_end: int | None) -> bool:
    """Whether a number without a noun is a sum: it has a scale, goes with a verb that adds money to money, or closes
    a part without a verb behind a sum: "im ersten Jahr 3.000 Euro, im zweiten [1.500]".

    Args:
        tokens: those of the document.
        sentence: the sentence.
        number: the number.
        sum_end: where the last sum before it ends in the sentence.
    """
    if number.scale is not None:
        return True
    last = tokens.at(sentence.offset + number.end - 1)
    if sum_end is None or number.value < _LEAST or sentence.text[number.start : number.end].isdigit():
        return False
    if tokens.word(last + 1) in UNITS.adding:
        return True
    between = range(tokens.at(sentence.offset + sum_end) + 1, last)
    return tokens.word(last + 1) in _CLOSING and FINITE.isdisjoint(tokens.tags[i] for i in between)
