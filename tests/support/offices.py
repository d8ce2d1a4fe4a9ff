"""Simulated press offices that close with the test, and where the registry finds their source files."""

import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
import trustme

from models.settings import settings
from models.source import Source
from scrapers.registry import all_sources
from tests.support.simulator import CMS, PressOffice
from tests.support.simulator.server import Site


@cache
def bundled_sources() -> tuple[Source, ...]:
    """The press offices of the package, whose two hundred files are read once."""
    return all_sources()


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


@pytest.fixture
def own_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that the registry reads source files from."""
    folder = tmp_path / "sources"
    folder.mkdir()
    monkeypatch.setenv("BILANZ_SOURCES", str(folder))
    settings.cache_clear()
    yield folder
    settings.cache_clear()


def write_source(office: PressOffice, cms: CMS, folder: Path, name: str = "uebung") -> Path:
    """The source file of an office that is asked once only, so that no test has to wait for it."""
    path = cms.source_file(office.url, folder, politeness={"spacing": 0, "retries": 0})
    return path.rename(folder / f"{name}.yaml")
