"""One run an office at a time, in all processes that share a database."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Engine

from db.leases import drop_lease, lease_holder, take_lease

SECONDS = 3600
"""After this time another machine may read the office; what runs on is harmless, since hosts have leases too."""


@contextmanager
def office_lease(engine: Engine, source_id: str) -> Iterator[bool]:
    """Holds an office for the length of a block; gives False where another run holds it."""
    name = f"source:{source_id}"
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex}"
    before = lease_holder(engine, name)
    if before is not None and _is_dead(before):
        drop_lease(engine, name, before)
    held = take_lease(engine, name, holder, now=datetime.now(UTC), seconds=SECONDS)
    try:
        yield held
    finally:
        if held:
            drop_lease(engine, name, holder)


def _is_dead(holder: str) -> bool:
    """Whether the holder was a process of this machine that was killed: nobody else can tell so soon."""
    host, pid, _ = holder.split(":")
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it lives, as another user's
        return False
    return False
