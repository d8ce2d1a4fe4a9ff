"""Series in words, for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from output.sentences import amount, grouped, status_words

if TYPE_CHECKING:
    from comparison.intervals import Change
    from comparison.recurring import Recurring
    from comparison.series import Point


def what(series: Recurring) -> str:
    """What is counted or measured: "Notübernachtungsplatz, Kältehilfe", "EUR (planned)"."""
    parts = [series.counted or series.unit or series.kind, status_words(series.status), series.subject]
    shown = ", ".join(filter(None, parts))
    return shown if series.modality == "actual" else f"{shown} ({series.modality})"


def shown_point(series: Recurring, point: Point) -> str:
    """A number as it was stated: "about 17 800 EUR"."""
    figure = point.figure
    text = amount(figure.value, figure.value_to, figure.comparator)
    return " ".join(filter(None, (text, series.unit))) + (" (disputed)" if figure.disputed else "")


def moved(change: Change | None) -> str:
    """A change with its sign and percent: "+110 (+10 %)"; "rise" where its size is open."""
    if change is None:
        return ""
    if change.number is None or change.direction == "unknown":
        return change.direction if change.direction != "unknown" else "open"
    sign = {True: "+", False: "−"}[change.number >= 0]
    percent = f" ({sign}{grouped(abs(change.percent))} %)" if change.percent is not None else ""
    return f"{'about ' if change.approximate else ''}{sign}{grouped(abs(change.number))}{percent}"
