"""Watches: who wants to hear of which claims, or of how the sources are."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, delete, func, insert, select, update

from db.claims.queries import ClaimFilter
from db.engine import write
from db.tables import Watch
from models.claim import plain
from models.errors import InputError
from models.language import Language
from models.watching import Channel, Frequency, Topic

_TOKEN_BYTES = 16
_SECRET_BYTES = 32


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
        secret: signs the links by which it is confirmed, paused and ended.
        frequency: how often it is told.
        on_page: made on a page, where anybody can; its target must be a public address.
        confirmed_at: since when it is told of what happens, None until its receiver has said that it is wanted.
        paused_at: since when it is told nothing, None where it is told.
    """

    id: int
    topic: Topic
    query: str
    wanted: ClaimFilter
    channel: Channel
    target: str
    language: Language
    token: str
    secret: str = field(repr=False)
    frequency: Frequency
    on_page: bool
    created_at: datetime
    confirmed_at: datetime | None
    paused_at: datetime | None


_COLUMNS = tuple(each.name for each in fields(WatchRecord))


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
    frequency: Frequency = "run",
    on_page: bool = False,
) -> WatchRecord:
    """Adds a watch; it hears of what happens from now on, or made `on_page` from the time when it is confirmed."""
    values = {
        "topic": topic,
        "query": query,
        "wanted": _stored(wanted),
        "channel": channel,
        "target": target,
        "language": language,
        "token": secrets.token_urlsafe(_TOKEN_BYTES),
        "secret": secrets.token_urlsafe(_SECRET_BYTES),
        "frequency": frequency,
        "on_page": on_page,
        "created_at": now,
        "confirmed_at": None if on_page else now,
    }
    row = insert(Watch).values(values).returning(*(getattr(Watch, name) for name in _COLUMNS))
    return write(engine, lambda connection: watch_of(connection.execute(row).one()))


def confirm_watch(engine: Engine, watch_id: int, *, now: datetime) -> None:
    """Lets a watch of a page begin; one that was confirmed before stays as it is.

    Raises:
        InputError: there is no such watch.
    """
    _change(engine, watch_id, confirmed_at=func.coalesce(Watch.confirmed_at, now))


def pause_watch(engine: Engine, watch_id: int, *, now: datetime) -> None:
    """Lets a watch rest: what happens meanwhile it is never told, and what waits for it waits on.

    Raises:
        InputError: there is no such watch.
    """
    _change(engine, watch_id, paused_at=func.coalesce(Watch.paused_at, now))


def resume_watch(engine: Engine, watch_id: int) -> None:
    """Lets a watch that rested go on.

    Raises:
        InputError: there is no such watch.
    """
    _change(engine, watch_id, paused_at=None)


def set_frequency(engine: Engine, watch_id: int, frequency: Frequency) -> None:
    """Tells a watch more or less often from its next message on.

    Raises:
        InputError: there is no such watch.
    """
    _change(engine, watch_id, frequency=frequency)


def remove_watch(engine: Engine, watch_id: int, *, now: datetime) -> None:
    """Removes a watch, and where its messages went; its page is gone, and messages that wait are not delivered.

    Raises:
        InputError: there is no such watch.
    """
    _change(engine, watch_id, removed_at=now, target="")


def forget_unconfirmed(engine: Engine, *, before: datetime) -> None:
    """Deletes watches of pages that were made before a time and that nobody has confirmed."""
    row = delete(Watch).where(Watch.confirmed_at.is_(None), Watch.created_at < before)
    write(engine, lambda connection: connection.execute(row))


def count_unconfirmed(engine: Engine, target: str | None = None) -> int:
    """How many watches wait for being confirmed, all or those of one target."""
    where = [
        Watch.confirmed_at.is_(None),
        Watch.removed_at.is_(None),
        *([] if target is None else [Watch.target == target]),
    ]
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Watch).where(*where)) or 0


def watches(engine: Engine) -> list[WatchRecord]:
    """All watches that were not removed, the oldest first; confirmed or not, told or resting."""
    with engine.connect() as connection:
        return [watch_of(row) for row in connection.execute(_select().order_by(Watch.id))]


def watch_by_token(engine: Engine, token: str) -> WatchRecord | None:
    """The watch whose page has this token."""
    return _one(engine, Watch.token == token, Watch.confirmed_at.is_not(None))


def watch_by_id(engine: Engine, watch_id: int) -> WatchRecord | None:
    """The watch of an id, confirmed or not."""
    return _one(engine, Watch.id == watch_id)


def ended_watch_by_id(engine: Engine, watch_id: int) -> WatchRecord | None:
    """The watch of an id, where it has ended."""
    with engine.connect() as connection:
        row = connection.execute(_every().where(Watch.id == watch_id, Watch.removed_at.is_not(None))).first()
    return watch_of(row) if row else None


def listening(connection: Connection, topic: Topic) -> list[WatchRecord]:
    """Watches that are to be told of what happens, the oldest first."""
    told = (Watch.topic == topic, Watch.confirmed_at.is_not(None), Watch.paused_at.is_(None))
    return [watch_of(row) for row in connection.execute(_select().where(*told).order_by(Watch.id))]


def watch_of(row: Any) -> WatchRecord:
    """The watch of a row that has its columns."""
    values = {name: getattr(row, name) for name in _COLUMNS}
    return WatchRecord(**values | {"wanted": _filter(row.wanted)})


def _one(engine: Engine, *conditions: ColumnElement[bool]) -> WatchRecord | None:
    with engine.connect() as connection:
        row = connection.execute(_select().where(*conditions)).first()
    return watch_of(row) if row else None


def _change(engine: Engine, watch_id: int, **values: Any) -> None:
    row = update(Watch).where(Watch.id == watch_id, Watch.removed_at.is_(None)).values(values)

    def work(connection: Connection) -> None:
        if connection.execute(row.returning(Watch.id)).first() is None:
            raise InputError(f"There is no watch {watch_id}; `bilanz watch list` shows them.")

    write(engine, work)


def _select() -> Select[Any]:
    return _every().where(Watch.removed_at.is_(None))


def _every() -> Select[Any]:
    return select(*(getattr(Watch, name) for name in _COLUMNS))


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
