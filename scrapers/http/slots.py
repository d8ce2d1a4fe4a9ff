"""Who may speak to a host, and when: one request at a time, and a pause after it."""

from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol


class HostSlots(Protocol):
    """A book of hosts; an implementation that several processes share keeps it in a database."""

    def reserve(self, host: str, *, now: datetime, lease: float) -> float:
        """Takes the host for one request.

        The host stays taken until `release`, or for `lease` seconds if the holder dies before. Taking and
        looking must be one atomic step.

        Returns:
            0 where the host is now taken by the caller, else the seconds until it may be free.
        """

    def release(self, host: str, *, now: datetime, pause: float) -> None:
        """Ends the request; nobody is given the host for another `pause` seconds."""


class LocalSlots:
    """The book for one process and its threads."""

    def __init__(self) -> None:
        self._free_at: dict[str, datetime] = {}
        self._lock = Lock()

    def reserve(self, host: str, *, now: datetime, lease: float) -> float:
        """See HostSlots."""
        with self._lock:
            free_at = self._free_at.get(host, now)
            if free_at > now:
                return (free_at - now).total_seconds()
            self._free_at[host] = now + timedelta(seconds=lease)
            return 0.0

    def release(self, host: str, *, now: datetime, pause: float) -> None:
        """See HostSlots."""
        with self._lock:
            self._free_at[host] = now + timedelta(seconds=pause)
