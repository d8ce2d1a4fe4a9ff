"""`bilanz promise`: what became of something announced, said by people, with reason and source."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from getpass import getuser
from typing import Annotated

import typer

from cli.opening import open_database
from cli.options import Author
from cli.printing import ListOption, console, write_rows

app = typer.Typer(help="Say what became of what a claim announces.", no_args_is_help=True)


class PromiseAnswer(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"
    STALLED = "stalled"
    IN_PROGRESS = "in_progress"
    NOT_RATEABLE = "not_rateable"


_Key = Annotated[str, typer.Argument(metavar="KEY", help="Key of the claim that announces it.")]


@app.command()
def rate(
    key: _Key,
    state: Annotated[PromiseAnswer, typer.Argument(help="What became of it.")],
    reason: Annotated[str, typer.Option(help="Why one thinks so.")],
    source: Annotated[str, typer.Option(help="Where that can be read: an address, or words that say where.")],
    author: Author = None,
) -> None:
    """Say what became of a promise; what was said of it before is replaced and stays in the log.

    Example: `bilanz promise rate 7gsqw4x5uzihx54t stalled --reason "no site was found" --source "report of 2025, p. 4"`
    """
    from db.curation.promises import rate_promise
    from db.curation.reviewers import user_named

    engine, now = open_database(), datetime.now(UTC)
    user_id = user_named(engine, author or getuser(), now=now)
    rate_promise(engine, key, state.value, reason=reason, source=source, user_id=user_id, now=now)
    console().print(f"The promise of claim {key} is rated: {state.value}.", soft_wrap=True)


@app.command()
def retract(key: _Key, author: Author = None) -> None:
    """Take back what stands of a promise; it stays in the log.

    Example: `bilanz promise retract 7gsqw4x5uzihx54t`
    """
    from db.curation.promises import retract_promise
    from db.curation.reviewers import user_named

    engine, now = open_database(), datetime.now(UTC)
    retract_promise(engine, key, user_id=user_named(engine, author or getuser(), now=now), now=now)
    console().print(f"What was said of the promise of claim {key} is taken back.", soft_wrap=True)


@app.command()
def log(key: _Key, form: ListOption = "table") -> None:
    """List all that was said of a promise, the oldest first.

    Example: `bilanz promise log 7gsqw4x5uzihx54t --format json`
    """
    from db.curation.promises import promise_log
    from output.records import record

    rows = [record(rating) for rating in promise_log(open_database(), key)]
    write_rows(rows, form, empty="Nobody has said what became of it.")
