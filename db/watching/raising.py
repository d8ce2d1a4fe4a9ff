"""What those who watch are told: of changes among claims, each once, and of the states of sources."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from db.bulk import in_batches, insert_ignore
from db.claims.changes import TOLD_FIELDS, ClaimChange, load_changes, told_of, wanted_rows
from db.engine import write
from db.tables import ChangeRow, ReleaseTwin, WatchedSource
from db.watching.alerts import MOST_ITEMS, add_to_alert
from db.watching.watches import WatchRecord, listening
from models.claim import plain
from models.errors import InputError
from models.stored import StoredClaim

Previous = Callable[[StoredClaim], StoredClaim | None]
"""What was stated of the same thing before; None where nothing was."""

_TOLD_STATES = ("completed", "degraded", "failed")
_COLUMNS = (
    ChangeRow.id, ChangeRow.release_id, ChangeRow.before_id, ChangeRow.after_id, ChangeRow.cause, ChangeRow.at,
    ChangeRow.told,
)  # fmt: skip


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
    for watch in listening(connection, "sources"):
        if watch.wanted.source not in (None, source_id):
            continue
        place = {"watch_id": watch.id, "source_id": source_id}
        insert_ignore(connection, WatchedSource, [{**place, "state": "completed"}])
        known = connection.scalar(select(WatchedSource.state).filter_by(**place).with_for_update())
        if known == state:
            continue
        connection.execute(update(WatchedSource).filter_by(**place).values(state=state))
        item = {"source": source_id, "state": state, "before": known, "reason": reason, "at": now.isoformat()}
        add_to_alert(connection, watch, [item], 0, now)


def raise_claim_alerts(engine: Engine, previous_in: Callable[[Connection], Previous], *, now: datetime) -> int:
    """Tells watches of the changes among claims that they were not asked about yet; how many these were.

    Messages are written in the transaction that notes the changes as told: none is lost, none told twice.

    Args:
        engine: the database.
        previous_in: gives what looks up previous statements in that transaction.
        now: the time.
    """

    def work(connection: Connection) -> int:
        untold = select(*_COLUMNS).where(~ChangeRow.told).order_by(ChangeRow.id).with_for_update(skip_locked=True)
        rows = connection.execute(untold).all()
        watches = listening(connection, "claims") if rows else []
        if watches:
            _tell(connection, watches, _without_trifles(connection, rows), previous_in(connection), now)
        for batch in in_batches([row.id for row in rows]):
            connection.execute(update(ChangeRow).where(ChangeRow.id.in_(batch)).values(told=True))
        return len(rows)

    return write(engine, work)


def _tell(
    connection: Connection, watches: Sequence[WatchRecord], rows: Sequence[Any], previous: Previous, now: datetime
) -> None:
    """Adds to the message of each watch what it is to hear of the changes."""
    twins = _Twins(connection, rows)
    for watch in watches:
        try:
            fitting = wanted_rows(connection, [row for row in twins.all if _heard(watch, row.at)], watch.wanted)
        except InputError:  # its project has not been named by any release yet
            continue
        wanted = twins.once(fitting)
        if wanted:
            items = [claim_item(each, previous) for each in load_changes(connection, wanted[:MOST_ITEMS])]
            add_to_alert(connection, watch, items, len(wanted) - len(items), now)


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
    told = dict(zip(TOLD_FIELDS, told_of(stored), strict=True))
    numbers = {name: plain(value) for name, value in told.items() if isinstance(value, Decimal)}
    return told | numbers | {"key": stored.key, "status_word": stored.uncorrected.claim.status_word}


def _heard(watch: WatchRecord, at: datetime) -> bool:
    return watch.confirmed_at is not None and at >= watch.confirmed_at


def _without_trifles(connection: Connection, rows: Sequence[Any]) -> list[Any]:
    """Rows of changes but those in which nothing that is told reads otherwise."""
    both = [row for row in rows if row.before_id is not None and row.after_id is not None]
    same = {change.id for change in load_changes(connection, both) if not change.is_told}
    return [row for row in rows if row.id not in same]


class _Twins:
    """What several offices publish alike, as a ministry and its state's portal do, is told once to whoever hears both.

    Attributes:
        all: rows of changes, and those of twins of their releases that were told before.
    """

    def __init__(self, connection: Connection, rows: Sequence[Any]) -> None:
        twins: dict[str, set[str]] = defaultdict(set)
        for batch in in_batches(sorted({row.release_id for row in rows})):
            pairs = select(ReleaseTwin.release_id, ReleaseTwin.twin_id).where(ReleaseTwin.release_id.in_(batch))
            for row in connection.execute(pairs):
                twins[row.release_id].add(row.twin_id)
        others = sorted({twin for some in twins.values() for twin in some})
        before = [
            row
            for batch in in_batches(others)
            for row in connection.execute(select(*_COLUMNS).where(ChangeRow.release_id.in_(batch), ChangeRow.told))
        ]
        self.all = [*before, *rows]
        concerned = [row for row in self.all if row.release_id in twins or row.release_id in others]
        changed = {change.id: change for change in load_changes(connection, concerned)}
        self._like: dict[int, set[int]] = defaultdict(set)
        alike: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for row in concerned:
            change = changed[row.id]
            told = (row.cause, *(None if side is None else told_of(side) for side in (change.before, change.after)))
            self._like[row.id] = {other.id for other in alike[told] if other.release_id in twins[row.release_id]}
            alike[told].append(row)

    def once(self, rows: Iterable[Any]) -> list[Any]:
        """Those of some rows that are to be told, each of what is alike once."""
        kept: set[int] = set()
        found = []
        for row in rows:
            if not self._like[row.id] & kept:
                kept.add(row.id)
                if not row.told:
                    found.append(row)
        return found
