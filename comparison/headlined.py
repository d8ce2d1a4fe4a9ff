"""Rules that keep two numbers apart by what the headlines over them name."""

import re

from comparison.headlines import OF_ONE_FORM, against, nouns, purpose
from comparison.likeness import BEGIN, Stated, StatedPair
from comparison.reasons import ExclusionReason, doubtful

_BUILT = re.compile(r"\b(?:Bau|Sanierungs)(?:kosten|summe)\b")
_ROADWORKS = re.compile(r"Schlagl[oö]ch|Fahrbahn|Straßenbau|Baumaßnahmen? (?:auf|in) de[rm]\b")
_AT_A_SITE = re.compile(r"\b(?:Grundsteinlegung|Richtfest|[\w-]*[Ss]patenstich|Baubeginn|Baustart|Einweihung)")
"""In a headline: then its numbers are of one site."""
_INTERIM = re.compile(r"Zwischenbericht|Zwischenbilanz|Halbzeit|\bHalbjahr|\b(?:Vierteljahr|Quartal)")
"""In a headline: then its numbers are of less than the whole time."""
_OF_ONE_WORK = 0.7
"""Likeness of headlines from which on they tell of one building work."""


def purposes_apart(pair: StatedPair) -> ExclusionReason | None:
    """Headlines of one form for other ends: the lines of one programme ("für Festivals", "für Orchester")."""
    if pair.headlines_alike < OF_ONE_FORM:
        return None
    a, b = pair.a, pair.b
    ends = (purpose(a.title), purpose(b.title))
    if ends[0] & ends[1] and a.claim.value == b.claim.value:
        return None
    own = (_unsaid(ends[0], b), _unsaid(ends[1], a))
    return ("purpose", min(own[0]), min(own[1])) if all(own) else None


def _unsaid(nouns_of_one: frozenset[str], other: Stated) -> frozenset[str]:
    """Those that are said nowhere in the other statement, not even as part of a compound."""
    said = other.title_words | other.words
    return frozenset(noun for noun in nouns_of_one if not any(noun in word for word in said))


def named_in_headlines(pair: StatedPair) -> ExclusionReason | None:
    """ "Regionalplan Seeland ist unwirksam", "… Moorland …": what the headline names and the sentence has again, and
    the other release has not, is what a number is of.
    """
    a, b = pair.a, pair.b
    if a.claim.value == b.claim.value or any(_stands_in_headline(each) for each in (a, b)):
        return None
    own = (_own(a, b), _own(b, a))
    return ("headline", min(own[0]), min(own[1])) if all(own) else None


def _stands_in_headline(stated: Stated) -> bool:
    return stated.claim.sentence in stated.title


def headlines_apart(pair: StatedPair) -> ExclusionReason | None:
    """ "Drei Forschende erhalten Starting Grants", "… Advanced Grants": headlines with numbers that each name something
    of their own.
    """
    a, b = pair.a, pair.b
    if a.claim.value == b.claim.value or not all(_stands_in_headline(each) for each in (a, b)):
        return None
    own = [_named_alone(nouns(each.beside_number), other) for each, other in ((a, b), (b, a))]
    return doubtful("headline", min(own[0]), min(own[1])) if all(own) else None


def _named_alone(found: frozenset[str], other: Stated) -> frozenset[str]:
    """Of the stems of nouns those that the other statement has no form of."""
    begins = {word[:BEGIN] for word in other.words | other.title_words}
    return frozenset(noun for noun in found if noun[:BEGIN] not in begins)


def _own(stated: Stated, other: Stated) -> frozenset[str]:
    return _named_alone(nouns(stated.title) & nouns(stated.beside_number), other)


def works_apart(pair: StatedPair) -> ExclusionReason | None:
    """What building costs is of one work, and so is what is counted where a headline is about a site: only like
    headlines tell that it is one, and of roads not even these.
    """
    x, y = pair.a.claim, pair.b.claim
    titles = (pair.a.title, pair.b.title)
    if x.kind == "count" and x.value != y.value and all(titles) and any(map(_AT_A_SITE.search, titles)):
        return doubtful("which works", x.quote, y.quote) if pair.headlines_alike < _OF_ONE_WORK else None
    built = x.kind == "money" and all(_BUILT.search(each.sentence) for each in (x, y))
    on_road = all(_ROADWORKS.search(f"{each.title} {each.claim.sentence}") for each in (pair.a, pair.b))
    if built and ((on_road and x.value != y.value) or pair.headlines_alike < _OF_ONE_WORK):
        return doubtful("which works", x.quote, y.quote)
    return None


def interim_apart(pair: StatedPair) -> ExclusionReason | None:
    """ "Zwischenbericht zur Kältehilfe" and "Bilanz der Kältehilfe": sums of a part of the time, and of all of it."""
    one, other = (_INTERIM.search(each.title) for each in (pair.a, pair.b))
    if bool(one) == bool(other) or pair.a.claim.value == pair.b.claim.value:
        return None
    return doubtful("time", one and one[0], other and other[0])


def opponents_apart(pair: StatedPair) -> ExclusionReason | None:
    """Headlines that say against whom, or against what, and name nothing in common: each trial is one of its own."""
    one, other = against(pair.a.title), against(pair.b.title)
    return ("against", min(one), min(other)) if one and other and not one & other else None
