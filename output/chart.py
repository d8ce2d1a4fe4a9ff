"""Charts made on the server: a programme's states, stacked over its reporting dates."""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import altair as alt

from comparison.parts import Row
from comparison.programme import Comparison
from models.language import Language
from models.quantity import days_of
from models.statuses import STATUSES, TRAITS, Status
from output.chart_style import INK, Picture, Size, amounts
from output.nouns import counted_in
from output.states import rest_words, state_words
from output.words import day, short_number

_ROW = {"wide": 52, "narrow": 46}
_BAR, _BETWEEN = 30, 14
_LEGEND_COLUMNS = {"wide": 6, "narrow": 2}
# A part gets its number written in where it has room: this share of the longest bar.
_ROOM = {"wide": 0.035, "narrow": 0.13}
_DARK_FROM = 0.42
"""Luminance below which white is read more easily than black."""
MOST_ROWS = 12
_HIGHEST = 700
"""Pixels; where dates lie so close that the axis would be longer, the older of two near ones is left to the table."""
_NO_STATUS, _REST = "#8d8a83", "#d9d6cf"
_WHOLE: dict[Language, str] = {"de": "gesamt", "en": "in all"}
_TITLE: dict[Language, str] = {"de": "{programme}: {counted} nach Stand", "en": "{programme}: {counted} by status"}
_TICK: dict[Language, str] = {"de": "Strich: gesamt", "en": "tick: in all"}
_SOME: dict[Language, str] = {"de": "{shown} von {dates} Stichtagen", "en": "{shown} of {dates} dates"}


def comparison_chart(comparison: Comparison, picture: Picture) -> bytes:
    """Stacked bars on an axis of time, the newest above: a part for each status, the whole as a tick.

    What is left of a whole is the last part where its sentence tells of it; the number of a last part without room
    stands beside it. A date without parts has its whole as a bar; the oldest of more than twelve dates are left to the
    table beside.
    "rund" and "mehr als" are drawn at their number; the table says so.

    Args:
        comparison: one that `has_chart`.
        picture: how it is shown.
    """
    language, size = picture.language, picture.size
    rows = shown_rows(comparison.rows, size)
    longest = max((_length(row) for row in rows), default=0.0)
    names: dict[Status | None, str] = {each: state_words(comparison, each, language) for each in comparison.statuses}
    words, colours = list(names.values()), [TRAITS[status].colour for status in comparison.statuses]
    names[None] = rest_words(comparison, language)
    if any(row.rest for row in rows):
        words, colours = [*words, names[None]], [*colours, _REST]
    if any(not row.parts for row in rows):
        words, colours = [*words, _WHOLE[language]], [*colours, _NO_STATUS]
    height = _height(rows, size)
    y = _time_axis(rows, height, language)
    # From zero, and to something even where all numbers are zero.
    scale = alt.Scale(domain=[0, longest or 1], nice=True)
    ticks = 4 if size == "narrow" else 8
    axis = alt.Axis(tickMinStep=1, labelExpr=amounts(language), domain=False, ticks=False, tickCount=ticks)
    nouns = ", ".join(counted_in(comparison))
    x: dict[str, Any] = {"title": nouns, "scale": scale, "axis": axis}
    legend = alt.Legend(orient="top", title=None, columns=_LEGEND_COLUMNS[size], symbolType="square")
    colour = alt.Color("status:N", scale=alt.Scale(domain=words, range=colours), legend=legend)
    bars = [bar for row in rows for bar in _bars(row, names, longest, language, size)]
    pieces = alt.Chart(alt.InlineData(values=bars)).encode(y=y)
    wholes = [{"day": _place(row), "value": float(row.total.value)} for row in rows if row.total and row.parts]
    layers = [
        pieces.mark_bar(size=_BAR, orient="horizontal").encode(x=alt.X("from:Q", **x), x2="to:Q", color=colour),
        pieces.mark_text(fontSize=13, fontWeight=600).encode(
            x=alt.X("middle:Q", **x), text="shown:N", color=alt.Color("ink:N", scale=None, legend=None)
        ),
        pieces.mark_text(fontSize=13, fontWeight=600, align="left", dx=6, color=INK[picture.theme]).encode(
            x=alt.X("to:Q", **x), text="beside:N"
        ),
        alt.Chart(alt.InlineData(values=wholes))
        .mark_tick(color=INK[picture.theme], thickness=2, size=_BAR + 10, orient="vertical")
        .encode(x=alt.X("value:Q", **x), y=y),
    ]
    title = _TITLE[language].format(programme=comparison.programme, counted=nouns)
    dates = sum(bool(row.parts or row.total) for row in comparison.rows)
    notes = [_TICK[language]] if wholes else []
    notes += [_SOME[language].format(shown=len(rows), dates=dates)] if len(rows) < dates else []
    return picture.draw(layers, title, height, note="; ".join(notes))


