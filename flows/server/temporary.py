"""A temporary Prefect server that starts early, says nothing, and ends with the process it serves.

Prefect starts one itself where none is configured, but only when the first flow runs. Ours starts
while everything else is still being imported, and does not outlive a process that was killed.
"""

import atexit
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.request import urlopen

from flows.server.environment import TEMPORARY, prepare
from models.errors import BilanzError, InputError

STARTUP_SECONDS = 300
"""Most that a server may take; the first start of all also creates Prefect's database."""

_STOP_SECONDS = 30
_LEAST_ROOM = 10_000_000
"""Bytes on a disk below which it is why a server failed."""


class TemporaryServer:
    """Starts a server on a free port of this machine, unless PREFECT_API_URL names one already.

    To be made before Prefect is imported. Several in one process are one server.

    Args:
        home: folder for Prefect's database, unless PREFECT_HOME names one.

    Raises:
        InputError: that folder cannot be written.
    """

    def __init__(self, home: Path) -> None:
        prepare(home)
        self._log = Path(os.environ["PREFECT_HOME"]) / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        if "PREFECT_API_URL" in os.environ:
            return
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(128)
            os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
            os.environ[TEMPORARY] = "1"
            self._process = self._launch(listener)
        # Prefect hands over its last log lines before functions registered here are called.
        atexit.register(self.stop)

    def wait(self) -> None:
        """Waits until the server answers.

        Raises:
            BilanzError: it could not start, or did not answer in time.
        """
        if self._process is None:
            return
        try:
            # The port is open from the beginning, so that the answer comes when the server is there.
            with urlopen(f"{os.environ['PREFECT_API_URL']}/health", timeout=STARTUP_SECONDS) as answer:
                ready = answer.status == HTTPStatus.OK
        except OSError as error:
            self._raise_if_disk_is_full(error)
            raise BilanzError(f"Prefect's temporary server did not start ({error}); see {self._log}.") from error
        if not ready:
            raise BilanzError(f"Prefect's temporary server is not well; see {self._log}.")

    @contextmanager
    def needed(self) -> Iterator[None]:
        """Says in one sentence where a server did not answer as it should in a block.

        Raises:
            BilanzError: that server failed, be it this one or the one that PREFECT_API_URL names.
        """
        from httpx import HTTPError  # as Prefect's client, which is imported with the flow

        try:
            yield
        except HTTPError as error:
            if self._process is None:
                where = os.environ["PREFECT_API_URL"]
                raise BilanzError(
                    f"The Prefect server at {where} failed; look after it and run the same command again."
                ) from error
            self._raise_if_disk_is_full(error)
            raise BilanzError(
                f"Prefect's temporary server failed; see {self._log}, then run the same command again."
            ) from error

    def _raise_if_disk_is_full(self, error: Exception) -> None:
        if shutil.disk_usage(self._log.parent).free < _LEAST_ROOM:
            told = f"The disk of {self._log.parent} is full: make room and run the same command again."
            raise BilanzError(told) from error

    def stop(self) -> None:
        """Ends the server after it has written what it was told."""
        if self._process is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None
        del os.environ["PREFECT_API_URL"], os.environ[TEMPORARY]

    def _launch(self, listener: socket.socket) -> subprocess.Popen[bytes]:
        home = self._log.parent
        try:
            home.mkdir(parents=True, exist_ok=True)
            log = self._log.open("wb")
        except OSError as error:
            raise InputError(
                f"The folder {home} for Prefect's own database cannot be written ({error.strerror}); it lies beside "
                "the database (BILANZ_DATABASE_URL), unless PREFECT_HOME names another."
            ) from error
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", "flows.server.serving", str(listener.fileno())],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=[listener.fileno()],
                env={**os.environ, "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING"},
                # Ctrl-C is for the command: the server must still be there for its last words.
                start_new_session=True,
            )
