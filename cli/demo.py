"""`bilanz demo`: the whole way once, with the press office that comes with the program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cli.output import console
from cli.wording import quantity, state

if TYPE_CHECKING:
    from rich.console import Console

    from db.queries import StoredClaim
    from scrapers.office import Office

SOURCE = "uebungsportal"
PROGRAMME = "Ruhr-Konferenz"


def demo() -> None:
    """Walk the whole way: read the bundled press office, list its claims, compare four years of a programme.

    Example: `bilanz demo`
    """
    from cli.compare import show as show_comparison
    from cli.database import open_database
    from cli.running import run_ingest, show_reports
    from db.comparison import compare
    from db.releases import whats_new
    from models.errors import BilanzError

    out = console()
    started = datetime.now(UTC)
    with _press_office() as office:
        out.print(f"The bundled press office answers at {office.url}.\n", soft_wrap=True)
        reports = run_ingest([SOURCE])
    show_reports(reports, out)
    for report in reports:
        if report.state == "failed":
            raise BilanzError(f"The press office could not be read: {report.reason}")
    engine = open_database()
    new = whats_new(engine, since=started, until=datetime.now(UTC), source=SOURCE)
    revisions = sum(report.outcome.new + report.outcome.corrected for report in reports)
    out.print(f"\n{revisions} new revisions, {len(new.claims)} new claims", style="bold")
    _show_claims(new.claims, out)
    out.print()
    show_comparison(compare(engine, PROGRAMME), out)
    out.print(
        f'\nNext: bilanz compare "{PROGRAMME}" --evidence, bilanz claims --status completed, bilanz --help',
        soft_wrap=True,
    )


@contextmanager
def _press_office() -> Iterator[Office]:
    """The bundled office on the port of its source file; if that is taken, on a free one that a copy of the file names.

    Releases are known by their text too, so that the other address makes none of them new.
    """
    from models.errors import InputError
    from models.settings import settings
    from scrapers.office import PORT, Office
    from scrapers.registry import SOURCES

    with ExitStack() as stack:
        try:
            office = stack.enter_context(Office(PORT))
        except InputError:
            office = stack.enter_context(Office())
            folder = Path(stack.enter_context(TemporaryDirectory()))
            description = (SOURCES / f"{SOURCE}.yaml").read_text("utf-8")
            moved = description.replace(f"http://127.0.0.1:{PORT}", office.url)
            (folder / f"{SOURCE}.yaml").write_text(moved, "utf-8")
            os.environ["BILANZ_SOURCES"] = str(folder)
            settings.cache_clear()
        yield office


def _show_claims(claims: tuple[StoredClaim, ...], out: Console) -> None:
    for _, group in groupby(claims, key=lambda stored: stored.release_id):
        of_release = list(group)
        first = of_release[0]
        out.print(f"\n{first.release_title}", style="bold", soft_wrap=True)
        out.print(first.url, style="dim", soft_wrap=True)
        for stored in of_release:
            claim = stored.claim
            parts = [quantity(claim), state(claim), claim.subject, f"as of {claim.reporting_date}"]
            out.print(f"  {' · '.join(filter(None, parts))}  „{claim.quote}“", soft_wrap=True)
