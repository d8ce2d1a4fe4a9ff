"""The database of the settings, opened for a command that reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cli.settings import settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

_SQLITE = "sqlite:///"


def database_exists() -> bool:
    """Whether there is anything to open; a database on a server always counts."""
    url = settings().database_url
    return not url.startswith(_SQLITE) or Path(url.removeprefix(_SQLITE)).exists()


def open_database() -> Engine:
    """An engine for reading what was stored.

    Raises:
        InputError: there is no database yet, or its address is no good.
        SchemaMismatch: it was made by another version.
    """
    from db.upkeep import schema

    return schema.open_database(settings().database_url)
