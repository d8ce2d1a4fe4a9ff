"""What can still be read of a damaged SQLite file: each table from both its ends up to where it breaks."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Table, select, text
from sqlalchemy.exc import DBAPIError

from models.errors import BilanzError

DAMAGE = (BilanzError, DBAPIError, ValueError, TypeError, ArithmeticError)
"""What reading raises where bytes are not what was stored."""


def is_damaged(connection: Connection) -> bool:
    """Whether SQLite finds its own file to be broken; PostgreSQL never gives out such rows."""
    if connection.dialect.name != "sqlite":
        return False
    try:
        return bool(connection.execute(text("PRAGMA quick_check(1)")).scalar() != "ok")
    except DAMAGE:
        return True


def is_readable(connection: Connection, table: Table) -> bool:
    """Whether a table can be read from its first row to its last."""
    try:
        for _ in connection.execution_options(yield_per=500).execute(select(table)):
            pass
    except DAMAGE:
        return False
    return True


class Salvage:
    """Reads the tables of a damaged database, those that others refer to first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept: dict[str, set[tuple[Any, ...]]] = {}
        self.lost: list[str] = []
        """Tables of which rows may be lost."""

    def rows(self, table: Table) -> Iterator[Row[Any]]:
        """The rows that can be read, but for those that refer to lost ones; in the order of their keys."""
        kept = self._kept[table.name] = set()
        whole = True
        last: list[Row[Any]] = []
        try:
            for row in self._read(table, backwards=False):
                if self._is_sound(table, row):
                    kept.add(_key(table, row))
                    yield row
        except DAMAGE:
            whole = False
        # By its key a table may seem to have no rows that its own pages have lost.
        if not whole or not is_readable(self._connection, table):
            self.lost.append(table.name)
            try:
                for row in self._read(table, backwards=True):
                    if _key(table, row) in kept:
                        break
                    if self._is_sound(table, row):
                        last.append(row)
            except DAMAGE:
                pass
        for row in reversed(last):
            kept.add(_key(table, row))
            yield row

    def _read(self, table: Table, *, backwards: bool) -> Iterator[Row[Any]]:
        keys = [column.desc() if backwards else column.asc() for column in table.primary_key]
        # Row by row, so that those before the broken one are given out.
        yield from self._connection.execution_options(yield_per=1).execute(select(table).order_by(*keys))

    def _is_sound(self, table: Table, row: Row[Any]) -> bool:
        """Whether everything that a row refers to is there; its own table may refer to itself."""
        for key in table.foreign_keys:
            target, value = key.column.table, row._mapping[key.parent.name]
            if value is None or target is table or len(target.primary_key) != 1:
                continue
            if key.column.primary_key and (value,) not in self._kept.get(target.name, set()):
                return False
        return True


def _key(table: Table, row: Row[Any]) -> tuple[Any, ...]:
    return tuple(row._mapping[column.name] for column in table.primary_key)
