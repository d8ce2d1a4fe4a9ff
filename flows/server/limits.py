"""Rate limits per host that an operator sets in Prefect, for all runs that share a server."""

import os
from datetime import datetime

from prefect.concurrency.sync import rate_limit

from flows.server.environment import TEMPORARY
from scrapers.http.slots import HostSlots

_PATIENCE = 30.0
"""Seconds to wait for the limit at a time."""


def limited(slots: HostSlots) -> HostSlots:
    """The book of hosts, beside the limits of the Prefect server where one is shared."""
    return slots if TEMPORARY in os.environ else _LimitedSlots(slots)


class _LimitedSlots:
    """Takes a slot of the global concurrency limit `host:NAME` for each request, where there is such a limit.

    The database spaces requests of all that share it; the limit also holds for those with another database.
    """

    def __init__(self, slots: HostSlots) -> None:
        self._slots = slots

    def reserve(self, host: str, *, now: datetime, lease: float) -> float:
        """See `scrapers.http.slots.HostSlots`."""
        if wait := self._slots.reserve(host, now=now, lease=lease + _PATIENCE):
            return wait
        try:
            rate_limit(f"host:{host}", timeout_seconds=_PATIENCE)
        except TimeoutError:
            # Nobody else of ours may speak to the host either, so that it is given back and asked for anew.
            self._slots.release(host, now=now, pause=0)
            return _PATIENCE
        return 0.0

    def release(self, host: str, *, now: datetime, pause: float) -> None:
        """See `scrapers.http.slots.HostSlots`."""
        self._slots.release(host, now=now, pause=pause)
