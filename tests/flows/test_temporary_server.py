"""The Prefect server of one command, where it cannot start."""

import os
from pathlib import Path

import httpx
import pytest

from flows.server import temporary
from models.errors import BilanzError, InputError


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    for name in ("PREFECT_API_URL", "PREFECT_HOME"):
        os.environ.pop(name, None)


def test_a_folder_that_cannot_be_made_is_told() -> None:
    with pytest.raises(InputError, match="The folder /proc/nowhere for Prefect's own database cannot be written"):
        temporary.TemporaryServer(Path("/proc/nowhere"))


@pytest.mark.parametrize(
    ("free", "told"), [(1_000_000, "is full: make room"), (10**12, "server failed; see .*server.log")]
)
@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ReadTimeout("late")])
def test_a_server_that_fails_in_the_middle_of_a_run_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: httpx.HTTPError, free: int, told: str
) -> None:
    usage = temporary.shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(temporary.shutil, "disk_usage", lambda _: usage)
    monkeypatch.setattr(temporary.sys, "executable", "/bin/false")
    server = temporary.TemporaryServer(tmp_path)
    with pytest.raises(BilanzError, match=told), server.needed():
        raise error
    server.stop()


def test_a_server_of_others_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example:4200/api")
    with (
        pytest.raises(BilanzError, match=r"Prefect server at http://prefect\.example:4200/api failed"),
        temporary.TemporaryServer(tmp_path).needed(),
    ):
        raise httpx.ConnectError("refused")


@pytest.mark.parametrize(("free", "told"), [(1_000_000, "is full: make room"), (10**12, "did not start")])
def test_a_full_disk_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, told: str) -> None:
    usage = temporary.shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(temporary.shutil, "disk_usage", lambda _: usage)
    monkeypatch.setattr(temporary.sys, "executable", "/bin/false")
    server = temporary.TemporaryServer(tmp_path)
    with pytest.raises(BilanzError, match=told):
        server.wait()
    server.stop()
