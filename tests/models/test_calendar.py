"""Days and months in Germany."""

from datetime import UTC, date, datetime

from models.calendar import MONTHS, berlin_day, berlin_moment, day_bounds


def test_midnight_in_germany_is_of_the_day_before_in_utc() -> None:
    assert berlin_day(datetime(2024, 6, 30, 22, tzinfo=UTC)) == "2024-07-01"
    assert berlin_day(None) is None


def test_a_moment_says_its_distance_from_utc() -> None:
    assert berlin_moment(datetime(2024, 6, 30, 22, tzinfo=UTC)) == "2024-07-01T00:00+02:00"
    assert berlin_moment(None) is None


def test_a_day_has_23_hours_when_clocks_are_put_forward() -> None:
    start, end = day_bounds(date(2024, 3, 31))
    assert (start, end) == (datetime(2024, 3, 30, 23, tzinfo=UTC), datetime(2024, 3, 31, 22, tzinfo=UTC))


def test_there_are_twelve_months_and_no_name_of_two() -> None:
    names = [name for month in MONTHS for name in month]
    assert len(MONTHS) == 12 and len(set(names)) == len(names)
