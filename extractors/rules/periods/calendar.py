"""Calendar arithmetic: from a year, a month or a word for them to days."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from models.quantity import Days, days_of

Direction = Literal["past", "ahead"]


def _unknown(offset: int) -> Direction | None:
    return None


@dataclass(frozen=True, slots=True)
class Reference:
    """What dates without a year are resolved against.

    `year` is the year that the text before speaks of ("im Vorjahr" is the one before it); `direction` says of
    an offset whether the clause there tells of the past or of what lies ahead.
    """

    published: date | None
    year: int | None = None
    direction: Callable[[int], Direction | None] = _unknown


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """A date as an ISO prefix, the `last` one of a span, and the days meant where the prefix says them too loosely."""

    date: str
    last: str | None = None
    days: Days | None = None


def last_day(prefix: str) -> str:
    """The last day that an ISO prefix spans."""
    return days_of(prefix)[1].isoformat()


def months(year: int, first: int, count: int) -> Days:
    """The days of `count` months from the month `first` on."""
    past = first - 1 + count
    return date(year, first, 1), date(year + past // 12, past % 12 + 1, 1) - timedelta(days=1)


def day(year: int, month: int, number: int) -> str | None:
    """The ISO date, or None where there is no such day."""
    if not 1 <= month <= 12 or not 1 <= number <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02}-{number:02}"


def year_of_month(month: int, reference: Reference, offset: int) -> int | None:
    """The year that is meant by a month alone: the last one, the next one, or else the nearest to the publication."""
    published = reference.published
    if published is None:
        return None
    match reference.direction(offset):
        case "past":
            return published.year - (month > published.month)
        case "ahead":
            return published.year + (month < published.month)
        case _:
            distance = month - published.month
            return published.year + (distance < -7) - (distance > 7)
