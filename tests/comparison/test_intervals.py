"""What stated numbers leave open, and what can be said of the way from one to the next."""

from decimal import Decimal

import pytest

from comparison.intervals import Change, Interval, change, interval
from models.quantity import Comparator

Stated = tuple[Decimal, Decimal | None, Comparator | None]


def stated(value: str, comparator: Comparator | None = "=", value_to: str | None = None) -> Stated:
    return Decimal(value), Decimal(value_to) if value_to else None, comparator


@pytest.mark.parametrize(
    ("number", "low", "high"),
    [
        (stated("42"), "42", "42"),
        (stated("42", None), "42", "42"),
        (stated("120", "=", "150"), "120", "150"),
        (stated("1500", "~"), "1450", "1550"),
        (stated("2.5", "~"), "2.45", "2.55"),
        (stated("1000", "~"), "900", "1100"),
        (stated("2000", "~"), "1500", "2500"),
        (stated("1", "~"), "0.5", "1.5"),
        (stated("40", ">"), "40", "Infinity"),
        (stated("40", "<="), "-Infinity", "40"),
    ],
)
def test_what_a_number_allows(number: Stated, low: str, high: str) -> None:
    found = interval(*number)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


def test_more_than_forty_excludes_forty_and_at_least_forty_does_not() -> None:
    forty = Interval(Decimal(40), Decimal(40))
    assert not interval(*stated("40", ">")).overlaps(forty)
    assert interval(*stated("40", ">=")).overlaps(forty)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (stated("22"), stated("42"), Change("rise", Decimal(20), Decimal("90.9"))),
        (stated("42"), stated("42"), Change("same", Decimal(0), Decimal("0.0"))),
        (stated("0"), stated("3"), Change("rise", Decimal(3), None)),
        (stated("1500", "~"), stated("1400"), Change("fall", Decimal(-100), Decimal(-7), approximate=True)),
        (stated("1500", "~"), stated("1520"), Change("unknown", approximate=True)),
        (stated("40"), stated("50", ">"), Change("rise")),
        (stated("60"), stated("50", ">"), Change("unknown")),
        (stated("60"), stated("20", "=", "30"), Change("fall")),
        (stated("50"), stated("50", ">"), Change("rise")),
        (stated("50"), stated("50", ">="), Change("unknown")),
        (stated("100"), stated("90", "<"), Change("fall")),
        (stated("10", "=", "20"), stated("15", "=", "30"), Change("unknown")),
        (stated("10", "=", "20"), stated("21", "=", "30"), Change("rise")),
        (stated("40", "~"), stated("42"), Change("unknown", approximate=True)),
        (stated("333000", "~"), stated("340000", "~"), Change("rise", approximate=True)),
        (stated("340000", "~"), stated("333000"), Change("fall", approximate=True)),
        (stated("330000", "~"), stated("350000", "~"), Change("rise", Decimal(20000), Decimal(6), approximate=True)),
        (stated("40", "~"), stated("60", "~"), Change("rise", Decimal(20), Decimal(50), approximate=True)),
        # no fewer figures than leave a percentage that can be: 14 to 18, 32 to 38, 25 to 31
        (stated("27000", "~"), stated("22600", "~"), Change("fall", Decimal(-4000), Decimal(-16), approximate=True)),
        (
            stated("15570000", "~"),
            stated("21000000", "~"),
            Change("rise", Decimal(5000000), Decimal(35), approximate=True),
        ),
        (
            stated("1665000", "~"),
            stated("1200000", "~"),
            Change("fall", Decimal(-500000), Decimal(-30), approximate=True),
        ),
        (stated("40", "~"), stated("63"), Change("rise", Decimal(20), Decimal(60), approximate=True)),
        # in whole thousands or millions, though nothing says "about"
        (stated("177000000"), stated("195000000"), Change("rise", Decimal(18000000), Decimal(10), approximate=True)),
        (
            stated("180700000"),
            stated("177000000", "~"),
            Change("fall", Decimal(-4000000), Decimal(-2), approximate=True),
        ),
        (
            stated("655000000"),
            stated("867000000"),
            Change("rise", Decimal(212000000), Decimal("32.4"), approximate=True),
        ),
        (stated("25000"), stated("30000"), Change("rise", Decimal(5000), Decimal(20), approximate=True)),
        (stated("19000"), stated("19437"), Change("unknown", approximate=True)),
        (stated("19000"), stated("24437"), Change("rise", Decimal(5000), Decimal(30), approximate=True)),
        (stated("19000"), stated("19000"), Change("same", Decimal(0), Decimal(0), approximate=True)),
        # told exactly
        (stated("18197"), stated("18752"), Change("rise", Decimal(555), Decimal("3.0"))),
        (stated("300"), stated("400"), Change("rise", Decimal(100), Decimal("33.3"))),
    ],
)
def test_the_way_from_one_number_to_the_next(before: Stated, after: Stated, expected: Change) -> None:
    assert change(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (stated("46"), stated("29"), Change("fall", Decimal(-17), points=True)),
        (stated("69.4"), stated("90", "~"), Change("rise", Decimal(20), approximate=True, points=True)),
        (stated("69.4"), stated("71"), Change("rise", Decimal("1.6"), points=True)),
        (stated("50"), stated("50", ">"), Change("rise", points=True)),
    ],
)
def test_shares_change_by_points(before: Stated, after: Stated, expected: Change) -> None:
    assert change(before, after, unit="%") == expected
