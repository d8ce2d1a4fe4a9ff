"""The bundled press office as a web server on loopback."""

import re
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from models.errors import InputError
from scrapers.office import site

PORT = 8913
"""The port that the source file of the office names: a fixed one, since the address is part of a release's identity."""


class Office:
    """A press office that answers on 127.0.0.1 while the context is open.

    Args:
        port: the port to listen on; 0 takes any free one.

    Raises:
        InputError: on entering, where the port is taken.
    """

    def __init__(self, port: int = 0) -> None:
        self._port = port
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        port = self._server.server_address[1] if self._server else self._port
        return f"http://127.0.0.1:{port}"

    def __enter__(self) -> Self:
        try:
            self._server = _Server(("127.0.0.1", self._port), _Handler)
        except OSError as error:
            raise InputError(
                f"The press office cannot listen on port {self._port} ({error.strerror}); stop what uses it."
            ) from error
        # The short poll lets the context close at once instead of after half a second.
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Waiting for the threads would hang on clients that keep their connection open.
    block_on_close = False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Presseportal"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Stay quiet: the client's own log tells what was asked."""

    def _answer(self, *, with_body: bool) -> None:
        page = self._find()
        if page is None:
            missing = site.notice("Seite nicht gefunden", "Unter dieser Adresse gibt es keine Seite.")
            self._send(HTTPStatus.NOT_FOUND, missing, None, with_body=with_body)
            return
        tag = f'"{sha256(page.body).hexdigest()[:32]}"'
        status = HTTPStatus.NOT_MODIFIED if self._is_fresh(page, tag) else HTTPStatus.OK
        self._send(status, page, tag, with_body=with_body and status is HTTPStatus.OK)

    def _find(self) -> site.OfficePage | None:
        address = urlsplit(self.path)
        path = address.path.rstrip("/")
        if path == "/robots.txt":
            return site.robots()
        if path == "/presse/feed.xml":
            return site.feed(f"http://{self.headers.get('Host', '127.0.0.1')}")
        if path in ("", "/presse/pressemitteilungen"):
            page = parse_qs(address.query).get("page", ["0"])[0]
            return site.list_page(int(page)) if re.fullmatch(r"[0-9]{1,4}", page) else None
        folder, _, name = path.rpartition("/")
        if folder == "/presse/downloads":
            return site.download(name)
        return site.release_page(name) if folder == "/presse/pressemitteilung" else None

    def _is_fresh(self, page: site.OfficePage, tag: str) -> bool:
        """Whether the client already has the page; the tag goes before the date (RFC 9110, 13.2.2)."""
        if known := self.headers.get("If-None-Match"):
            return known.strip() == "*" or tag in (item.strip().removeprefix("W/") for item in known.split(","))
        since = self.headers.get("If-Modified-Since")
        if not since:
            return False
        try:
            return page.modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):  # no date, or one without a time zone: as if the header were not there
            return False

    def _send(self, status: HTTPStatus, page: site.OfficePage, tag: str | None, *, with_body: bool) -> None:
        self.send_response(status)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", page.content_type)
            self.send_header("Content-Length", str(len(page.body)))
        if tag:
            self.send_header("ETag", tag)
            self.send_header("Last-Modified", format_datetime(page.modified.astimezone(UTC), usegmt=True))
            self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        if with_body:
            self.wfile.write(page.body)
