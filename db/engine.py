"""Connections: one engine for SQLite and PostgreSQL, and writes that outlast a busy database."""

import atexit
import logging
import os
import random
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote
from weakref import WeakSet

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from models.errors import DatabaseUnusable, InputError

T = TypeVar("T")
log = logging.getLogger(__name__)

BUSY_SECONDS = 30
ATTEMPTS = 8
CACHE_KIB = 64 * 1024
MAPPED_BYTES = 8 * 1024**3
# serialization failure, deadlock, server shutting down or starting up
_TRANSIENT_SQLSTATES = frozenset({"40001", "40P01", "57P01", "57P02", "57P03"})
_DISK_FULL = "53100"
_DAMAGED = (
    "The database {database} is damaged: `bilanz db verify` names what is broken, `bilanz db export` "
    "saves what is whole; restore it from a backup."
)
_NO_TABLES = "no table can be read"
_UNOPENED = (
    "The database {database} is damaged where the list of its tables stands: none of them can be read any more; "
    "restore it from a backup."
)
_MENDED = {
    "readonly database": "The database {database} may not be written: let the user who runs this write its file and "
    "folder, or name another in BILANZ_DATABASE_URL. Nothing was stored.",
    "read-only transaction": "The database {database} may only be read; name one in BILANZ_DATABASE_URL that may be "
    "written. Nothing was stored.",
    "disk is full": "The disk of the database {database} is full: make room and run the same command again, which "
    "goes on from what was stored.",
    "disk I/O error": "The disk of the database {database} cannot be read or written: look after the disk, then run "
    "`bilanz db verify`.",
    _NO_TABLES: _UNOPENED,
    "disk image is malformed": _DAMAGED,
    "malformed database schema": _DAMAGED,
    "Could not decode to UTF-8": _DAMAGED,
    "file is not a database": "{database} is no database, or is damaged; check BILANZ_DATABASE_URL, or restore it "
    "from a backup.",
}
"""What an operator can mend, by the words of the driver."""


def connect(url: str, *, existing: bool = False) -> Engine:
    """An engine for `url` ("sqlite:///data/bilanz.db", "postgresql://user@host/name").

    Nothing is created in the database yet; see `db.upkeep.schema.check_schema`.

    Args:
        url: SQLAlchemy URL; for PostgreSQL the driver is psycopg 3 unless the URL names another.
        existing: a file of SQLite must be there already; else its folder is made where it is missing.

    Raises:
        InputError: the URL is malformed, or names a database that is not supported, or not there.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InputError(f"{url!r} is not a database URL; it should look like sqlite:///data/bilanz.db.") from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _sqlite(parsed, existing=existing)
    if backend == "postgresql":
        return _postgresql(parsed)
    raise InputError(f"Databases of type {backend} are not supported; use sqlite or postgresql.")


def write(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Runs `work` in one transaction, again from its start where the database was busy or went away.

    `work` must leave nothing behind but what it does through its connection. On SQLite the
    transaction takes the write lock at its beginning, so that reads within it cannot go stale.

    Raises:
        DatabaseUnusable: the database stayed locked or unreachable, or is full, damaged or not to be written.
    """
    writer = engine.execution_options(takes_write_lock=True)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with writer.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            if not is_transient(error):
                raise
            if attempt == ATTEMPTS:
                raise DatabaseUnusable(
                    f"The database {engine.url!r} is locked or unreachable; see which process holds it and try again."
                ) from error
            log.info("database busy, attempt %d of %d: %s", attempt, ATTEMPTS, error.orig)
        # Jitter, so that writers that met once do not meet again.
        time.sleep(min(0.05 * 2**attempt, 5) * random.uniform(0.5, 1.5))
    raise AssertionError("unreachable")


def is_writable(engine: Engine) -> bool:
    """Whether a database of SQLite may be written, as far as its file and folder say."""
    return _only_readable(Path(str(engine.url.database))) is None


