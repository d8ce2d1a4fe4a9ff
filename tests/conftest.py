"""Fixtures for all tests, and the order in which folders are taken up."""

from pathlib import Path

import hypothesis
import pytest

# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

pytest_plugins = [
    "tests.support.bundled_office",
    "tests.support.command",
    "tests.support.databases",
    "tests.support.offices",
    "tests.support.prefect",
    "tests.support.three_reports",
]

SLOW = ("whole", "docs", "cli", "flows", "proof", "sentences", "gold", "web", "db", "inquiries")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that of several processes none is left with it in the end."""
    items.sort(key=lambda item: _turn(item.path.relative_to(Path(__file__).parent).parts[0]))


def _turn(folder: str) -> int:
    return SLOW.index(folder) if folder in SLOW else len(SLOW)
