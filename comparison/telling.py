"""How telling a series is: its rhythm, its points for comparison over the years, its place in a list."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from math import log1p
from statistics import median_low
from typing import Literal

from comparison.figures import moved
from comparison.intervals import Change, interval
from comparison.series import Point
from models.quantity import days_of

Rhythm = Literal["daily", "weekly", "monthly", "quarterly", "yearly", "irregular"]

_LONGEST: tuple[tuple[Rhythm, float], ...] = (
    ("daily", 3),
    ("weekly", 10),
    ("monthly", 45),
    ("quarterly", 135),
)
"""Days between neighbouring points, as half of them or more are at most apart."""
_YEARLY = (300, 430)
_OF_ONE_SEASON = 45
"""Days by which the points of two years may lie apart in the year, and be laid side by side."""
_YEAR = 365.25
_PAUSE = 90
"""Days for which nothing is told between two seasons."""
_MOST_CHANGE = Decimal(1000)
"""Percent from which on a larger change is not more telling."""


def rhythm(times: Sequence[str]) -> Rhythm:
    """How often a series is told; `times` are ISO dates or prefixes, the oldest first.

    Beside a number of a whole year a day counts as its year: "43,3 % (2016: 42,6 %)" of February is no quarter later.
    """
    by_year = any(len(time) == len("2024") for time in times)
    days = [days_of(time[:4] if by_year else time)[1] for time in times]
    if len(days) < 2:
        return "irregular"
    gap = median_low((later - earlier).days for earlier, later in pairwise(days))
    if _YEARLY[0] <= gap <= _YEARLY[1]:
        return "yearly"
    often = len(days) > 2 and not by_year
    return next((name for name, longest in _LONGEST if gap <= longest), "irregular") if often else "irregular"


def yearly(points: Sequence[Point]) -> tuple[Point, ...]:
    """A point for each year that lies whole years before the newest: what is told weekly differs by season.

    Years that have none within some weeks of it are left out.
    """
    if not points:
        return ()
    newest = days_of(points[-1].date)[1]
    best: dict[int, tuple[float, Point]] = {}
    for point in points:
        before = (newest - days_of(point.date)[1]).days / _YEAR
        years, away = round(before), abs(before - round(before)) * _YEAR
        if away <= _OF_ONE_SEASON and (years not in best or away <= best[years][0]):
            best[years] = away, point
    return tuple(point for _, (_, point) in sorted(best.items(), reverse=True))


def pauses(points: Sequence[Point]) -> frozenset[int]:
    """Places of points with which another season begins: what is told by day or week was not told for months before."""
    if rhythm([point.date for point in points]) not in ("daily", "weekly"):
        return frozenset()
    days = [days_of(point.date)[1] for point in points]
    return frozenset(place for place, (a, b) in enumerate(pairwise(days), start=1) if (b - a).days > _PAUSE)


def begin(points: Sequence[Point]) -> Point:
    """The point that the newest is laid beside: the first, where none of the years has several points.

    Else it is the first of the same season of the year, as far back as there is one; where there is none, and months
    without a number lie between, the first of the newest's own season.
    """
    if len(points) == len({point.date[:4] for point in points}):
        return points[0]
    of_years = yearly(points)
    return of_years[0] if len(of_years) > 1 else points[max(pauses(points), default=0)]


def over_all(points: Sequence[Point]) -> Change:
    """From the first point, of one season, to the newest."""
    return moved(begin(points).figure, points[-1].figure)


def weight(points: Sequence[Point], *, named: bool) -> float:
    """How telling a series is: over how many years, how often, with how much change; a named programme counts more."""
    days = [days_of(point.date)[1] for point in points]
    years = (days[-1] - days[0]).days / _YEAR
    step = over_all(points)
    percent = min(abs(step.percent), _MOST_CHANGE) if step.percent is not None else Decimal(0)
    has_moved = any(_differ(a, b) for a, b in pairwise(points))
    told = len({day.year for day in days})
    long = 3 * log1p(years) + 2 * log1p(told) + log1p(len(points))
    return (1.0 if has_moved else 0.5) * (long + log1p(float(percent)) / 4 + named)


def _differ(a: Point, b: Point) -> bool:
    return not interval(*a.figure.stated).overlaps(interval(*b.figure.stated))
