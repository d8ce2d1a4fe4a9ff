"""`bilanz report`: what is new and what changed, and telling those who watch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cli.language import _, language
from cli.opening import open_database
from cli.options import moment
from cli.printing import NOTHING_FOUND, console
from cli.settings import settings
from models.errors import InputError

if TYPE_CHECKING:
    from sqlalchemy import Engine


def report(
    since: Annotated[
        datetime | None,
        typer.Option(metavar="DATE[THH:MM]", parser=moment, help="Beginning; the last report if not given."),
    ] = None,
    send: Annotated[bool, typer.Option("--send", help="Tell those who watch, and begin the next report here.")] = False,
) -> None:
    """Show what is new, what changed and which sources are not well, in Markdown.

    Example: `bilanz report --since 2026-01-01`
    """
    from flows.telling.digest import digest, last_report
    from flows.telling.digest import report as make_report
    from flows.telling.publishers import publishers

    if since and send:
        raise InputError("Give --since or --send, not both: what is sent begins where the last report ended.")
    engine = open_database()
    now = datetime.now(UTC)
    beginning = since.astimezone(UTC) if since else last_report(engine, now)
    if not send:
        typer.echo(digest(engine, beginning, now, language(), publishers(engine, settings())))
        return
    _start_prefect_for_blocks(engine)
    made = make_report(engine, settings(), language())
    typer.echo(made.digest)
    console(stderr=True).print(_("{sent} messages were delivered.", sent=made.delivered.sent))
    if made.delivered.problems:
        raise typer.Exit(NOTHING_FOUND)


def _start_prefect_for_blocks(engine: Engine) -> None:
    """Notification blocks are kept by Prefect's server; it takes long to start, so only where there is need."""
    from db.watching.watches import watches

    if any(watch.channel == "block" for watch in watches(engine)):
        from cli.run_flow import prefect_home
        from flows.server.temporary import TemporaryServer

        TemporaryServer(prefect_home()).wait()
