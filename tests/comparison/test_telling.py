"""How often a series is told, and which of its points are laid side by side over the years."""

from dataclasses import replace
from decimal import Decimal

import pytest

from comparison.figures import Figure
from comparison.series import Point
from comparison.telling import begin, over_all, pauses, rhythm, weight, yearly

EXACT = Figure(Decimal(0), None, "=", ())


def told(*numbers: tuple[str, int]) -> list[Point]:
    return [Point(day, replace(EXACT, value=Decimal(value))) for day, value in numbers]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (["2024-01-03", "2024-01-10", "2024-01-17"], "weekly"),
        (["2024-01-01", "2024-01-02", "2024-01-04"], "daily"),
        (["2024-01", "2024-02", "2024-03"], "monthly"),
        (["2022", "2023"], "yearly"),
        (["2022-03-01", "2022-04-01"], "irregular"),
        (["2024"], "irregular"),
        # a release of February that tells the number of the year before, too
        (["2016", "2017-02-28", "2018", "2019-03-04"], "yearly"),
        (["2019", "2020-03-01", "2020-06-01", "2020-09-01"], "irregular"),
    ],
)
def test_rhythm(times: list[str], expected: str) -> None:
    assert rhythm(times) == expected


def test_what_is_told_by_week_is_compared_over_the_years_in_its_season() -> None:
    weekly = told(
        ("2022-11-02", 400), ("2023-01-04", 900), ("2023-01-11", 950), ("2023-11-08", 500), ("2024-01-10", 990)
    )
    assert [point.date for point in yearly(weekly)] == ["2023-01-11", "2024-01-10"]
    assert begin(weekly).date == "2023-01-11"
    assert over_all(weekly).number == 40


def test_long_series_that_move_are_the_most_telling() -> None:
    long = told(("2019", 10), ("2021", 20), ("2024", 30))
    short = told(("2023", 10), ("2024", 30))
    still = told(("2019", 10), ("2021", 10), ("2024", 10))
    assert weight(long, named=False) > weight(short, named=False) > 0
    assert weight(long, named=False) > weight(still, named=False)
    assert weight(short, named=True) > weight(short, named=False)


def test_rounds_of_which_a_year_has_one_are_compared_from_the_first() -> None:
    rounds = told(("2021-09-13", 650), ("2022-05-16", 331), ("2023-06-20", 755))
    assert begin(rounds).date == "2021-09-13"
    assert over_all(rounds).number == 105


def test_a_season_is_not_compared_with_the_one_before_across_a_pause() -> None:
    weekly = told(
        ("2021-02-21", 1560), ("2021-02-28", 1574), ("2021-03-07", 1587), ("2021-10-31", 586), ("2021-11-07", 943)
    )
    assert pauses(weekly) == {3}
    assert begin(weekly).date == "2021-10-31"
    turn = told(("2021-12-12", 136), ("2021-12-19", 139), ("2021-12-26", 104), ("2022-01-02", 133))
    assert begin(turn).date == "2021-12-12", "a week before is no year before"
