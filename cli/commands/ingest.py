"""`bilanz ingest`: reads press offices."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.language import _, recognised
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
    from scrapers.registry import registered
    from scrapers.registry import source as source_by_id

    if feed and (source or due):
        raise InputError("Give --feed alone, or without it --source and --due.")
    # Said before Prefect starts, not ten seconds later.
    own = settings().sources
    named = [source_of_feed(feed)] if feed else [source_by_id(source_id, own) for source_id in source or []]
    known = registered(own, bundled=settings().bundled or bool(named))
    check_contact(named or known.real, settings().contact)
    if due and not (named or known.real or known.faults):
        raise InputError(
            "No press office is to be read: all are paused, lie on this machine, or have no source file; "
            "`bilanz sources list` shows them."
        )
    if due and not _any_due(source or [office.id for office in known.real]):
        console().print(_("No press office is due."))
        return
    from cli.run_flow import run_ingest, show_run

    reports = run_ingest(source or None, feed, due=due, runner=runner)
    if named:
        # Those that were named are read all the same; a run over all offices says it of each.
        for fault in known.faults.values():
            console(stderr=True).print(recognised(str(fault)), style="red", soft_wrap=True)
    show_run(reports, console())
    if not due and not any(report.outcome.found for report in reports):
        nothing_found(_("No release was found."))


def _any_due(sources: list[str]) -> bool:
    """Asked before Prefect starts, since schedulers may come often."""
    from datetime import UTC, datetime

    from db.engine import connect
    from db.operation.runs import due_sources
    from db.upkeep.schema import check_schema
    from flows.runs.schedule import EARLY

    engine = connect(settings().database_url)
    check_schema(engine)
    return bool(due_sources(engine, sources, now=datetime.now(UTC) + EARLY))
