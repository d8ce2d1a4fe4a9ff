"""The bundled press office read into a database, the app over it, and a real server for browsers."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from web_samples import SOURCE, three_reports

from db.curation.reviewers import add_token, holder
from db.engine import connect
from db.upkeep.schema import check_schema
from flows.office.steps import ingest_source
from models.source import Source
from scrapers.http.fetch import Fetcher
from scrapers.office import PORT, Office
from scrapers.registry import all_sources, source
from web.app import create_app


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives a real Chromium; skipped where there is none")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def open_database(folder: Path) -> Engine:
    engine = connect(f"sqlite:///{folder / 'bilanz.db'}")
    check_schema(engine)
    return engine


@pytest.fixture(scope="session")
def office_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """All releases of the bundled press office, fetched by HTTP and read by the real extractor."""
    engine = open_database(tmp_path_factory.mktemp("office"))
    port = free_port()
    moved = source(SOURCE).model_dump_json().replace(f":{PORT}", f":{port}")
    with Office(port):
        report = ingest_source(engine, Source.model_validate_json(moved), Fetcher())
    assert report.state == "completed", report.reason
    yield engine
    engine.dispose()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    engine = open_database(tmp_path)
    yield engine
    engine.dispose()


@pytest.fixture
def reports(engine: Engine) -> Engine:
    """Three reports of one programme, made by hand."""
    three_reports(engine)
    return engine


@pytest.fixture
def client(reports: Engine) -> TestClient:
    return TestClient(create_app(reports, sources=all_sources()), follow_redirects=False)


@pytest.fixture(scope="session")
def office_client(office_engine: Engine) -> TestClient:
    return TestClient(create_app(office_engine, sources=all_sources()), follow_redirects=False)


@pytest.fixture
def token(reports: Engine) -> str:
    return add_token(reports, "mira", scopes=["review"], label="test", now=datetime.now(UTC))


@pytest.fixture(scope="session")
def address(office_engine: Engine) -> Iterator[str]:
    """A real server on loopback over the bundled releases."""
    port = free_port()
    app = create_app(office_engine, sources=all_sources())
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def reviewer_id(reports: Engine, token: str) -> int:
    found = holder(reports, token)
    assert found is not None
    return found.user_id
