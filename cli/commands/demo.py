"""`bilanz demo`: the whole way once, with the press office that comes with the program."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.web import HOST, PORT, listen, serve
from cli.language import _, language
from cli.printing import console
from output.sentences import as_of, quantity
from output.states import state_said

if TYPE_CHECKING:
    import socket

    from rich.console import Console

    from models.stored import StoredClaim
    from scrapers.office import Office

SOURCE = "uebungsportal"
PROGRAMME = "Ruhr-Konferenz"
_MOST_SHOWN = 15
"""Claims of one release or document."""


def demo(
    pages: Annotated[
        bool | None,
        typer.Option(
            "--serve/--no-serve",
            help="Serve the pages at the end, until Ctrl-C.",
            show_default="where a person watches",
        ),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Serve the pages and show them in a browser.")] = False,
) -> None:
    """Walk the whole way: read the bundled press office, list its claims, compare its years, count rows of reports.

    On a terminal it ends with the pages, served until Ctrl-C; a script gets the command that serves them.

    Example: `bilanz demo --open`
    """
    from cli.commands.compare import show as show_comparison
    from cli.commands.compare import show_checks
    from cli.opening import open_database
    from cli.run_flow import run_ingest, show_reports
    from db.claims.changes import changes
    from inquiries.programme import compare
    from inquiries.reports import reported_projects
    from models.errors import BilanzError
    from models.filters import ClaimFilter

    out = console()
    started = datetime.now(UTC)
    with _press_office() as (office, own_sources):
        out.print(_("The bundled press office answers at {url}.\n", url=office.url), soft_wrap=True)
        reports = run_ingest([SOURCE], own_sources=own_sources)
    show_reports(reports, out)
    for report in reports:
        if report.state == "failed":
            raise BilanzError(f"The press office could not be read: {report.reason}")
    engine = open_database()
    # Not what is new by its day: the bundled office published years ago.
    wanted = ClaimFilter(sources=frozenset({SOURCE}))
    noted = changes(engine, since=started, until=datetime.now(UTC), wanted=wanted, known_before=False)
    new = [each.claim for each in reversed(noted)]
    revisions = sum(report.outcome.new + report.outcome.corrected for report in reports)
    out.print(_("\n{revisions} new revisions, {count} new claims", revisions=revisions, count=len(new)), style="bold")
    _show_claims(new, out)
    out.print()
    show_comparison(compare(engine, PROGRAMME), out)
    out.print()
    show_checks(reported_projects(engine, PROGRAMME), out)
    out.print(
        _(
            '\nNext: bilanz compare "{programme}" --evidence, bilanz claims --status completed, bilanz --help',
            programme=PROGRAMME,
        ),
        soft_wrap=True,
    )
    if open_browser or (_is_watched() if pages is None else pages):
        serve(engine, _any_port(), open_browser=open_browser)
    else:
        out.print(
            _("The pages: bilanz web serves them at http://{host}:{port}/ until Ctrl-C.", host=HOST, port=PORT),
            soft_wrap=True,
        )


def _is_watched() -> bool:
    """Whether a person can read the address and press Ctrl-C; a script must not be made to wait."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _any_port() -> socket.socket:
    """The usual port, or any that is free: the first walk shall not fail because something else runs."""
    from models.errors import InputError

    try:
        return listen(HOST, PORT)
    except InputError:
        return listen(HOST, 0)


@contextmanager
def _press_office() -> Iterator[tuple[Office, Path | None]]:
    """The bundled office on the port of its source file, and the folder that describes it where that port is taken.

    Releases are known by their text too, so that the other address makes none of them new.
    """
    from models.errors import InputError
    from scrapers.office import PORT as OFFICE_PORT
    from scrapers.office import Office
    from scrapers.registry import SOURCES

    with ExitStack() as stack:
        try:
            office, folder = stack.enter_context(Office(OFFICE_PORT)), None
        except InputError:
            office = stack.enter_context(Office())
            folder = Path(stack.enter_context(TemporaryDirectory()))
            description = (SOURCES / f"{SOURCE}.yaml").read_text("utf-8")
            moved = description.replace(f"http://127.0.0.1:{OFFICE_PORT}", office.url)
            (folder / f"{SOURCE}.yaml").write_text(moved, "utf-8")
        yield office, folder


def _show_claims(claims: list[StoredClaim], out: Console) -> None:
    for _release, group in groupby(claims, key=lambda stored: stored.release_id):
        of_release = list(group)
        first = of_release[0]
        out.print(f"\n{first.release_title}", style="bold", soft_wrap=True)
        out.print(first.url, style="dim", soft_wrap=True)
        for stored in of_release[:_MOST_SHOWN]:
            claim = stored.claim
            parts = [
                quantity(claim, language()),
                state_said(claim, language()),
                claim.subject,
                as_of(claim.reporting_date, None, language()),
            ]
            out.print(f"  {' · '.join(filter(None, parts))}  „{claim.quote}“", soft_wrap=True)
        if len(of_release) > _MOST_SHOWN:
            out.print(_("  and {count} more", count=len(of_release) - _MOST_SHOWN), style="dim")
