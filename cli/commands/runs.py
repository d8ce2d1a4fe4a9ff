"""`bilanz runs` and `bilanz health`: what the ingestion did, and how the sources are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.language import _, language
from cli.opening import open_database
from cli.printing import ListOption, console, write_rows
from models.calendar import BERLIN


def runs(
    limit: Annotated[int, typer.Option(min=1, help="Runs at most.")] = 10,
    form: ListOption = "table",
) -> None:
    """List the latest runs with what they found at each source; of one that was cut short, only that it was.

    Example: `bilanz runs --limit 3`
    """
    from db.operation.runs import run
    from db.operation.runs import runs as latest

    engine = open_database()
    shown = [run(engine, record.id) for record in latest(engine, limit=limit)]
    counts = dict.fromkeys(name for _run, found in shown for each in found for name in each.counts)
    rows = []
    for record, found in shown:
        run_of = {"started": _local(record.started_at), "kind": record.kind, "run": record.state}
        for each in found:
            source = {"source": each.source_id, "state": each.state}
            rows.append({**run_of, **source, **counts, **each.counts, "reason": each.reason})
        if not found and record.state != "completed":
            rows.append({**run_of, "source": None, "state": None, **counts, "reason": None})
    write_rows(rows, form, empty=_("There has been no run yet; `bilanz ingest` starts one."))


def health(form: ListOption = "table") -> None:
    """Show how each source fared in its last run.

    Example: `bilanz health`
    """
    from db.operation.runs import health as sources_health
    from db.operation.vitals import vitals
    from output.terms import value_term

    engine = open_database()
    sources = sources_health(engine)
    rows = [
        {
            "source": each.source_id,
            "state": each.state,
            "last run": _local(each.last_run),
            "last new release": _local(each.last_new),
            "releases": each.releases,
            "paused": each.paused,
            "reason": each.reason,
        }
        for each in sources
    ]
    write_rows(rows, form, empty=_("No source has been read yet; `bilanz ingest` reads them."))
    if form == "table":
        how = vitals(engine, sources, now=datetime.now(UTC))
        for concern in how.concerns:
            console().print(value_term("concern", concern, language()))


def _local(moment: datetime | None) -> str | None:
    return moment.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M") if moment else None
