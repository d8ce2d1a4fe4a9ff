"""The database of a run, in each process that works on it."""

from functools import cache

from sqlalchemy import Engine

from db.engine import connect
from db.upkeep.schema import check_schema


@cache
def engine_of(database_url: str) -> Engine:
    """One engine a process and database.

    Raises:
        InputError: the database cannot be opened.
        SchemaMismatch: it is not of this version.
    """
    engine = connect(database_url)
    check_schema(engine)
    return engine
