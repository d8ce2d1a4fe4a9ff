"""`bilanz watch`: be told what changes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

import typer

from cli.language import _
from cli.language import language as spoken
from cli.opening import open_database
from cli.printing import ListOption, console, write_rows
from cli.settings import settings
from models.errors import InputError
from models.filters import NOT_STATED
from models.language import Language
from models.watching import Channel, Frequency, WatchState

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.claims.queries import ClaimFilter
    from db.watching.watches import WatchRecord

app = typer.Typer(help="Be told of new and changed claims, or of how the sources are.", no_args_is_help=True)

_WatchId = Annotated[int, typer.Argument(metavar="ID", help="As `bilanz watch list` shows it.")]


@app.command()
def add(
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help="Words, or what stands after the ? in the address of a search (the whole address will do); "
            "all if not given.",
        ),
    ] = "",
    sources: Annotated[
        bool, typer.Option("--sources", help="Watch how the sources are, all or with QUERY source=ID one.")
    ] = False,
    mail: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Where mails go.")] = None,
    webhook: Annotated[str | None, typer.Option(metavar="URL", help="Where messages are posted as JSON.")] = None,
    slack: Annotated[
        str | None, typer.Option(metavar="URL", help="Where messages are posted as Slack and Mattermost take them.")
    ] = None,
    teams: Annotated[str | None, typer.Option(metavar="URL", help="The same as Microsoft Teams takes them.")] = None,
    matrix: Annotated[
        str | None, typer.Option(metavar="URL", help="The same as Matrix takes them, by its bridge Hookshot.")
    ] = None,
    block: Annotated[
        str | None, typer.Option(metavar="TYPE/NAME", help="A notification block that was saved in Prefect.")
    ] = None,
    language: Annotated[Language, typer.Option(help="Of the messages.")] = "de",
    every: Annotated[
        Frequency, typer.Option(help="How often at most: after every run, once a day, or once a week, on Mondays.")
    ] = "run",
) -> None:
    """Watch the claims of a query, or the sources, from now on; each watch has one receiver.

    Every run that reads press offices tells of what changed; `bilanz report --send` does too.

    Example: `bilanz watch add "project=Ruhr-Konferenz&status=completed" --mail redaktion@example.org`
    """
    given: dict[Channel, str | None] = {
        "mail": mail, "webhook": webhook, "slack": slack, "teams": teams, "matrix": matrix, "block": block,
    }  # fmt: skip
    targets = [(channel, target) for channel, target in given.items() if target]
    if len(targets) != 1:
        raise InputError("Give one of --mail, --webhook, --slack, --teams, --matrix and --block.")
    from db.watching.watches import add_watch
    from output.delivery.targets import check_target

    ((channel, target),) = targets
    check_target(channel, target)
    engine = open_database()
    parameters, wanted = _read(engine, query, sources=sources)
    _tell_if_unknown(engine, wanted.project)
    made = add_watch(
        engine,
        "sources" if sources else "claims",
        parameters,
        wanted,
        channel=channel,
        target=target,
        language=language,
        frequency=every,
        now=datetime.now(UTC),
    )
    out = console()
    out.print(
        _("Watch {id} begins: {about}, to {target}.", id=made.id, about=_about(made), target=made.target),
        soft_wrap=True,
    )
    if made.topic == "claims":
        out.print(
            _("Who has its address can read its page: {page}", page=_page(made, settings().address)), soft_wrap=True
        )
    if channel == "mail" and not (settings().smtp_host and settings().mail_from):
        console(stderr=True).print(
            _("No mail can be sent yet; set BILANZ_SMTP_HOST and BILANZ_MAIL_FROM."), soft_wrap=True
        )


@app.command("list")
def list_(form: ListOption = "table") -> None:
    """List the watches, and what became of their messages.

    Example: `bilanz watch list`
    """
    from db.watching.alerts import Deliveries, deliveries
    from db.watching.watches import watches

    engine = open_database()
    became = deliveries(engine)
    rows = []
    for watch in watches(engine):
        state: WatchState = "paused" if watch.paused_at else "told" if watch.confirmed_at else "not confirmed yet"
        sums = became.get(watch.id, Deliveries())
        rows.append(
            {
                "id": watch.id,
                "watches": _about(watch),
                "to": watch.target,
                "every": watch.frequency,
                "state": state,
                "sent": sums.sent,
                "waiting": sums.waiting,
                "given up": sums.given_up,
                "problem": sums.problem,
                "page": _page(watch, settings().address) if watch.topic == "claims" else None,
            }
        )
    write_rows(rows, form, empty=_("Nothing is watched; `bilanz watch add` begins."))


@app.command()
def pause(watch_id: _WatchId) -> None:
    """Let a watch rest: what happens meanwhile it is never told. `bilanz watch resume` lets it go on.

    Example: `bilanz watch pause 3`
    """
    from db.watching.watches import pause_watch

    pause_watch(open_database(), watch_id, now=datetime.now(UTC))
    console().print(_("Watch {watch_id} rests.", watch_id=watch_id))


@app.command()
def resume(watch_id: _WatchId) -> None:
    """Let a watch that rested go on.

    Example: `bilanz watch resume 3`
    """
    from db.watching.watches import resume_watch

    resume_watch(open_database(), watch_id)
    console().print(_("Watch {watch_id} goes on.", watch_id=watch_id))


@app.command()
def remove(watch_id: _WatchId) -> None:
    """End a watch; its page is gone, where its messages went is forgotten, and what waits for it is not sent.

    Example: `bilanz watch remove 3`
    """
    from db.watching.watches import remove_watch

    remove_watch(open_database(), watch_id, now=datetime.now(UTC))
    console().print(_("Watch {watch_id} has ended.", watch_id=watch_id))


def _read(engine: Engine, query: str, *, sources: bool) -> tuple[str, ClaimFilter]:
    """A query as parameters and as a filter.

    Raises:
        InputError: a parameter is unknown or its value is none of its values.
    """
    from pydantic import ValidationError

    from db.archive.imported import imported_sources
    from inquiries.search import SearchQuery
    from scrapers.registry import source

    parameters = urlsplit(query).query or query
    named = "=" in parameters
    given = dict(parse_qsl(parameters, keep_blank_values=True)) if named else {"q": parameters}
    try:
        search = SearchQuery.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = first["loc"][0]
        if first["type"] == "extra_forbidden":
            known = ", ".join(SearchQuery.model_fields)
            raise InputError(f"Nothing is searched for by {name!r}; it can be one of {known}.") from error
        raise InputError(f"{name} cannot be searched for so ({first['msg']}); copy the address of a search.") from error
    asked = search.parameters()
    if sources and asked.keys() - {"source"}:
        raise InputError("Sources are watched all, or one with QUERY source=ID; leave other parameters out.")
    if (source_id := asked.get("source")) and source_id not in imported_sources(engine):
        source(source_id, settings().sources)
    if asked.keys() & {"state", "health"}:
        raise InputError("A Land or the health of sources cannot be watched; name one with source=ID.")
    return urlencode(asked), search.filter()


def _tell_if_unknown(engine: Engine, project: str | None) -> None:
    """A name that nobody has used yet may be misspelt, or come with the next release."""
    from db.curation.names import ProjectNames

    if project is None or project == NOT_STATED:
        return
    with engine.connect() as connection:
        names = ProjectNames(connection)
        if names.is_known(project):
            return
        near = ", ".join(names.nearest(project))
    told = _("No release has named {name} yet.", name=project)
    if near:
        told = f"{told} {_('Similar names: {near}.', near=near)}"
    console(stderr=True).print(told, soft_wrap=True)


def _about(watch: WatchRecord) -> str:
    from output.letters import described

    if watch.topic == "sources":
        return _("how {source} fares", source=watch.wanted.source) if watch.wanted.source else _("how all sources fare")
    return described(watch.wanted, spoken())


def _page(watch: WatchRecord, address: str | None) -> str:
    return f"{(address or '').rstrip('/')}/watches/{watch.token}"
