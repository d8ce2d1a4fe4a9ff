"""Which restrictions of a claim say of what less its number is."""

from comparison.likeness import stem
from models.claim import Claim, Restriction
from models.keys import fold

_WHOLE = frozenset({"land", "stadt", "gesamtstadt", "bundesland"})
"""Words for all that an office speaks for; by themselves they restrict nothing."""
_OF_TIME = frozenset({"zeitraum", "dauer", "laufzeit", "jahr", "tag", "woche", "monat"})
"""For how long something is, is no group that it is for."""


def telling(claim: Claim) -> tuple[Restriction, ...]:
    """The restrictions of a claim without those that repeat what is counted, or name the whole ("für das Land").

    Who speaks of the whole does not mean the place that only the headline names.
    """
    whole = any(_names_whole(each) for each in claim.scope)
    return tuple(
        each
        for each in claim.scope
        if not (_names_whole(each) or _is_of_time(each))
        and not _repeats_noun(each, claim)
        and not (whole and each.kind == "place" and each.start < claim.sentence_start)
    )


def _names_whole(restriction: Restriction) -> bool:
    return restriction.kind == "group" and fold(restriction.value) in _WHOLE


def _is_of_time(restriction: Restriction) -> bool:
    return restriction.kind == "group" and fold(restriction.value) in _OF_TIME


def _repeats_noun(restriction: Restriction, claim: Claim) -> bool:
    is_of_things = restriction.kind in ("group", "quality", "part")
    return is_of_things and claim.counted is not None and stem(fold(restriction.value)) == stem(fold(claim.counted))
