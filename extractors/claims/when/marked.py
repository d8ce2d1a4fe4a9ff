"""Dates that the words beside them tie to one statement: labels, brackets, attributes, relative clauses."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extractors.claims.attribute import attribute_around, planned_relative
from extractors.claims.found import Found
from extractors.claims.when.dates import Dates, bracket_of, by_role
from extractors.claims.when.patterns import WORDS
from extractors.claims.when.telling import opens, telling
from models.quantity import Period

_BEHIND_COLON = 4
"""Tokens from a date before a colon to its number."""
_BEHIND_LEVEL = 4
"""Tokens from a number to its date: "80 Euro je Kopf im Jahr 2022"."""
_LONGEST_BRACKET = 300
"""Characters to the end of a bracket in which a date dates what stands before it."""
_BEFORE_DATE = 2
"""Tokens between a colon and its date: "Eröffnung: Do, 11. April"."""
_BEFORE_RELATIVE = 3
"""Tokens from a date in brackets to the relative clause behind them."""


def tied_to(found: Found, periods: Sequence[Period], first: int, last: int) -> Dates | None:
    """The dates that the words around a statement tie to it alone; None where there are none such.

    Within an attribute those of the attribute, behind a label the label's, else those of its noun phrase or bracket.
    """
    attribute = attribute_around(found, first, last)
    if attribute is not None:
        return by_role([p for p in periods if attribute.first <= p.first < attribute.noun], first)
    label = _of_label(found, periods, first)
    if label:
        return by_role(label, first)
    own = [p for p in periods if not is_label(found, p)]
    attributive = _of_own_phrase(found, own, first, last)
    if attributive is not None:
        return by_role([attributive], first)
    bracketed = _in_bracket_behind(found, own, last)
    if bracketed:
        return by_role(bracketed, first)
    bracket = bracket_of(found, first)
    beside = [p for p in own if bracket >= 0 and bracket_of(found, p.first) == bracket]
    return (adjacent(found, beside, last) or by_role(beside, first)) if beside else None


def _of_own_phrase(found: Found, periods: Sequence[Period], first: int, last: int) -> Period | None:
    """ "die 2018 erarbeiteten 73 Vorschläge", "73 Vorschläge, die 2018 erarbeitet wurden": the noun's own date."""
    phrase = found.phrase_of.get(first)
    for period in periods:
        if phrase is not None and _is_in_relative_clause(found, period, phrase.end):
            return replace(period, attributive=True)
    for period in periods:
        inside = phrase is not None and phrase.start <= period.first < phrase.head
        if period.attributive and (inside or first <= period.first <= last or 0 < first - period.last <= 2):
            return period
    return None


def _is_in_relative_clause(found: Found, period: Period, end: int) -> bool:
    """Whether a date stands in a relative clause of the past that follows the noun phrase up to `end` at once."""
    clause = found.clause(period.first)
    if clause is None or clause.kind != "relative" or telling(clause) != "past":
        return False
    return clause.start - end in (0, 1)


def _in_bracket_behind(found: Found, periods: Sequence[Period], last: int) -> list[Period]:
    """ "14,20 Euro (WS 2021/22)": the dates in the bracket that opens behind the statement's words."""
    text = found.tokens.text
    opening = found.tokens.ends[last]
    if text[opening : opening + 2] != " (":
        return []
    closing = text.find(")", opening, opening + _LONGEST_BRACKET)
    following = bisect_right(found.quantities, opening, key=lambda quantity: quantity.start)
    if any(quantity.start < closing for quantity in found.quantities[following : following + 1]):
        return []
    content = [p for p in periods if opening < p.start < closing]
    return content if content and content[0].first - last <= 5 else []


def is_label(found: Found, period: Period) -> bool:
    """ "Zuschuss 2025: 310.000 Euro", "(2023: 110, 2022: 95)": a date dates the number behind its colon alone."""
    tokens = found.tokens
    return tokens.word(period.last + 1) == ":" and "CARD" in tokens.tags[period.last + 2 : period.last + 5]


