"""What is kept between runs, so that it can be asked for on condition."""

from datetime import datetime
from typing import Protocol

from models.release import Snapshot


class PageCache(Protocol):
    """Keeps the last answer of feeds, lists and robots.txt between runs."""

    def get(self, url: str) -> Snapshot | None:
        """The last answer from that address."""

    def is_fresh(self, url: str) -> bool:
        """Whether the last answer is so young that the address need not be asked again."""

    def put(self, url: str, snapshot: Snapshot) -> None:
        """Keeps an answer in place of the last one."""

    def confirm(self, url: str, at: datetime) -> None:
        """Notes that the last answer still holds."""


def validators(kept: Snapshot | None) -> tuple[str | None, str | None]:
    """ETag and Last-Modified of an answer, for If-None-Match and If-Modified-Since."""
    return (kept.header("ETag"), kept.header("Last-Modified")) if kept else (None, None)