def has_chart(comparison: Comparison) -> bool:
    """Whether there is anything to draw."""
    return any(row.parts or row.total for row in comparison.rows)


def shown_rows(rows: Sequence[Row], size: Size = "wide") -> list[Row]:
    """Those of a comparison that its chart has room for, the newest first."""
    newest = [row for row in reversed(rows) if row.parts or row.total][:MOST_ROWS]
    if not newest:
        return []
    span = _place(newest[0]) - _place(newest[-1])
    least = span * (_BAR + _BETWEEN) / (_HIGHEST - _ROW[size])
    kept = newest[:1]
    for row in newest[1:]:
        if _place(kept[-1]) - _place(row) > least:
            kept.append(row)
    return kept


def _height(rows: Sequence[Row], size: Size) -> int:
    """So high that bars of the two nearest dates do not touch."""
    places = [_place(row) for row in rows]
    if len(places) < 2:
        return _ROW[size]
    nearest = min(a - b for a, b in pairwise(places))
    return max(_ROW[size] * len(rows), round((places[0] - places[-1]) / nearest * (_BAR + _BETWEEN)) + _ROW[size])


def _place(row: Row) -> int:
    return days_of(row.date)[1].toordinal()


def _time_axis(rows: Sequence[Row], height: int, language: Language) -> alt.Y:
    places = [_place(row) for row in rows]
    span = max(places[0] - places[-1], 1)
    # Half a row above and below, so that the outer bars are whole.
    margin = span * _BAR / max(height - 2 * _BAR, 1)
    scale = alt.Scale(domain=[places[-1] - margin, places[0] + margin], nice=False, zero=False)
    labels = json.dumps({str(_place(row)): day(row.date, language) for row in rows})
    axis = alt.Axis(
        values=places, labelExpr=f"{labels}[datum.value]", ticks=False, domain=False, grid=False, labelPadding=10
    )
    return alt.Y("day:Q", title=None, scale=scale, axis=axis)


def _bars(
    row: Row, names: Mapping[Status | None, str], longest: float, language: Language, size: Size
) -> list[dict[str, object]]:
    """The pieces of a date's bar, each from where it begins to where it ends."""
    figures = [(names[status], TRAITS[status].colour, row.parts[status]) for status in STATUSES if status in row.parts]
    figures += [(names[None], _REST, row.rest)] if row.rest else []
    if not figures and row.total is not None:
        figures = [(_WHOLE[language], _NO_STATUS, row.total)]
    made: list[dict[str, object]] = []
    begin = 0.0
    for name, colour, figure in figures:
        value = float(figure.value)
        made.append(
            {
                "day": _place(row),
                "status": name,
                "from": begin,
                "to": begin + value,
                "middle": begin + value / 2,
                "shown": short_number(figure.value, language) if value >= _ROOM[size] * longest else "",
                "beside": "",
                "ink": "#ffffff" if _luminance(colour) < _DARK_FROM else "#1c1b19",
            }
        )
        begin += value
    if made and not made[-1]["shown"]:
        made[-1]["beside"] = short_number(figures[-1][2].value, language)
    return made


def _length(row: Row) -> float:
    """Of a row's bar, or of its whole where that is longer."""
    parts = [*row.parts.values(), *([row.rest] if row.rest else [])]
    return max(float(sum(figure.value for figure in parts)), float(row.total.value) if row.total else 0.0)


def _luminance(colour: str) -> float:
    """Relative brightness of "#rrggbb", 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