def is_transient(error: DBAPIError) -> bool:
    """Whether the same work may succeed when tried again."""
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.OperationalError):
        return any(word in str(error.orig) for word in ("locked", "busy"))
    if getattr(error.orig, "sqlstate", None) in _TRANSIENT_SQLSTATES:
        return True
    # psycopg names no state where no connection came about.
    return isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", None) is None


def _postgresql(url: URL) -> Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    engine = create_engine(url, pool_pre_ping=True)
    event.listen(engine, "handle_error", _tell)
    return engine


def _sqlite(url: URL, *, existing: bool) -> Engine:
    given: dict[str, Any] = {"connect_args": {"timeout": BUSY_SECONDS}}
    is_file = url.database and url.database != ":memory:" and not url.database.startswith("file:")
    if is_file and existing and not Path(str(url.database)).exists():
        raise InputError(
            f"There is no database {url.database} yet; `bilanz ingest` or `bilanz demo` makes one, and "
            "BILANZ_DATABASE_URL names another."
        )
    if is_file and (only_read := _only_readable(Path(str(url.database)))) is not None:
        given = {"creator": only_read}
    elif is_file:
        folder = Path(str(url.database)).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"The folder {folder} for the database cannot be made ({error.strerror}); name another in "
                "BILANZ_DATABASE_URL."
            ) from error
    engine = create_engine(url, **given)
    event.listen(engine, "connect", _knowing_damage(_prepare_reading if "creator" in given else _prepare_sqlite))
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _tell)
    _engines.add(engine)
    return engine


_engines: WeakSet[Engine] = WeakSet()


@atexit.register
def _close() -> None:
    """SQLite puts its log back into the file, and away, where the last connection is closed and not just left."""
    for engine in _engines:
        engine.dispose()


def _only_readable(file: Path) -> Callable[[], sqlite3.Connection] | None:
    """How a file is opened that is there and may not be written; None for all others."""
    places = (file, file.parent)
    if not file.exists() or all(os.access(place, os.W_OK, effective_ids=True) for place in places):
        return None
    # Beside a log of what others are writing SQLite needs its shared memory; without one nothing changes.
    still = "" if file.with_name(f"{file.name}-wal").exists() else "&immutable=1"
    address = f"file:{quote(str(file.resolve()))}?mode=ro{still}"
    return lambda: sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)


def _tell(context: ExceptionContext) -> None:
    """Says in one sentence what an operator can mend; what is tried again stays as it is."""
    problem = str(context.original_exception)
    name = context.engine.url.render_as_string() if context.engine is not None else "the database"
    if getattr(context.original_exception, "sqlstate", None) == _DISK_FULL:
        problem = "disk is full"
    told = next((sentence for words, sentence in _MENDED.items() if words in problem), None)
    if told is not None:
        raise DatabaseUnusable(told.format(database=name)) from context.original_exception


def _knowing_damage(prepare: Callable[[sqlite3.Connection], None]) -> Callable[[sqlite3.Connection, Any], None]:
    """What cannot even be opened is told apart, for no other command will say more of it.

    Where the names in a schema have become no text, the driver fails to say so.
    """

    def prepare_whole(connection: sqlite3.Connection, _record: Any) -> None:
        try:
            prepare(connection)
        except UnicodeDecodeError as error:
            raise sqlite3.DatabaseError(_NO_TABLES) from error
        except sqlite3.DatabaseError as error:
            raise sqlite3.DatabaseError(_NO_TABLES) if "malformed" in str(error) else error from error

    return prepare_whole


def _prepare_sqlite(connection: sqlite3.Connection) -> None:
    # Python's driver begins transactions late and not before DDL; we begin them ourselves.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    # Queries jump about in files of gigabytes; SQLite's own 2 MB of cache would be read over and over.
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
    _switch_to_wal(connection)


def _prepare_reading(connection: sqlite3.Connection) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    # SQLite does not wait for a lock while the journal mode changes, only other work waits.
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0.01, 0.05))


def _begin_sqlite(connection: Connection) -> None:
    takes_lock = connection.get_execution_options().get("takes_write_lock", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if takes_lock else "BEGIN")
