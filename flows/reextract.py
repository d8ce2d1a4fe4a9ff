"""The flow `reextract`: stored releases under new rules, in batches."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.states import Completed, Failed
from sqlalchemy import Engine

from flows.ingest import engine_of
from flows.office import archive as reextraction
from flows.office.archive import Reread
from flows.runs.rereads import collected, recorded, state_of
from flows.server.runners import result_of, task_runner
from models.settings import settings

_WAITING = 100
"""Batches that are handed out at a time: enough for a cluster, few enough for the memory."""


def read_batch(database_url: str, releases: list[str], dry_run: bool, everything: bool) -> list[Reread]:
    """Some releases; see `flows.office.archive.reextract_batch`."""
    return reextraction.reextract_batch(engine_of(database_url), releases, dry_run=dry_run, everything=everything)


# Made of a function of its own, so that other processes find it by its name.
reextract_batch = task(name="reextract-batch", cache_policy=NO_CACHE)(read_batch)


# Reading is work for the processor, so that threads of one process gain nothing.
@flow(name="reextract", task_runner=task_runner(settings().runner, at_once=1))
def reextract(
    database_url: str | None = None, source: str | None = None, dry_run: bool = False, everything: bool = False
) -> State[list[Reread]]:
    """Reads again what the present extractors have not read yet, and stores what they see.

    A run that was killed or cancelled is simply run again: it goes on where the other stopped.

    Args:
        database_url: SQLAlchemy URL; None takes that of the settings.
        source: id of the press office; None reads all.
        dry_run: only tell what would change.
        everything: also what the present extractors have read; where that run is killed, the next one
            goes on without this.

    Returns:
        Completed, named "Degraded" where something could not be read, or Failed; with what each page came to.

    Raises:
        SchemaMismatch: the database is not of this version.
    """
    database = database_url or settings().database_url
    engine = engine_of(database)
    if everything and not dry_run:
        reextraction.forget(engine, source=source)
    results = _results(engine, database, source, dry_run, everything and dry_run)
    found, reports, failures = collected(results) if dry_run else recorded(engine, results)
    create_table_artifact([report.row() for report in reports], key="reextract", description="Sources of this run")
    state = state_of(reports, failures)
    message = "; ".join([state, *dict.fromkeys(failures)])
    if state == "failed":
        return Failed(message=message, data=found)
    return Completed(name="Degraded" if state == "degraded" else None, message=message, data=found)


def _results(
    engine: Engine, database_url: str, source: str | None, dry_run: bool, everything: bool
) -> Iterator[list[Reread] | BaseException]:
    handed_out: deque[PrefectFuture[Any]] = deque()
    for batch in reextraction.batches(engine, source=source, everything=everything):
        handed_out.append(reextract_batch.submit(database_url, batch, dry_run, everything))
        if len(handed_out) == _WAITING:
            yield result_of(handed_out.popleft())
    while handed_out:
        yield result_of(handed_out.popleft())
