"""`bilanz backfill`: one press office over years."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from cli.options import Runner
from cli.printing import console, nothing_found
from cli.settings import settings
from models.errors import InputError


def backfill(
    source: Annotated[str, typer.Argument(help="Id of a press office.")],
    since: Annotated[str, typer.Option(metavar="YEAR|DATE", help="First year or day of publication.")],
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
    day = day_of(since)
    from cli.run_flow import run_backfill, show_run

    reports = run_backfill(source, day, runner=runner)
    show_run(reports, console())
    if not any(report.outcome.found for report in reports):
        nothing_found(f"No release since {day} is missing.")


def day_of(text: str) -> date:
    """The first day of a year, or the day that is named.

    Raises:
        InputError: it is neither, or yet to come.
    """
    try:
        day = date(int(text), 1, 1) if len(text) == 4 else date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text!r} is no year or day; it should look like 2019 or 2019-05-31.") from error
    if day > date.today():
        raise InputError(f"{day} is yet to come; name the first year or day that you want.")
    return day
