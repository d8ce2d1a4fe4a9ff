"""Fixtures for all tests; standing here, it also makes the package `simulator` importable."""

import ssl
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import trustme
from simulator import PressOffice
from simulator.server import Site


class Offices:
    """Opens simulated press offices that close with the test."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def open(self, site: Site | None = None) -> PressOffice:
        return self._stack.enter_context(PressOffice(site))

    def open_tls(self) -> PressOffice:
        """An office whose certificate no one we trust has signed."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
        return self._stack.enter_context(PressOffice(tls=context))


@pytest.fixture
def offices() -> Iterator[Offices]:
    with ExitStack() as stack:
        yield Offices(stack)
