"""For each of what a number is meant, and which span of time its statement is about.

"5.000 Euro je Antrag" Antrag, "pro Kopf" Kopf, "monatlich" Monat, "12 Euro in der Stunde" Stunde, "je 50 Plätze" each
"im ersten Halbjahr 2024" half-year, "im Mai" month, "2019 bis 2023" 5 years
"""

from extractors.claims.found import Found
from extractors.claims.measured.patterns import WORDS
from extractors.claims.when.dates import Dates
from models.quantity import Period, Quantity

_NEAR = 6
_MONTH, _QUARTER, _HALF, _YEAR = 31, 92, 184, 366


def per(found: Found, quantity: Quantity) -> str | None:
    """The noun for each of which a number is meant; "each" where it is not named."""
    tokens = found.tokens
    first, stop = tokens.sentences[tokens.sentence[quantity.first]]
    low, high = max(first, quantity.first - _NEAR), min(stop, quantity.last + 1 + _NEAR)
    others = [token for token in range(low, high) if token in found.number_starts and token != quantity.first]
    near = sorted(
        range(
            max([low, *(other + 1 for other in others if other < quantity.first)]),
            min([high, *(other for other in others if other > quantity.last)]),
        ),
        key=lambda token: (min(abs(token - quantity.first), abs(token - quantity.last)), token),
    )
    for token in near:
        if quantity.first <= token <= quantity.last or found.clause_of[token] != found.clause_of[quantity.first]:
            continue
        named = _rate_at(found, token, stop, right_behind=token == quantity.last + 1)
        if named is not None:
            return named
    before = tokens.before(quantity.first)
    return "each" if before in WORDS.each else None


def _rate_at(found: Found, token: int, stop: int, *, right_behind: bool) -> str | None:
    tokens = found.tokens
    word = tokens.word(token)
    if word in WORDS.rates:
        return WORDS.rates[word]
    following = token + 1
    if word in WORDS.per:
        while following < stop and tokens.tag(following) in ("ART", "ADJA"):
            following += 1
        if following >= stop or not tokens.is_noun(following):
            return None
        return WORDS.times.get(tokens.lemmas[following], tokens.lemmas[following])
    if right_behind and word == "in" and tokens.word(following) in ("der", "einer"):
        word, following = "im", following + 1
    if word in ("im", "am", "jedes", "jeden", "jede") and following < stop:
        of_date = following in found.once(dated) or tokens.tag(following + 1) == "CARD"
        return None if of_date else WORDS.times.get(tokens.lemmas[following])
    return None


def dated(found: Found) -> frozenset[int]:
    """The tokens of all periods."""
    return frozenset(token for period in found.periods for token in range(period.first, period.last + 1))


def span(found: Found, dates: Dates) -> str | None:
    """How long the time is that a statement is about: day, week, month, quarter, half-year, year, "5 years"."""
    if dates.since is not None and dates.until is not None:
        return _length((dates.until.interval[1] - dates.since.interval[0]).days + 1)
    period = dates.as_of
    return None if period is None else _named(found, period) or _of_period(period)


def _named(found: Found, period: Period) -> str | None:
    words = [found.tokens.word(token) for token in range(max(0, period.first - 1), period.last + 1)]
    return next((name for word in words for end, name in WORDS.spans.items() if word.endswith(end)), None)


def _of_period(period: Period) -> str:
    first, last = period.interval
    return _length((last - first).days + 1)


def _length(days: int) -> str:
    for name, longest in (("day", 1), ("week", 7), ("month", _MONTH), ("quarter", _QUARTER), ("half-year", _HALF)):
        if days <= longest:
            return name
    return "year" if days <= _YEAR else f"{round(days / 365.25)} years"
