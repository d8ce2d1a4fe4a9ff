"""The schema and its migrations: create, upgrade, downgrade, check."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from db.engine import connect, write
from db.tables import Base
from models.errors import InputError, SchemaMismatch

_MIGRATIONS = Path(__file__).parents[1] / "migrations"
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
    engine = connect(url)
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file and not Path(file).exists():
        raise InputError(f"There is no database {file} yet; `bilanz ingest` or `bilanz demo` makes one.")
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
    _opened(engine)

    def work(connection: Connection) -> str:
        _lock(connection)
        state = _state(connection)
        _refuse_unless(state, "empty", "older", "current")
        if state != "current":
            _migrate(connection, "head")
        return state

    return write(engine, work)


def downgrade(engine: Engine, revision: str) -> None:
    """Takes the schema back to `revision` ("base" removes all tables and their data).

    Raises:
        InputError: there is no such revision, or the database cannot be opened.
        SchemaMismatch: the database is newer, or not one of this program.
    """
    _opened(engine)
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision not in known | {"base"}:
        raise InputError(f"There is no schema revision {revision!r}; known are base, {', '.join(sorted(known))}.")

    def work(connection: Connection) -> None:
        _lock(connection)
        _refuse_unless(_state(connection), "older", "current")
        _migrate(connection, revision)

    write(engine, work)


def current_revision() -> str:
    """The schema revision of this program."""
    head = _scripts().get_current_head()
    assert head is not None
    return head


def differences(engine: Engine) -> list[str]:
    """What a database's tables have other than this program expects; empty when all is well."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(difference) for difference in compare_metadata(context, Base.metadata)]


def _opened(engine: Engine) -> str:
    """The state of a database that can be reached; a missing server is no busy one, to be waited for."""
    try:
        with engine.connect() as connection:
            return _state(connection)
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        raise InputError(
            f"The database {engine.url!r} cannot be opened ({reason}); check BILANZ_DATABASE_URL."
        ) from error


def _state(connection: Connection) -> str:
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return "empty"
    if "alembic_version" not in tables:
        return "foreign"
    found = MigrationContext.configure(connection).get_current_revision()
    scripts = _scripts()
    if found == current_revision():
        return "current"
    if found is None:
        return "empty"
    return "older" if found in {script.revision for script in scripts.walk_revisions()} else "newer"


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


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return ScriptDirectory.from_config(config)


def _lock(connection: Connection) -> None:
    # On SQLite the transaction holds the write lock from its beginning.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})


def _migrate(connection: Connection, target: str) -> None:
    scripts = _scripts()
    forward = target == "head"
    environment = EnvironmentContext(
        Config(),
        scripts,
        fn=lambda revision, _context: (
            scripts._upgrade_revs(target, revision) if forward else scripts._downgrade_revs(target, revision)
        ),
    )
    with environment:
        environment.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=True)
        environment.run_migrations()
