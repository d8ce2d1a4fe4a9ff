"""`bilanz projects`: which names mean one project, as people judge it."""

from __future__ import annotations

from datetime import UTC, datetime
from getpass import getuser
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.language import _, language
from cli.opening import open_database
from cli.options import Author
from cli.printing import ListOption, console, write_rows

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.curation.judgements import Sameness
    from models.projects import ProjectGroup

app = typer.Typer()

_Name = Annotated[str, typer.Argument(help="A project or programme, by any of its names.")]
_New = Annotated[str, typer.Argument(help="How it is to be called.")]
_Note = Annotated[str | None, typer.Option(help="Why, for those who read the log.")]


@app.callback(invoke_without_command=True)
def projects(context: typer.Context) -> None:
    """List programmes and projects, and judge which names mean one.

    Example: `bilanz projects`
    """
    if context.invoked_subcommand is None:
        list_projects()


@app.command("list")
def list_projects(
    form: ListOption = "table",
    every: Annotated[bool, typer.Option("--all", help="Whatever releases name, places and people too.")] = False,
) -> None:
    """List the programmes of which something is stated, with their names and parts.

    Example: `bilanz projects list --format csv`
    """
    from db.curation.names import ProjectNames

    with open_database().connect() as connection:
        names = ProjectNames(connection)
        groups = names.groups() if every else names.programmes()
    found = [_record(group) for group in groups]
    rows = [{name: _joined(value) for name, value in each.items()} for each in found]
    empty = _("No project is known yet; `bilanz ingest` reads releases that name some.")
    write_rows(rows, form, empty=empty, value=found)


@app.command()
def merge(left: _Name, right: _Name, note: _Note = None, author: Author = None) -> None:
    """Say that two names mean one project. `bilanz projects undo` takes it back; both stay in the log.

    Example: `bilanz projects merge "SiKo Ruhr" "Sicherheitskooperation Ruhr"`
    """
    engine = _judged(left, right, "same", note, author)
    console().print(
        _(
            "{left} and {right} are one project now: {names}.",
            left=left,
            right=right,
            names=", ".join(_names(engine, left)),
        ),
        soft_wrap=True,
    )


@app.command()
def split(left: _Name, right: _Name, note: _Note = None, author: Author = None) -> None:
    """Say that two names mean different projects. `bilanz projects undo` takes it back; both stay in the log.

    Example: `bilanz projects split "DigitalPakt Schule" "Digitalpakt 2.0"`
    """
    _judged(left, right, "different", note, author)
    console().print(_("{left} and {right} are two projects.", left=left, right=right), soft_wrap=True)


@app.command()
def unsure(left: _Name, right: _Name, note: _Note = None, author: Author = None) -> None:
    """Say that nobody can tell whether two names mean one project, so that they are not suggested again.

    Example: `bilanz projects unsure "DigitalPakt Schule" "Digitalpakt 2.0" --note "the release names both"`
    """
    _judged(left, right, "unsure", note, author)
    console().print(
        _("Whether {left} and {right} are one project is left open.", left=left, right=right), soft_wrap=True
    )


@app.command()
def undo(left: _Name, right: _Name, author: Author = None) -> None:
    """Take back what was said of two names, as if nobody had judged them; it stays in the log.

    Example: `bilanz projects undo "DigitalPakt Schule" "Digitalpakt 2.0"`
    """
    from db.curation.judgements import retract

    retract(open_database(), left, right, author=author or getuser(), now=datetime.now(UTC))
    console().print(_("What was said of {left} and {right} is taken back.", left=left, right=right), soft_wrap=True)


def _judged(left: str, right: str, verdict: Sameness, note: str | None, author: str | None) -> Engine:
    """Notes what someone says of two names; the database, to look at what it says now."""
    from db.curation.judgements import judge

    engine = open_database()
    _refuse_unknown(engine, left, right)
    judge(engine, left, right, verdict, author=author or getuser(), now=datetime.now(UTC), note=note)
    return engine


