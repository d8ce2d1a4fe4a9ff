"""The bundled press office read into a database, as `bilanz demo` does it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import connect
from models.source import Source
from scrapers.http.fetch import Fetcher
from scrapers.office import PORT, Office
from scrapers.registry import source
from tests.support.once import FILE, into_one_file, made_once

SOURCE = "uebungsportal"


@pytest.fixture(scope="session")
def office_database(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all its releases, fetched by HTTP and read by the real extractor; to be read only."""

    def read(folder: Path) -> None:
        from flows.office.steps import ingest_source  # loads the language, which most tests do without

        engine = connect(f"sqlite:///{shutil.copy(sqlite_template, folder / FILE)}")
        with Office() as office:
            moved = source(SOURCE).model_dump_json().replace(f"http://127.0.0.1:{PORT}", office.url)
            report = ingest_source(engine, Source.model_validate_json(moved), Fetcher())
        assert report.state == "completed", report.reason
        into_one_file(engine)

    return made_once(tmp_path_factory, "office", read) / FILE


@pytest.fixture(scope="session")
def office_engine(office_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on a copy that may be written to."""
    engine = connect(f"sqlite:///{shutil.copy(office_database, tmp_path_factory.mktemp('office') / 'bilanz.db')}")
    yield engine
    engine.dispose()
