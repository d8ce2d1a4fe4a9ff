"""How the tests start the command."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

COMMAND = [str(Path(sys.executable).with_name("bilanz"))]
"""The command as people start it; for what hangs on how it starts, is killed or ends."""


CLIENT = """#!{python} -ISs
import json, os, socket, sys
warm = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
warm.connect({address!r})
call = {{"folder": os.getcwd(), "environment": dict(os.environ), "arguments": sys.argv}}
socket.send_fds(warm, [json.dumps(call).encode()], [0, 1, 2])
sys.exit(int(warm.recv(16) or b"1"))
"""
"""What calls `tests.support.warm`; it imports next to nothing."""


@pytest.fixture(scope="session")
def warm_command(prefect_server: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The file of a command `bilanz` that answers at once, alone in its folder."""
    folder = tmp_path_factory.mktemp("warm")
    address = folder / "socket"
    (folder / "bin").mkdir()
    command = folder / "bin" / "bilanz"
    command.write_text(CLIENT.format(python=sys.executable, address=str(address)), "utf-8")
    command.chmod(0o755)
    prefect = {name: value for name, value in os.environ.items() if name.startswith("PREFECT_")}
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.support.warm", str(address)],
        stdin=subprocess.PIPE,
        env=clean_environment() | prefect,
    )
    while not address.exists():
        assert server.poll() is None
        time.sleep(0.05)
    yield command
    server.communicate()


def clean_environment() -> dict[str, str]:
    """This environment without a user's own settings, language and terminal."""
    own = ("BILANZ_", "PREFECT_", "LC_", "LANGUAGE", "COLUMNS", "LINES")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {**kept, "LANG": "C.UTF-8"}


def environment(database: Path, prefect_home: Path) -> dict[str, str]:
    """A command's environment: its database and Prefect's, nothing of the user's own."""
    return {
        **clean_environment(),
        "BILANZ_DATABASE_URL": f"sqlite:///{database}",
        "PREFECT_HOME": str(prefect_home),
        "PYTHONWARNINGS": "ignore",
    }


def servers(prefect_home: Path) -> list[str]:
    """The Prefect servers that run with this home."""
    mine = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text()
            settings = (process / "environ").read_text()
        except OSError:
            continue
        if "flows.server.serving" in command and str(prefect_home) in settings:
            mine.append(process.name)
    return mine