@app.command()
def hide(name: _Name, note: _Note = None, author: Author = None) -> None:
    """Take a name off the list of programmes; it is still found by its name. `bilanz projects restore` takes it back.

    Example: `bilanz projects hide "Ruhr-Konferenz" --note "ended"`
    """
    _listed(name, None, note, author)
    console().print(_("{name} is hidden.", name=name), soft_wrap=True)


@app.command()
def rename(name: _Name, new: _New, note: _Note = None, author: Author = None) -> None:
    """List a programme under a name, which may be its own; it is found by all of its names.

    Example: `bilanz projects rename "SiKo Ruhr" "Sicherheitskooperation Ruhr"`
    """
    _listed(name, new, note, author)
    console().print(_("{name} is listed as {new}.", name=name, new=new), soft_wrap=True)


@app.command()
def restore(name: _Name, author: Author = None) -> None:
    """Take back what was said of a name in the list; it stays in the log.

    Example: `bilanz projects restore "Ruhr-Konferenz"`
    """
    from db.curation.listings import retract_listing

    retract_listing(open_database(), name, author=author or getuser(), now=datetime.now(UTC))
    console().print(_("What was said of {name} in the list is taken back.", name=name), soft_wrap=True)


def _listed(name: str, shown_as: str | None, note: str | None, author: str | None) -> None:
    from db.curation.listings import list_as

    list_as(open_database(), name, shown_as, author=author or getuser(), now=datetime.now(UTC), note=note)


@app.command()
def suggest(
    limit: Annotated[int, typer.Option(min=1, help="The likeliest so many.")] = 50,
    form: ListOption = "table",
) -> None:
    """List pairs of names that may mean one project and that nobody has judged; nothing is merged by itself.

    Example: `bilanz projects suggest --limit 10`
    """
    from db.curation.suggestions import suggest_projects
    from output.records import record
    from output.terms import value_term

    found = [record(suggestion) for suggestion in suggest_projects(open_database(), limit=limit)]
    rows = [each | {"likeness": f"{each['likeness']:.0f}"} for each in found]
    if form == "table":
        rows = [each | {"reason": value_term("likeness", each["reason"], language())} for each in rows]
    write_rows(rows, form, empty=_("No two names look as if they meant one project."), value=found)


@app.command()
def log(form: ListOption = "table") -> None:
    """List all that was said of names, the oldest first, with what was taken back.

    Example: `bilanz projects log`
    """
    from db.curation.judgements import judgements
    from db.curation.listings import listing_log
    from output.records import record

    engine = open_database()
    rows = [record(judgement) for judgement in judgements(engine, all_of_them=True)]
    rows += [_as_judgement(record(listing)) for listing in listing_log(engine)]
    rows.sort(key=lambda row: str(row["made_at"]))
    shown = [_told(row) for row in rows] if form == "table" else rows
    write_rows(shown, form, empty=_("Nobody has judged any names yet."))


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """A judgement for people: in the words of the pages."""
    from output.terms import value_term

    of_one = {"listed": _("listed as"), "hidden": _("hidden")}
    verdict = of_one.get(row["verdict"]) or value_term("sameness", row["verdict"], language())
    return row | {"verdict": verdict}


def _as_judgement(listing: dict[str, Any]) -> dict[str, Any]:
    """What was said of one name, in the columns of what is said of two."""
    shown = listing.pop("shown_as")
    name = listing.pop("name")
    return {"left": name, "right": shown, "verdict": "hidden" if shown is None else "listed", **listing}


def _record(group: ProjectGroup) -> dict[str, Any]:
    return {"name": group.name, "aliases": list(group.aliases), "parts": [part.name for part in group.parts]}


def _joined(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "; ".join(value)


def _refuse_unknown(engine: Engine, *names: str) -> None:
    for name in names:
        _names(engine, name)


def _names(engine: Engine, name: str) -> tuple[str, ...]:
    from db.curation.names import ProjectNames

    with engine.connect() as connection:
        group = ProjectNames(connection).resolve(name)
    return group.name, *group.aliases
