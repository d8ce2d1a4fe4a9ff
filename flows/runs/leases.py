"""Who works on what, in all processes that share a database: one run an office at a time, and runs that live."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from threading import Event, Thread
from uuid import uuid4

import psutil
from sqlalchemy import Engine

from db.operation.leases import drop_lease, is_dead, lease_holder, lease_of_run, take_lease
from db.operation.runs import RunKind, interrupt_run, running_runs, start_run
from models.errors import BilanzError

log = logging.getLogger(__name__)

SECONDS = 900
"""After this time another machine may take over from one that died; whoever lives renews long before."""


@contextmanager
def office_lease(engine: Engine, source_id: str) -> Iterator[bool]:
    """Holds an office for the length of a block; gives False where another run holds it."""
    with _lease(engine, f"source:{source_id}") as held:
        yield held


@contextmanager
def history_lease(engine: Engine, source_id: str) -> Iterator[bool]:
    """Holds an office's past for the length of a block, beside runs that ask the office itself."""
    with _lease(engine, f"history:{source_id}") as held:
        yield held


@contextmanager
def running(engine: Engine, kind: RunKind, *, scheduled: bool = False) -> Iterator[str]:
    """A run for the length of a block, its id.

    Where the block fails the run is marked as interrupted; runs that were killed are marked so before it begins.
    """
    for run_id in running_runs(engine):
        # Whoever can take the lease of a run knows that nobody works on it any more.
        with _lease(engine, lease_of_run(run_id)) as abandoned:
            if abandoned:
                interrupt_run(engine, run_id, now=datetime.now(UTC))
    run_id = uuid4().hex
    with _lease(engine, lease_of_run(run_id)):
        start_run(engine, kind, now=datetime.now(UTC), run_id=run_id, scheduled=scheduled)
        try:
            yield run_id
        except BaseException:
            # What went wrong is to be heard of even where the database is what went wrong.
            with suppress(BilanzError):
                interrupt_run(engine, run_id, now=datetime.now(UTC))
            raise


@contextmanager
def _lease(engine: Engine, name: str) -> Iterator[bool]:
    """Holds a lease and renews it, for the length of a block; gives False where another holds it."""
    this = psutil.Process()
    holder = f"{socket.gethostname()}:{this.pid}:{this.create_time():.0f}:{uuid4().hex}"
    before = lease_holder(engine, name)
    if before is not None and is_dead(before):
        drop_lease(engine, name, before)
    held = take_lease(engine, name, holder, now=datetime.now(UTC), seconds=SECONDS)
    if not held:
        yield False
        return
    over = Event()
    renewing = Thread(target=_renew, args=[engine, name, holder, over], daemon=True)
    renewing.start()
    try:
        yield True
    finally:
        over.set()
        renewing.join()
        drop_lease(engine, name, holder)


def _renew(engine: Engine, name: str, holder: str, over: Event) -> None:
    while not over.wait(SECONDS / 3):
        try:
            if not take_lease(engine, name, holder, now=datetime.now(UTC), seconds=SECONDS):
                # This machine slept too long. What runs on is harmless, since hosts have leases too.
                log.warning("The lease of %s was lost to %s", name, lease_holder(engine, name))
                return
        except BilanzError as error:
            log.warning("The lease of %s could not be renewed yet: %s", name, error)
