"""The process of a temporary Prefect server; see `flows.server.temporary`."""

import asyncio
import os
import socket
import sys
import threading
from fcntl import LOCK_EX, flock
from pathlib import Path

import uvicorn
from prefect.server.api.server import create_app


def serve(listener: socket.socket, home: Path) -> None:
    """Serves until standard input is closed, which also happens when the parent process is killed."""
    app = create_app(ephemeral=True, final=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    threading.Thread(target=_end_with_parent, args=[server], daemon=True).start()
    asyncio.run(_serve(server, listener, home))


async def _serve(server: uvicorn.Server, listener: socket.socket, home: Path) -> None:
    # Two servers that begin at once must not both create the database.
    with (home / "starting.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        unfinished = _prepare_database(home)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        while not (server.started or serving.done()):
            await asyncio.sleep(0.02)
        unfinished.unlink(missing_ok=True)
    await serving


def _prepare_database(home: Path) -> Path:
    """Marks a database that does not exist yet as unfinished, and removes one that never was finished."""
    database, unfinished = home / "prefect.db", home / "prefect.db.unfinished"
    if unfinished.exists():
        for ending in ("", "-wal", "-shm", "-journal"):
            database.with_name(database.name + ending).unlink(missing_ok=True)
    if not database.exists():
        unfinished.touch()
    return unfinished


def _end_with_parent(server: uvicorn.Server) -> None:
    sys.stdin.buffer.read()
    if not server.started:
        os._exit(0)
    server.should_exit = True


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), Path(os.environ["PREFECT_HOME"]))
