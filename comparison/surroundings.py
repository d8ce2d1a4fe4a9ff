"""Rules that keep two numbers apart by the words around them, which their fields do not tell of."""

from comparison.headlines import OF_ONE_FORM
from comparison.likeness import BEGIN, StatedPair
from comparison.reasons import UNSAID, ExclusionReason, doubtful
from comparison.wording import (
    aside,
    has_more_besides,
    is_by_area,
    is_expected,
    is_of_all,
    is_so_far,
    kind_counted,
    misread,
    names_price_by_area,
    parted,
    period,
    points_at_its_release,
    rank_or_age,
    refers_back,
    says_expected,
    sizes,
    whose,
)
from models.keys import fold

_OF_ONE_THING = 0.5
"""Likeness of headlines from which on what their sentences point back to is one thing."""
_LISTED = 2
"""Other numbers of a sentence from which on it is a list, each with what it is for."""


def sizes_apart(pair: StatedPair) -> ExclusionReason | None:
    """ "3,50 € je m² bei 168 m²", "5 € je m² bei 95 m²": what things of other sizes cost are prices of two things."""
    x, y = pair.a.claim, pair.b.claim
    if x.kind == "measure" and x.value != y.value and names_price_by_area(x) and names_price_by_area(y):
        return doubtful("size", x.quote, y.quote)
    if x.kind != "money":
        return None
    one, other = sizes(x), sizes(y)
    if one and other and not one & other:
        return "size", min(one), min(other)
    if (one or other) and not one & other and is_by_area(x) and is_by_area(y):
        return doubtful("size", min(one, default=None), min(other, default=None))
    return None


def misreading(pair: StatedPair) -> ExclusionReason | None:
    """One of them is no number, or none of what it is told to count."""
    return next((("reading", *found) for each in (pair.a, pair.b) if (found := misread(each))), None)


def aside_of_others(pair: StatedPair) -> ExclusionReason | None:
    """Numbers between brackets stand behind what they are of: "die Reife (9 Prozent)", "die erweiterte Reife (10)"."""
    one, other = aside(pair.a.claim), aside(pair.b.claim)
    return ("aside", " ".join(one), " ".join(other)) if one and other and one != other else None


def shares_apart(pair: StatedPair) -> ExclusionReason | None:
    """ "455 in der Hauptverwaltung und 95 in den Bezirken": of which share of the whole a number is."""
    x, y = pair.a.claim, pair.b.claim
    if x.value == y.value:
        return None
    one, other = whose(x), whose(y)
    if one and other and fold(one)[:BEGIN] != fold(other)[:BEGIN]:
        sides = ((one, pair.b), (other, pair.a))
        told = any(fold(share)[:BEGIN] in fold(f"{side.title} {side.claim.sentence}") for share, side in sides)
        listed = all(len(each.other_numbers) >= _LISTED for each in (pair.a, pair.b))
        return ("share", one, other) if told or listed else None
    for share, claim in ((one, y), (other, x)):
        if share is not None and share[:BEGIN] in parted(claim):
            return "share", one or UNSAID, other or UNSAID
    return None


def deictic(pair: StatedPair) -> ExclusionReason | None:
    """ "In der aktuellen Auswahlrunde" is said of what a release is about, of which its headline tells."""
    x, y = pair.a.claim, pair.b.claim
    if (
        x.value == y.value
        or not (pair.a.title and pair.b.title)
        or not (points_at_its_release(x) or points_at_its_release(y))
    ):
        return None
    named = all(each.claim.subject and fold(each.claim.subject) in fold(each.title) for each in (pair.a, pair.b))
    if pair.headlines_alike >= OF_ONE_FORM and named:
        return None
    return doubtful("which of a kind", x.quote, y.quote)


def points_back(pair: StatedPair) -> ExclusionReason | None:
    """ "Das entspricht einer Quote von 5 Prozent": of what, the sentence before tells, or else the headline."""
    x, y = pair.a.claim, pair.b.claim
    if x.kind != "share" or x.value == y.value or pair.headlines_alike >= _OF_ONE_THING:
        return None
    return doubtful("thing", x.quote, y.quote) if refers_back(x) or refers_back(y) else None


def kinds_apart(pair: StatedPair) -> ExclusionReason | None:
    """ "Drei viermonatige Stipendien", "drei achtmonatige": which kind of what is counted, said between the two."""
    one, other = kind_counted(pair.a.claim), kind_counted(pair.b.claim)
    return ("quality", min(one), min(other)) if one and other and not one & other else None


def rank_or_age_apart(pair: StatedPair) -> ExclusionReason | None:
    """ "3.000 Euro für den 2. Platz", "7 waren 60 bis 80 Jahre alt": of which rank or age a number is."""
    one, other = rank_or_age(pair.a.claim), rank_or_age(pair.b.claim)
    return ("rank or age", one, other) if one and other and one != other else None


def expected(pair: StatedPair) -> ExclusionReason | None:
    """ "Es wird mit 14.000 Anträgen gerechnet" beside those that came, though no word of it is in the future.

    So is what stands below a headline that expects: "3,3 Millionen Besucher für 2019 erwartet".
    """
    x, y = pair.a.claim, pair.b.claim
    one, other = (is_expected(side.claim) or says_expected(side.title) for side in (pair.a, pair.b))
    if x.modality != y.modality or x.value == y.value or one == other:
        return None
    return doubtful("expected", x.quote, y.quote)


def extent(pair: StatedPair) -> ExclusionReason | None:
    """What one number is told not to be all of: of the whole land, of the year so far, of some with others besides."""
    x, y = pair.a.claim, pair.b.claim
    if x.value != y.value and (x.kind == "money" or x.kind == "count") and period(x) != period(y):
        return doubtful("span", period(x), period(y))
    if is_of_all(x) != is_of_all(y):
        return "area", x.quote, y.quote
    if is_so_far(x) != is_so_far(y):
        return doubtful("so far", x.quote, y.quote)
    if x.value != y.value and has_more_besides(x) != has_more_besides(y):
        return doubtful("part", x.quote, y.quote)
    return None
