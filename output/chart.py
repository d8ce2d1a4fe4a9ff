"""Charts made on the server: a programme's states, stacked over its reporting dates."""

from functools import lru_cache
from typing import Literal

import altair as alt
import vl_convert

from comparison.parts import Row
from comparison.programme import Comparison
from models.language import Language
from models.statuses import STATUSES, TRAITS
from output.words import day, short_number, status_words

ColourScheme = Literal["light", "dark"]
Size = Literal["wide", "narrow"]
ImageFormat = Literal["svg", "png"]

_INK: dict[ColourScheme, str] = {"light": "#33302b", "dark": "#d9d5cc"}
_RULE: dict[ColourScheme, str] = {"light": "#d9d4c8", "dark": "#3b3d42"}
_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"
_ROW = {"wide": 52, "narrow": 46}
_WIDTH = {"wide": 900, "narrow": 184}
_LEGEND_COLUMNS = {"wide": 6, "narrow": 2}
# A part gets its number written in where it has room: this share of the longest bar.
_ROOM = {"wide": 0.035, "narrow": 0.13}
_DARK_FROM = 0.42
"""Luminance below which white is read more easily than black."""
# Viewers measure text in fonts of their own; a margin keeps the longest label whole.
_PADDING = {"left": 24, "right": 16, "top": 8, "bottom": 8}


def comparison_chart(
    comparison: Comparison,
    language: Language,
    theme: ColourScheme = "light",
    size: Size = "wide",
    form: ImageFormat = "svg",
) -> bytes:
    """Stacked bars: a bar for each reporting date, a part for each status found, the whole as a tick.

    "rund" and "mehr als" are drawn at their number; the table beside says so.
    """
    rows = comparison.rows
    longest = max((_length(row) for row in rows), default=0.0)
    parts = [
        {
            "date": day(row.date, language),
            "status": status_words(status, language),
            "value": float(figure.value),
            "shown": short_number(figure.value, language) if float(figure.value) >= _ROOM[size] * longest else "",
            "ink": "#ffffff" if _luminance(TRAITS[status].colour) < _DARK_FROM else "#1c1b19",
            "order": STATUSES.index(status),
        }
        for row in rows
        for status, figure in row.parts.items()
    ]
    wholes = [{"date": day(row.date, language), "value": float(row.total.value)} for row in rows if row.total]
    order = [day(row.date, language) for row in rows]
    words = [status_words(status, language) for status in comparison.statuses]
    scale = alt.Scale(domain=words, range=[TRAITS[status].colour for status in comparison.statuses])
    legend = alt.Legend(orient="top", title=None, columns=_LEGEND_COLUMNS[size], symbolType="square")
    axis = alt.Axis(tickMinStep=1, format="d", domain=False, ticks=False, tickCount=4 if size == "narrow" else 10)
    y = alt.Y("date:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=10))
    stacked = alt.Chart(alt.InlineData(values=parts)).encode(y=y, order="order:Q")
    bars = stacked.mark_bar(size=30).encode(
        x=alt.X("value:Q", title=None, axis=axis), color=alt.Color("status:N", scale=scale, legend=legend)
    )
    numbers = stacked.mark_text(fontSize=13, fontWeight=600).encode(
        x=alt.X("value:Q", stack="zero", bandPosition=0.5),
        detail="status:N",
        text="shown:N",
        color=alt.Color("ink:N", scale=None, legend=None),
    )
    ticks = (
        alt.Chart(alt.InlineData(values=wholes))
        .mark_tick(color=_INK[theme], thickness=2, size=40)
        .encode(x="value:Q", y=alt.Y("date:N", sort=order))
    )
    layers = [bars, numbers, ticks]
    height = _ROW[size] * max(len(order), 1)
    chart = _styled(
        alt.LayerChart(layer=layers, width=_WIDTH[size], height=height, background="transparent", padding=_PADDING),
        theme,
    )
    return _image(chart.to_json(), form)


def _length(row: Row) -> float:
    """Of a row's bar, or of its whole where that is longer."""
    return max(float(sum(figure.value for figure in row.parts.values())), float(row.total.value) if row.total else 0.0)


def _luminance(colour: str) -> float:
    """Relative brightness of "#rrggbb", 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _styled(chart: alt.LayerChart, theme: ColourScheme) -> alt.LayerChart:
    ink = _INK[theme]
    styled: alt.LayerChart = (
        chart.configure(font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(labelColor=ink, gridColor=_RULE[theme], labelFontSize=13, titleColor=ink)
        .configure_legend(labelColor=ink, labelFontSize=13, symbolSize=140, rowPadding=6, columnPadding=14)
    )
    return styled


@lru_cache(maxsize=256)
def _image(specification: str, form: ImageFormat) -> bytes:
    if form == "png":
        return vl_convert.vegalite_to_png(specification, scale=2)
    return vl_convert.vegalite_to_svg(specification).encode()
