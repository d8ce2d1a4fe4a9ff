"""Slow queries: counted for the operator's eyes, and written to the log with their words but not their values."""

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext

log = logging.getLogger(__name__)

SLOW = 1.0
"""Seconds."""
HOUR = 3600.0
_SHOWN = 300
_MOST = 1000


@dataclass(frozen=True, slots=True)
class LatelySlow:
    """Queries of the last hour that took longer than a second, and the slowest of them in seconds; 0 where none did."""

    queries: int
    slowest_seconds: float


class SlowQueries:
    """Watches what an engine executes.

    Args:
        engine: of the pages.
        seconds: from which a query counts as slow.
        now: seconds of a clock that never goes back.
    """

    def __init__(self, engine: Engine, seconds: float = SLOW, now: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._now = seconds, now
        self._seen: deque[tuple[float, float]] = deque(maxlen=_MOST)
        self._lock = Lock()
        event.listen(engine, "before_cursor_execute", self._begin)
        event.listen(engine, "after_cursor_execute", self._end)
        event.listen(engine, "handle_error", self._fail)

    def lately(self) -> LatelySlow:
        """What was slow within the last hour."""
        horizon = self._now() - HOUR
        with self._lock:
            lately = [seconds for at, seconds in self._seen if at >= horizon]
        return LatelySlow(len(lately), round(max(lately, default=0.0), 1))

    def _begin(self, connection: Connection, *_: Any) -> None:
        connection.info["begun"] = self._now()

    def _end(self, connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        self._note(connection, statement)

    def _fail(self, context: ExceptionContext) -> None:
        if context.connection is not None and context.statement is not None:
            self._note(context.connection, context.statement)

    def _note(self, connection: Connection, statement: str) -> None:
        now = self._now()
        seconds = now - connection.info.pop("begun", now)
        if seconds < self._seconds:
            return
        log.warning("slow query (%.1f s): %s", seconds, " ".join(statement.split())[:_SHOWN])
        with self._lock:
            self._seen.append((now, seconds))
