"""The command `bilanz`.

Command modules import what is slow to load (spaCy, Prefect, SQLAlchemy) inside their functions, so
that `bilanz --help` and small questions are answered at once.
"""

import sys
from importlib import import_module
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from cli.help import explained, translate
from cli.language import OPTION, _, language_of, recognised, speak
from cli.printing import NOTHING_FOUND, UNUSABLE, console
from models.errors import BilanzError
from models.language import Language

_COMMANDS = {
    "demo": "demo:demo",
    "ingest": "ingest:ingest",
    "backfill": "backfill:backfill",
    "serve": "serve:serve",
    "reextract": "reextract:reextract",
    "extract": "extract:extract",
    "page": "page:page",
    "language": "german:language",
    "claims": "claims:claims",
    "show": "show:show",
    "compare": "compare:compare",
    "check": "check:check",
    "relate": "relate:relate",
    "series": "series:series",
    "plans": "plans:plans",
    "runs": "runs:runs",
    "health": "runs:health",
    "report": "report:report",
    "web": "web:web",
    "mcp": "mcp:mcp",
    "import": "import_files:import_files",
    "sources": "sources:app",
    "history": "history:app",
    "projects": "projects:app",
    "nouns": "nouns:app",
    "promise": "promise:app",
    "db": "db:app",
    "user": "users:app",
    "watch": "watch:app",
}
"""Commands in the order of the help, and where in `cli.commands` they are."""


def program(asked: str | None = None) -> typer.Typer:
    """The command with all its subcommands, or with the one that is asked for: loading all takes its time."""
    app = typer.Typer(
        name="bilanz",
        help="Reads what German ministries announce and shows how stated numbers and project statuses change.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown",
    )
    app.callback()(_options)
    for name, place in _COMMANDS.items():
        if asked in (None, name):
            module, attribute = place.split(":")
            command = getattr(import_module(f"cli.commands.{module}"), attribute)
            if isinstance(command, typer.Typer):
                app.add_typer(command, name=name)
            else:
                app.command(name)(command)
    return app


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - as typer calls it
    if wanted:
        from importlib.metadata import version

        typer.echo(version("zwischenbilanz"))
        raise typer.Exit


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
    asked = arguments[0] if arguments and arguments[0] in _COMMANDS else None
    command = get_command(program(asked))
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
