"""Stated numbers as intervals: what "rund 1.500" and "mehr als 50" leave open."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from models.claim import Claim
from models.quantity import Comparator

Trend = Literal["rise", "fall", "same", "unknown"]

_INFINITY = Decimal("Infinity")
_SHARE = "%"
_TENTH = Decimal("0.1")
_ROUND_FROM, _ROUND_TO = Decimal(10_000), Decimal(1000)
"""From which number on one in whole thousands may be rounded, though nothing says so."""


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

    Attributes:
        direction: up or down; `unknown` where both may be one number.
        number: by how much, in the unit of the numbers; of shares in percentage points. None where the statements leave
            the size open.
        percent: of the earlier number; None for shares, too.
        approximate: one of them is "about" or told in whole thousands, so that `number` and `percent` have no more
            figures than both bear; `percent` has more where fewer would make it one that the numbers rule out.
        points: the numbers are shares.
    """

    direction: Trend
    number: Decimal | None = None
    percent: Decimal | None = None
    approximate: bool = False
    points: bool = False


_Stated = tuple[Decimal, Decimal | None, Comparator | None]
"""A number as it is stated: value, upper end of a range, comparator."""


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


def change(before: _Stated, after: _Stated, *, unit: str | None = None) -> Change:
    """From one stated number to a later one; `unit` is that of both."""
    earlier, later = interval(*before), interval(*after)
    points = unit == _SHARE
    single = before[1] is None and after[1] is None
    if single and {before[2] or "=", after[2] or "="} <= {"=", "~"}:
        return _measured(
            before, after, may_be_one="~" in (before[2], after[2]) and earlier.overlaps(later), points=points
        )
    if earlier.below(later):
        return Change("rise", points=points)
    return Change("fall" if later.below(earlier) else "unknown", points=points)


def _measured(before: _Stated, after: _Stated, *, may_be_one: bool, points: bool) -> Change:
    """A change whose size is told, with as many figures as both numbers bear."""
    number, borne = after[0] - before[0], _borne(before, after)
    told = number if borne is None else (number / borne).quantize(Decimal(1)) * borne
    if may_be_one or (number and not told):
        return Change("unknown", approximate=True, points=points)
    if borne is not None and 0 < abs(number) < borne:
        # "rund 333.000", "knapp 340.000": that it rose is sure, by how much is less than both are told to.
        return Change(_direction(number), approximate=True, points=points)
    percent = None
    if before[0] and not points:
        exact = (100 * number / abs(before[0])).quantize(_TENTH)
        percent = (
            exact if borne is None else _rounded(exact, len(str(abs(int(told / borne)))), _percents(before, after))
        )
    return Change(_direction(number), _plain(told), percent, borne is not None, points)


def _borne(before: _Stated, after: _Stated) -> Decimal | None:
    """Of what a difference is a multiple, as far as both numbers are told; None where they are told exactly.

    Of two numbers in whole thousands the finer says how finely both are told: 177 and 180 million are told in millions.
    """
    about = [_last_figure(value) for value, _, comparator in (before, after) if comparator == "~"]
    whole = [
        _last_of_round(value) for value, _, comparator in (before, after) if comparator != "~" and _is_round(value)
    ]
    return max([*about, *([min(whole)] if whole else [])], default=None)


def _is_round(value: Decimal) -> bool:
    return abs(value) >= _ROUND_FROM and value % _ROUND_TO == 0


def _last_figure(value: Decimal) -> Decimal:
    """The place of the last figure that is not zero; of a 1 with zeros alone the one behind it."""
    _, figures, exponent = value.normalize().as_tuple()
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent - 1 if figures == (1,) and exponent > 0 else exponent)


def _last_of_round(value: Decimal) -> Decimal:
    """The same of a number that nothing calls "about": its first two figures are told."""
    return min(_last_figure(value), Decimal(1).scaleb(value.adjusted() - 1))


def _percents(before: _Stated, after: _Stated) -> Interval:
    """What a change may be in percent, of two numbers of which one is not told exactly."""
    earlier, later = _meant(before), _meant(after)
    ways = [100 * (x - y) / abs(y) for x in (later.low, later.high) for y in (earlier.low, earlier.high) if y]
    return Interval(min(ways), max(ways))


def _meant(stated: _Stated) -> Interval:
    """What a single number may stand for, with what whole thousands leave open."""
    value, _, comparator = stated
    if comparator != "~" and _is_round(value):
        half = _last_of_round(value) / 2
        return Interval(value - half, value + half)
    return interval(value, None, comparator)


def _rounded(percent: Decimal, figures: int, allowed: Interval) -> Decimal:
    """Percent with so many figures, or with the fewest with which it is still allowed, at most to a tenth.

    "Etwa 22.600" after "etwa 27.000" is a fall by 14 to 18 percent: 16, never 20.
    """
    if not percent:
        return percent
    for place in range(percent.adjusted() - figures + 1, _TENTH.adjusted(), -1):
        coarse = percent.quantize(Decimal(1).scaleb(place))
        if allowed.low <= coarse <= allowed.high:
            return _plain(coarse)
    return _plain(percent)


def _plain(value: Decimal) -> Decimal:
    """Without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _direction(number: Decimal) -> Trend:
    if number == 0:
        return "same"
    return "rise" if number > 0 else "fall"


def _half_unit(value: Decimal) -> Decimal:
    _, figures, exponent = value.normalize().as_tuple()
    if not isinstance(exponent, int):
        return Decimal(0)
    return Decimal(1 if figures == (1,) and exponent > 0 else 5).scaleb(exponent - 1)
