"""`bilanz runs` and `bilanz health`: what the ingestion did, and how the sources are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.language import _, language, recognised
from cli.opening import open_database
from cli.printing import (
    NOTHING_FOUND,
    ListOption,
    console,
    for_people,
    nothing_found,
    show_table,
    write_result,
)
from models.calendar import berlin_day, berlin_moment
from output.formats.result import Result

if TYPE_CHECKING:
    from rich.console import Console


def runs(
    limit: Annotated[int, typer.Option(min=1, help="Runs at most.")] = 10,
    form: ListOption = "table",
) -> None:
    """List the latest runs with what they found at each source; of one that was cut short, only that it was.

    Times are by the clock in Berlin; for programs they have its distance from UTC.

    Example: `bilanz runs --limit 3`
    """
    from db.operation.runs import run
    from db.operation.runs import runs as latest
    from flows.runs.outcome import RunOutcome

    engine = open_database()
    shown = [run(engine, record.id) for record in latest(engine, limit=limit)]
    counted = {name for _run, found in shown for each in found for name in each.counts}
    # A database gives them in an order of its own.
    usual = [name for name in RunOutcome().counts if name in counted]
    counts = dict.fromkeys([*usual, *sorted(counted.difference(usual))])
    rows = []
    for record, found in shown:
        run_of = {"started": berlin_moment(record.started_at), "kind": record.kind, "run": record.state}
        for each in found:
            source = {"source": each.source_id, "state": each.state}
            rows.append({**run_of, **source, **counts, **each.counts, "reason": each.reason})
        if not found and (record.state != "completed" or record.kind == "backup"):
            rows.append({**run_of, "source": None, "state": None, **counts, "reason": None})
    if not rows:
        nothing_found(_("There has been no run yet; `bilanz ingest` starts one."))
    write_result(Result(rows, show=partial(_show_with_reasons, rows)), form)


def health(form: ListOption = "table") -> None:
    """Show how each source fared in its last run.

    The status is 1 where somebody must have a look, which is said: an office that is not paused has failed, none was
    read for 36 hours, or the program itself is not well. Times are by the clock in Berlin; for programs they have its
    distance from UTC.

    Example: `bilanz health`
    """
    from db.operation.health import health as sources_health
    from db.operation.vitals import vitals
    from output.dates import moment_shown
    from output.terms import value_term

    engine = open_database()
    sources = sources_health(engine)
    rows = [
        {
            "source": each.source_id,
            "state": each.state,
            "last run": berlin_moment(each.last_run),
            "last new release": berlin_moment(each.last_new),
            "newest release": berlin_day(each.newest_published),
            "releases": each.releases,
            "paused": each.paused,
            "reason": each.reason,
        }
        for each in sources
    ]
    if not rows:
        nothing_found(_("No source has been read yet; `bilanz ingest` reads them."))
    write_result(Result(rows, show=partial(_show_with_reasons, rows)), form)
    how = vitals(engine, sources, now=datetime.now(UTC))
    if how.last_copy and form == "table":
        copied = moment_shown(how.last_copy, language())
        console().print(_("The last proved copy of the database is of {moment}.", moment=copied), soft_wrap=True)
    if how.objections_open and form == "table":
        objections = _("Objections of readers that wait for an answer: {n}.", n=how.objections_open)
        console().print(objections, soft_wrap=True)
    for concern in how.concerns:
        # What programs read is a list of sources.
        console(stderr=form != "table").print(value_term("concern", concern, language()), soft_wrap=True)
    if how.concerns:
        raise typer.Exit(NOTHING_FOUND)


def _show_with_reasons(rows: Sequence[Mapping[str, Any]], out: Console) -> None:
    """Each source on a line; why one is not well stands below, for a sentence would make each line a block."""
    shown = [for_people({name: value for name, value in row.items() if name != "reason"}) for row in rows]
    cells = [["" if value is None else str(value) for value in row.values()] for row in shown]
    show_table(out, tuple(shown[0]), cells)
    told = (f"{row['source']}: {recognised(row['reason'])}" for row in rows if row["reason"])
    # What ails an office mostly ailed it in the runs before, too.
    for line in dict.fromkeys(told):
        out.print(line, soft_wrap=True)
