"""Alembic: the steps from one revision of the schema to another.

It takes as long to load as all else that a question to the database needs; so only what migrates imports it.
"""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from db.tables import Base

_MIGRATIONS = Path(__file__).parents[1] / "migrations"


def migrate(connection: Connection, target: str) -> None:
    """Takes the schema up to "head", or down to any other revision."""
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


def differences(engine: Engine) -> list[str]:
    """What a database's tables have other than this program expects; empty when all is well."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(difference) for difference in compare_metadata(context, Base.metadata)]


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return ScriptDirectory.from_config(config)
