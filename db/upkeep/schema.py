"""The schema of a database: empty, older or current; made, brought up to date, taken back."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from db.engine import connect, write
from models.errors import InputError, SchemaMismatch

_VERSIONS = Path(__file__).parents[1] / "migrations" / "versions"
# Any number will do, as long as all processes take the same.
_ADVISORY_LOCK = 8_212_013


def check_schema(engine: Engine) -> None:
    """Creates the schema in an empty database; refuses any but the present version.

    Raises:
        SchemaMismatch: the database is older, newer, or not one of this program.
        InputError: the database cannot be opened.
    """
    state = _opened(engine)
    if state == "empty":
        upgrade(engine)
    else:
        _refuse_unless(state, "current")


def open_database(url: str) -> Engine:
    """An engine for reading what was stored, of a database that is there already.

    Raises:
        InputError: there is none yet, or its address is no good.
        SchemaMismatch: it was made by another version.
    """
    engine = connect(url, existing=True)
    check_schema(engine)
    return engine


def upgrade(engine: Engine) -> str:
    """Brings an empty or older database to the present schema, or leaves it as it is.

    Returns:
        What it was before: empty, older or current.

    Raises:
        SchemaMismatch: the database is newer, or not one of this program.
        InputError: the database cannot be opened.
    """
    from db.upkeep.migrating import migrate

    _opened(engine)

    def work(connection: Connection) -> str:
        _lock(connection)
        state = _state(connection)
        _refuse_unless(state, "empty", "older", "current")
        if state != "current":
            migrate(connection, "head")
        return state

    return write(engine, work)


def downgrade(engine: Engine, revision: str) -> None:
    """Takes the schema back to `revision` ("base" removes all tables and their data).

    Raises:
        InputError: there is no such revision, or the database cannot be opened.
        SchemaMismatch: the database is newer, or not one of this program.
    """
    from db.upkeep.migrating import migrate

    _opened(engine)
    if revision not in ("base", *_revisions()):
        raise InputError(f"There is no schema revision {revision!r}; known are base, {', '.join(_revisions())}.")

    def work(connection: Connection) -> None:
        _lock(connection)
        _refuse_unless(_state(connection), "older", "current")
        migrate(connection, revision)

    write(engine, work)


def current_revision() -> str:
    """The schema revision of this program."""
    return _revisions()[-1]


def _revisions() -> list[str]:
    """All revisions, the oldest first: the numbers of the files that hold their steps."""
    return sorted(path.stem.partition("_")[0] for path in _VERSIONS.glob("0*.py"))


def _opened(engine: Engine) -> str:
    """The state of a database that can be reached; a missing server is no busy one, to be waited for."""
    try:
        with engine.connect() as connection:
            return _state(connection)
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        raise InputError(
            f"The database {engine.url!r} cannot be opened ({reason}); check BILANZ_DATABASE_URL, and who may read it."
        ) from error


def _state(connection: Connection) -> str:
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return "empty"
    if "alembic_version" not in tables:
        return "foreign"
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if found == current_revision():
        return "current"
    if found is None:
        return "empty"
    return "older" if found in _revisions() else "newer"


def _refuse_unless(state: str, *accepted: str) -> None:
    if state in accepted:
        return
    raise SchemaMismatch(
        {
            "empty": "The database is empty; run `bilanz db upgrade`.",
            "foreign": "The database holds tables of another program; set BILANZ_DATABASE_URL to one of its own.",
            "older": "The database was made by an older version of this program; run `bilanz db upgrade`.",
            "newer": "The database was made by a newer version of this program; install that version to use it.",
        }[state]
    )


def _lock(connection: Connection) -> None:
    # On SQLite the transaction holds the write lock from its beginning.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
