"""`bilanz series`: what can be compared over time."""

from __future__ import annotations

from functools import partial
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from cli.language import _, language
from cli.opening import open_database
from cli.printing import NOTHING_FOUND, DataOption, OutputFile, console, nothing_found, show_table, write_result
from output.formats.result import Result
from output.sentences import proof_lines
from output.series import moved, shown_point, title
from output.terms import value_term
from output.words import column_day, day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from comparison.recurring import Recurring

_STALE = {
    "none": "No series have been made yet; `bilanz relate --all` makes them.",
    "older rules": "These series were made by older rules; `bilanz relate --all` makes them anew.",
    "older claims": "Claims were stored or reviewed since these series were made; `bilanz relate --all` adds them.",
}


_PROOFS = 3
_WIDTH = 90
"""Sentences of a point, and characters of a sentence in the list."""


def series(
    words: Annotated[list[str] | None, typer.Argument(help="Words, or parts of them, that the series has.")] = None,
    key: Annotated[str | None, typer.Option("--key", help="Show one series, by the key of any of its claims.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Series at most.")] = 25,
    form: DataOption = "table",
    file: OutputFile = None,
) -> None:
    """List the numbers that can be compared over time, the most telling first.

    They are found by what they say, with a named programme or without; `bilanz relate --all` makes them.

    Example: `bilanz series Plätze`
    """
    from comparison.recurring import cells
    from inquiries.series import list_series, one_series
    from output.records import record

    engine = open_database()
    if key is not None:
        one = one_series(engine, key)
        rows, value, show = list(cells(one)), record(one), partial(_show_one, one)
    else:
        found = list_series(engine, " ".join(words or ()), limit=limit)
        if found.freshness in _STALE:
            console(stderr=True).print(_(_STALE[found.freshness]), soft_wrap=True)
        if not found.series and found.freshness != "none":
            nothing_found(_("No series has all of these words."))
        if not found.series:
            raise typer.Exit(NOTHING_FOUND)
        rows, value = [cell for each in found.series for cell in cells(each)], record(found)
        show = partial(_show_list, found.series, found.total)
    write_result(Result(rows=rows, value=value, show=show), form, file)


def _show_list(found: Sequence[Recurring], total: int, out: Console) -> None:
    columns = (_("what"), _("from"), _("newest"), _("change"), _("dates"), _("told"), _("sentence"), _("key"))
    rows = [
        (
            title(each, language()),
            f"{shown_point(each, each.begin, language())} ({day(each.begin.date, language())})",
            f"{shown_point(each, each.points[-1], language())} ({day(each.points[-1].date, language())})",
            moved(each.change, language()),
            str(len(each.points)),
            value_term("rhythm", each.rhythm, language()),
            _short(each.sentence),
            each.key,
        )
        for each in found
    ]
    show_table(out, columns, rows)
    told = _(
        "{count} of {total} series; `bilanz series --key KEY` shows one with its sentences.",
        count=len(found),
        total=total,
    )
    out.print(f"\n{told}", soft_wrap=True)


def _show_one(series: Recurring, out: Console) -> None:
    spoken = language()
    rows = [
        (
            column_day(point.date, spoken),
            shown_point(series, point, spoken),
            moved(step, spoken),
            str(len(point.figure.evidence)),
        )
        for point, step in zip(series.points, (None, *series.changes), strict=True)
    ]
    heading = f"{title(series, spoken)}, {value_term('rhythm', series.rhythm, spoken)}"
    show_table(out, (_("as of"), _("stated"), _("change"), _("statements")), rows, title=heading)
    for point in series.points:
        out.print(f"\n{day(point.date, spoken)}: {shown_point(series, point, spoken)}", style="bold", soft_wrap=True)
        for mark, proofs in (("", point.figure.evidence), (_("disputed: "), point.figure.disputed)):
            for proof in proofs[:_PROOFS]:
                sentence, *place = proof_lines(proof, language())
                for line in (f"{mark}{sentence}", *place):
                    out.print(f"  {line}", soft_wrap=True)


def _short(sentence: str) -> str:
    return shorten(sentence, _WIDTH, placeholder=" …")
