"""Limits on what one request may cost: time in the database, bytes sent to us, failed guesses."""

import json
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from http import HTTPStatus
from threading import Lock
from typing import Any

from sqlalchemy import Engine, event
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS = 10.0
"""Of one query, beyond which it is broken off."""
MOST_BYTES = 64_000
"""Of a request's body."""
LONGEST_TARGET = 4_000
"""Characters of path and query."""

CACHE_KIB = 8 * 1024
"""Of one connection to SQLite."""
_STEPS = 20_000


def limit_query_time(engine: Engine, seconds: float = SECONDS) -> None:
    """Breaks off queries of this engine that take longer than `seconds`."""
    if engine.dialect.name == "sqlite":

        def start_watch(connection: sqlite3.Connection, *_: Any) -> None:
            deadline = time.monotonic() + seconds
            connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)

        event.listen(engine, "checkout", start_watch)
        return

    def set_timeout(connection: Any, *_: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {int(seconds * 1000)}")
        connection.commit()

    event.listen(engine, "connect", set_timeout)


def limit_memory(engine: Engine) -> None:
    """Lets each connection to SQLite keep little: the file is mapped, and what one thread has read others see there."""
    if engine.dialect.name == "sqlite":

        def keep_little(connection: sqlite3.Connection, *_: Any) -> None:
            connection.execute(f"PRAGMA cache_size = {-CACHE_KIB}")

        event.listen(engine, "checkout", keep_little)


def is_time_out(error: Exception) -> bool:
    """Whether a database error says that a query was broken off."""
    cause = getattr(error, "orig", None)
    return getattr(cause, "sqlstate", None) == "57014" or "interrupted" in str(cause)


_IN_CHANGE = ("no such table", "no such column", "schema has changed", "database is locked", "no column named")
_STATES_IN_CHANGE = frozenset({"42P01", "42703", "0A000", "57P01", "57P02", "57P03", "55P03"})


def is_change_of_schema(error: Exception) -> bool:
    """Whether a database error says that its tables are being changed, or that it is away for a moment."""
    cause = getattr(error, "orig", None)
    if getattr(error, "connection_invalidated", False):
        return True
    return getattr(cause, "sqlstate", None) in _STATES_IN_CHANGE or any(each in str(cause) for each in _IN_CHANGE)


class SizeLimit:
    """Refuses overlong addresses and bodies before anyone reads them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes requests of sound size on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        target = len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"")
        if target > LONGEST_TARGET:
            await _refuse(send, 414, "The address is too long.")
            return
        body = await _whole_body(receive)
        if body is None:
            await _refuse(send, 413, "The request is too large.")
            return
        await self._app(scope, _replay(body, receive), send)


class Attempts:
    """Counts by client what may be tried only so often: guessing comes to an early end, and so does pestering."""

    def __init__(self, most: int, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._now = most, seconds, now
        self._times: dict[str, deque[float]] = {}
        self._lock = Lock()

    def exhausted(self, client: str) -> bool:
        """Whether a client has tried too often within the time."""
        with self._lock:
            return len(self._recent(client)) >= self._most

    def note(self, client: str) -> None:
        """Notes an attempt."""
        with self._lock:
            self._recent(client).append(self._now())

    def _recent(self, client: str) -> deque[float]:
        horizon = self._now() - self._seconds
        for known in [name for name, times in self._times.items() if not times or times[-1] < horizon]:
            del self._times[known]
        times = self._times.setdefault(client, deque(maxlen=self._most))
        while times and times[0] < horizon:
            times.popleft()
        return times


async def _whole_body(receive: Receive) -> bytes | None:
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return body
        part: bytes = message.get("body", b"")
        body += part
        if len(body) > MOST_BYTES:
            return None
        if not message.get("more_body", False):
            return body


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


async def _refuse(send: Send, status: int, sentence: str) -> None:
    problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": sentence}
    headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem).encode()})
