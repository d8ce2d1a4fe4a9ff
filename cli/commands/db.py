"""`bilanz db`: the schema of the database, moving it, and proving that it is sound."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.copies import backup, export_database, import_database, warc
from cli.language import _, language
from cli.printing import NOTHING_FOUND, console, nothing_found, show_table
from models.database import database_url
from models.errors import InputError

if TYPE_CHECKING:
    from sqlalchemy import Engine

app = typer.Typer(
    help="Create, upgrade, check, move and verify the database.\n\n"
    "How to restore it from a copy is told by `bilanz db backup --help`.",
    no_args_is_help=True,
)


@app.command()
def upgrade() -> None:
    """Create the tables in an empty database, or bring an older one up to date.

    Example: `bilanz db upgrade`
    """
    from db.engine import connect
    from db.upkeep.schema import upgrade as upgrade_schema

    engine = connect(database_url())
    before = upgrade_schema(engine)
    told = {"empty": _("The tables were made."), "older": _("The database was brought up to date, with its data.")}
    # Whoever is in another folder, or without its settings, has another database.
    console().print(f"{engine.url!r}: {told.get(before, _('The database is up to date.'))}", soft_wrap=True)


@app.command()
def downgrade(
    revision: Annotated[str, typer.Argument(help='Schema revision, or "base", which removes all tables and data.')],
    yes: Annotated[bool, typer.Option("--yes", help="Remove data without a question.")] = False,
) -> None:
    """Take the tables back to an earlier version.

    Example: `bilanz db downgrade 0001 --yes`
    """
    from db.engine import connect
    from db.upkeep.schema import downgrade as downgrade_schema

    engine = connect(database_url())
    if not yes:
        if revision == "base":
            told = _("This removes all tables of {url!r} with all their data. Go on?", url=engine.url)
        else:
            told = _("This removes from {url!r} what came with later versions, with its data. Go on?", url=engine.url)
        if not sys.stdin.isatty() or not typer.confirm(told):
            raise InputError(f"Nothing was removed from {engine.url!r}; --yes removes tables with their data.")
    downgrade_schema(engine, revision)
    console().print(_("The database is at {revision}.", revision=revision))


@app.command()
def check() -> None:
    """Compare the tables with what this version expects, and have SQLite look for damage in its file.

    It also says how many releases older rules have read.

    Example: `bilanz db check`
    """
    from cli.opening import open_database
    from db.upkeep.migrating import differences
    from db.upkeep.salvage import is_damaged
    from flows.office.archive import batches

    engine = open_database()
    found = differences(engine)
    with engine.connect() as connection:
        damaged = is_damaged(connection)
    if damaged:
        found = [_("The file is damaged: `bilanz db verify` names what is broken.")]
    for difference in found:
        console(stderr=True).print(difference, soft_wrap=True)
    if found:
        raise typer.Exit(NOTHING_FOUND)
    console().print(_("The database is as it should be."))
    if older := sum(len(batch) for batch in batches(engine)):
        console().print(
            _("Releases that older rules have read: {n}; `bilanz reextract` reads them again.", n=older), soft_wrap=True
        )


app.command("export")(export_database)
app.command()(backup)
app.command()(warc)
app.command("import")(import_database)


@app.command()
def forget(
    url: Annotated[str | None, typer.Argument(metavar="URL", help="Address of the release.")] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why, for the log.")] = None,
    listing: Annotated[bool, typer.Option("--list", help="Show what was forgotten.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Remove it without a question.")] = False,
) -> None:
    """Take a release out of the database, with its bytes, texts and claims, and never take it up again.

    Backups and exports that were made before still hold it.

    Example: `bilanz db forget https://www.land.example/pm/17 --reason "Request of 2026-11-03" --yes`
    """
    from cli.opening import open_database

    engine = open_database()
    if listing:
        _show_forgotten(engine)
        return
    if url is None or not reason:
        raise InputError("Name the address and give a --reason, which is kept; --list shows what was forgotten.")
    if not yes and not (
        sys.stdin.isatty() and typer.confirm(_("This removes all that is stored of {url}. Go on?", url=url))
    ):
        raise InputError(f"Nothing was removed; --yes removes {url}.")
    from datetime import UTC, datetime

    from db.upkeep.forget import forget as remove
    from scrapers.urls import canonical_url

    try:
        addresses = {url, canonical_url(url)}
    except ValueError as error:
        raise InputError(f"{url} is no http or https address.") from error
    removed = remove(engine, addresses, reason, now=datetime.now(UTC))
    told = ", ".join(_("{count} rows of {name}", count=count, name=name) for name, count in removed.items())
    console().print(
        _("{url} is forgotten: {told} were removed.", url=url, told=told)
        if told
        else _("Nothing was stored of {url}; it is not taken up.", url=url),
        soft_wrap=True,
    )


def _show_forgotten(engine: Engine) -> None:
    from db.archive.forgotten import forgotten_addresses
    from output.dates import moment_shown

    found = forgotten_addresses(engine)
    if not found:
        nothing_found(_("Nothing was forgotten."))
    rows = [(moment_shown(each.at, language()), each.url, each.reason, str(each.rows)) for each in found]
    show_table(console(), (_("day"), _("address"), _("reason"), _("rows removed")), rows)


@app.command()
def verify() -> None:
    """Prove that archived bytes, texts and evidence are what was stored, and name every fault.

    Example: `bilanz db verify`
    """
    from cli.opening import open_database
    from db.tables import Base
    from db.upkeep.verify import unreadable_tables
    from db.upkeep.verify import verify as violations

    engine = open_database()
    errors = console(stderr=True)
    with errors.status(_("Checking every row ...")):
        found = violations(engine)
        is_broken = any(each.table == "file" for each in found)
        broken = unreadable_tables(engine) if is_broken else []
    if is_broken and not broken:
        errors.print(_("All tables can be read to their end: `bilanz db export` saves every row."), soft_wrap=True)
    if broken:
        whole = ", ".join(table.name for table in Base.metadata.sorted_tables if table.name not in broken)
        errors.print(
            _(
                "Tables that cannot be read to their end: {broken}. Whole: {whole}.",
                broken=", ".join(broken),
                whole=whole,
            ),
            soft_wrap=True,
        )
    for each in found:
        place = f"({each.place})" if each.place else ""
        errors.print(" ".join(filter(None, (each.table, each.row, place))) + f": {each.problem}", soft_wrap=True)
    if found:
        many = _(
            "{count} faults were found; restore the database from a copy (`bilanz db backup --help`).", count=len(found)
        )
        told = (
            _("1 fault was found; restore the database from a copy (`bilanz db backup --help`).")
            if len(found) == 1
            else many
        )
        errors.print(told, soft_wrap=True)
        raise typer.Exit(NOTHING_FOUND)
    console().print(_("Archived bytes, texts and evidence are as they were stored."))
