"""The server: answers by script, else by its CMS, and remembers every request."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Protocol
from urllib.parse import urlsplit

Send = Callable[[socket.socket], None]


@dataclass(frozen=True)
class Answer:
    """An answer; `send` writes to the socket itself, for servers that misbehave."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    send: Send | None = None


@dataclass(frozen=True)
class Request:
    """A request as it came in; `url` is path and query."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


class Site(Protocol):
    """What stands on the server."""

    def answer(self, request: Request, base: str) -> Answer | None:
        """The answer to a request, or None where there is no such page."""


class PressOffice:
    """A server on a free port of 127.0.0.1; a context manager.

    Args:
        site: pages that are made anew for each request.
        tls: makes it an https server.
    """

    def __init__(self, site: Site | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.site = site
        self.requests: list[Request] = []
        self.most_at_once = 0
        self._at_once = 0
        self._scripts: dict[str, list[Answer]] = {}
        self._lock = Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "PressOffice":
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def serve(self, url: str, *answers: Answer) -> str:
        """Answers a path with these, one after the other; the last one stays. Returns the address."""
        with self._lock:
            self._scripts[url] = list(answers)
        return self.url + url

    def count(self, url: str | None = None) -> int:
        """Requests for a path, robots.txt left out where no path is given."""
        with self._lock:
            if url is None:
                return sum(request.url != "/robots.txt" for request in self.requests)
            return sum(request.url == url for request in self.requests)

    def forget(self) -> None:
        """Begins to count anew."""
        with self._lock:
            self.requests.clear()

    def answer(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            script = self._scripts.get(request.url)
            if script:
                return script.pop(0) if len(script) > 1 else script[0]
        found = self.site.answer(request, self.url) if self.site else None
        if found is not None:
            return found
        if urlsplit(request.url).path == "/robots.txt":
            return Answer(b"User-agent: *\nDisallow:\n", headers={"Content-Type": "text/plain"})
        return Answer(b"<h1>404</h1>", status=404)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        office = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                with office._counted():
                    body = self._answer()
                # Outside: a client that has all of an answer may ask again before this thread goes on.
                try:
                    self.wfile.write(body)
                except OSError:  # the client hangs up on what is too large
                    self.close_connection = True

            def _answer(self) -> bytes:
                """Sends an answer but for the body that is left to be written."""
                length = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                answer = office.answer(Request(self.command, self.path, headers, self.rfile.read(length)))
                if answer.send:
                    self.close_connection = True
                    with suppress(OSError):  # the client has had enough, which is what such answers are for
                        answer.send(self.connection)
                    return b""
                return self._reply(answer, headers)

            def do_POST(self) -> None:
                self.do_GET()

            def _reply(self, answer: Answer, headers: dict[str, str]) -> bytes:
                etag = f'"{sha256(answer.body).hexdigest()[:16]}"'
                status, body = answer.status, answer.body
                if status == 200 and headers.get("if-none-match") == etag:
                    status, body = 304, b""
                self.send_response(status)
                defaults = {"Content-Type": "text/html; charset=utf-8", "ETag": etag, "Content-Length": str(len(body))}
                for name, value in {**defaults, **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                return body

            def log_message(self, *_: object) -> None:
                """Keeps the tests' output clean."""

        return Handler
