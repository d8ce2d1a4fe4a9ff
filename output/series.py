"""Series in words, for the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from models.language import Language
from output.noun_phrases import noun_phrase_in_points
from output.sentences import amount, grouped
from output.states import state_of_series
from output.terms import value_term
from output.words import amount as amount_in_unit
from output.words import own_hedge, unit_name

if TYPE_CHECKING:
    from comparison.intervals import Change
    from comparison.recurring import Recurring
    from comparison.series import Point


_DISPUTED: Mapping[Language, str] = {"de": "strittig", "en": "disputed"}
_WITHOUT: Mapping[Language, str] = {"de": "ohne", "en": "without"}
_ABOUT: Mapping[Language, str] = {"de": "rund", "en": "about"}
_POINTS: Mapping[Language, tuple[str, str]] = {
    "de": ("Prozentpunkte", "Prozentpunkt"),
    "en": ("percentage points", "percentage point"),
}
_OPEN: Mapping[str, Mapping[Language, str]] = {
    "rise": {"de": "gestiegen", "en": "rise"},
    "fall": {"de": "gesunken", "en": "fall"},
    "same": {"de": "gleich", "en": "same"},
    "unknown": {"de": "kann gleich sein", "en": "may be the same"},
}
"""Where a change goes to whose size is open."""


def title(series: Recurring, language: Language) -> str:
    """What is counted or measured, on one line: "Plätze, frei, Kältehilfe", "Money, announced"."""
    counted = noun_phrase_in_points(series.counted, series.points) or value_term("kind", series.kind, language)
    left_out = f"{_WITHOUT[language]} {series.without}" if series.without else None
    return ", ".join(filter(None, (counted, left_out, state_of_series(series, language), told_of(series))))


def told_of(series: Recurring) -> str | None:
    """Of what a series tells: the name that its sentences give, else the words of its headlines, in quotation marks."""
    return series.called or (f"„{series.headline}“" if series.headline else None)


def shown_point(series: Recurring, point: Point, language: Language) -> str:
    """A number as it was stated: "about 17 800 €"."""
    figure = point.figure
    text = amount(figure.value, figure.value_to, own_hedge(figure, language), language)
    return " ".join(filter(None, (text, unit_name(series.unit, language)))) + (
        f" ({_DISPUTED[language]})" if figure.disputed else ""
    )


def open_change(change: Change, language: Language) -> str:
    """Where a change goes whose size is open: "gestiegen", "kann gleich sein"."""
    return _OPEN[change.direction][language]


def moved(change: Change | None, language: Language) -> str:
    """A change with its sign and percent: "+110 (+10 %)"; "rise" where its size is open."""
    if change is None:
        return ""
    percent = in_percent(change, language)
    shown = step(change, grouped, language) + (f" ({percent})" if percent else "")
    return shown.replace("\u00a0", " ")


def step(change: Change, shown: Callable[[Decimal, Language], str], language: Language) -> str:
    """A change with its sign, "about" where a number is so, and in points where both are shares; in words where its
    size is open.

    Args:
        change: the change.
        shown: how a number without sign is written.
        language: of the words.
    """
    if change.number is None:
        return open_change(change, language)
    number = abs(change.number)
    points = _POINTS[language][number == 1] if change.points else None
    return "\u00a0".join(
        filter(
            None,
            (_ABOUT[language] if change.approximate else None, _sign(change.number) + shown(number, language), points),
        )
    )


def in_percent(change: Change, language: Language) -> str:
    """A change in percent of the earlier number, "" where its size is open and of shares, whose change is in points."""
    if change.percent is None:
        return ""
    return _sign(change.percent) + amount_in_unit(abs(change.percent), None, None, "%", language)


def _sign(number: Decimal) -> str:
    return "+" if number > 0 else "−" if number else "±"
