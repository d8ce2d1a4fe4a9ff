"""Messages to those who watch: they wait, are tried and delivered, each until it arrived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, case, func, insert, select, update

from db.engine import write
from db.tables import Alert, Watch
from db.watching.watches import WatchRecord, watch_of
from models.calendar import BERLIN, day_bounds
from models.watching import Channel, Frequency

MOST_ITEMS = 50
"""Changes that one message tells in full; of the others it says how many there are."""

MOST_TRIES = 10
"""Tries after which a message is given up; with a run a night that is after ten days."""

HOLD = timedelta(minutes=10)
"""For so long the process that tries a message has it; one that was killed has it no longer."""

_WAITS = (Alert.sent_at.is_(None), Alert.failed_at.is_(None))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that can be tried, and where it goes."""

    id: int
    channel: Channel
    target: str


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be told.

    Attributes:
        key: the same at every try, so that a receiver knows a message that comes twice.
        items: JSON-ready: changes as `claim_item` gives them; of a source `state`, the one `before`, `reason`.
        left_out: changes beyond those.
        tries: how often it has been tried, this time included.
    """

    id: int
    key: str
    watch: WatchRecord
    items: tuple[Mapping[str, Any], ...]
    left_out: int
    raised_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What became of a watch's messages; `problem` is the last one, None where none was met."""

    sent: int = 0
    waiting: int = 0
    given_up: int = 0
    last_sent: datetime | None = None
    problem: str | None = None


def waiting_alerts(engine: Engine, *, now: datetime) -> list[Waiting]:
    """Messages that can be tried, the oldest first."""
    columns: list[Any] = [Alert.id, Watch.channel, Watch.target]
    can_be_tried = (*_WAITS, Alert.not_before <= now, Watch.removed_at.is_(None), Watch.paused_at.is_(None))
    statement = select(*columns).join(Watch, Watch.id == Alert.watch_id).where(*can_be_tried).order_by(Alert.id)
    with engine.connect() as connection:
        return [Waiting(row.id, row.channel, row.target) for row in connection.execute(statement)]


def take_alert(engine: Engine, alert_id: int, *, now: datetime) -> Message | None:
    """Takes a message to try it; None where another process has it, or it was delivered meanwhile."""
    taken = (
        update(Alert)
        .where(Alert.id == alert_id, *_WAITS, Alert.not_before <= now)
        .values(tries=Alert.tries + 1, not_before=now + HOLD)
        .returning(Alert)
    )

    def work(connection: Connection) -> Message | None:
        row = connection.execute(taken).first()
        if row is None:
            return None
        watch = watch_of(connection.execute(select(Watch).where(Watch.id == row.watch_id)).one())
        return Message(row.id, row.key, watch, tuple(row.items), row.left_out, row.raised_at, row.tries)

    return write(engine, work)


def alert_sent(engine: Engine, message: Message, *, now: datetime) -> None:
    """Notes that a message arrived."""
    row = update(Alert).where(Alert.id == message.id).values(sent_at=now, problem=None)
    write(engine, lambda connection: connection.execute(row))


def alert_failed(engine: Engine, message: Message, problem: str, *, now: datetime) -> bool:
    """Notes that a message did not arrive; the next run tries again, unless it was tried too often.

    Returns:
        Whether it is given up.
    """
    given_up = message.tries >= MOST_TRIES
    values = {"not_before": now, "problem": problem, "failed_at": now if given_up else None}
    write(engine, lambda connection: connection.execute(update(Alert).where(Alert.id == message.id).values(values)))
    return given_up


def next_turn(frequency: Frequency, last_sent: datetime | None, now: datetime) -> datetime:
    """When the next message of a watch may be sent: at once; once a day; or on a Monday, once.

    Args:
        frequency: of the watch.
        last_sent: when its last message was sent, None where none was.
        now: the time.
    """
    today = now.astimezone(BERLIN).date()
    begin, _ = day_bounds(today)
    told_today = last_sent is not None and last_sent >= begin
    if frequency == "run" or (not told_today and (frequency == "day" or today.weekday() == 0)):
        return now
    return day_bounds(today + timedelta(days=1 if frequency == "day" else 7 - today.weekday()))[0]


def deliveries(engine: Engine) -> dict[int, Deliveries]:
    """What became of the messages of each watch, by its id; watches without messages are left out."""
    waits = case((_WAITS[0] & _WAITS[1], 1), else_=0)
    sums = select(
        Alert.watch_id,
        func.count(Alert.sent_at).label("sent"),
        func.sum(waits).label("waiting"),
        func.count(Alert.failed_at).label("given_up"),
        func.max(Alert.sent_at).label("last_sent"),
    ).group_by(Alert.watch_id)
    problems = select(Alert.watch_id, Alert.problem).where(Alert.problem.is_not(None)).order_by(Alert.id)
    with engine.connect() as connection:
        last = {row.watch_id: row.problem for row in connection.execute(problems)}
        return {
            row.watch_id: Deliveries(row.sent, row.waiting, row.given_up, row.last_sent, last.get(row.watch_id))
            for row in connection.execute(sums)
        }


def add_to_alert(
    connection: Connection, watch: WatchRecord, items: Sequence[Mapping[str, Any]], left_out: int, now: datetime
) -> None:
    """Adds to the message of a watch that no one has tried yet, else begins one.

    Args:
        connection: in the transaction that notes what is told as told.
        watch: who is told.
        items: see `Message`.
        left_out: changes beyond those.
        now: the time.
    """
    untried = select(Alert.id, Alert.items, Alert.left_out).where(Alert.watch_id == watch.id, Alert.tries == 0, *_WAITS)
    open_ = connection.execute(untried.order_by(Alert.id.desc()).limit(1).with_for_update()).first()
    if open_ is None:
        last_sent = connection.scalar(select(func.max(Alert.sent_at)).where(Alert.watch_id == watch.id))
        due = next_turn(watch.frequency, last_sent, now)
        empty = {"items": [], "left_out": 0, "tries": 0, "raised_at": now, "not_before": due}
        row = insert(Alert).values(key=uuid4().hex, watch_id=watch.id, **empty)
        open_ = connection.execute(row.returning(Alert.id, Alert.items, Alert.left_out)).one()
    # Of a source only the last state counts.
    anew = {item["source"] for item in items if "state" in item}
    told = [item for item in open_.items if "state" not in item or item["source"] not in anew] + list(items)
    most = MOST_ITEMS if watch.topic == "claims" else len(told)
    values = {"items": told[:most], "left_out": open_.left_out + left_out + len(told[most:])}
    connection.execute(update(Alert).where(Alert.id == open_.id).values(values))
