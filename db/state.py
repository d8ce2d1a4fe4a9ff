"""Whether anything was written since: a mark of the state of a database, cheap to ask for."""

import time
from pathlib import Path

from sqlalchemy import Engine, text

_SETTLED = 100_000_000
"""Nanoseconds after which another write is sure to leave another time at the file."""


def state_of(engine: Engine) -> str | None:
    """A mark that is another one as soon as anything is written, by whomever.

    Returns:
        None where that is not known: something is being written at this moment, or the database has no file.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            return str(connection.scalar(text("SELECT pg_current_snapshot()::text")))
    file = Path(engine.url.database or "")
    try:
        # Whatever is committed is written to one of both.
        seen = [place.stat() for place in (file, file.with_name(f"{file.name}-wal")) if place.exists()]
    except OSError:
        return None
    written = max((each.st_mtime_ns for each in seen), default=time.time_ns())
    if time.time_ns() - written < _SETTLED:
        return None
    return " ".join(f"{each.st_mtime_ns}-{each.st_size}" for each in seen)
