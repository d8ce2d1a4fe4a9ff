"""Attributes with a participle between article and noun, which tell of something else than their clause's verb."""

from dataclasses import dataclass

from extractors.claims.found import Found
from extractors.german.syntax.structures import Clause
from extractors.tokens import PREPOSITIONS
from models.quantity import Quantity

_INSIDE = frozenset({"ADV", "ADJD", "APPR", "APPRART", "NN", "NE", "CARD", "ADJA", "ART", "PTKNEG"})
_OPENS = frozenset({"ART", "PDAT", "PPOSAT", "PIAT"})
_BEFORE = frozenset({"ADV", "ADJD", "CARD"})
_LONGEST = 7
"""Tokens between a number and the participle that it belongs to."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """ "die [in 17 Gemeinden gesammelten] Erfahrungen": its first token, its participle, and the noun behind it."""

    first: int
    participle: int
    noun: int


def planned_relative(found: Found, first: int, last: int) -> Clause | None:
    """ "stellt [25 Millionen Euro] bereit, die bis 2028 fließen sollen": what is to happen to the things named last."""
    tokens, own = found.tokens, found.clause_of[first]
    for clause in found.clauses[own + 1 : own + 3]:
        verb = clause.verb
        if clause.kind != "relative" or clause.parent != own or verb is None or clause.connector is None:
            continue
        direct = clause.connector == clause.tokens[0] and clause.start > last
        others = any(tokens.is_noun(index) for index in range(last + 1, clause.start))
        if direct and not others and (verb.modal in ("sollen", "wollen") or verb.tense == "future"):
            return clause
    return None


def attribute_around(found: Found, quantity: Quantity) -> Attribute | None:
    """The attribute that a number with a preposition belongs to."""
    tokens = found.tokens
    before = quantity.first - 1
    while before > 0 and tokens.tags[before] in _BEFORE:
        before -= 1
    if before < 1 or tokens.tags[before] not in PREPOSITIONS:
        return None
    first = before
    while first > 0 and tokens.tags[first - 1] in _BEFORE:
        first -= 1
    if tokens.tag(first - 1) not in _OPENS:
        return None
    start = max(quantity.last, quantity.noun or 0) + 1
    for index in range(start, min(start + _LONGEST, len(tokens.words) - 1)):
        if tokens.tags[index] not in _INSIDE:
            return None
        if tokens.tags[index] == "ADJA" and index > quantity.last:
            noun = next((i for i in (index + 1, index + 2, index + 3) if tokens.is_noun(i)), None)
            return Attribute(first, index, noun) if noun is not None else None
    return None
