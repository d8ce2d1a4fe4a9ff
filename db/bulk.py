"""Many rows at once: inserts that do nothing where the row is there already, look-ups in batches."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from db.tables import Base

T = TypeVar("T")

_BATCH = 500
"""Values in one condition: databases take thousands, but not any number."""


def insert_ignore(connection: Connection, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds those of `rows` that violate no unique constraint."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(postgresql.insert(table).on_conflict_do_nothing(), list(rows))
    else:
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), list(rows))


def in_batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Slices that fit into one condition."""
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]
