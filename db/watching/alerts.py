"""Messages to those who watch: written with what they tell of, delivered afterwards, each until it arrived."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, case, func, insert, select, update

from db.bulk import in_batches, insert_ignore
from db.claims.changes import ClaimChange, load_changes, wanted_rows
from db.engine import write
from db.tables import Alert, ChangeRow, Watch, WatchedSource
from db.watching.watches import Channel, WatchRecord, standing, watch_of
from models.claim import FIELDS, plain
from models.errors import InputError
from models.stored import StoredClaim

Previous = Callable[[StoredClaim], StoredClaim | None]
"""What was stated of the same thing before; None where nothing was."""

MOST_ITEMS = 50
"""Changes that one message tells in full; of the others it says how many there are."""

MOST_TRIES = 10
"""Tries after which a message is given up; with a run a night that is after ten days."""

HOLD = timedelta(minutes=10)
"""For so long the process that tries a message has it; one that was killed has it no longer."""

_TOLD_STATES = ("completed", "degraded", "failed")
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


def raise_source_alerts(
    connection: Connection, source_id: str, state: str, reason: str | None, *, now: datetime
) -> None:
    """Tells watches of a source's state, where it is another than they were last told; at first all is well.

    Args:
        connection: in the transaction that records the state.
        source_id: the press office.
        state: that its last run ended with.
        reason: why it is not "completed".
        now: the time.
    """
    if state not in _TOLD_STATES:
        return
    for watch in standing(connection, "sources"):
        if watch.wanted.source not in (None, source_id):
            continue
        place = {"watch_id": watch.id, "source_id": source_id}
        insert_ignore(connection, WatchedSource, [{**place, "state": "completed"}])
        known = connection.scalar(select(WatchedSource.state).filter_by(**place).with_for_update())
        if known == state:
            continue
        connection.execute(update(WatchedSource).filter_by(**place).values(state=state))
        item = {"source": source_id, "state": state, "before": known, "reason": reason, "at": now.isoformat()}
        _tell(connection, watch, [item], 0, now)


def raise_claim_alerts(engine: Engine, previous_in: Callable[[Connection], Previous], *, now: datetime) -> int:
    """Tells watches of the changes among claims that they were not asked about yet; how many these were.

    Messages are written in the transaction that notes the changes as told: none is lost, none told twice.

    Args:
        engine: the database.
        previous_in: gives what looks up previous statements in that transaction.
        now: the time.
    """

    def work(connection: Connection) -> int:
        columns = (ChangeRow.id, ChangeRow.before_id, ChangeRow.after_id, ChangeRow.cause, ChangeRow.at)
        untold = select(*columns).where(~ChangeRow.told).order_by(ChangeRow.id).with_for_update(skip_locked=True)
        rows = connection.execute(untold).all()
        for watch in standing(connection, "claims") if rows else ():
            try:
                wanted = wanted_rows(connection, [row for row in rows if row.at >= watch.created_at], watch.wanted)
            except InputError:  # its project has not been named by any release yet
                continue
            if wanted:
                previous = previous_in(connection)
                items = [claim_item(each, previous) for each in load_changes(connection, wanted[:MOST_ITEMS])]
                _tell(connection, watch, items, len(wanted) - len(items), now)
        for batch in in_batches([row.id for row in rows]):
            connection.execute(update(ChangeRow).where(ChangeRow.id.in_(batch)).values(told=True))
        return len(rows)

    return write(engine, work)


def waiting_alerts(engine: Engine, *, now: datetime) -> list[Waiting]:
    """Messages that can be tried, the oldest first."""
    columns: list[Any] = [Alert.id, Watch.channel, Watch.target]
    can_be_tried = (*_WAITS, Alert.not_before <= now, Watch.removed_at.is_(None))
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


def _tell(
    connection: Connection, watch: WatchRecord, items: Sequence[Mapping[str, Any]], left_out: int, now: datetime
) -> None:
    """Adds to the message that no one has tried yet, else begins one."""
    untried = select(Alert.id, Alert.items, Alert.left_out).where(Alert.watch_id == watch.id, Alert.tries == 0, *_WAITS)
    open_ = connection.execute(untried.order_by(Alert.id.desc()).limit(1).with_for_update()).first()
    if open_ is None:
        empty = {"items": [], "left_out": 0, "tries": 0, "raised_at": now, "not_before": now}
        row = insert(Alert).values(key=uuid4().hex, watch_id=watch.id, **empty)
        open_ = connection.execute(row.returning(Alert.id, Alert.items, Alert.left_out)).one()
    # Of a source only the last state counts.
    anew = {item["source"] for item in items if "state" in item}
    told = [item for item in open_.items if "state" not in item or item["source"] not in anew] + list(items)
    most = MOST_ITEMS if watch.topic == "claims" else len(told)
    values = {"items": told[:most], "left_out": open_.left_out + left_out + len(told[most:])}
    connection.execute(update(Alert).where(Alert.id == open_.id).values(values))


def claim_item(change: ClaimChange, previous: Previous) -> dict[str, Any]:
    """A change as a JSON-ready record: `before` and `after` as stated at this place, `previous` at an earlier date."""
    stated = change.claim
    kind = "withdrawn" if change.after is None else "new" if change.before is None else "changed"
    return {
        "change": kind,
        "cause": change.cause,
        "at": change.at.isoformat(),
        "key": stated.key,
        "before": _statement(change.before),
        "after": _statement(change.after),
        "previous": _statement(previous(stated) if kind == "new" else None),
        "release": {
            "id": stated.release_id,
            "title": stated.release_title,
            "url": stated.url,
            "source": stated.source_id,
            "published": stated.published.isoformat() if stated.published else None,
        },
    }


def _statement(stored: StoredClaim | None) -> dict[str, Any] | None:
    if stored is None:
        return None
    # What the office said is told, whatever a reviewer made of it.
    claim = stored.uncorrected.claim
    told = {field.name: getattr(claim, field.name) for field in FIELDS if field.told}
    numbers = {name: plain(value) for name, value in told.items() if isinstance(value, Decimal)}
    return told | numbers | {"key": stored.key}