def _of_label(found: Found, periods: Sequence[Period], first: int) -> list[Period]:
    """The date before whose colon a number stands."""
    labels = [p for p in periods if 1 < first - p.last <= _BEHIND_COLON and found.tokens.word(p.last + 1) == ":"]
    between = found.tokens.tags[labels[-1].last + 2 : first] if labels else []
    return labels if not {"$,", "CARD"}.intersection(between) else []


def behind_colon(found: Found, periods: Sequence[Period], first: int) -> list[Period]:
    """ "Eröffnung: Do, 11. April 2019", "Wir laden ein: Freitag, 3. Mai": the date with which a fragment begins."""
    clause = found.clause(first)
    if clause is None or found.tokens.words[clause.end - 1] != ":":
        return []
    following = found.clause(clause.end) if clause.end < len(found.tokens.words) else None
    if following is None or following.verb is not None:
        return []
    begins = [p for p in periods if 0 <= p.first - clause.end <= _BEFORE_DATE]
    return [p for p in begins if found.tokens.tags[clause.end] != "$(" and not _has_noun(found, clause.end, p.first)]


def _has_noun(found: Found, first: int, stop: int) -> bool:
    """Whether a word of more than two letters ("Do, 11. April") is a noun."""
    return any(found.tokens.is_noun(index) and len(found.tokens.words[index]) > 2 for index in range(first, stop))


def in_which(found: Found, periods: Sequence[Period], first: int) -> list[Period]:
    """ "die Phase (2023 bis 2027), in der 90 Millionen Euro bereitstehen"."""
    tokens, clause = found.tokens, found.clause(first)
    if clause is None or clause.kind != "relative" or clause.connector is None:
        return []
    if tokens.before(clause.connector) != "in" and tokens.word(clause.connector) != "wo":
        return []
    return [p for p in periods if 0 < clause.start - p.last <= _BEFORE_RELATIVE]


def of_plan(found: Found, periods: Sequence[Period], first: int, last: int) -> list[Period]:
    """ "stellt 25 Millionen Euro bereit, die bis 2028 fließen sollen"."""
    clause = planned_relative(found, first, last)
    return [p for p in periods if clause is not None and found.clause_of[p.first] == clause.index]


def is_of_another(found: Found, period: Period, token: int) -> bool:
    """Whether a date of the clause belongs to another participle or number of it.

    "bis 2027 verlängert und um 180 Millionen Euro aufgestockt": a span of time is that of its own participle;
    "seit 2018 haben 86 das Siegel erhalten, in diesem Jahr 14": a date behind a comma is the next number's.
    """
    tokens = found.tokens
    before = period.last < token
    if before and _is_of_level_before(found, period):
        return True
    start, stop = (period.last + 1, token) if before else (token, period.first)
    tags = tokens.tags[start:stop]
    if any(tag == "VVPP" and "KON" in tags[place:] for place, tag in enumerate(tags)):
        return not before or (period.role != "as_of" and not opens(found, period))
    behind = slice(period.last + 1, period.last + 4)
    return not before and "$," in tags and "CARD" in tokens.tags[behind] and "um" not in tokens.words[behind]


def _is_of_level_before(found: Found, period: Period) -> bool:
    """ "von 80 Millionen [im Jahr 2022] auf 95 Millionen": the date is that of what the number rises from."""
    tokens, level = found.tokens, found.number_before(period.first)
    at_once = level is not None and period.first - level.last <= _BEHIND_LEVEL and tokens.before(level.first) == "von"
    return at_once and tokens.word(period.last + 1) == "auf"


def between_commas(found: Found, periods: list[Period], first: int, last: int) -> list[Period]:
    """The dates that no comma parts from a statement, where there are such: "Bau von 2024 bis 2025, Eröffnung 2028"."""
    words = found.tokens.words
    near = [p for p in periods if "," not in words[p.last + 1 : first] and "," not in words[last + 1 : p.first]]
    return near or periods


def adjacent(found: Found, periods: Sequence[Period], last: int) -> Dates | None:
    """ "von 80 im Jahr 2019 auf 95 im Jahr 2020": of several dates the one that follows at once."""
    if len({p.start for p in periods}) < 2:
        return None
    words = found.tokens.words
    for period in periods:
        if period.first > last and all(word in WORDS.between for word in words[last + 1 : period.first]):
            return by_role([p for p in periods if p.start == period.start], last)
    return None
