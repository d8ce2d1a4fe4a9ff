"""Whole runs, as people and the night start them."""

import pytest


@pytest.fixture
def database() -> str:
    """Whole runs write into a file; `tests/db` asks PostgreSQL the same."""
    return "sqlite"
