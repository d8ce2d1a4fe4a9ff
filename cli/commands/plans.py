"""`bilanz plans`: what was announced for a year, of all programmes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cli.language import _, language
from cli.misspelt import say_if_unstated
from cli.opening import open_database
from cli.printing import DataOption, OutputFile, nothing_found, show_table, write_result
from models.calendar import BERLIN
from models.errors import InputError
from output.formats.result import Result
from output.nouns import noun_of
from output.states import status_said
from output.terms import value_term
from output.words import amount, column_day, own_hedge

if TYPE_CHECKING:
    from rich.console import Console

    from inquiries.due_plans import DuePlan


def plans(
    year: Annotated[int | None, typer.Option(min=1990, max=2100, help="In which they are due; by default now.")] = None,
    project: Annotated[str | None, typer.Option(help="Project or programme, by any of its names.")] = None,
    source: Annotated[str | None, typer.Option(help="Id of a press office.")] = None,
    form: DataOption = "table",
    file: OutputFile = None,
) -> None:
    """List what was announced for a year, of all programmes, and what people say became of it.

    Example: `bilanz plans --year 2024`
    """
    from inquiries.due_plans import due_plans
    from output.due_plans import plan_row
    from output.records import record

    due = str(year or datetime.now(BERLIN).year)
    engine = open_database()
    found = due_plans(engine, due, this_year=due, project=project, source=source)
    if not found.plans:
        if source:
            say_if_unstated(engine, "source", "the source", source)
        others = ", ".join(found.years)
        if not others:
            nothing_found(_("Nothing has been announced for any year."))
        raise InputError(
            _("Nothing that was announced is due in {year}; years that have plans: {others}.", year=due, others=others)
        )
    rows = [plan_row(each) for each in found.plans]

    def show(out: Console) -> None:
        columns = (_("due"), _("programme"), _("announced"), _("became of it"), _("key"))
        show_table(out, columns, [_line(each) for each in found.plans])

    write_result(Result(rows=rows, value=record(found), show=show), form, file)


def _line(plan: DuePlan) -> tuple[str, ...]:
    claim, spoken = plan.claim.claim, language()
    status = status_said(claim, spoken)
    if claim.value is None:
        announced = status
    else:
        shown = amount(claim.value, claim.value_to, own_hedge(claim, spoken), claim.unit, spoken)
        announced = " ".join(filter(None, (shown, noun_of(claim), status)))
    became = value_term("promise", plan.rating.state, spoken) if plan.rating else ""
    if not became and plan.reached_by:
        became = _("reached, told on {date}", date=column_day(plan.reached_by.published or "", spoken))
    subject = claim.subject or ""
    named = subject if plan.own else _("names {subject}", subject=subject)
    return plan.part or column_day(plan.due, spoken), named, announced, became, plan.claim.key
