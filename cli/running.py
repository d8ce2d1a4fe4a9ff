"""Running a flow from the command line: Prefect's server, progress, and what came of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.output import console, table
from models.settings import settings

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

    from flows.report import SourceReport

_SQLITE = "sqlite:///"


def run_ingest(sources: list[str] | None = None, feed: str | None = None) -> list[SourceReport]:
    """Runs the flow `ingest` into the database of the settings, with progress on a terminal.

    Raises:
        BilanzError: the run could not begin.
    """
    from flows.prefect_server import TemporaryServer

    with _progress("Starting Prefect (the first time takes longest) ..."):
        server = TemporaryServer(prefect_home())
        # While the server starts in its own process, this one loads what it needs.
        from extractors.german import load
        from flows.ingest import ingest

        load()
        server.wait()
    with _progress("Reading press offices ..."):
        state: Any = ingest(settings().database_url, sources=sources, feed=feed, return_state=True)
    result = state.result(raise_on_failure=False)
    if isinstance(result, BaseException):
        raise result
    reports: list[SourceReport] = result
    return reports


def show_reports(reports: Sequence[SourceReport], out: Console) -> None:
    """Prints what each source came to."""
    rows = [tuple("" if value is None else str(value) for value in report.row().values()) for report in reports]
    out.print(table(tuple(reports[0].row()), rows))


def prefect_home() -> Path:
    """Beside the data, so that Prefect's database is made once and is not mixed with another's."""
    url = settings().database_url
    folder = Path(url.removeprefix(_SQLITE)).parent if url.startswith(_SQLITE) else Path("data")
    return folder / "prefect"


@contextmanager
def _progress(beginning: str) -> Iterator[None]:
    """Shows what the flows log, on one line; nothing where standard error is no terminal."""
    with console(stderr=True).status(beginning) as status:
        handler = _StatusHandler(status)
        logger = logging.getLogger("flows")
        logger.addHandler(handler)
        try:
            yield
        finally:
            logger.removeHandler(handler)


class _StatusHandler(logging.Handler):
    def __init__(self, status: Status) -> None:
        super().__init__(logging.INFO)
        self._status = status

    def emit(self, record: logging.LogRecord) -> None:
        """Shows the message in place of the one before."""
        self._status.update(record.getMessage())
