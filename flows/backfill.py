"""The flow `backfill`: one press office over years."""

from datetime import date, timedelta

from prefect import flow
from prefect.client.schemas.objects import State

from flows.office.steps import Extent
from flows.runs.outcome import SourceReport
from flows.runs.tasks import read_offices
from models.settings import settings_with
from scrapers.registry import source

LISTS_FOR = timedelta(days=1)
"""How long the lists that an interrupted run has read are taken from the archive when it is run again."""


@flow(name="backfill")
def backfill(
    source_id: str, since: date, database_url: str | None = None, *, runner: str | None = None
) -> State[list[SourceReport]]:
    """Reads all releases of an office from a day on that are not stored yet.

    What is stored is passed over and lists read shortly before are not asked for again, so that a
    run that was killed or cancelled is simply run again: it goes on where the other stopped, and at
    most one batch is fetched twice.

    Args:
        source_id: the office.
        since: earliest day of publication.
        database_url: SQLAlchemy URL; None takes that of the settings.
        runner: where tasks run, see `flows.server.runners.task_runner`; None takes that of the settings.

    Returns:
        As `flows.ingest.ingest`.

    Raises:
        InputError: there is no source of that id, or no such runner, or it could not be told who asks; nothing
            has been fetched.
        SchemaMismatch: the database is not of this version.
    """
    settings = settings_with(database_url=database_url, runner=runner)
    office = source(source_id, settings.sources)
    return read_offices("backfill", [office], settings, Extent(since, lookback=0, lists_for=LISTS_FOR))
