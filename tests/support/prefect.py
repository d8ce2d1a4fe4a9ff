"""Prefect, whose start takes seconds: one server for the session, and a home for commands that start their own."""

import sys
from pathlib import Path

import pytest

from flows.server.temporary import TemporaryServer


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> None:
    """To be asked for by whoever imports Prefect, which reads its settings when it is imported."""
    assert "prefect" not in sys.modules, "a module of tests imports Prefect, which will not hear of this server"
    server = TemporaryServer(tmp_path_factory.mktemp("prefect"))
    server.wait()


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where commands that start a server of their own find Prefect's database, which is made once."""
    return tmp_path_factory.mktemp("prefect")
