"""Whether a stored number says no less than one that is asked for: ranges, rounding and comparator words respected."""

from collections.abc import Iterable
from decimal import Decimal

from comparison.intervals import Interval, interval
from models.claim import Claim
from models.stored import StoredClaim

BELOW = frozenset({"knapp", "fast", "nahezu", "beinahe", "annähernd", "kurz vor"})
ABOVE = frozenset({"gut", "reichlich"})
_FAR = Decimal("1.2")
"""Who says "mehr als 40" means no 400."""
_MANY = 5
_ROUNDED_FROM = Decimal(1000)
_ROUNDED_BY = Decimal("0.02")
"""A number with zeros at its end may be rounded by so much, without a word that says so."""
_ROUND_UNIT = 100


def allowed(claim: Claim) -> Interval:
    """All numbers that a claim leaves open; "knapp" lies only below its number, "gut" only above."""
    assert claim.value is not None
    open_to = interval(claim.value, claim.value_to, claim.comparator)
    word = claim.comparator_word
    if claim.comparator == "~" and word in BELOW:
        return Interval(open_to.low, claim.value_to or claim.value)
    if claim.comparator == "~" and word in ABOVE:
        return Interval(claim.value, claim.value + 2 * (open_to.high - (claim.value_to or claim.value)), high_open=True)
    return open_to


def supporting(asked: Claim, stated: Iterable[StoredClaim]) -> list[StoredClaim]:
    """Claims that say no less than the one asked: 42 for "mehr als 40"; "rund 1.500" for 1500, not the reverse."""
    return [
        each
        for each in stated
        if _bounded(asked, each.claim) or _same_literal(asked, each.claim) or _rounded(asked, each.claim)
    ]


def moved_on(asked: Claim, stated: Claim) -> bool:
    """Whether a level lies so far above a lower limit that who names that limit means an earlier level."""
    is_lower_limit = asked.comparator in (">", ">=") and asked.kind != "share"
    return is_lower_limit and stated.value is not None and asked.value is not None and stated.value > asked.value * _FAR


def may_be_other_sum(one: Claim, other: Claim) -> bool:
    """Whether a sum is many times another, or one of them is for each year: neither overtakes nor refutes the other.

    Of one programme many sums are told: granted and spent, of a year and of all.
    """
    if one.kind != "money" or one.value is None or other.value is None:
        return False
    low, high = sorted((abs(one.value), abs(other.value)))
    return low * _MANY <= high or (one.per is None) != (other.per is None)


def is_greater(claim: Claim, other: Claim) -> bool:
    """Whether a claim states a greater number than another."""
    return claim.value is not None and other.value is not None and claim.value > other.value


def _bounded(asked: Claim, stated: Claim) -> bool:
    """Whether all that a number leaves open lies within the one asked; of two limits only the same one does."""
    assert asked.value is not None and stated.value is not None
    if asked.comparator == stated.comparator and asked.comparator in ("<=", ">="):
        return asked.value == stated.value
    if moved_on(asked, stated):
        return False
    if asked.comparator in ("<", "<=") and asked.kind != "share" and stated.value * _FAR * _FAR < asked.value:
        return False
    return _within(allowed(stated), allowed(asked))


def _same_literal(asked: Claim, stated: Claim) -> bool:
    if (asked.value, asked.value_to) != (stated.value, stated.value_to):
        return False
    if asked.comparator_word in ABOVE:
        return stated.comparator in (">", ">=")  # "gut 8.200" for "über 8.200"
    return stated.comparator == "~" and asked.comparator in ("=", "~") and asked.comparator_word not in BELOW


def _rounded(asked: Claim, stated: Claim) -> bool:
    """ "4,3 Millionen" for 4.33 million: the same with as many figures, and hardly another number."""
    if asked.comparator not in ("=", "~") or asked.comparator_word in BELOW | ABOVE:
        return False
    if asked.value is None or stated.value is None or asked.value_to or stated.value_to or asked.value < _ROUNDED_FROM:
        return False
    if stated.comparator not in ("=", "~") or asked.value % _ROUNDED_FROM:
        return False
    exact = interval(asked.value, None, "~")
    near = abs(asked.value - stated.value) <= asked.value * _ROUNDED_BY
    return near and exact.low <= stated.value <= exact.high


def may_be_rounded(stated: Claim, exact: Claim) -> bool:
    """Whether a number with zeros at its end may stand for one with all its figures: 3,700 for 3,704."""
    if stated.value is None or exact.value is None or stated.value_to or exact.value_to:
        return False
    if stated.comparator not in ("=", "~") or exact.comparator not in ("=", "~") or stated.value < _ROUNDED_FROM:
        return False
    whole = int(stated.value)
    unit = 10 ** (len(str(whole)) - len(str(whole).rstrip("0")))
    apart = abs(stated.value - exact.value)
    return unit >= _ROUND_UNIT and apart <= unit / 2 and apart <= stated.value * _ROUNDED_BY / 4


def _within(inner: Interval, outer: Interval) -> bool:
    above = inner.low > outer.low or (inner.low == outer.low and (inner.low_open or not outer.low_open))
    below = inner.high < outer.high or (inner.high == outer.high and (inner.high_open or not outer.high_open))
    return above and below
