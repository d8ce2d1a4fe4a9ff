"""The command in a process of its own, as people run it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command import environment

Bilanz = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def bilanz(tmp_path: Path, warm_command: Path) -> Bilanz:
    """Runs the command in an empty folder."""

    def run(*arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [warm_command, *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**environment(tmp_path / "bilanz.db", tmp_path / "prefect"), **variables},
            check=False,
        )

    return run
