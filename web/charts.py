"""Charts made on the server: a programme's states, stacked over its reporting dates."""

from functools import lru_cache
from typing import Literal

import altair as alt
import vl_convert

from db.comparison import Comparison
from models.claim import STATUSES, Status
from models.wording import Language, day, status_words

Theme = Literal["light", "dark"]
ImageFormat = Literal["svg", "png"]

# From what is only proposed (pale) over what is done (deep) to what has ended without result (grey).
_COLOURS: dict[Status, str] = {
    "proposed": "#d8c9a3", "under_review": "#e2b66b", "planned": "#cfa15a", "approved": "#a9c6c9",
    "started": "#7fb0b6", "in_progress": "#4a93a0", "operating": "#2c7f74", "completed": "#0f5c66",
    "continued": "#3d6b8f", "extended": "#6b8fb3", "paused": "#b9a6b8", "discontinued": "#8b8790",
    "rejected": "#b4635a",
}  # fmt: skip
_INK: dict[Theme, str] = {"light": "#33302b", "dark": "#d9d5cc"}
_RULE: dict[Theme, str] = {"light": "#d9d4c8", "dark": "#3b3d42"}
_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"
_ROW = 46
_WIDTH = 620
# Viewers measure text in fonts of their own; a margin keeps the longest label whole.
_PADDING = {"left": 24, "right": 16, "top": 8, "bottom": 8}


def comparison_chart(
    comparison: Comparison, language: Language, theme: Theme = "light", form: ImageFormat = "svg"
) -> bytes:
    """Stacked bars: a bar for each reporting date, a part for each status found, the whole as a tick.

    "rund" and "mehr als" are drawn at their number; the table beside says so.
    """
    parts = [
        {
            "date": day(row.date, language),
            "status": status_words(status, language),
            "value": float(figure.value),
            "order": STATUSES.index(status),
        }
        for row in comparison.rows
        for status, figure in row.parts.items()
    ]
    wholes = [
        {"date": day(row.date, language), "value": float(row.total.value)} for row in comparison.rows if row.total
    ]
    order = [day(row.date, language) for row in comparison.rows]
    words = [status_words(status, language) for status in comparison.statuses]
    scale = alt.Scale(domain=words, range=[_COLOURS[status] for status in comparison.statuses])
    y = alt.Y("date:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=10))
    bars = (
        alt.Chart(alt.Data(values=parts))
        .mark_bar(size=26)
        .encode(
            x=alt.X("value:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d", domain=False, ticks=False)),
            y=y,
            color=alt.Color(
                "status:N", scale=scale, legend=alt.Legend(orient="top", title=None, columns=4, symbolType="square")
            ),
            order="order:Q",
        )
    )
    ticks = (
        alt.Chart(alt.Data(values=wholes))
        .mark_tick(color=_INK[theme], thickness=2, size=36)
        .encode(x="value:Q", y=alt.Y("date:N", sort=order))
    )
    height = _ROW * max(len(order), 1)
    chart = _styled(
        alt.LayerChart(layer=[bars, ticks], width=_WIDTH, height=height, background="transparent", padding=_PADDING),
        theme,
    )
    return _image(chart.to_json(), form)


def _styled(chart: alt.LayerChart, theme: Theme) -> alt.LayerChart:
    ink = _INK[theme]
    return (
        chart.configure(font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(labelColor=ink, gridColor=_RULE[theme], labelFontSize=13, titleColor=ink)
        .configure_legend(labelColor=ink, labelFontSize=13, symbolSize=140, rowPadding=6, columnPadding=18)
    )


@lru_cache(maxsize=256)
def _image(specification: str, form: ImageFormat) -> bytes:
    if form == "png":
        return vl_convert.vegalite_to_png(specification, scale=2)
    return vl_convert.vegalite_to_svg(specification).encode()
