"""Answers of servers that are overloaded, broken or hostile."""

import gzip
import socket
import time
import zlib

from tests.support.simulator.server import Answer

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def busy(retry_after: str | None = None, status: int = 429) -> Answer:
    return Answer(b"", status, {"Retry-After": retry_after} if retry_after else {})


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(b"", status, {"Location": to})


def slow_body(pause: float = 0.05, count: int = 200) -> Answer:
    def send(connection: socket.socket) -> None:
        connection.sendall(HEAD + b"\r\n")
        for _ in range(count):
            connection.sendall(b"a")
            time.sleep(pause)

    return Answer(send=send)


def slow_headers(pause: float = 0.05, count: int = 200) -> Answer:
    def send(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
        for _ in range(count):
            connection.sendall(b"a")
            time.sleep(pause)

    return Answer(send=send)


def cut_off() -> Answer:
    """A connection that ends before the promised length."""

    def send(connection: socket.socket) -> None:
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n<html>")
        connection.shutdown(socket.SHUT_RDWR)

    return Answer(send=send)


def cut_off_without_length(body: bytes) -> Answer:
    """A connection that ends early where no length was promised."""

    def send(connection: socket.socket) -> None:
        connection.sendall(HEAD + b"Connection: close\r\n\r\n" + body)
        connection.shutdown(socket.SHUT_RDWR)

    return Answer(send=send)


def cut_off_zipped(body: bytes, kept: int) -> Answer:
    """The first bytes of compressed data, without a length."""

    def send(connection: socket.socket) -> None:
        head = HEAD + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n"
        connection.sendall(head + gzip.compress(body)[:kept])
        connection.shutdown(socket.SHUT_RDWR)

    return Answer(send=send)


def cut_off_chunks(body: bytes) -> Answer:
    """Chunks of which the last is missing."""

    def send(connection: socket.socket) -> None:
        head = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head + b"%x\r\n%b\r\n" % (len(body), body))
        connection.shutdown(socket.SHUT_RDWR)

    return Answer(send=send)


def hang_up() -> Answer:
    """A connection that ends without a word."""
    return Answer(send=lambda connection: connection.shutdown(socket.SHUT_RDWR))


def gzip_bomb(megabytes: int) -> Answer:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()
    return Answer(body, headers={"Content-Encoding": "gzip"})


def zipped(body: bytes) -> Answer:
    return Answer(gzip.compress(body), headers={"Content-Encoding": "gzip"})


def huge(megabytes: int, *, announced: bool, head: bytes = HEAD) -> Answer:
    def send(connection: socket.socket) -> None:
        length = b"Content-Length: %d\r\n" % (megabytes * 1_000_000) if announced else b""
        connection.sendall(head + length + b"\r\n")
        for _ in range(megabytes):
            connection.sendall(b"x" * 1_000_000)

    return Answer(send=send)


def challenge() -> Answer:
    page = (
        "<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>"
    )
    return Answer((page + " " * 2000).encode())
