"""Inserts that do nothing where the row is there already, on both databases."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from db.tables import Base


def insert_ignore(connection: Connection, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds those of `rows` that violate no unique constraint."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(postgresql.insert(table).on_conflict_do_nothing(), list(rows))
    else:
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), list(rows))
