"""`bilanz user`: who may review, by personal token."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from cli.language import _
from cli.opening import open_database
from cli.printing import ListOption, console, write_rows
from models.calendar import berlin_moment

app = typer.Typer(help="Give personal tokens to reviewers, list and revoke them.", no_args_is_help=True)


class Scope(StrEnum):
    """What a token allows."""

    REVIEW = "review"


_Name = Annotated[str, typer.Argument(metavar="NAME", help="Name that the log of decisions shows.")]


@app.command()
def add(
    name: _Name,
    scope: Annotated[
        list[Scope] | None, typer.Option(help="What the token allows, review if not given; may be repeated.")
    ] = None,
    label: Annotated[str, typer.Option(help="What the token is for, to revoke it alone.")] = "",
) -> None:
    """Make a token and print it, this once; of the token only a hash is kept.

    Example: `bilanz user add "Ada Beispiel" --label laptop`
    """
    from db.curation.reviewers import add_token

    token = add_token(open_database(), name, scopes=scope or [Scope.REVIEW], label=label, now=datetime.now(UTC))
    console(stderr=True).print(_("The token of {name}; it cannot be shown again:", name=name), soft_wrap=True)
    typer.echo(token)


@app.command()
def revoke(
    name: _Name,
    label: Annotated[str | None, typer.Option(help="Only tokens of this label; all if not given.")] = None,
) -> None:
    """Revoke the tokens of a user; decisions made with them stand.

    Example: `bilanz user revoke "Ada Beispiel" --label laptop`
    """
    from db.curation.reviewers import revoke_tokens

    count = revoke_tokens(open_database(), name, now=datetime.now(UTC), label=label)
    console().print(_("Revoked tokens of {name}: {count}", count=count, name=name), soft_wrap=True)


@app.command("list")
def list_tokens(form: ListOption = "table") -> None:
    """List who has tokens, what each allows, and when its user last judged a claim.

    Example: `bilanz user list`
    """
    from db.curation.reviewers import tokens

    rows = [
        {
            "name": each.name,
            "label": each.label,
            "allows": ", ".join(each.scopes),
            "made": berlin_moment(each.created_at),
            "revoked": berlin_moment(each.revoked_at),
            "last decision": berlin_moment(each.last_decision),
        }
        for each in tokens(open_database())
    ]
    write_rows(rows, form, empty=_("Nobody has a token; `bilanz user add` makes one."))
