"""Whether a number is a level or a change, a whole or an addition, a limit or an average.

"stieg auf 58" level, "stieg um 58" change, "weitere 58" increment, "insgesamt 58" total,
"höchstens 58" limit, "im Durchschnitt 58" average, "58 Prozentpunkte" points
"""

import re
from collections.abc import Iterator

from extractors.claims.found import Found
from extractors.claims.measured.patterns import WORDS
from models.claim import Aspect
from models.quantity import Comparator, Quantity

_OF_ANOTHER_YEAR = re.compile(r"\s?\((?:(?:19|20)\d\d|Vorjahr):\s")
_NEAR = 4
"""Tokens around a number in which words still speak of it."""


def aspect(found: Found, quantity: Quantity, comparator: Comparator) -> Aspect:
    """What a number is of the thing that it measures; a level where nothing says otherwise."""
    if found.tokens.text[quantity.start : quantity.end].lower().endswith(WORDS.points):
        return "points"
    lead = _lead(found, quantity)
    if _is_change(found, quantity, lead):
        return "change"
    if _any(found, quantity, WORDS.further) and lead != "auf":
        return "increment"
    if comparator in ("<=", ">=") or _is_limit(found, quantity):
        return "limit"
    if any(word.startswith(WORDS.average) for word in _around(found, quantity)):
        return "average"
    return "total" if any(word.startswith(WORDS.total) for word in _before(found, quantity)) else "level"


def _lead(found: Found, quantity: Quantity) -> str:
    """The word before a number and all that only tells how exact it is: "um" of "um mehr als 5"."""
    first, _ = found.tokens.sentences[found.tokens.sentence[quantity.first]]
    for token in range(quantity.first - 1, first - 1, -1):
        if found.tokens.word(token) not in WORDS.skipped:
            return found.tokens.word(token)
    return ""


def _is_change(found: Found, quantity: Quantity, lead: str) -> bool:
    if lead == ":" and (replaced := _replaced(found, quantity)) is not None:
        return _is_change(found, replaced, _lead(found, replaced))
    if lead == "um" or (lead in WORDS.signs and quantity.kind != "duration"):
        return True
    if lead in ("von", "um") and any(word.endswith(WORDS.change_nouns) for word in _before(found, quantity)):
        return True
    behind = list(_behind(found, quantity))
    if behind[-1:] == ["als"]:
        del behind[-2:]  # "von 73 Projekten sind mehr als [40] fertig": that is the next number's
    return any(word in WORDS.compared and (word not in ("mehr", "weniger") or "als" in behind) for word in behind)


def _replaced(found: Found, quantity: Quantity) -> Quantity | None:
    """The number before brackets that give it of another year: "um 8 Prozent (2018: [10 Prozent])"."""
    text, before = found.tokens.text, found.number_before(quantity.first)
    if before is None or before.unit != quantity.unit:
        return None
    return before if _OF_ANOTHER_YEAR.fullmatch(text[before.end : quantity.start]) else None


def _is_limit(found: Found, quantity: Quantity) -> bool:
    return any(word in WORDS.limits for word in list(_before(found, quantity))[:2])


def _any(found: Found, quantity: Quantity, beginnings: tuple[str, ...]) -> bool:
    noun = quantity.noun if quantity.noun is not None else quantity.last
    inside = (found.tokens.word(token) for token in range(quantity.first, min(noun, quantity.first + _NEAR) + 1))
    near = (*list(_before(found, quantity))[:2], *inside)
    return any(word.startswith(beginnings) for word in near)


def _around(found: Found, quantity: Quantity) -> Iterator[str]:
    yield from _before(found, quantity)
    yield from _behind(found, quantity)


def _before(found: Found, quantity: Quantity) -> Iterator[str]:
    """The words before a number, the nearest first, up to the next number or the clause's end."""
    first, _ = found.tokens.sentences[found.tokens.sentence[quantity.first]]
    for token in range(quantity.first - 1, max(first, quantity.first - 1 - _NEAR) - 1, -1):
        if token in found.number_starts or found.tokens.words[token] in ",;:(":
            return
        yield found.tokens.word(token)


def _behind(found: Found, quantity: Quantity) -> Iterator[str]:
    _, stop = found.tokens.sentences[found.tokens.sentence[quantity.first]]
    for token in range(quantity.last + 1, min(stop, quantity.last + 2 + _NEAR)):
        if token in found.number_starts or found.tokens.words[token] in ",;:(":
            return
        yield found.tokens.word(token)
