"""One machine without a scheduler: waits until press offices are due."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import Engine

from db.operation.runs import due_sources, next_due, set_due
from flows.runs.schedule import next_night
from scrapers.http.clock import Clock

LONGEST_SLEEP = 60.0
"""Seconds; a laptop that was closed does not count them, and other processes change due times."""

_AGAIN = 3600.0
"""Seconds until what is still due after a run, because that run was killed or could not begin, is tried again."""


def keep_to_night(engine: Engine, offices: Sequence[str], night: time, *, now: datetime) -> None:
    """Has offices that wait for the time of another night, which was moved since, wait for the next one.

    Args:
        engine: the database.
        offices: ids of those that are to be read.
        night: when they are read, by the clock in Berlin.
        now: the time.
    """
    for office in offices:
        waits_for = next_due(engine, [office])
        if waits_for is not None and next_night(waits_for - timedelta(microseconds=1), night) != waits_for:
            set_due(engine, office, min(waits_for, next_night(now, night)))


def due_offices(engine: Engine, offices: Callable[[], Sequence[str]], clock: Clock) -> Iterator[list[str]]:
    """Gives the ids of due offices whenever there are some, for ever; sleeps until then.

    However many nights were missed, an office is due once. Whoever reads an office says when it is due next.

    Args:
        engine: the database.
        offices: ids of all offices that are to be read.
        clock: the time.
    """
    while True:
        now = clock.now()
        known = offices()
        if due := due_sources(engine, known, now=now):
            yield due
            if due_sources(engine, due, now=now):
                clock.sleep(_AGAIN)
            continue
        at = next_due(engine, known)
        clock.sleep(min((at - now).total_seconds(), LONGEST_SLEEP) if at else LONGEST_SLEEP)
