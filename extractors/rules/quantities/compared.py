"""How exactly a number is meant, by the words around it: "rund 40", "bis zu 30 Plätze", "60 und mehr"."""

import re
from dataclasses import replace
from functools import cache

from extractors.rules.quantities.atoms import Number
from extractors.rules.quantities.patterns import COMPARATORS
from models.quantity import Comparator

_WINDOW = 60
"""Characters before a number in which its comparator stands."""
_UP_TO = re.compile(r"(?<!\w)([Bb]is(?:\szum)?)\s$")
_PLUS = re.compile(r"\+(?=\s[A-ZÄÖÜa-zäöü])")
""" "500+ Betriebe" """
_FROM = re.compile(r"(?<!\w)(ab)\s$")


@cache
def _symbols() -> dict[str, Comparator]:
    sides = (COMPARATORS.before, COMPARATORS.after)
    return {words: symbol for side in sides for symbol, all_words in side.items() for words in all_words}


def _words(side: dict[Comparator, tuple[str, ...]]) -> list[str]:
    return [words for all_words in side.values() for words in all_words]


def _alternation(side: dict[Comparator, tuple[str, ...]]) -> str:
    return "|".join(sorted(map(re.escape, _words(side)), key=len, reverse=True))


@cache
def _front() -> re.Pattern[str]:
    fillers = "|".join(map(re.escape, COMPARATORS.fillers))
    return re.compile(rf"(?<![\w-])({_alternation(COMPARATORS.before)})(?:\s(?:{fillers})){{0,2}}\s?$", re.IGNORECASE)


@cache
def _front_ends() -> tuple[str, ...]:
    """What ends right before a number that may have a comparator: most numbers need not be searched for one."""
    return (*(words.lower() for words in _words(COMPARATORS.before)), *COMPARATORS.fillers)


@cache
def _back() -> re.Pattern[str]:
    return re.compile(rf"\s(?:[A-ZÄÖÜ]\w+\s)?({_alternation(COMPARATORS.after)})(?!\w|\sals)")


@cache
def _limits() -> list[tuple[re.Pattern[str], re.Pattern[str], Comparator]]:
    return [(limit.before, limit.behind, limit.comparator) for limit in COMPARATORS.limits]


def compared(sentence: str, number: Number) -> Number:
    """The number with the comparator that its sentence gives it."""
    if number.cue is not None:
        return number
    begin = max(0, number.start - _WINDOW)
    may_be_compared = sentence[begin : number.start].rstrip().lower().endswith(_front_ends())
    front = _front().search(sentence, begin, number.start) if may_be_compared else None
    if front and (front[0][-1].isspace() or not front[1][-1].isalpha()):
        return replace(number, comparator=_symbol(front[1]), cue=front.span(1))
    if number.figures and (plus := _PLUS.match(sentence, number.end)):
        return replace(number, comparator=">=", cue=plus.span())
    back = _back().match(sentence, number.end)
    if back:
        return replace(number, comparator=_symbols()[back[1]], cue=back.span(1))
    for before, behind, comparator in _limits():
        limit = before.search(sentence, begin, number.start)
        if comparator == "<" and not number.figures:
            continue  # "keine zwei Seiten" says that there is one
        if limit and behind.match(sentence, number.end):
            return replace(number, comparator=comparator, cue=limit.span(1) if limit.lastindex else None)
    up_to = _UP_TO.search(sentence, max(0, number.start - 8), number.start)
    if up_to and number.value_to is None:
        return replace(number, comparator="<=", cue=up_to.span(1))
    if number.kind == "money" and (from_ := _FROM.search(sentence, max(0, number.start - 8), number.start)):
        return replace(number, comparator=">=", cue=from_.span(1))
    return number


def _symbol(words: str) -> Comparator:
    return _symbols()[words if words in _symbols() else words.lower()]
