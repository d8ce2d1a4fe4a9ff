"""Why a connection failed, in words: what libraries say of it names their classes and repeats itself."""

import socket
import ssl
from collections.abc import Iterator

import requests
from urllib3.exceptions import DecodeError, ProtocolError
from urllib3.exceptions import TimeoutError as PoolTimeout


def reason(error: BaseException) -> str:
    """The cause of a failed exchange, as the end of a sentence."""
    for cause in causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message.rstrip(".")
        if isinstance(cause, socket.gaierror):
            return "no server of that name is known"
        if isinstance(cause, ConnectionRefusedError):
            return "nobody answers there"
        if isinstance(cause, TimeoutError | PoolTimeout):
            return "it took too long"
        if isinstance(cause, ConnectionError | ProtocolError | requests.exceptions.ChunkedEncodingError):
            return "the connection broke off"
        if isinstance(cause, DecodeError):
            return "the bytes do not unpack"
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror.lower()
    return "it does not speak HTTP as it should"


def causes(error: BaseException) -> Iterator[BaseException]:
    """The errors that led to one another, the first one first."""
    chain: list[BaseException] = []
    step: BaseException | None = error
    while step is not None and step not in chain:
        chain.append(step)
        step = step.__cause__ or step.__context__
    yield from reversed(chain)
