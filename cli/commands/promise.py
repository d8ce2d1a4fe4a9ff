"""`bilanz promise`: what became of something announced, said by people, with reason and source."""

from __future__ import annotations

from datetime import UTC, datetime
from getpass import getuser
from typing import Annotated, cast, get_args

import typer

from cli.language import _, language
from cli.opening import open_database
from cli.options import Author, one_of, term
from cli.printing import ListOption, console, write_rows
from models.promises import PromiseState
from output.terms import value_term

app = typer.Typer(help="Say what became of what a claim announces.", no_args_is_help=True)


_ANSWERS: tuple[PromiseState, ...] = get_args(PromiseState)


def _answer(words: str) -> str:
    return term("promise", "answer", _ANSWERS, words)


_Key = Annotated[str, typer.Argument(metavar="KEY", help="Key of the claim that announces it.")]


@app.command()
def rate(
    key: _Key,
    state: Annotated[
        str, typer.Argument(metavar="STATE", parser=_answer, help=f"What became of it. {one_of(_ANSWERS)}")
    ],
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
    rate_promise(engine, key, cast("PromiseState", state), reason=reason, source=source, user_id=user_id, now=now)
    shown = value_term("promise", state, language())
    console().print(_("The promise of claim {key} is rated: {value}.", key=key, value=shown), soft_wrap=True)


@app.command()
def retract(key: _Key, author: Author = None) -> None:
    """Take back what stands of a promise; it stays in the log.

    Example: `bilanz promise retract 7gsqw4x5uzihx54t`
    """
    from db.curation.promises import retract_promise
    from db.curation.reviewers import user_named

    engine, now = open_database(), datetime.now(UTC)
    retract_promise(engine, key, user_id=user_named(engine, author or getuser(), now=now), now=now)
    console().print(_("What was said of the promise of claim {key} is taken back.", key=key), soft_wrap=True)


@app.command()
def log(key: _Key, form: ListOption = "table") -> None:
    """List all that was said of a promise, the oldest first.

    Example: `bilanz promise log 7gsqw4x5uzihx54t --format json`
    """
    from db.curation.promises import promise_log
    from output.records import record

    rows = [record(rating) for rating in promise_log(open_database(), key)]
    write_rows(rows, form, empty=_("Nobody has said what became of it."))
