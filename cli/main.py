"""The command `bilanz`.

Command modules import what is slow to load (spaCy, Prefect, SQLAlchemy) inside their functions, so
that `bilanz --help` and small questions are answered at once.
"""

import sys
from typing import Annotated

import typer

from cli.commands import (
    backfill,
    check,
    claims,
    compare,
    db,
    demo,
    extract,
    german,
    history,
    import_files,
    ingest,
    mcp,
    nouns,
    page,
    projects,
    promise,
    reextract,
    relate,
    report,
    runs,
    series,
    serve,
    show,
    sources,
    users,
    watch,
    web,
)
from cli.printing import UNUSABLE, console
from models.errors import BilanzError

app = typer.Typer(
    name="bilanz",
    help="Reads what German ministries announce and shows how stated numbers and project statuses change.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

for command in (
    demo.demo,
    ingest.ingest,
    backfill.backfill,
    serve.serve,
    reextract.reextract,
    extract.extract,
    page.page,
    german.language,
    claims.claims,
    show.show,
    compare.compare,
    check.check,
    relate.relate,
    series.series,
    runs.runs,
    runs.health,
    report.report,
    web.web,
    mcp.mcp,
):
    app.command()(command)
app.command("import")(import_files.import_files)
app.add_typer(sources.app, name="sources")
app.add_typer(history.app, name="history")
app.add_typer(projects.app, name="projects")
app.add_typer(nouns.app, name="nouns")
app.add_typer(promise.app, name="promise")
app.add_typer(db.app, name="db")
app.add_typer(users.app, name="user")
app.add_typer(watch.app, name="watch")


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - as typer calls it
    if wanted:
        from importlib.metadata import version

        typer.echo(version("zwischenbilanz"))
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options of the command itself."""


def main() -> None:
    """Runs a command; what the user can mend is said in one sentence, without a traceback."""
    try:
        app()
    except BilanzError as error:
        console(stderr=True).print(str(error), style="red", soft_wrap=True)
        sys.exit(UNUSABLE)


if __name__ == "__main__":
    main()
