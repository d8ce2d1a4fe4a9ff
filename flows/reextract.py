"""The flow `reextract`: stored releases under new rules, in batches."""

from collections import deque
from collections.abc import Iterator

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.states import Completed, Failed

from flows.office.archive import Offices, Reread, RereadMode, batches, begin, offices_of, reextract_batch
from flows.runs.engines import engine_of
from flows.runs.outcome import RunFailed
from flows.runs.rereads import collected, final_state, recorded
from flows.server.environment import let_be_heard
from flows.server.runners import result_of, task_runner
from models.settings import settings_with

_WAITING = 100
"""Batches that are handed out at a time: enough for a cluster, few enough for the memory."""


def read_batch(database_url: str, offices: Offices, releases: list[str], mode: RereadMode) -> list[Reread]:
    """Some releases; see `flows.office.archive.reextract_batch`."""
    return reextract_batch(engine_of(database_url), offices, releases, mode)


# Made of a function of its own, so that other processes find it by its name.
_batch_task = task(name="reextract-batch", cache_policy=NO_CACHE)(read_batch)


@flow(name="reextract")
def reextract(
    database_url: str | None = None,
    source: str | None = None,
    mode: RereadMode = RereadMode.OUTDATED,
    runner: str | None = None,
) -> State[list[Reread]]:
    """Reads again what the present extractors have not read yet, and stores what they see.

    A run that was killed or cancelled is simply run again: it goes on where the other stopped.

    Args:
        database_url: SQLAlchemy URL; None takes that of the settings.
        source: id of the press office; None reads all.
        mode: which pages, and whether what is seen is stored; where a run over all is killed, the next one
            over the outdated ones goes on.
        runner: where tasks run, see `flows.server.runners.task_runner`; None takes that of the settings.

    Returns:
        Completed, named "Degraded" where something could not be read, or Failed; with what each page came to.

    Raises:
        InputError: a source file is faulty, or there is no such runner; nothing has been read.
        SchemaMismatch: the database is not of this version.
    """
    let_be_heard()
    settings = settings_with(database_url=database_url, runner=runner)
    engine = engine_of(settings.database_url)
    offices = offices_of(source, settings.sources)
    begin(engine, source, mode)
    # Reading is work for the processor, so that threads of one process gain nothing.
    with task_runner(settings.runner, at_once=1) as tasks:

        def hand_out(batch: list[str]) -> PrefectFuture[list[Reread]]:
            given = {"database_url": settings.database_url, "offices": offices, "releases": batch, "mode": mode}
            submitted: PrefectFuture[list[Reread]] = tasks.submit(_batch_task, given)
            return submitted

        results = _results(map(hand_out, batches(engine, source, mode)))
        found, reports, failures = collected(results) if mode.is_preview else recorded(engine, results)
    create_table_artifact([report.row() for report in reports], key="reextract", description="Sources of this run")
    state = final_state(reports, failures)
    message = "; ".join([state, *dict.fromkeys(failures)])
    if state == "failed":
        return Failed(message=message, data=RunFailed(message, found))
    return Completed(name="Degraded" if state == "degraded" else None, message=message, data=found)


def _results(handing_out: Iterator[PrefectFuture[list[Reread]]]) -> Iterator[list[Reread] | BaseException]:
    waiting: deque[PrefectFuture[list[Reread]]] = deque()
    for batch in handing_out:
        waiting.append(batch)
        if len(waiting) == _WAITING:
            yield result_of(waiting.popleft())
    while waiting:
        yield result_of(waiting.popleft())
