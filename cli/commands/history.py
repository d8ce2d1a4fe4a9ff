"""`bilanz history`: years before the first run, from web archives."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cli.language import _, language
from cli.options import beginning
from cli.printing import console, nothing_found, show_table, table
from cli.run_flow import ended_between_steps, interrupted, progress_of_flows
from cli.settings import settings
from models.errors import BilanzError
from output.words import column_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event

    from sqlalchemy import Engine

    from flows.history.plan import HistoryPlan
    from flows.history.read import HistoryRead
    from models.source import Source
    from scrapers.archives.client import ArchiveClient

app = typer.Typer(help="Read what web archives have of a press office's years.", no_args_is_help=True)

_OFFICE = Annotated[str, typer.Argument(metavar="SOURCE", help="Id of a press office.")]
_SINCE = Annotated[
    date, typer.Option(metavar="YEAR|DATE", parser=beginning, help="First year or day, by the time of the copies.")
]
_ARCHIVE = Annotated[
    str, typer.Option("--archive", metavar="NAME", help="Id of a web archive; `bilanz history archives` lists them.")
]


@app.command()
def plan(source: _OFFICE, since: _SINCE, archive: _ARCHIVE = "internet-archive") -> None:
    """Ask an archive's index what it has of an office, and say what reading it would take; no page is fetched.

    Answers are kept: reading goes by them, and a plan that was ended goes on where it was.

    Example: `bilanz history plan nrw-mags --since 2012`
    """
    from flows.history.plan import plan_history

    with _opened(source, archive, _("Asking the index ...")) as opened:
        found = plan_history(opened.engine, opened.client, opened.source, since)
    _show_plan(found, opened.client.archive.name)
    if opened.ending.is_set():
        raise interrupted()
    if found.ended is not None:
        raise BilanzError(f"{found.ended} What was answered is kept.")
    if not any(year.copies for year in found.years) and not found.lists:
        nothing_found(_("The archive names no copy; that does not mean that there was nothing."))


@app.command()
def read(source: _OFFICE, since: _SINCE, archive: _ARCHIVE = "internet-archive") -> None:
    """Read the copies that an archive has of an office: each content once, as the office sent it.

    What is stored or held already is not asked for; a run that was stopped or killed is simply run
    again. No watch is told of what is read.

    Example: `bilanz history read nrw-mags --since 2012`
    """
    from flows.history.allowed import allowed_today
    from flows.history.read import read_history

    with _opened(source, archive, _("Reading copies ...")) as opened:
        allowed = allowed_today(opened.engine, opened.source, settings().contact, opened.ending)
        found = read_history(opened.engine, opened.client, opened.source, since, allowed)
    _show_read(found)
    if opened.ending.is_set():
        raise interrupted()
    if found.state == "failed":
        raise BilanzError(str(found.ended))
    if not found.outcome.found and not found.left:
        nothing_found(_("No copy is left to be read."))


@app.command()
def archives() -> None:
    """List the web archives that are known, ours and those in `archives/` beside source files of your own.

    Example: `bilanz history archives`
    """
    from scrapers.archives.registry import all_archives

    rows = [
        (
            each.id,
            each.name,
            each.dialect,
            f"{each.index.spacing:g} s",
            f"{each.replay.spacing:g} s",
            _("never") if each.verified == "never" else column_day(each.verified.isoformat(), language()),
        )
        for each in all_archives(settings().sources)
    ]
    columns = (_("archive"), _("name"), _("index"), _("pause"), _("pause between copies"), _("verified"))
    show_table(console(), columns, rows)


class _Opened(NamedTuple):
    """Who asks whom of what; `ending` is set by Ctrl-C."""

    engine: Engine
    client: ArchiveClient
    source: Source
    ending: Event


@contextmanager
def _opened(source: str, archive: str, doing: str) -> Iterator[_Opened]:
    """All that asking takes; Ctrl-C ends it after the request that is under way."""
    from db.engine import connect
    from db.operation.leases import DatabaseSlots
    from db.upkeep.schema import check_schema
    from scrapers.archives.client import ArchiveClient
    from scrapers.archives.registry import archive as archive_by_id
    from scrapers.http.fetch import Fetcher, check_contact
    from scrapers.http.slots import LocalSlots
    from scrapers.registry import source as source_by_id

    office, described = source_by_id(source, settings().sources), archive_by_id(archive, settings().sources)
    contact = settings().contact
    check_contact([office, *described.ways], contact)
    engine = connect(settings().database_url)
    check_schema(engine)
    with ended_between_steps() as ending, progress_of_flows(doing):
        # On this machine nobody needs to be spared.
        slots = LocalSlots() if described.local else DatabaseSlots(engine)
        client = ArchiveClient(described, Fetcher(slots, ending=ending, contact=contact))
        yield _Opened(engine, client, office, ending)


def _show_plan(found: HistoryPlan, name: str) -> None:
    out = console()
    rows = [
        (str(year.year), str(year.addresses), str(year.copies), str(year.contents), str(year.requests))
        for year in found.years
    ]
    out.print(table((_("year"), _("releases"), _("copies"), _("contents"), _("to fetch")), rows))
    gaps = [str(year.year) for year in found.years if not year.copies]
    if gaps:
        out.print(
            _("No copy of {gaps}; that does not mean that nothing was published.", gaps=", ".join(gaps)), soft_wrap=True
        )
    lists = _(", {lists} of them for lists, which may name more", lists=found.lists) if found.lists else ""
    out.print(
        _(
            "{name}: {requests} requests{lists}; {minutes:.0f} minutes at its pace.",
            name=name,
            requests=found.requests,
            lists=lists,
            minutes=found.minutes,
        ),
        soft_wrap=True,
    )
    errors = console(stderr=True)
    for url, reason in found.refusals:
        errors.print(f"{url}: {reason}", soft_wrap=True, markup=False)
    if found.unanswered:
        told = _("{unanswered} questions to the index are not answered yet; run it again.", unanswered=found.unanswered)
        errors.print(told, soft_wrap=True)


def _show_read(found: HistoryRead) -> None:
    outcome = found.outcome
    counts = _(
        "{new} new releases, {corrected} corrected, {claims} new claims",
        new=outcome.new,
        corrected=outcome.corrected,
        claims=outcome.claims,
    )
    console().print(
        _(
            "{found} copies: {counts}; {requests} requests.",
            found=outcome.found,
            counts=counts,
            requests=found.requests,
        ),
        soft_wrap=True,
    )
    errors = console(stderr=True)
    for problem in outcome.problems:
        errors.print(problem, soft_wrap=True, markup=False)
    if found.left:
        errors.print(
            _("{left} copies were left for the next run. {ended}", left=found.left, ended=found.ended or ""),
            soft_wrap=True,
        )
