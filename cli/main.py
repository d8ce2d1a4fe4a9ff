"""The command `bilanz`.

A command is loaded when it is run, and its module imports what is slow to load (spaCy, Prefect, SQLAlchemy) inside
its functions, so that `bilanz --help` and small questions are answered at once.
"""

import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

from cli.help import explained, translate
from cli.language import OPTION, _, language, language_of, recognised, speak
from models.errors import BilanzError
from models.language import Language

LISTED = {
    "demo": (
        "demo:demo",
        "Walk the whole way: read the bundled press office, list its claims, compare its years, count rows of reports.",
    ),
    "ingest": ("ingest:ingest", "Read press offices: new releases, and corrections of those that are known."),
    "backfill": ("backfill:backfill", "Read the releases of a press office over years, as far back as its lists go."),
    "serve": (
        "serve:serve",
        "Read all press offices every night at 2:30 (Berlin; BILANZ_NIGHT names another time), until Ctrl-C.",
    ),
    "reextract": (
        "reextract:reextract",
        "Read archived pages again that older extractors have read, and report what changed.",
    ),
    "extract": ("extract:extract", "Read claims from releases in files."),
    "page": ("page:page", "Read headline, date and text of a release from its page."),
    "language": ("german:language", "Show tokens, tags, lemmas, clauses, noun phrases and numbers of a text."),
    "claims": (
        "claims:claims",
        "List stored claims: those that fit the words best, of these the newest reporting date first.",
    ),
    "show": ("show:show", "Show one claim: its sentence, where that stands, how it was read, and what reviewers said."),
    "compare": ("compare:compare", "Put the numbers of a programme side by side, by reporting date and status."),
    "check": (
        "check:check",
        "Compare the numbers and states of a statement with those that are stored, and show the evidence.",
    ),
    "relate": (
        "relate:relate",
        "Say whether two numbers may be compared: same, repeat, plan, part or different, and why.",
    ),
    "series": ("series:series", "List the numbers that can be compared over time, the most telling first."),
    "plans": (
        "plans:plans",
        "List what was announced for a year, of all programmes, and what people say became of it.",
    ),
    "runs": (
        "runs:runs",
        "List the latest runs with what they found at each source; of one that was cut short, only that it was.",
    ),
    "health": ("runs:health", "Show how each source fared in its last run."),
    "report": ("report:report", "Show what is new, what changed and which sources are not well, in Markdown."),
    "web": ("web:web", "Show everything as web pages, until Ctrl-C."),
    "mcp": (
        "mcp:mcp",
        "Answer an assistant's questions on standard input and output (Model Context Protocol), until it ends.",
    ),
    "import": (
        "import_files:import_files",
        "Store the releases of files, each with the record that proves it; what is stored already is passed over.",
    ),
    "sources": ("sources:app", "List press offices, check them against their sites, add new ones."),
    "history": ("history:app", "Read what web archives have of a press office's years."),
    "projects": ("projects:app", "List programmes and projects, and judge which names mean one."),
    "nouns": ("nouns:app", "List nouns that count the same thing, and join others."),
    "promise": ("promise:app", "Say what became of what a claim announces."),
    "objections": (
        "objections:objections",
        "List what readers say is wrong with claims, as long as nobody has answered.",
    ),
    "db": ("db:app", "Create, upgrade, check, move and verify the database."),
    "user": ("users:app", "Give personal tokens to reviewers, list and revoke them."),
    "watch": ("watch:app", "Be told of new and changed claims, or of how the sources are."),
}
"""Commands in the order of the help: where in `cli.commands` they are, and what the list of them says of each."""


class _List(TyperGroup):
    """Subcommands of which only the one that is run is loaded: to list them takes no more than the table."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for name, (_place, told) in LISTED.items():
            self.add_command(TyperCommand(name, help=told))

    def resolve_command(self, context: Any, arguments: list[str]) -> Any:
        """The one that is to be run, loaded."""
        if arguments[0] in LISTED:
            return _loaded(program((arguments[0],))).resolve_command(context, arguments)
        return super().resolve_command(context, arguments)


def program(names: Iterable[str] = tuple(LISTED), *, group: type[TyperGroup] = TyperGroup) -> typer.Typer:
    """The command with those of its subcommands that are named: loading all takes its time."""
    app = typer.Typer(
        name="bilanz",
        cls=group,
        help="Reads what German ministries announce and shows how stated numbers and project statuses change.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown",
    )
    app.callback()(_options)
    for name in names:
        module, attribute = LISTED[name][0].split(":")
        command = getattr(import_module(f"cli.commands.{module}"), attribute)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app


def _loaded(app: typer.Typer) -> Any:
    """What typer makes of it, in the language that is spoken."""
    command = get_command(app)
    if language() != "en":
        translate(command)
    return command


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
    try:
        sys.exit(_loaded(program((), group=_List)).main(arguments, prog_name="bilanz", standalone_mode=False))
    except (BilanzError, TyperException, typer.Abort) as error:
        _end(error)


def _end(error: BilanzError | TyperException | typer.Abort) -> NoReturn:
    """Ends with a sentence; without one the command has shown its help."""
    from cli.printing import NOTHING_FOUND, UNUSABLE, console

    told, status = recognised(str(error)), UNUSABLE
    if isinstance(error, TyperException):
        told, status = explained(error), error.exit_code
    elif isinstance(error, typer.Abort):
        told, status = _("Aborted."), NOTHING_FOUND
    if told:
        console(stderr=True).print(told, style="red", soft_wrap=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
