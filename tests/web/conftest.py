"""The app over reports made by hand, and over the bundled press office."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from tests.support.offices import bundled_sources
from web.app import create_app


@pytest.fixture
def database() -> str:
    """Pages show the same over both; `tests/whole` asks PostgreSQL for some."""
    return "sqlite"


@pytest.fixture
def client(reports: Engine) -> TestClient:
    return TestClient(create_app(reports, sources=bundled_sources()), follow_redirects=False)


@pytest.fixture(scope="session")
def office_client(office_engine: Engine) -> TestClient:
    return TestClient(create_app(office_engine, sources=bundled_sources()), follow_redirects=False)
