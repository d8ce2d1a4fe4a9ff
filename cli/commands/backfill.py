"""`bilanz backfill`: one press office over years."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from cli.language import _
from cli.options import Runner, beginning
from cli.printing import console, nothing_found
from cli.settings import settings


def backfill(
    source: Annotated[str, typer.Argument(help="Id of a press office.")],
    since: Annotated[
        date, typer.Option(metavar="YEAR|DATE", parser=beginning, help="First year or day of publication.")
    ],
    runner: Runner = None,
) -> None:
    """Read the releases of a press office over years, as far back as its lists go.

    What is stored already is passed over: a run that was stopped or killed is simply run again and
    goes on where it was.

    Example: `bilanz backfill uebungsportal --since 2019`
    """
    from scrapers.http.fetch import check_contact
    from scrapers.registry import source as source_by_id

    # Said before Prefect starts, not ten seconds later.
    check_contact([source_by_id(source, settings().sources)], settings().contact)
    from cli.run_flow import run_backfill, show_run

    reports = run_backfill(source, since, runner=runner)
    show_run(reports, console())
    if not any(report.outcome.found for report in reports):
        nothing_found(_("No release since {day} is missing.", day=since))
