"""Commands in processes of their own that are met in their middle and killed, and what they leave behind."""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil

from tests.support.command import COMMAND

PICTURE = (
    "SELECT id, url, title, published FROM releases ORDER BY id",
    "SELECT hash FROM texts ORDER BY hash",
    "SELECT claim_key, content_hash, current, extractor_version FROM readings ORDER BY claim_key, content_hash",
    "SELECT term, claim_key FROM search_terms ORDER BY term, claim_key",
    "SELECT release_id, name FROM release_projects ORDER BY release_id, name",
    "SELECT revision_id, extractor_version FROM page_readings ORDER BY revision_id",
)
"""What a run leaves behind, but for times; ids of revisions hold one."""


def picture(database: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(database)) as connection:
        found = [connection.execute(query).fetchall() for query in PICTURE]
    found[-1] = [row[1:] for row in found[-1]]
    return found


def count(database: Path, query: str) -> int:
    try:
        with closing(sqlite3.connect(database, timeout=30)) as connection:
            return int(connection.execute(query).fetchone()[0])
    except sqlite3.OperationalError:  # there are no tables yet
        return 0


def start(database: Path, *arguments: str, command: str | Path = COMMAND[0]) -> subprocess.Popen[str]:
    """Starts the command; one that nobody kills may be `warm_command`."""
    # Of two clusters on one machine the second warns that the port of the first one's dashboard is taken.
    quiet = {"PYTHONWARNINGS": "ignore"}
    environment = {**os.environ, **quiet, "BILANZ_DATABASE_URL": f"sqlite:///{database}"}
    return subprocess.Popen(
        [command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


def finish(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=300)
    assert (process.returncode, without_progress(errors)) == (0, "")


def without_progress(told: str) -> str:
    """What a command complains of; an import also says now and then how far it is."""
    return "".join(line for line in told.splitlines(keepends=True) if not line.startswith("Reading "))


@contextmanager
def met(process: subprocess.Popen[str], reached: Callable[[], bool]) -> Iterator[None]:
    """Waits until a process has come so far, and makes sure that it has not ended."""
    while not reached():
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    yield


def kill(process: subprocess.Popen[str]) -> None:
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    _, alive = psutil.wait_procs(children, timeout=60)
    assert alive == []


def kill_worker(process: subprocess.Popen[str]) -> None:
    """Kills that of the processes beside the command, or of its local Dask cluster, that has worked most."""
    workers = [child for child in psutil.Process(process.pid).children(recursive=True) if is_worker(child)]
    max(workers, key=lambda child: child.cpu_times().user).kill()


def is_worker(child: psutil.Process) -> bool:
    return any("spawn_main" in argument for argument in child.cmdline())
