"""Fixtures for all tests."""

pytest_plugins = [
    "tests.support.bundled_office",
    "tests.support.command",
    "tests.support.databases",
    "tests.support.offices",
    "tests.support.prefect",
    "tests.support.web_samples",
]
