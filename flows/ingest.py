"""The flow `ingest`: press offices, what is new and what may have been corrected."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State

from db.operation.runs import due_sources, paused_sources
from flows.office.feeds import source_of_feed
from flows.office.steps import LOOKBACK, Extent
from flows.runs.engines import engine_of
from flows.runs.outcome import SourceReport
from flows.runs.schedule import EARLY
from flows.runs.tasks import read_offices
from models.errors import InputError
from models.settings import Settings, settings_with
from models.source import Source
from scrapers.registry import registered, source


@flow(name="ingest")
def ingest(  # noqa: PLR0913 - what an operator may say of a run
    database_url: str | None = None,
    *,
    sources: list[str] | None = None,
    feed: str | None = None,
    since: date | None = None,
    lookback: int = LOOKBACK,
    due: bool = False,
    runner: str | None = None,
    own_sources: Path | None = None,
) -> State[list[SourceReport]]:
    """Reads press offices: what is new, and what may have been corrected.

    Args:
        database_url: SQLAlchemy URL; None takes that of the settings.
        sources: ids; None for all real offices but those that are paused.
        feed: a feed that no source file describes, instead of sources.
        since: earliest day of publication; None for what is new.
        lookback: known releases of each office to be checked for corrections.
        due: only those whose time has come, see `flows.runs.schedule`; none at all is fine.
        runner: where tasks run, see `flows.server.runners.task_runner`; None takes that of the settings.
        own_sources: folder with source files of one's own; None takes that of the settings.

    Returns:
        Completed, named "Degraded" where something could not be read, or Failed; with the reports.

    Raises:
        InputError: there is no source of that id, none that is to be read, or no such runner, or it could not be
            told who asks; nothing has been fetched.
        SchemaMismatch: the database is not of this version.
    """
    settings = settings_with(database_url=database_url, runner=runner, sources=own_sources)
    offices, faults = ([source_of_feed(feed)], {}) if feed else _offices(sources, settings)
    if due:
        engine, ids = engine_of(settings.database_url), [office.id for office in offices]
        coming = due_sources(engine, ids, now=datetime.now(UTC) + EARLY)
        offices = [office for office in offices if office.id in coming]
    elif not offices and not faults:
        raise InputError(
            "No press office is to be read: all are paused, lie on this machine, or have no source file; "
            "`bilanz sources list` shows them."
        )
    return read_offices("ingest", offices, settings, Extent(since, lookback), due=due, faults=faults)


def _offices(sources: list[str] | None, settings: Settings) -> tuple[list[Source], Mapping[str, InputError]]:
    """The press offices to be read, and what is wrong with the files of others that were to be read, too."""
    if sources is not None:
        return [source(source_id, settings.sources) for source_id in dict.fromkeys(sources)], {}
    paused = paused_sources(engine_of(settings.database_url))
    known = registered(settings.sources, bundled=settings.bundled)
    return [office for office in known.real if office.id not in paused], known.faults
