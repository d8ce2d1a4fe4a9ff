"""Rules that keep two numbers apart by the words around them, which their fields do not tell of."""

from comparison.headlines import OF_ONE_FORM
from comparison.likeness import BEGIN, Stated, StatedPair
from comparison.reasons import UNSAID, ExclusionReason, doubtful
from comparison.wording import (
    aside,
    change_told,
    has_more_besides,
    is_by_area,
    is_expected,
    is_of_all,
    is_so_far,
    joined,
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
    what_with,
    whose,
    years_of_sum,
)
from models.keys import fold

_OF_ONE_THING = 0.5
"""Likeness of headlines from which on what their sentences point back to is one thing."""
_ROUNDED = 0.02
"""By how much a number may be off, of those that a told change and a rounded number give."""
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


def years_of_one_sum(pair: StatedPair) -> ExclusionReason | None:
    """ "für 2023 rund 31.000 Euro und für 2024 rund 326.000 Euro": what one decision grants for each of its years is
    not what there is in them; other decisions grant more for the same.
    """
    x, y = pair.a.claim, pair.b.claim
    if x.kind != "money" or x.value == y.value or x.sentence == y.sentence:
        return None
    one, other = map(years_of_sum, (x, y))
    return doubtful("years", one, other) if one or other else None


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
    x, y = pair.a.claim, pair.b.claim
    one, other = kind_counted(x), kind_counted(y)
    if one and other and not one & other:
        return "quality", min(one), min(other)
    if x.kind == "share" and x.value != y.value and bool(one) != bool(other):
        return doubtful("quality", min(one, default=None), min(other, default=None))
    return None


def told_with(pair: StatedPair) -> ExclusionReason | None:
    """ "48 % den Abschluss mit Berechtigung" beside "70 % den Abschluss", "Kinder und Jugendliche" beside "Kinder"."""
    x, y = pair.a.claim, pair.b.claim
    if x.value == y.value:
        return None
    for what, one, other in (("part", what_with(x), what_with(y)), ("thing", joined(x), joined(y))):
        if one and other and fold(one)[:BEGIN] != fold(other)[:BEGIN]:
            return what, one, other
        if (one or other) and not (one and other):
            silent = pair.b if one else pair.a
            if fold((one or other or "").split()[-1])[:BEGIN] not in fold(f"{silent.title} {silent.claim.sentence}"):
                return doubtful(what, one, other)
    return None


def changed_otherwise(pair: StatedPair) -> ExclusionReason | None:
    """ "stieg um 5,9 % auf 8.416" beside 7.092 the year before, which that is not risen from: another basis."""
    for earlier, later in ((pair.a, pair.b), (pair.b, pair.a)):
        factor, before, now = change_told(later.claim), earlier.claim.value, later.claim.value
        if factor and before and now and _year(later) - _year(earlier) == 1:
            risen_from = float(now) / factor
            if abs(risen_from - float(before)) > _ROUNDED * risen_from:
                return "change told", earlier.claim.quote, later.claim.quote
    return None


def _year(stated: Stated) -> int:
    date = stated.claim.until or stated.claim.as_of or stated.day
    return int(date[:4]) if date else 0


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
        return "all", x.quote, y.quote
    if is_so_far(x) != is_so_far(y):
        return doubtful("so far", x.quote, y.quote)
    if x.value != y.value and has_more_besides(x) != has_more_besides(y):
        return doubtful("part", x.quote, y.quote)
    return None
