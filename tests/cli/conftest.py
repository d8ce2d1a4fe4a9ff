"""The command in a process of its own, as people run it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command import COMMAND, environment

Bilanz = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def bilanz(tmp_path: Path, prefect_home: Path) -> Bilanz:
    """Runs the command in an empty folder."""

    def run(*arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**environment(tmp_path / "bilanz.db", prefect_home), **variables},
            check=False,
        )

    return run
