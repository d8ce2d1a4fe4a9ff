"""Attributes with a participle between article and noun, which tell of something else than their clause's verb."""

import re
from dataclasses import dataclass

from extractors.claims.found import Found
from extractors.german.syntax.structures import Clause
from extractors.tokens import PREPOSITIONS, Tokens

_INSIDE = frozenset({"ADV", "ADJD", "APPR", "APPRART", "NN", "NE", "CARD", "ADJA", "ART", "PTKNEG"})
_OPENS = frozenset({"ART", "PDAT", "PPOSAT", "PIAT"})
_BEFORE = frozenset({"ADV", "ADJD", "CARD"})
_PARTICIPLE = re.compile(r"(?:t|en|end)e[nrsm]?$")
_LONGEST = 7
"""Tokens between a number and the article before or the participle behind it."""


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


def attribute_around(found: Found, first: int, last: int) -> Attribute | None:
    """The attribute that the words from `first` to `last` belong to: from the article on to the noun."""
    tokens = found.tokens
    opening = _opening(tokens, first)
    if opening is None:
        return None
    for index in range(last + 1, min(last + 1 + _LONGEST, len(tokens.words) - 1)):
        if tokens.tags[index] not in _INSIDE:
            return None
        if tokens.tags[index] == "ADJA" and _PARTICIPLE.search(tokens.words[index]):
            noun = next((i for i in (index + 1, index + 2, index + 3) if tokens.is_noun(i)), None)
            return Attribute(opening, index, noun) if noun is not None else None
    return None


def _opening(tokens: Tokens, first: int) -> int | None:
    """Where an article is followed by a preposition, as only before an attribute: "[die] in 17 Gemeinden …"."""
    for index in range(first - 1, max(0, first - _LONGEST), -1):
        if tokens.tags[index] not in _INSIDE:
            return None
        if tokens.tags[index] in PREPOSITIONS:
            before = index
            while before > 0 and tokens.tags[before - 1] in _BEFORE:
                before -= 1
            if tokens.tag(before - 1) in _OPENS:
                return before
    return None
