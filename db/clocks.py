"""Clocks that ran ahead: what they have dated is not believed until that day."""

from datetime import UTC, datetime, timedelta

_APART = timedelta(minutes=10)
"""That clocks of several machines may differ."""


def latest_credible() -> datetime:
    """The latest moment that a sound clock can have noted by now."""
    return datetime.now(UTC) + _APART
