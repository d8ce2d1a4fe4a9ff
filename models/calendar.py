"""Days, months and years as people in Germany count them."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import overload
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")

YEARS = range(1900, 2100)
"""In which press releases are published; a number of four figures outside of them is no year."""

MONTHS: tuple[tuple[str, ...], ...] = (
    ("Januar", "Jänner", "Jan"), ("Februar", "Feber", "Feb"), ("März", "Maerz", "Mär", "Mrz"), ("April", "Apr"),
    ("Mai",), ("Juni", "Jun"), ("Juli", "Jul"), ("August", "Aug"), ("September", "Sept", "Sep"), ("Oktober", "Okt"),
    ("November", "Nov"), ("Dezember", "Dez"),
)  # fmt: skip
"""What pages and lists call each month; its full name comes first."""


_MONTH = re.compile(rf"(?:{'|'.join(name for names in MONTHS for name in names)})\.?(?:\s+\d{{4}})?")


def names_month(words: str) -> bool:
    """Whether words are only a month, perhaps with its year: "September 2021"."""
    return _MONTH.fullmatch(words) is not None


@overload
def berlin_day(moment: datetime) -> str: ...
@overload
def berlin_day(moment: None) -> None: ...
def berlin_day(moment: datetime | None) -> str | None:
    """The ISO day of a moment in Germany; a release of midnight there is of the day before in UTC."""
    return None if moment is None else moment.astimezone(BERLIN).date().isoformat()


def berlin_moment(moment: datetime | None) -> str | None:
    """The ISO moment to the minute by the clock in Germany, with its distance from UTC: nobody need guess the zone."""
    return None if moment is None else moment.astimezone(BERLIN).isoformat(timespec="minutes")


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Beginning and end of a day in Germany, in UTC."""
    start, end = (datetime.combine(each, time(), BERLIN) for each in (day, day + timedelta(days=1)))
    return start.astimezone(UTC), end.astimezone(UTC)
