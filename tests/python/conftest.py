"""What `bilanz demo` stores, for the tests of the Python face."""

from pathlib import Path

import pytest

from db.engine import connect
from db.upkeep.schema import check_schema
from flows.office.steps import ingest_source
from models.source import Source
from scrapers.http.fetch import Fetcher
from scrapers.office import PORT, Office
from scrapers.registry import source


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the releases of the bundled press office."""
    file = tmp_path_factory.mktemp("demo") / "bilanz.db"
    engine = connect(f"sqlite:///{file}")
    check_schema(engine)
    with Office() as office:
        moved = source("uebungsportal").model_dump_json().replace(f"http://127.0.0.1:{PORT}", office.url)
        assert ingest_source(engine, Source.model_validate_json(moved), Fetcher()).state == "completed"
    engine.dispose()
    return file
