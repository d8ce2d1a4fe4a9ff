"""A clock whose time passes only when somebody sleeps."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Remembers how long was slept."""

    def __init__(self, start: datetime = datetime(2025, 6, 2, 8, 0, tzinfo=UTC)) -> None:
        self.time = start
        self.slept = 0.0

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.slept += seconds
        self.pass_by(seconds)

    def pass_by(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
