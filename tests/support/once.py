"""What is dear to make and only copied or read: one of the processes in which the tests run makes it for all."""

import os
import tempfile
from collections.abc import Callable
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from sqlalchemy import Engine

FILE = "bilanz.db"
"""What a SQLite database is called in its folder."""


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first who asks for it has filled; who asks meanwhile waits for that."""
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    made = root / f"once-{name}"
    with (root / f"once-{name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not made.exists():
            begun = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=root))
            make(begun)
            begun.rename(made)
    return made


def into_one_file(engine: Engine) -> None:
    """Leaves a database to be copied: nothing of it stands in a log beside its file."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
