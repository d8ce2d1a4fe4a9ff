"""`bilanz serve`: the nights of one machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from cli.language import _
from cli.printing import console
from cli.run_flow import end_on_sigterm
from cli.settings import settings
from models.calendar import BERLIN

if TYPE_CHECKING:
    from sqlalchemy import Engine

_COMMAND = [sys.executable, "-m", "cli.main"]
_AFTER_OTHERS = ["nice", "-n", "10"]
"""Before a command that leaves the processor to whoever asks for pages."""


def serve(
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Only this press office; may be repeated.")
    ] = None,
) -> None:
    """Read all press offices every night at 2:30 (Berlin; BILANZ_NIGHT names another time), until Ctrl-C.

    Offices that were never read, or whose night was missed, are read at once, and once only; those on
    this machine (`local: true`) only if --source names them. Each night runs as `bilanz ingest --due`
    in a process of its own. What older rules have read is read again beside that, as by `bilanz reextract`.

    Example: `bilanz serve`
    """
    from db.engine import connect
    from db.upkeep.schema import check_schema
    from flows.runs.nightly import due_offices, keep_to_night
    from flows.runs.schedule import next_night
    from scrapers.http.clock import SystemClock
    from scrapers.http.fetch import check_contact
    from scrapers.registry import registered
    from scrapers.registry import source as source_by_id

    own, bundled = settings().sources, settings().bundled
    named = [source_by_id(source_id, own) for source_id in source or []]
    check_contact(named or registered(own, bundled=bundled).real, settings().contact)
    engine = connect(settings().database_url)
    check_schema(engine)
    clock, out = SystemClock(), console()

    def to_read() -> list[str]:
        return source or [office.id for office in registered(own, bundled=bundled).real]

    end_on_sigterm()
    keep_to_night(engine, to_read(), settings().night, now=clock.now())
    night = next_night(clock.now(), settings().night).astimezone(BERLIN)
    out.print(
        _("Press offices are read every night, next on {night:%Y-%m-%d at %H:%M} (Ctrl-C ends).", night=night),
        soft_wrap=True,
    )
    mine = registered(own, bundled=False).sources if own else ()
    here = [office.id for office in mine if office.local and not source]
    if here:
        told = _(
            "Not among them, since they lie on this machine: {offices}; --source ID reads one.", offices=", ".join(here)
        )
        out.print(told, soft_wrap=True)
    with suppress(KeyboardInterrupt), _reading_again(engine):
        for due in due_offices(engine, to_read, clock):
            now, count = clock.now().astimezone(BERLIN), len(due)
            one = _("{now:%Y-%m-%d %H:%M} 1 press office is due.", now=now)
            many = _("{now:%Y-%m-%d %H:%M} {count} press offices are due.", now=now, count=count)
            out.print(one if count == 1 else many)
            # Python keeps what it prints to a journal; the next to print is the other process.
            sys.stdout.flush()
            _read(due)


def _read(offices: Sequence[str]) -> None:
    chosen = [part for office in offices for part in ("--source", office)]
    with _running([*_COMMAND, "ingest", "--due", *chosen]) as night:
        night.wait()


@contextmanager
def _reading_again(engine: Engine) -> Iterator[None]:
    """Has what older rules have read read again meanwhile, in a process of its own; ends it if it is not done."""
    from flows.office.archive import batches

    if next(batches(engine), None) is None:
        yield
        return
    told = _("What older rules have read is read again meanwhile; `bilanz runs` tells what came of it.")
    console().print(told, soft_wrap=True)
    sys.stdout.flush()
    # What it found otherwise is for `bilanz reextract`; its messages of what went wrong are for the journal.
    with _running([*_AFTER_OTHERS, *_COMMAND, "reextract"], stdout=subprocess.DEVNULL):
        yield


@contextmanager
def _running(command: list[str], stdout: int | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is asked to end, and awaited, where this one ends first."""
    with subprocess.Popen(command, stdout=stdout) as process:
        try:
            yield process
        except BaseException:
            process.terminate()
            raise
