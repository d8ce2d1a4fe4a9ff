"""What all charts have in common: colours, fonts, and what must stand in a picture that is passed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

import altair as alt
import vl_convert

from models.language import Language
from output.words import LARGE_NUMBERS, day

ColourScheme = Literal["light", "dark"]
Size = Literal["wide", "narrow"]
ImageFormat = Literal["svg", "png"]

INK: dict[ColourScheme, str] = {"light": "#33302b", "dark": "#d9d5cc"}
RULE: dict[ColourScheme, str] = {"light": "#d9d4c8", "dark": "#3b3d42"}
WIDTH = {"wide": 900, "narrow": 184}
_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"
# Viewers measure text in fonts of their own; a margin keeps the longest label whole.
_PADDING = {"left": 24, "right": 16, "top": 8, "bottom": 8}
_CHARACTERS = {"wide": 105, "narrow": 27}
"""That fit into a line above or below a chart."""
_LINES = 3
_SOURCES = 3
"""That are named; of more their number is."""
_LOCALES: dict[Language, Literal["de-DE", "en-GB"]] = {"de": "de-DE", "en": "en-GB"}
_FOUND: dict[Language, str] = {
    "de": "Quelle: {sources}. Erstellt am {day} mit Zwischenbilanz.",
    "en": "Source: {sources}. Made on {day} with Zwischenbilanz.",
}
_MORE: dict[Language, str] = {"de": "und {n} weitere", "en": "and {n} more"}


@dataclass(frozen=True, slots=True)
class Picture:
    """How a chart is shown, and what is written below it: whose numbers these are, and the day of its production.

    `theme` and `size` are those of the screen, wide or narrow; `language` is of the words.
    """

    publishers: Sequence[str]
    made_on: date
    language: Language
    theme: ColourScheme
    size: Size
    form: ImageFormat

    def draw(self, layers: list[Any], title: str, height: int, *, note: str = "") -> bytes:
        """A chart of layers with its title above, on what it shows a note that is never cut, and its source below."""
        return _image(_framed(self, layers, _headed(title, note, self.size), height), self.form, self.language)


def amounts(language: Language) -> str:
    """What an axis writes at its ticks, as an expression of Vega: "20.000", "1,5 Mio."."""
    scaled = "".join(
        f"abs(datum.value) >= {size} ? format(datum.value / {size}, ',~r') + ' {words[language]}' : "
        for size, words in LARGE_NUMBERS
    )
    return f"{scaled}abs(datum.value) < 10000 ? format(datum.value, '~r') : format(datum.value, ',~r')"


def _source_line(picture: Picture) -> str:
    """Whose numbers a chart shows, and when it was made."""
    language = picture.language
    names = list(dict.fromkeys(picture.publishers))
    shown = ", ".join(names[:_SOURCES])
    if len(names) > _SOURCES:
        shown += " " + _MORE[language].format(n=len(names) - _SOURCES)
    made_on = day(picture.made_on.isoformat(), language).replace("\u00a0", " ")
    return _FOUND[language].format(sources=shown or "–", day=made_on)


def _framed(picture: Picture, layers: list[Any], title: list[str], height: int) -> str:
    """The chart as Vega-Lite."""
    theme, size = picture.theme, picture.size
    ink = INK[theme]
    heading = alt.TitleParams(title, anchor="start", color=ink, fontSize=15, offset=12)
    chart = alt.LayerChart(layer=layers, width=WIDTH[size], height=height, title=heading)
    # Below the chart, in the picture itself: it is passed on without its page.
    foot = alt.TitleParams(
        _broken(_source_line(picture), size),
        anchor="start",
        orient="bottom",
        color=ink,
        fontSize=11,
        fontWeight="normal",
        offset=14,
    )
    whole = alt.VConcatChart(vconcat=[chart], title=foot, background="transparent", padding=_PADDING)
    styled: alt.VConcatChart = (
        whole.configure(font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(labelColor=ink, gridColor=RULE[theme], labelFontSize=13, titleColor=ink)
        .configure_legend(labelColor=ink, labelFontSize=13, symbolSize=140, rowPadding=6, columnPadding=14)
    )
    return str(styled.to_json())


@lru_cache(maxsize=256)
def _image(specification: str, form: ImageFormat, language: Language) -> bytes:
    """A chart as a picture."""
    locale = _LOCALES[language]
    if form == "png":
        return vl_convert.vegalite_to_png(specification, scale=2, format_locale=locale)
    return vl_convert.vegalite_to_svg(specification, format_locale=locale).encode()


def _headed(title: str, note: str, size: Size) -> list[str]:
    """Title and note in lines, the note after the title where both have room."""
    whole = _broken(f"{title} ({note})" if note else title, size)
    if len(whole) <= _LINES:
        return whole
    return [*_lines(title, size), *(_broken(f"({note})", size) if note else ())]


def _lines(text: str, size: Size) -> list[str]:
    """Broken at blanks; what is too long for some lines ends in dots."""
    lines = _broken(text, size)
    return [*lines[: _LINES - 1], lines[_LINES - 1] + " …"] if len(lines) > _LINES else lines


def _broken(text: str, size: Size) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= _CHARACTERS[size] and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
