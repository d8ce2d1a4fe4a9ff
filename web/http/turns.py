"""Who may be answered at the same time: few, since more at once are slower than one after the other.

Answering is work for the processor and the database. With twenty readers at once each waited for all others, and
twenty connections to SQLite kept twenty caches. So some are answered, some wait their turn, and whoever would wait
too long is told to come again. What lays thousands of claims side by side may take many seconds; such requests get some
of the turns only, so that all others are answered beside them.
"""

import asyncio
import json
from contextlib import AsyncExitStack
from http import HTTPStatus

from starlette.types import ASGIApp, Receive, Scope, Send

AT_ONCE = 4
COSTLY_AT_ONCE = 2
PATIENCE = 2.0
"""Seconds that a reader waits for the turn."""
COME_AGAIN = 3
"""Seconds after which whoever was sent away may ask again."""
_COSTLY = frozenset({"comparison", "comparisons", "check", "reports", "mcp"})
"""Parts of the paths behind which claims are compared."""
_BUSY = "Too many readers at this moment; try again in some seconds."


class Turns:
    """Answers some requests at a time, in the order in which they came; files of the pages need no turn."""

    def __init__(
        self, app: ASGIApp, at_once: int = AT_ONCE, costly_at_once: int = COSTLY_AT_ONCE, patience: float = PATIENCE
    ) -> None:
        self._app = app
        self._free = asyncio.Semaphore(at_once)
        self._free_for_costly = asyncio.Semaphore(costly_at_once)
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on when it is its turn."""
        if scope["type"] != "http" or not _needs_turn(scope):
            await self._app(scope, receive, send)
            return
        async with AsyncExitStack() as turns:
            try:
                async with asyncio.timeout(self._patience):
                    if _is_costly(scope):
                        await turns.enter_async_context(self._free_for_costly)
                    await turns.enter_async_context(self._free)
            except TimeoutError:
                await _send_away(scope, send)
                return
            await self._app(scope, receive, send)


def _is_costly(scope: Scope) -> bool:
    return not _COSTLY.isdisjoint(scope["path"].split("/"))


def _needs_turn(scope: Scope) -> bool:
    """Whether answering is work: files are not, nor are streams on which an assistant only listens, for hours maybe."""
    listens = scope["path"].startswith("/mcp") and scope["method"] != "POST"
    return not (listens or scope["path"].startswith("/static/"))


async def _send_away(scope: Scope, send: Send) -> None:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    if scope["path"].startswith("/api/"):
        problem = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": _BUSY}
        kind, body = b"application/problem+json", json.dumps(problem).encode()
    else:
        kind, body = b"text/plain; charset=utf-8", _BUSY.encode()
    headers = [(b"content-type", kind), (b"retry-after", str(COME_AGAIN).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status.value, "headers": headers})
    await send({"type": "http.response.body", "body": body})
