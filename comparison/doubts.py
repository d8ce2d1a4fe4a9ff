"""What makes a reading implausible, so that a person should look at it first. It is never left out for that."""

from decimal import Decimal
from typing import Literal, get_args

from models.calendar import berlin_day
from models.claim import Aspect
from models.stored import StoredClaim

Doubt = Literal["share", "part", "jump", "future"]
"""A share over the whole, a part beyond its whole, many times the number before, a date after the publication: what is
most surely wrong comes first."""

DOUBTS: tuple[Doubt, ...] = get_args(Doubt)
LEAP = Decimal(10)
"""So many times the number before, or less than that part of it: what a misread unit or comma makes of a number."""
OF_CHANGE: tuple[Aspect, ...] = ("change", "points", "increment")
WHOLE_SHARE = Decimal(100)


def doubts(stored: StoredClaim) -> tuple[Doubt, ...]:
    """What is implausible in a claim as the rules read it, taken by itself."""
    claim = stored.uncorrected.claim
    found: list[Doubt] = []
    if (
        claim.kind == "share"
        and claim.value is not None
        and claim.aspect not in OF_CHANGE
        and claim.value > WHOLE_SHARE
    ):
        found.append("share")
    if claim.of is not None and claim.value is not None and max(claim.value, claim.value_to or claim.value) > claim.of:
        found.append("part")
    if claim.modality == "actual" and _after(claim.as_of, berlin_day(stored.published)):
        found.append("future")
    return tuple(found)


def leaps(earlier: Decimal, later: Decimal) -> bool:
    """Whether a number is many times the one before it in its series, or a small part of it."""
    low, high = sorted((abs(earlier), abs(later)))
    return low > 0 and high >= LEAP * low


def _after(date: str | None, published: str | None) -> bool:
    # "2024" is no later than any day of 2024.
    return bool(date and published and date > published[: len(date)])
