"""Running a flow from the command line: Prefect's server, progress, and what came of it."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

import typer

from cli.language import _, recognised
from cli.printing import console, for_people, show_table
from cli.settings import settings
from models.errors import BilanzError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

    from flows.office.archive import Reread, RereadMode
    from flows.runs.outcome import SourceReport

INTERRUPTED = 130
"""Exit status where a person or the system ended the command."""

_SQLITE = "sqlite:///"
_IMPATIENT = 1.0
"""Seconds after which a second signal is one that a person sends again."""
_SHOW_CURSOR = b"\x1b[?25h"


def run_ingest(
    sources: list[str] | None = None,
    feed: str | None = None,
    *,
    due: bool = False,
    runner: str | None = None,
    own_sources: Path | None = None,
) -> list[SourceReport]:
    """Runs the flow `ingest` into the database of the settings, with progress on a terminal.

    Args:
        sources: ids; None for all real offices.
        feed: a feed instead of them.
        due: only those whose time has come.
        runner: where tasks run; None takes that of the settings.
        own_sources: folder with source files; None takes that of the settings.

    Raises:
        BilanzError: the run could not begin.
    """

    def flow() -> Any:
        from flows.ingest import ingest

        return ingest

    reports: list[SourceReport] = _run(
        flow, _("Reading press offices ..."), runner, sources=sources, feed=feed, due=due, own_sources=own_sources
    )
    return reports


def run_backfill(source: str, since: date, *, runner: str | None = None) -> list[SourceReport]:
    """Runs the flow `backfill`; as `run_ingest`."""

    def flow() -> Any:
        from flows.backfill import backfill

        return backfill

    reports: list[SourceReport] = _run(flow, _("Reading lists ..."), runner, source_id=source, since=since)
    return reports


def run_reextract(source: str | None, mode: RereadMode, *, runner: str | None = None) -> list[Reread]:
    """Runs the flow `reextract`; as `run_ingest`."""

    def flow() -> Any:
        from flows.reextract import reextract

        return reextract

    found: list[Reread] = _run(flow, _("Reading again ..."), runner, source=source, mode=mode)
    return found


def end_on_sigterm() -> None:
    """Lets SIGTERM, by which systemd and schedulers end a process, end this one as Ctrl-C does.

    Who asks a second time, and did not merely send both signals, has it end at once, as if it were killed.
    """
    asked_at: list[float] = []

    def end(_signal: int, _frame: object) -> None:
        if not asked_at:
            asked_at.append(monotonic())
            listen()  # also in place of Prefect, which hears SIGTERM while a flow runs
            raise KeyboardInterrupt
        if monotonic() - asked_at[0] > _IMPATIENT:
            if sys.stderr.isatty():
                os.write(sys.stderr.fileno(), _SHOW_CURSOR)
            os._exit(INTERRUPTED)

    def listen() -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, end)

    listen()


@contextmanager
def ended_between_steps() -> Iterator[Event]:
    """An event that Ctrl-C and SIGTERM set, for work that looks at it between its steps.

    An exception of a signal that comes between a statement and its rollback would leave the database locked.
    """
    asked = Event()
    before = {each: signal.signal(each, lambda *_signal: asked.set()) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def interrupted() -> typer.Exit:
    """What a command ends with that a person or the system ended, which it says."""
    told = _("Interrupted. What was stored is kept, and the same command goes on from there.")
    console(stderr=True).print(told, soft_wrap=True)
    return typer.Exit(INTERRUPTED)


def _run(flow: Callable[[], Any], doing: str, runner: str | None, **parameters: Any) -> Any:
    """What a flow returns; `flow` imports it, since Prefect reads its settings when it is imported."""
    end_on_sigterm()
    try:
        state = _state(flow, doing, parameters | {"runner": runner or settings().runner})
    except KeyboardInterrupt:
        raise interrupted() from None
    result = state.result(raise_on_failure=False)
    from flows.runs.outcome import RunFailed

    if isinstance(result, RunFailed):
        return result.results
    if isinstance(result, BaseException):
        raise result
    return result


def _state(flow: Callable[[], Any], doing: str, parameters: dict[str, Any]) -> Any:
    from flows.server.temporary import TemporaryServer

    with progress_of_flows(_("Starting Prefect (the first time takes longest) ...")):
        server = TemporaryServer(prefect_home())
        # While the server starts in its own process, this one loads what it needs.
        made = flow()
        if parameters["runner"] is None:
            from extractors.german import load

            load(settings().spacy_model)
        server.wait()
    with progress_of_flows(doing), server.needed():
        return made(**parameters, return_state=True)


def show_run(reports: Sequence[SourceReport], out: Console) -> None:
    """Prints what each source came to.

    Raises:
        BilanzError: sources failed; says why.
    """
    if reports:
        show_reports(reports, out)
    failed = [report for report in reports if report.state == "failed"]
    if failed:
        # Each is recognised by itself; of a sentence that holds several none would be.
        reasons = " ".join(dict.fromkeys(recognised(report.reason or "") for report in failed))
        if len(reports) == 1:
            raise BilanzError(_("The press office could not be read: {reason}", reason=reasons))
        counts = {"failed": len(failed), "reports": len(reports)}
        raise BilanzError(_("{failed} of {reports} sources could not be read: {reasons}", **counts, reasons=reasons))


def show_reports(reports: Sequence[SourceReport], out: Console) -> None:
    """Prints what each source came to."""
    rows = [for_people(report.row()) for report in reports]
    show_table(out, tuple(rows[0]), [["" if each is None else str(each) for each in row.values()] for row in rows])


def prefect_home() -> Path:
    """Beside the data, so that Prefect's database is made once and is not mixed with another's."""
    url = settings().database_url
    folder = Path(url.removeprefix(_SQLITE)).parent if url.startswith(_SQLITE) else Path("data")
    return folder / "prefect"


@contextmanager
def progress_of_flows(beginning: str) -> Iterator[None]:
    """Shows what the flows log on one line, and one for each office that was read; nothing but on a terminal."""
    out = console(stderr=True)
    with out.status(beginning) as status:
        handler = _StatusHandler(status, out)
        logger = logging.getLogger("flows")
        logger.addHandler(handler)
        try:
            yield
        finally:
            logger.removeHandler(handler)


class _StatusHandler(logging.Handler):
    """Of its records some carry more than words, see `flows.runs.tasks`."""

    def __init__(self, status: Status, out: Console) -> None:
        super().__init__(logging.INFO)
        self._status = status
        self._out = out
        self._offices = 0
        self._read = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Shows the message in place of the one before; what an office came to stays."""
        self._offices = getattr(record, "offices", self._offices)
        if getattr(record, "lasting", False):
            self._out.print(recognised(record.getMessage()), soft_wrap=True)
            return
        report: SourceReport | None = getattr(record, "report", None)
        if report is None:
            self._status.update(recognised(record.getMessage()))
            return
        self._read += 1
        if self._out.is_terminal:
            line = f"{self._read}/{self._offices}  {report.source}: {_came_to(report)}"
            self._out.print(line, markup=False, highlight=False, no_wrap=True, overflow="ellipsis")


def _came_to(report: SourceReport) -> str:
    counts = _("{new} new, {corrected} corrected, {gone} gone", **report.outcome.counts)
    told = for_people({"state": report.state, "counts": counts, "reason": report.reason or ""})
    return "; ".join(filter(None, told.values()))
