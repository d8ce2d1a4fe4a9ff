"""Watches and alerts: each alert is sent once, until its state changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Engine, insert, select, update

from db.engine import write
from db.tables import Alert, Watch
from models.errors import InputError

Channel = Literal["mail", "webhook"]


@dataclass(frozen=True, slots=True)
class WatchRecord:
    """A query that someone wants to hear of: `target` is a mail address or a URL."""

    id: int
    query: str
    channel: Channel
    target: str
    created_at: datetime


def add_watch(engine: Engine, query: str, channel: Channel, target: str, *, now: datetime) -> int:
    """Adds a watch; its id."""
    row = insert(Watch).values(query=query, channel=channel, target=target, created_at=now).returning(Watch.id)
    return write(engine, lambda connection: int(connection.execute(row).scalar_one()))


def remove_watch(engine: Engine, watch_id: int, *, now: datetime) -> None:
    """Removes a watch.

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
    columns = (Watch.id, Watch.query, Watch.channel, Watch.target, Watch.created_at)
    with engine.connect() as connection:
        rows = connection.execute(select(*columns).where(Watch.removed_at.is_(None)).order_by(Watch.id)).all()
    return [WatchRecord(row.id, row.query, row.channel, row.target, row.created_at) for row in rows]


def raise_alert(engine: Engine, about: str, state: str, *, now: datetime) -> int | None:
    """Notes a state worth an alert.

    Args:
        engine: the database.
        about: "source:ID" or "watch:ID".
        state: checksum of what is to be told, free of times.
        now: the time.

    Returns:
        The alert to send, None where this state was told already. One that was never sent (the
        process died) is returned again.
    """

    def work(connection: Connection) -> int | None:
        open_ = (Alert.about == about) & Alert.resolved_at.is_(None)
        known = connection.execute(select(Alert.id, Alert.state, Alert.sent_at).where(open_).with_for_update()).first()
        if known is not None and known.state == state:
            return None if known.sent_at else int(known.id)
        connection.execute(update(Alert).where(open_).values(resolved_at=now))
        row = insert(Alert).values(about=about, state=state, raised_at=now).returning(Alert.id)
        return int(connection.execute(row).scalar_one())

    return write(engine, work)


def alert_sent(engine: Engine, alert_id: int, *, now: datetime) -> None:
    """Notes that an alert went out."""
    row = update(Alert).where(Alert.id == alert_id).values(sent_at=now)
    write(engine, lambda connection: connection.execute(row))


def resolve_alert(engine: Engine, about: str, *, now: datetime) -> bool:
    """Notes that all is well again; whether an alert was open."""
    row = update(Alert).where(Alert.about == about, Alert.resolved_at.is_(None)).values(resolved_at=now)
    return write(engine, lambda connection: connection.execute(row.returning(Alert.id)).first() is not None)
