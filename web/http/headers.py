"""Headers of every answer: what a browser may load and show, and what it may keep."""

from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
SNAPSHOT_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
EMBEDDED = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors *",
    "cross-origin-resource-policy": "cross-origin",
}
"""Of what other sites show in a frame: it runs no script and sends nothing."""
PICTURE_POLICY = "default-src 'none'; img-src data:; frame-ancestors 'none'"

SAFE = {
    "content-security-policy": POLICY,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

PRIVATE = {"cache-control": "private, no-cache", "x-robots-tag": "noindex, nofollow"}
"""Of a page that only who has its address may read: who reads along, or a search engine, must not keep it."""


class SafeHeaders:
    """Adds a strict content security policy and an ETag; answers "not modified" where that holds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the answer with its headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        await self._app(scope, receive, answer.pass_on)


class _Answer:
    """Holds the head of an answer back until its only body is known."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._asked = Headers(scope=scope).get("if-none-match")
        self._is_read = scope["method"] in ("GET", "HEAD")
        self._send = send
        self._start: Message | None = None

    async def pass_on(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SAFE.items():
                headers.setdefault(name, value)
            self._start = message
            return
        if self._start is None:
            await self._send(message)
            return
        start, self._start = self._start, None
        if self._is_read and start["status"] == 200 and not message.get("more_body", False):
            headers = MutableHeaders(scope=start)
            headers.setdefault("etag", f'"{sha256(message.get("body", b"")).hexdigest()[:24]}"')
            asked = {tag.strip().removeprefix("W/") for tag in (self._asked or "").split(",")}
            if headers["etag"] in asked or "*" in asked:
                start["status"] = 304
                del headers["content-length"]
                message = {**message, "body": b""}
        await self._send(start)
        await self._send(message)
