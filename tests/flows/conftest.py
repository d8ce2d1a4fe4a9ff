"""A simulated office with its source."""

from pathlib import Path

import pytest

from models.source import Source
from scrapers.registry import load_source
from tests.support.offices import write_source
from tests.support.simulator import CMS, PressOffice


@pytest.fixture
def database() -> str:
    """What an ingestion writes into PostgreSQL is the same; `tests/db` asks both."""
    return "sqlite"


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
