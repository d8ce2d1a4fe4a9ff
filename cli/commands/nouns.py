"""`bilanz nouns`: which nouns count the same thing, as people judge it."""

from __future__ import annotations

from datetime import UTC, datetime
from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer

from cli.language import _, language
from cli.opening import open_database
from cli.options import Author
from cli.printing import ListOption, console, write_rows

if TYPE_CHECKING:
    from sqlalchemy import Engine

app = typer.Typer()

_Programme = Annotated[
    str | None, typer.Option(help="Only in this programme, by any of its names; in all if not given.")
]


@app.callback(invoke_without_command=True)
def nouns(context: typer.Context) -> None:
    """List nouns that count the same thing, and join others.

    Example: `bilanz nouns`
    """
    if context.invoked_subcommand is None:
        list_nouns()


@app.command("list")
def list_nouns(form: ListOption = "table") -> None:
    """List what was last said of each noun, by whom and when; what ships with the program is not listed.

    Example: `bilanz nouns list --format csv`
    """
    from db.curation.nouns import joined_nouns
    from output.records import record

    rows = [record(each) for each in joined_nouns(open_database())]
    write_rows(rows, form, empty=_("Nobody has joined any nouns yet; `bilanz nouns suggest` proposes some."))


@app.command()
def join(
    series: Annotated[str, typer.Argument(help="The noun that all of them count as.")],
    nouns: Annotated[list[str], typer.Argument(metavar="NOUN...", help="Nouns that count the same thing.")],
    programme: _Programme = None,
    author: Author = None,
) -> None:
    """Say that nouns count the same thing, so that their numbers are compared. `bilanz nouns undo` takes it back.

    Example: `bilanz nouns join Projekt Initiative Werk --programme "Ruhr-Konferenz"`
    """
    from db.curation.nouns import join_nouns

    engine = open_database()
    name = _name(engine, programme)
    join_nouns(engine, series, nouns, programme=name, author=author or getuser(), now=datetime.now(UTC))
    told = "{nouns} counts as {series}{where} now." if len(nouns) == 1 else "{nouns} count as {series}{where} now."
    console().print(_(told, nouns=", ".join(nouns), series=series, where=_where(name)), soft_wrap=True)


@app.command()
def undo(
    noun: Annotated[str, typer.Argument(help="A noun that was joined.")],
    programme: _Programme = None,
    author: Author = None,
) -> None:
    """Take back that a noun was joined: there it counts by itself again. `bilanz nouns join` joins it anew.

    Example: `bilanz nouns undo Werk --programme "Ruhr-Konferenz"`
    """
    from db.curation.nouns import part_noun

    engine = open_database()
    name = _name(engine, programme)
    part_noun(engine, noun, programme=name, author=author or getuser(), now=datetime.now(UTC))
    console().print(_("{noun} counts by itself{where} again.", noun=noun, where=_where(name)), soft_wrap=True)


@app.command()
def suggest(
    programme: Annotated[str, typer.Argument(help="A programme, by any of its names.")],
    form: ListOption = "table",
) -> None:
    """List nouns of a programme that may count the same thing; nothing is joined by itself.

    Example: `bilanz nouns suggest "Ruhr-Konferenz"`
    """
    from db.curation.suggestions import suggest_nouns
    from output.records import record
    from output.terms import value_term

    found = [record(suggestion) for suggestion in suggest_nouns(open_database(), programme)]
    rows = [each | {"likeness": f"{each['likeness']:.0f}"} for each in found]
    if form == "table":
        rows = [each | {"reason": value_term("likeness", each["reason"], language())} for each in rows]
    empty = _("No two nouns of {programme} look as if they counted the same thing.", programme=programme)
    write_rows(rows, form, empty=empty, value=found)


def _name(engine: Engine, programme: str | None) -> str:
    """The name by which claims of a programme are compared; empty where all are meant."""
    from db.curation.names import ProjectNames

    if programme is None:
        return ""
    with engine.connect() as connection:
        return ProjectNames(connection).resolve(programme).name


def _where(programme: str) -> str:
    return _(" in {programme}", programme=programme) if programme else ""
