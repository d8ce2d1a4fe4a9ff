"""A copy of a SQLite database while others read and write it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from models.errors import InputError


def backup(engine: Engine, path: Path, is_sound: Callable[[Path], bool] = Path.exists) -> bool:
    """Copies one moment of the database to a file; whoever writes meanwhile need not wait.

    Args:
        engine: the database.
        path: the file.
        is_sound: asked of the copy before it takes the place of an older one; where it is not, that one stays.

    Returns:
        Whether the copy was sound, and is there.

    Raises:
        InputError: the database is none of SQLite, or the file cannot be written; nothing half-written is left.
    """
    if engine.dialect.name != "sqlite":
        raise InputError(
            "Only databases of SQLite are copied so; for PostgreSQL use pg_dump, or `bilanz db export`, which also "
            "can be imported into SQLite."
        )
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent}; make it first.")
    try:
        # Past the transactions of our engine: it reads one moment by itself.
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("VACUUM INTO ?", (str(part),))
        sound = is_sound(part)
        if sound:
            part.replace(path)
    except (OSError, sqlite3.Error) as error:
        if "malformed" in str(error):
            raise InputError("The database is damaged; `bilanz db verify` names what is broken.") from error
        raise InputError(f"The copy {path} cannot be written ({error}); look after its disk and rights.") from error
    finally:
        part.unlink(missing_ok=True)
    return sound
