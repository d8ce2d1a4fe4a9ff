"""The reference of the tables, from their definitions."""

import inspect

from cells import table
from sqlalchemy import Column

from db.tables import Base

INTRODUCTION = """# Tables

The same on SQLite and PostgreSQL. What the groups of tables are for is told in [the database](../database.md). Numbers
that were stated are kept as text with every digit, times in UTC.
"""


def markdown() -> str:
    """The page."""
    parts = [INTRODUCTION]
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.local_table.name):
        rows = [[f"`{column.name}`", str(column.type), _role(column)] for column in mapper.local_table.columns]
        parts += [
            f"## {mapper.local_table.name}\n",
            f"{inspect.getdoc(mapper.class_)}\n",
            table(["column", "type", ""], rows),
        ]
    return "\n".join(parts)


def _role(column: Column[object]) -> str:
    """Key, reference, and whether it may be empty."""
    said = ["key"] if column.primary_key else []
    said += [f"→ `{key.target_fullname}`" for key in column.foreign_keys]
    said += ["may be empty"] if column.nullable else []
    return ", ".join(said)
