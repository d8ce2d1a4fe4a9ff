"""The database of the settings, opened for a command that reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models.database import database_url
from models.errors import InputError

if TYPE_CHECKING:
    from sqlalchemy import Engine

_SQLITE = "sqlite:///"


def database_exists() -> bool:
    """Whether there is anything to open; a database on a server always counts."""
    url = database_url()
    return not url.startswith(_SQLITE) or Path(url.removeprefix(_SQLITE)).exists()


def refuse_the_database(path: Path) -> None:
    """Lets nothing be written in the place of the database, whatever the path calls it by.

    Raises:
        InputError: the path leads to its file, or to one that SQLite keeps beside it.
    """
    if not path.exists():
        return
    from sqlalchemy import make_url

    # An address that is none is told by whoever opens it.
    url = database_url()
    database = make_url(url).database if url.startswith("sqlite:") else None
    own = [Path(f"{database}{ending}") for ending in ("", "-wal", "-shm", "-journal")] if database else []
    if any(file.exists() and file.samefile(path) for file in own):
        raise InputError(f"{path} is the database itself (BILANZ_DATABASE_URL); name another file.")


def open_database() -> Engine:
    """An engine for reading what was stored.

    Raises:
        InputError: there is no database yet, or its address is no good.
        SchemaMismatch: it was made by another version.
    """
    from db.upkeep import schema

    return schema.open_database(database_url())
