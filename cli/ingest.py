"""`bilanz ingest`: reads press offices."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.output import console, nothing_found
from models.errors import BilanzError, InputError


def ingest(
    source: Annotated[list[str] | None, typer.Option("--source", help="Id of a press office; may be repeated.")] = None,
    feed: Annotated[
        str | None, typer.Option(metavar="URL", help="An RSS or Atom feed that no source describes.")
    ] = None,
) -> None:
    """Read press offices: new releases, and corrections of those that are known.

    Without options all known offices are read.

    Example: `bilanz ingest --source uebungsportal`
    """
    from flows.feeds import source_of_feed
    from scrapers.registry import source as source_by_id

    if source and feed:
        raise InputError("Give --source or --feed, not both.")
    # Said before Prefect starts, not ten seconds later.
    for source_id in source or []:
        source_by_id(source_id)
    if feed:
        source_of_feed(feed)
    from cli.running import run_ingest, show_reports

    reports = run_ingest(source or None, feed)
    show_reports(reports, console())
    failed = [report for report in reports if report.state == "failed"]
    if failed:
        reasons = " ".join(dict.fromkeys(report.reason or "" for report in failed))
        raise BilanzError(f"{len(failed)} of {len(reports)} sources could not be read: {reasons}")
    if not any(report.outcome.found for report in reports):
        nothing_found("No release was found.")
