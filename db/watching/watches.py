"""Watches: who wants to hear of which claims, or of how the sources are."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Select, insert, select, update

from db.claims.queries import ClaimFilter
from db.engine import write
from db.tables import Watch
from models.claim import plain
from models.errors import InputError
from models.language import Language

Topic = Literal["claims", "sources"]
Channel = Literal["mail", "webhook", "block"]

_TOKEN_BYTES = 16
_COLUMNS = ("id", "topic", "query", "wanted", "channel", "target", "language", "token", "created_at")


@dataclass(frozen=True, slots=True)
class WatchRecord:
    """What someone wants to hear of.

    Attributes:
        topic: changes among claims, or the state of sources.
        query: parameters as in the address of the search page; "" for all.
        wanted: the same as a filter; of sources only `source` counts.
        target: a mail address, a URL, or the name of a notification block.
        language: of the messages.
        token: of its page; who knows it may read that page.
    """

    id: int
    topic: Topic
    query: str
    wanted: ClaimFilter
    channel: Channel
    target: str
    language: Language
    token: str
    created_at: datetime


def add_watch(  # noqa: PLR0913 - the columns of a watch
    engine: Engine,
    topic: Topic,
    query: str,
    wanted: ClaimFilter,
    *,
    channel: Channel,
    target: str,
    now: datetime,
    language: Language = "de",
) -> WatchRecord:
    """Adds a watch; it hears of what happens from now on."""
    values = {
        "topic": topic,
        "query": query,
        "wanted": _stored(wanted),
        "channel": channel,
        "target": target,
        "language": language,
        "token": secrets.token_urlsafe(_TOKEN_BYTES),
        "created_at": now,
    }
    row = insert(Watch).values(values).returning(Watch.id)
    watch_id = write(engine, lambda connection: int(connection.execute(row).scalar_one()))
    return next(watch for watch in watches(engine) if watch.id == watch_id)


def remove_watch(engine: Engine, watch_id: int, *, now: datetime) -> None:
    """Removes a watch; its page is gone, and messages that wait for it are not delivered.

    Raises:
        InputError: there is no such watch.
    """
    row = update(Watch).where(Watch.id == watch_id, Watch.removed_at.is_(None)).values(removed_at=now)

    def work(connection: Connection) -> None:
        if connection.execute(row.returning(Watch.id)).first() is None:
            raise InputError(f"There is no watch {watch_id}; `bilanz watch list` shows them.")

    write(engine, work)


def watches(engine: Engine) -> list[WatchRecord]:
    """All watches, the oldest first."""
    with engine.connect() as connection:
        return standing(connection)


def watch_by_token(engine: Engine, token: str) -> WatchRecord | None:
    """The watch whose page has this token."""
    with engine.connect() as connection:
        row = connection.execute(_select().where(Watch.token == token)).first()
    return watch_of(row) if row else None


def standing(connection: Connection, topic: Topic | None = None) -> list[WatchRecord]:
    """Watches that were not removed, the oldest first."""
    statement = _select() if topic is None else _select().where(Watch.topic == topic)
    return [watch_of(row) for row in connection.execute(statement.order_by(Watch.id))]


def watch_of(row: Any) -> WatchRecord:
    """The watch of a row that has its columns."""
    values = {name: getattr(row, name) for name in _COLUMNS}
    return WatchRecord(**values | {"wanted": _filter(row.wanted)})


def _select() -> Select[Any]:
    return select(*(getattr(Watch, name) for name in _COLUMNS)).where(Watch.removed_at.is_(None))


def _stored(wanted: ClaimFilter) -> dict[str, Any]:
    given = {field.name: getattr(wanted, field.name) for field in fields(wanted)}
    return {name: _plain(value) for name, value in given.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return sorted(value) if isinstance(value, frozenset) else value


def _filter(stored: Mapping[str, Any]) -> ClaimFilter:
    numbers = {name: Decimal(stored[name]) for name in ("at_least", "at_most") if name in stored}
    sets = {name: frozenset(value) for name, value in stored.items() if isinstance(value, list)}
    return ClaimFilter(**{**stored, **numbers, **sets})
