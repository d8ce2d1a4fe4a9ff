"""One request, one answer: bounded in time and bytes, and never to an address inside the own network.

The peer's address is checked on the open connection, before a byte is sent: a name that is looked up
twice can give a public address first and a private one then.
"""

import socket
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from threading import Timer
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from models.addresses import may_speak_to
from models.errors import FetchError, Forbidden, Unreachable
from models.release import payload_digest
from scrapers.http.faults import reason

_CHUNK = 65_536
_ENCODINGS = "gzip, deflate"


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What a host answered; the body is empty unless the status is 200 or every body was wanted.

    Attributes:
        sent_digest: SHA-1 (base32) of the body as it was sent, packed or not.
        seconds: that the exchange took.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    sent_digest: str
    seconds: float

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent beside an address: a POST where there is JSON. With `every_body` those of errors are read too."""

    headers: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, Any] | None = None
    every_body: bool = False


_PLAIN = Request()


class _Line:
    """The connection of the exchange in progress, to be cut when its time is over."""

    def __init__(self, url: str, *, local: bool) -> None:
        self.url = url
        self.local = local
        self.was_cut = False
        self._socket: socket.socket | None = None

    def opened(self, connection: socket.socket) -> None:
        peer = connection.getpeername()[0]
        if not may_speak_to(peer, local=self.local):
            connection.close()
            raise Forbidden(f"{self.url} leads to {peer}, which is no address of a public server.", self.url)
        # The connection's own socket changes hands (TLS, keep-alive); a duplicate stays ours to shut down.
        self._socket = connection.dup()

    def cut(self) -> None:
        self.was_cut = True
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:  # the other side was faster
                return

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()


_line: ContextVar[_Line] = ContextVar("line")


class _WatchedHTTP(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        _line.get().opened(connection)
        return connection


class _WatchedHTTPS(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        _line.get().opened(connection)
        return connection


class _WatchedHTTPPool(HTTPConnectionPool):
    ConnectionCls = _WatchedHTTP


class _WatchedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedHTTPS


class _WatchedAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _WatchedHTTPPool, "https": _WatchedHTTPSPool}


class Network:
    """Sends requests, each for itself: no cookies, no proxies, no redirects, no connection kept open."""

    def __init__(self, user_agent: str) -> None:
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": _ENCODINGS, "Connection": "close"}

    def exchange(
        self,
        url: str,
        *,
        request: Request = _PLAIN,
        local: bool,
        timeout: float,
        max_bytes: int,
    ) -> HttpAnswer:
        """Sends one request and reads the answer to its end.

        Args:
            url: the address.
            request: what is sent beside it.
            local: loopback is allowed, and nothing else.
            timeout: seconds for the whole exchange.
            max_bytes: limit of the body, both as sent and decompressed.

        Raises:
            Forbidden: the peer's address is not allowed.
            Unreachable: no whole answer came in time.
            FetchError: the answer is too large, or can never be had (certificate, encoding).
        """
        if urlsplit(url).scheme not in {"http", "https"}:
            raise Forbidden(f"{url}: only http and https addresses are fetched.", url)
        began = monotonic()
        # A connection that is used again may be dropped by then, and its peer would go unchecked.
        with _watched(url, timeout, local=local) as line, _session() as session:
            try:
                with session.request(
                    "GET" if request.json is None else "POST",
                    url,
                    headers={**self._headers, **request.headers},
                    json=request.json,
                    stream=True,
                    allow_redirects=False,
                    timeout=timeout,
                ) as response:
                    wanted = request.every_body or response.status_code == 200
                    body, sent_digest = _read(response.raw, url, max_bytes) if wanted else (b"", payload_digest(b""))
            except requests.exceptions.SSLError as error:
                if "CERTIFICATE_VERIFY_FAILED" not in str(error):
                    raise Unreachable(f"{url} broke off the encrypted connection ({reason(error)}).", url) from error
                raise FetchError(f"The certificate of {url} cannot be verified ({reason(error)}).", url) from error
            except (requests.exceptions.RequestException, HTTPError, OSError) as error:
                if line.was_cut:
                    raise _too_slow(url, timeout) from error
                raise Unreachable(f"{url} gave no whole answer ({reason(error)}).", url) from error
            if line.was_cut:
                raise _too_slow(url, timeout)
            took = monotonic() - began
            return HttpAnswer(url, response.status_code, tuple(response.raw.headers.items()), body, sent_digest, took)


class _Session(requests.Session):
    def get_redirect_target(self, _resp: requests.Response) -> str | None:
        """No redirects: even where they are not followed, requests parses the target and reads the whole body."""
        return None


def _session() -> _Session:
    session = _Session()
    # A proxy from the environment would hide the peer whose address is to be checked.
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("http://", "https://"):
        session.mount(scheme, _WatchedAdapter(max_retries=0))
    return session


@contextmanager
def _watched(url: str, timeout: float, *, local: bool) -> Iterator[_Line]:
    # Socket timeouts begin anew with every byte; only a watch from outside bounds the whole.
    line = _Line(url, local=local)
    token = _line.set(line)
    watch = Timer(timeout, line.cut)
    watch.daemon = True
    watch.start()
    try:
        yield line
    finally:
        watch.cancel()
        line.close()
        _line.reset(token)


def _read(raw: BaseHTTPResponse, url: str, max_bytes: int) -> tuple[bytes, str]:
    """The body, unpacked, and the digest of what was sent."""
    encoding = raw.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"", "identity", "x-gzip", *_ENCODINGS.split(", ")} and not _is_charset(encoding):
        raise FetchError(f"{url} is compressed with {encoding}, which was not asked for.", url)
    announced = raw.headers.get("Content-Length", "")
    too_large = FetchError(f"{url} is larger than {max_bytes} bytes (politeness.max_bytes).", url)
    if announced.isdigit() and int(announced) > max_bytes:
        raise too_large
    body = bytearray()
    while chunk := raw.read(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > max_bytes:
            raise too_large
    sent_digest = payload_digest(bytes(body))
    if encoding in {"", "identity"} or _is_charset(encoding) or not body:
        return bytes(body), sent_digest
    unpacked = _unpacked(bytes(body), url, max_bytes)
    if len(unpacked) > max_bytes:
        raise too_large
    return unpacked, sent_digest


def _unpacked(packed: bytes, url: str, most: int) -> bytes:
    """What was compressed (gzip, zlib or bare deflate); of what is larger than `most` bytes, one byte more.

    Raises:
        Unreachable: the compressed data end before their end.
        FetchError: they are not compressed.
    """
    result = b""
    while packed and len(result) <= most:
        machine = zlib.decompressobj(zlib.MAX_WBITS | 32)
        try:
            result += machine.decompress(packed, most + 1 - len(result))
        except zlib.error as error:
            if result:  # what follows the end of the data is nothing of the page
                break
            machine = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                result = machine.decompress(packed, most + 1)
            except zlib.error:
                raise FetchError(f"{url} is not compressed as it says ({error}).", url) from error
        if not machine.eof and len(result) <= most:
            raise Unreachable(f"{url} gave no whole answer (its compressed data break off).", url)
        packed = machine.unused_data
    return result


def _is_charset(name: str) -> bool:
    """Whether an encoding is one of characters, which some servers name where they mean none of the transfer."""
    return name in {"utf-8", "utf8", "iso-8859-1", "windows-1252", "none"}


def _too_slow(url: str, timeout: float) -> Unreachable:
    return Unreachable(f"{url} did not answer within {timeout:g} s.", url)
