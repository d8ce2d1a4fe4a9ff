"""A database, a simulated office with its source, and one real Prefect server for the session."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flows_support import write_source
from simulator import CMS, PressOffice
from sqlalchemy import Engine

from db.engine import connect
from db.upkeep.schema import check_schema
from flows.server.temporary import TemporaryServer
from models.settings import settings
from models.source import Source
from scrapers.registry import load_source


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bilanz.db'}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    check_schema(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def cms() -> CMS:
    """Twelve releases; the feed announces ten of them, the sitemap all."""
    site = CMS("wordpress")
    del site.releases[12:]
    return site


@pytest.fixture
def office(offices, cms: CMS) -> PressOffice:
    return offices.open(cms)


@pytest.fixture
def source(office: PressOffice, cms: CMS, tmp_path: Path) -> Source:
    return load_source(write_source(office, cms, tmp_path))


@pytest.fixture
def own_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that the registry reads source files from."""
    folder = tmp_path / "sources"
    folder.mkdir()
    monkeypatch.setenv("BILANZ_SOURCES", str(folder))
    settings.cache_clear()
    yield folder
    settings.cache_clear()


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> None:
    """To be asked for by whoever imports Prefect, which reads its settings when it is imported."""
    server = TemporaryServer(tmp_path_factory.mktemp("prefect"))
    server.wait()
