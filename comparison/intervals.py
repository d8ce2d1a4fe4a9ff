"""Stated numbers as intervals: what "rund 1.500" and "mehr als 50" leave open."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from models.claim import Claim
from models.quantity import Comparator

Trend = Literal["rise", "fall", "same", "unknown"]

_INFINITY = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers that a statement allows; `low` and `high` may be infinite, and are excluded where open."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def overlaps(self, other: "Interval") -> bool:
        """Whether both statements can be true of one number."""
        return not (self.below(other) or other.below(self))

    def below(self, other: "Interval") -> bool:
        """Whether every number allowed here is smaller than every number allowed there."""
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))


@dataclass(frozen=True, slots=True)
class Change:
    """The way from an earlier to a later number.

    `number` and `percent` are None where the statements leave the size open; `approximate` says
    that one of them was "about".
    """

    direction: Trend
    number: Decimal | None = None
    percent: Decimal | None = None
    approximate: bool = False


def interval(value: Decimal, value_to: Decimal | None, comparator: Comparator | None) -> Interval:
    """What a stated number allows.

    "rund" leaves half a unit of its last figure that is not zero, up and down: 1500 stands for 1450 to 1550.
    Of a 1 with zeros alone that would be half of it; it leaves a tenth: 1000 stands for 900 to 1100.
    """
    high = value if value_to is None else value_to
    match comparator:
        case ">":
            return Interval(high, _INFINITY, low_open=True)
        case ">=":
            return Interval(high, _INFINITY)
        case "<":
            return Interval(-_INFINITY, value, high_open=True)
        case "<=":
            return Interval(-_INFINITY, value)
        case "~":
            return Interval(value - _half_unit(value), high + _half_unit(high))
        case _:
            return Interval(value, high)


def may_be_one(a: Claim, b: Claim) -> bool:
    """Whether the numbers of two claims can be one: "rund 1.500" and 1498."""
    assert a.value is not None and b.value is not None
    return interval(a.value, a.value_to, a.comparator).overlaps(interval(b.value, b.value_to, b.comparator))


def change(
    before: tuple[Decimal, Decimal | None, Comparator | None], after: tuple[Decimal, Decimal | None, Comparator | None]
) -> Change:
    """From one stated number (value, value_to, comparator) to a later one."""
    earlier, later = interval(*before), interval(*after)
    single = before[1] is None and after[1] is None
    comparators = {before[2] or "=", after[2] or "="}
    if single and comparators <= {"=", "~"}:
        number = after[0] - before[0]
        percent = None if before[0] == 0 else (100 * number / abs(before[0])).quantize(Decimal("0.1"))
        approximate = "~" in comparators
        direction = "unknown" if approximate and earlier.overlaps(later) else _direction(number)
        return Change(direction, number, percent, approximate)
    if earlier.below(later):
        return Change("rise")
    return Change("fall" if later.below(earlier) else "unknown")


def _direction(number: Decimal) -> Trend:
    if number == 0:
        return "same"
    return "rise" if number > 0 else "fall"


def _half_unit(value: Decimal) -> Decimal:
    _, figures, exponent = value.normalize().as_tuple()
    if not isinstance(exponent, int):
        return Decimal(0)
    return Decimal(1 if figures == (1,) and exponent > 0 else 5).scaleb(exponent - 1)
