"""The command `bilanz`.

Command modules import what is slow to load (spaCy, Prefect, SQLAlchemy) inside their functions, so
that `bilanz --help` and small questions are answered at once.
"""

import sys
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException
from typer.main import get_command

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
from cli.help import explained, translate
from cli.language import OPTION, _, language_of, recognised, speak
from cli.printing import NOTHING_FOUND, UNUSABLE, console
from models.errors import BilanzError
from models.language import Language

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
    _lang: Annotated[
        Language | None, typer.Option(OPTION, help="Language of help, messages and tables; by default the locale's.")
    ] = None,
) -> None:
    """Options of the command itself."""


def main() -> None:
    """Runs a command; what the user can mend is said in one sentence, without a traceback."""
    spoken, arguments = language_of(sys.argv[1:])
    speak(spoken)
    command = get_command(app)
    if spoken != "en":
        translate(command)
    try:
        sys.exit(command.main(arguments, prog_name="bilanz", standalone_mode=False))
    except BilanzError as error:
        _end(recognised(str(error)), UNUSABLE)
    except TyperException as error:
        _end(explained(error), error.exit_code)
    except typer.Abort:
        _end(_("Aborted."), NOTHING_FOUND)


def _end(told: str, status: int) -> NoReturn:
    """Ends with a sentence; without one the command has shown its help."""
    if told:
        console(stderr=True).print(told, style="red", soft_wrap=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
