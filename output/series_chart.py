"""The chart of a series: its points on an axis that is true to time."""

from datetime import date
from itertools import accumulate, pairwise
from statistics import median
from typing import Literal

import altair as alt

from comparison.recurring import Recurring
from models.language import Language
from models.quantity import days_of
from output.chart_style import INK, ColourScheme, Picture, Size, amounts
from output.noun_phrases import noun_phrase_in_points
from output.series import title
from output.words import day, short_number, unit_name

_LINE: dict[ColourScheme, str] = {"light": "#2f5d8a", "dark": "#8ab4dd"}
_HEIGHT = {"wide": 300, "narrow": 220}
_NUMBERED = {"wide": 14, "narrow": 5}
"""Points that get their number written beside them; among more only the first and the newest do."""
_GAP = 4
"""Times the usual distance of points from which on no line joins them."""
_TICKS = {"wide": 8, "narrow": 3}
_ASIDE = 26
"""Pixels left and right of the points, so that no number stands on the axis of numbers."""
_FEW_YEARS = 3
"""Up to so many the axis has months."""
_APART = 8
"""Pixels between labels of the axis."""


def series_chart(series: Recurring, picture: Picture) -> bytes:
    """Points by time, a line between them; a year or month stands in its middle, above no label but its own.

    "rund" and "mehr als" are drawn at their number; the table beside says so.
    """
    language, theme, size = picture.language, picture.theme, picture.size
    some = {0, len(series.points) - 1}
    by_year = all(len(point.date) == len("2024") for point in series.points)
    written = some if len(series.points) > _NUMBERED[size] else set(range(len(series.points)))
    values = [
        {
            "run": run,
            "time": _place(point.date, by_year=by_year).isoformat(),
            "value": float(point.figure.value),
            "shown": short_number(point.figure.value, language) if index in written else "",
            "date": day(point.date, language),
        }
        for index, (point, run) in enumerate(zip(series.points, _runs(series), strict=True))
    ]
    title_of_axis = unit_name(series.unit, language) or noun_phrase_in_points(series.counted, series.points)
    across = alt.Scale(padding=_ASIDE)
    x = alt.X("time:T", title=None, scale=across, axis=_times(series, size, by_year=by_year))
    y = alt.Y(
        "value:Q",
        title=title_of_axis,
        axis=alt.Axis(tickCount=5, labelExpr=amounts(language), domain=False, ticks=False),
    )
    base = alt.Chart(alt.InlineData(values=values)).encode(x=x, y=y)
    layers = [
        base.mark_line(color=_LINE[theme], strokeWidth=2).encode(detail="run:N"),
        base.mark_point(color=_LINE[theme], filled=True, size=50, opacity=1),
        base.mark_text(color=INK[theme], fontSize=12, dy=-12).encode(text="shown:N"),
    ]
    return picture.draw(layers, heading(series, language), _HEIGHT[size])


def _place(told: str, *, by_year: bool) -> date:
    """Where a point stands: at the label of its year where all are of years, else in the middle of its days."""
    first, last = days_of(told)
    return first if by_year else first + (last - first) / 2


def _runs(series: Recurring) -> list[int]:
    """Which points a line joins: none over a time in which the number was not told, though it is told often."""
    days = [days_of(point.date)[1].toordinal() for point in series.points]
    gaps = [later - earlier for earlier, later in pairwise(days)]
    longest = _GAP * median(gaps)
    return [0, *accumulate(int(gap > longest) for gap in gaps)]


def heading(series: Recurring, language: Language) -> str:
    """What a chart shows: "Schlafplätze, Kältehilfe, 2022 bis 2024"."""
    span = " bis " if language == "de" else " to "
    dates = [point.date for point in (series.points[0], series.points[-1])]
    # Of several years the years say enough: the axis has the days, and a narrow picture little room.
    first, last = (day(date[:4] if series.years > 1 else date, language) for date in dates)
    return f"{title(series, language)}, {first}{span}{last}"


def _times(series: Recurring, size: Size, *, by_year: bool) -> alt.Axis:
    """Years where the series spans some, else days; a label that would touch the one before is left out."""
    yearly = by_year or series.years > _FEW_YEARS
    form = "%Y" if yearly else "%m/%Y" if series.years > 1 else "%d.%m.%y"
    # One label a year: more would say one year twice.
    ticks: int | Literal["year"] = "year" if yearly else _TICKS[size]
    return alt.Axis(format=form, tickCount=ticks, grid=False, labelOverlap="greedy", labelSeparation=_APART)
