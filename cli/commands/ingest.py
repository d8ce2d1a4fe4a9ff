"""`bilanz ingest`: reads press offices."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.language import _
from cli.options import Runner
from cli.printing import console, nothing_found
from cli.settings import settings
from models.errors import InputError


def ingest(
    source: Annotated[list[str] | None, typer.Option("--source", help="Id of a press office; may be repeated.")] = None,
    feed: Annotated[
        str | None, typer.Option(metavar="URL", help="An RSS or Atom feed that no source describes.")
    ] = None,
    due: Annotated[
        bool, typer.Option("--due", help="Only offices whose time has come: once a night, for schedulers.")
    ] = False,
    runner: Runner = None,
) -> None:
    """Read press offices: new releases, and corrections of those that are known.

    Without options all known offices are read but those that are paused.

    Example: `bilanz ingest --source uebungsportal`
    """
    from flows.office.feeds import source_of_feed
    from scrapers.http.fetch import check_contact
    from scrapers.registry import real_sources
    from scrapers.registry import source as source_by_id

    if feed and (source or due):
        raise InputError("Give --feed alone, or without it --source and --due.")
    # Said before Prefect starts, not ten seconds later.
    own = settings().sources
    named = [source_of_feed(feed)] if feed else [source_by_id(source_id, own) for source_id in source or []]
    check_contact(named or real_sources(own), settings().contact)
    if due and not _any_due(source):
        console().print(_("No press office is due."))
        return
    from cli.run_flow import run_ingest, show_run

    reports = run_ingest(source or None, feed, due=due, runner=runner)
    show_run(reports, console())
    if not due and not any(report.outcome.found for report in reports):
        nothing_found(_("No release was found."))


def _any_due(sources: list[str] | None) -> bool:
    """Asked before Prefect starts, since schedulers may come often."""
    from datetime import UTC, datetime

    from db.engine import connect
    from db.operation.runs import due_sources
    from db.upkeep.schema import check_schema
    from flows.runs.schedule import EARLY
    from scrapers.registry import real_sources

    engine = connect(settings().database_url)
    check_schema(engine)
    known = sources or [office.id for office in real_sources(settings().sources)]
    return bool(due_sources(engine, known, now=datetime.now(UTC) + EARLY))
