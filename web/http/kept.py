"""Answers that are kept as long as nothing is written: whoever asks the same gets them at once, without a turn.

Many readers ask for the same pages: the newest claims, the list of projects, a claim that was linked to. What they show
follows from the database and the day alone. So the first answer serves all others until something is written, and none
is ever older than what is stored.
"""

from collections import OrderedDict
from collections.abc import Callable
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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        asked = self._asked(scope)
        if asked is None:
            await self._app(scope, receive, send)
            return
        state = await run_in_threadpool(state_of, self._engine)
        if state is None or state != self._state:
            self._kept.clear()
            self._bytes, self._state = 0, state
        kept = self._kept.get(asked)
        if kept is not None:
            self._kept.move_to_end(asked)
            start, body = kept
            await send({**start, "headers": list(start["headers"])})
            await send({"type": "http.response.body", "body": body})
            return
        answer = _Answer(send)
        await self._app(scope, receive, answer.pass_on)
        # What was written meanwhile may be in it or not: it belongs to the state before, if that still holds.
        if state is not None and state == self._state and answer.start is not None and answer.is_whole:
            self._keep(asked, answer.start, bytes(answer.body))

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
    """Passes an answer on, and collects it where it is sound and small."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.start: Message | None = None
        self.body = bytearray()
        self.is_whole = False

    async def pass_on(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            sound = message["status"] == 200 and "set-cookie" not in Headers(raw=message["headers"])
            self.start = {**message, "headers": list(message["headers"])} if sound else None
        elif self.start is not None:
            self.body += message.get("body", b"")
            self.is_whole = not message.get("more_body", False)
            if len(self.body) > LARGEST:
                self.start, self.body = None, bytearray()
        await self._send(message)
