"""Years and numbers that are listed in the same order.

2020, 2021 und 2022 kamen [1.528], [1.883] und [3.704] hinzu. || 1,528 in 2020, 1,883 in 2021, 3,704 in 2022
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.claims.found import Found
from extractors.claims.when.dates import Dates
from models.quantity import Period, Quantity

_YEARS = re.compile(
    r"(?<!\w)(?<!zwischen )((?:19|20)\d\d(?:/\d\d)?(?:, (?:19|20)\d\d(?:/\d\d)?)*"
    r" (?:und|sowie|bzw\.|beziehungsweise) (?:19|20)\d\d(?:/\d\d)?)(?!\w)"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:/\d\d)?")
_LISTING = frozenset({",", "und", "sowie", "bzw.", "beziehungsweise", "rund", "etwa", "knapp", "gut", "fast", "über"})
"""What may stand between the numbers of a list of which only the last has its noun."""


def in_turn(found: Found, first: int) -> Dates | None:
    """The year that goes with a number of a list; None where not as many years are listed in its sentence.

    Args:
        found: the document.
        first: the number's first token.
    """
    sentence = found.tokens.sentence[first]
    years = found.once_in(_years, sentence)
    if not years:
        return None
    listed = _list_around(found, first, found.quantities_by_sentence.get(sentence, ()))
    if len(listed) != len(years):
        return None
    return Dates(as_of=years[[quantity.first for quantity in listed].index(first)])


def _years(found: Found, sentence: int) -> list[Period]:
    """The years that a sentence lists, none where it has no list or several."""
    periods = found.periods_by_sentence.get(sentence, ())
    if not periods:
        return []
    opening, stop = found.tokens.sentences[sentence]
    lists = [*_YEARS.finditer(found.tokens.text, *found.tokens.span(opening, stop - 1))]
    if len(lists) != 1:
        return []
    years = _YEAR.finditer(found.tokens.text, *lists[0].span())
    return [_period(found, periods[0], year.start(), year[0]) for year in years]


def _period(found: Found, like: Period, start: int, year: str) -> Period:
    end = start + len(year)
    first, last = found.tokens.at(start), found.tokens.at(end - 1)
    return replace(
        like, role="as_of", date=year[:4], start=start, end=end, first=first, last=last, attributive=False, days=None
    )


def _list_around(found: Found, first: int, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of the list to which one belongs."""
    groups: list[list[Quantity]] = [list(quantities[:1])]
    for before, quantity in pairwise(quantities):
        between = found.tokens.small[before.last + 1 : quantity.first]
        if between and _LISTING.issuperset(between) and before.noun is None:
            groups[-1].append(quantity)
        else:
            groups.append([quantity])
    return next((group for group in groups if any(each.first == first for each in group)), [])
