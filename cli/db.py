"""`bilanz db`: the schema of the database."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.output import NOTHING_FOUND, console
from models.settings import settings

app = typer.Typer(help="Create, upgrade and check the database.", no_args_is_help=True)


@app.command()
def upgrade() -> None:
    """Create the tables in an empty database, or bring an older one up to date.

    Example: `bilanz db upgrade`
    """
    from db.engine import connect
    from db.schema import upgrade as upgrade_schema

    upgrade_schema(connect(settings().database_url))
    console().print("The database is up to date.")


@app.command()
def downgrade(
    revision: Annotated[str, typer.Argument(help='Schema revision, or "base", which removes all tables and data.')],
) -> None:
    """Take the tables back to an earlier version.

    Example: `bilanz db downgrade 0001`
    """
    from db.engine import connect
    from db.schema import downgrade as downgrade_schema

    downgrade_schema(connect(settings().database_url), revision)
    console().print(f"The database is at {revision}.")


@app.command()
def check() -> None:
    """Compare the tables with what this version expects.

    Example: `bilanz db check`
    """
    from cli.database import open_database
    from db.schema import differences

    found = differences(open_database())
    for difference in found:
        console(stderr=True).print(difference, soft_wrap=True)
    if found:
        raise typer.Exit(NOTHING_FOUND)
    console().print("The database is as it should be.")
