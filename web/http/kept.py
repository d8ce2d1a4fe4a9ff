"""Answers that are kept as long as nothing is written: whoever asks the same gets them at once, without a turn.

Many readers ask for the same pages: the newest claims, the list of projects, a claim that was linked to. What they show
follows from the database and the day alone. So the first answer serves all others until something is written, and none
is ever older than what is stored. Whoever asks for what is just being made for another waits for that, without a turn
as well: making it once for each would keep all turns busy, and send away whoever comes next.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db.state import state_of
from web.http.language import without_language

MOST_BYTES = 32_000_000
"""Of all bodies together."""
LARGEST = 400_000
"""Bytes of one of them."""
WAIT = 15.0
"""Seconds that a reader waits for what is being made for another; then it is the reader's own turn."""
_MOMENT = 0.1
"""Seconds after a write from which on the state of the database can be told again."""
_PARTS = frozenset(
    {
        "",
        "claims",
        "facets",
        "projects",
        "series",
        "releases",
        "comparison",
        "comparisons",
        "restatements",
        "reports",
        "embed",
        "new",
        "plans",
    }
)
"""First parts of the paths, behind a language or the API's version, that show what is stored and nothing else."""


class _Asked(NamedTuple):
    path: str
    query: bytes
    host: str | None
    scheme: str
    accept: str | None
    day: date


class KeptAnswers:
    """Answers from what it keeps, where that still holds; else keeps what is answered.

    Args:
        app: answers.
        engine: the database.
        today: the day, which some pages show.
        most: bytes of all that is kept.
    """

    def __init__(self, app: ASGIApp, engine: Engine, today: Callable[[], date], most: int = MOST_BYTES) -> None:
        self._app, self._engine, self._today, self._most = app, engine, today, most
        self._state: str | None = None
        self._kept: OrderedDict[_Asked, tuple[Message, bytes]] = OrderedDict()
        self._bytes = 0
        self._making: dict[_Asked, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        asked = self._asked(scope)
        if asked is None:
            await self._app(scope, receive, send)
            return
        if await self._answered(asked, send):
            return
        made = self._making.get(asked)
        if made is None:
            await self._make(asked, scope, receive, send)
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(WAIT):
                await made.wait()
        # Not all that is made is kept. Only once is waited, or such answers would be made one after the other.
        if not await self._answered(asked, send):
            await self._app(scope, receive, send)

    async def _answered(self, asked: _Asked, send: Send) -> bool:
        """Answers with what is kept, where it still holds."""
        await self._look_at_state()
        kept = self._kept.get(asked)
        if kept is None:
            return False
        self._kept.move_to_end(asked)
        start, body = kept
        await send({**start, "headers": list(start["headers"])})
        await send({"type": "http.response.body", "body": body})
        return True

    async def _look_at_state(self) -> str | None:
        """Forgets what was found in another state of the database than the present one, and tells that."""
        state = await run_in_threadpool(state_of, self._engine)
        if state is None or state != self._state:
            self._kept.clear()
            self._bytes, self._state = 0, state
        return state

    async def _make(self, asked: _Asked, scope: Scope, receive: Receive, send: Send) -> None:
        """Has an answer made, and keeps it; others wait for it until it is known whether that can be done."""
        made = self._making[asked] = asyncio.Event()
        try:
            state = self._state
            if state is None:
                # Right after a write nothing could be kept, and each reader would have it made.
                await asyncio.sleep(_MOMENT)
                state = await self._look_at_state()

            def settle(start: Message | None, body: bytes) -> None:
                # What was written meanwhile may be in it or not: it belongs to the state before, if that still holds.
                if start is not None and state is not None and state == self._state:
                    self._keep(asked, start, body)
                made.set()

            await self._app(scope, receive, _Answer(send, settle).pass_on)
        finally:
            made.set()
            del self._making[asked]

    def _asked(self, scope: Scope) -> _Asked | None:
        """What a reader asks for; None where the answer may be for one alone, or is no matter of what is stored."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        headers = Headers(scope=scope)
        if "cookie" in headers or "authorization" in headers:
            return None
        path: str = scope["path"]
        _, _, rest = without_language(path).removeprefix("/api/v1").partition("/")
        if rest.partition("/")[0] not in _PARTS:
            return None
        query, accept = scope.get("query_string", b""), headers.get("accept")
        return _Asked(path, query, headers.get("host"), scope["scheme"], accept, self._today())

    def _keep(self, asked: _Asked, start: Message, body: bytes) -> None:
        _, before = self._kept.get(asked, (start, b""))
        self._kept[asked] = (start, body)
        self._bytes += len(body) - len(before)
        while self._bytes > self._most:
            _, (_, oldest) = self._kept.popitem(last=False)
            self._bytes -= len(oldest)


class _Answer:
    """Passes an answer on, and collects it where it is sound and small.

    Args:
        send: to the reader.
        settle: is told the beginning and the body as soon as it is whole, or None where it cannot be kept. That is
            before the last of it is passed on, since a reader may be slow.
    """

    def __init__(self, send: Send, settle: Callable[[Message | None, bytes], None]) -> None:
        self._send, self._settle = send, settle
        self._start: Message | None = None
        self._body = bytearray()

    async def pass_on(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            sound = message["status"] == 200 and "set-cookie" not in Headers(raw=message["headers"])
            self._start = {**message, "headers": list(message["headers"])} if sound else None
            if not sound:
                self._settle(None, b"")
        elif self._start is not None:
            self._body += message.get("body", b"")
            if len(self._body) > LARGEST:
                self._start, self._body = None, bytearray()
                self._settle(None, b"")
            elif not message.get("more_body", False):
                self._settle(self._start, bytes(self._body))
        await self._send(message)
