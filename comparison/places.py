"""At which places two numbers are: those of their sentences, else all that restricts them; streets of headlines."""

import re

from comparison.likeness import Stated, StatedPair
from models.keys import fold
from models.streets import is_street

_CLOSE = len(" auf der ")
_STREET = re.compile(r"(?:[A-ZÄÖÜ][\w.]+[ -])?[A-ZÄÖÜ][\wäöüß]+(?:-[A-ZÄÖÜ]\w+)*")


def places_apart(pair: StatedPair) -> tuple[str, str] | None:
    """Two places, one of each statement, where they are of different ones."""
    a, b = pair.a, pair.b
    if (behind := _behind(a)) and (behind_too := _behind(b)) and fold(behind) != fold(behind_too):
        return behind, behind_too
    near = [_places(each, sentence_only=True) for each in (a, b)]
    if not all(near):
        near = [_places(each, sentence_only=False) for each in (a, b)]
    (one, other) = near
    if one and other and (streets := _first_streets(one, other)) is not None:
        return streets
    if one and other and not (set(one) & set(other) or _named(one, b) or _named(other, a)):
        return next(iter(one.values())), next(iter(other.values()))
    return _streets_of_headlines(a, b)


def _behind(stated: Stated) -> str | None:
    """The place right behind a number: "1,3 Prozent in Seedorf"; sentences that compare places name several."""
    claim = stated.claim
    close = (each.value for each in claim.scope if each.kind == "place" and 0 < each.start - claim.end <= _CLOSE)
    return next(close, None)


def _first_streets(one: dict[str, str], other: dict[str, str]) -> tuple[str, str] | None:
    """ "Lindenallee von Seestraße bis Amtsstraße": of the streets of a sentence the first is the one it is about."""
    first, second = next(iter(one.values())), next(iter(other.values()))
    return (first, second) if is_street(first) and is_street(second) and fold(first) != fold(second) else None


def _streets_of_headlines(a: Stated, b: Stated) -> tuple[str, str] | None:
    """ "Richtfest in der Seestraße", "Schule am Lindendamm eröffnet": each number is of what its headline is about."""
    one, other = ({fold(name): name for name in _STREET.findall(each.title) if is_street(name)} for each in (a, b))
    if not one or not other or _named(one, b) or _named(other, a):
        return None
    return next(iter(one.values())), next(iter(other.values()))


def _places(stated: Stated, *, sentence_only: bool) -> dict[str, str]:
    """The places by their folded names."""
    claim = stated.claim
    return {
        fold(each.value): each.value
        for each in claim.scope
        if each.kind == "place" and (not sentence_only or each.start >= claim.sentence_start)
    }


def _named(places: dict[str, str], other: Stated) -> bool:
    words = fold(f"{other.title} {other.claim.sentence}")
    return any(place in words for place in places)
