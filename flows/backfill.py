"""The flow `backfill`: one press office over years."""

from datetime import date, timedelta

from prefect import flow
from prefect.client.schemas.objects import State

from flows.ingest import Scope, read_offices
from flows.runs.outcome import SourceReport
from flows.server.runners import task_runner
from models.settings import settings
from scrapers.registry import source

LISTS_FOR = timedelta(days=1)
"""How long the lists that an interrupted run has read are taken from the archive when it is run again."""


@flow(name="backfill", task_runner=task_runner(settings().runner))
def backfill(source_id: str, since: date, database_url: str | None = None) -> State[list[SourceReport]]:
    """Reads all releases of an office from a day on that are not stored yet.

    What is stored is passed over and lists read shortly before are not asked for again, so that a
    run that was killed or cancelled is simply run again: it goes on where the other stopped, and at
    most one batch is fetched twice.

    Args:
        source_id: the office.
        since: earliest day of publication.
        database_url: SQLAlchemy URL; None takes that of the settings.

    Returns:
        As `flows.ingest.ingest`.

    Raises:
        InputError: there is no source of that id, or it could not be told who asks; nothing has been fetched.
        SchemaMismatch: the database is not of this version.
    """
    database = database_url or settings().database_url
    return read_offices("backfill", database, [source(source_id)], Scope(since, lookback=0, lists_for=LISTS_FOR))
