"""Who may be answered at the same time: few, since more at once are slower than one after the other.

Answering is work for the processor and the database. With twenty readers at once each waited for all others, and
twenty connections to SQLite kept twenty caches. So some are answered, some wait their turn, and whoever would wait
too long is told to come again.
"""

import asyncio
import json
from http import HTTPStatus

from starlette.types import ASGIApp, Receive, Scope, Send

AT_ONCE = 4
PATIENCE = 2.5
"""Seconds that a reader waits for the turn."""
COME_AGAIN = 3
"""Seconds after which whoever was sent away may ask again."""
_BUSY = "Too many readers at this moment; try again in some seconds."


class Turns:
    """Answers some requests at a time, in the order in which they came; files of the pages need no turn."""

    def __init__(self, app: ASGIApp, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._app = app
        self._free = asyncio.Semaphore(at_once)
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on when it is its turn."""
        if scope["type"] != "http" or not _needs_turn(scope):
            await self._app(scope, receive, send)
            return
        try:
            await asyncio.wait_for(self._free.acquire(), self._patience)
        except TimeoutError:
            await _send_away(scope, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._free.release()


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
