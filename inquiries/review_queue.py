"""What reviewers should look at: what readers object to, what is implausible, changed, or not looked at yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Engine, Float, String, and_, cast, func, or_, select

from comparison.doubts import DOUBTS, OF_CHANGE, WHOLE_SHARE, Doubt, doubts, leaps
from db.bulk import in_batches
from db.claims.queries import load, stored_claims
from db.curation.objections import open_objections
from db.number_text import order_key
from db.tables import ChangeRow, ObjectionRow, Reading, Review, SeriesMember
from models.objections import Objection
from models.stored import StoredClaim

Queue = Literal["objected", "doubtful", "changed", "new"]
QUEUES: tuple[Queue, ...] = get_args(Queue)


_JUMP: tuple[Doubt, ...] = ("jump",)


@dataclass(frozen=True, slots=True)
class QueuedClaim:
    """A claim to look at: what is implausible in it, for a jump the claim before it, and open objections to it."""

    stored: StoredClaim
    doubts: tuple[Doubt, ...] = ()
    before: StoredClaim | None = None
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """The first claims of a queue, how many wait in it, and how many that belonged to it are reviewed."""

    claims: tuple[QueuedClaim, ...]
    waiting: int
    done: int


def review_queue(engine: Engine, queue: Queue, *, limit: int) -> ReviewQueue:
    """The claims that wait for a review, at most `limit` of them.

    "objected" ones, reviewed or not, come with the oldest open objection first; "doubtful" ones in the order of
    `DOUBTS`, of each the newest first; of "changed" ones the last change is first, and a review from before it does
    not count; "new" are all others, the newest publication first.
    """
    with engine.connect() as connection:
        return _QUEUES[queue](connection, limit)


def _objected(connection: Connection, limit: int) -> ReviewQueue:
    by_claim: dict[str, list[Objection]] = {}
    for each in open_objections(connection):
        by_claim.setdefault(each.claim_key, []).append(each)
    first = list(by_claim)[:limit]
    # A claim that no text has any longer is shown as it last read.
    last_read = stored_claims().where(Reading.claim_key.in_(first)).order_by(Reading.current, Reading.id)
    claims = {each.key: each for each in load(connection, last_read)}
    answered = select(func.count(ObjectionRow.claim_key.distinct())).where(
        ObjectionRow.answer.is_not(None), ObjectionRow.claim_key.not_in(by_claim)
    )
    queued = (QueuedClaim(claims[key], objections=tuple(by_claim[key])) for key in first)
    return ReviewQueue(tuple(queued), len(by_claim), connection.scalar(answered) or 0)


def _doubtful(connection: Connection, limit: int) -> ReviewQueue:
    jumps = _jumps(connection)
    found: dict[str, StoredClaim] = {}
    for statement in (stored_claims().where(Reading.current, _implausible()), *_of_keys(list(jumps))):
        found |= {each.key: each for each in load(connection, statement)}
    reasons = {
        key: sorted((*doubts(each), *(_JUMP if key in jumps else ())), key=DOUBTS.index) for key, each in found.items()
    }
    doubtful = [found[key] for key, why in reasons.items() if why]
    waiting = [each for each in doubtful if each.decision is None]
    waiting.sort(key=lambda each: (each.date, each.key), reverse=True)
    waiting.sort(key=lambda each: DOUBTS.index(reasons[each.key][0]))
    first = waiting[:limit]
    before = _by_key(connection, [jumps[each.key] for each in first if each.key in jumps])
    queued = (QueuedClaim(each, tuple(reasons[each.key]), before.get(jumps.get(each.key, ""))) for each in first)
    return ReviewQueue(tuple(queued), len(waiting), len(doubtful) - len(waiting))


def _changed(connection: Connection, limit: int) -> ReviewQueue:
    standing = and_(Review.claim_key == Reading.claim_key, Review.retracted_at.is_(None))
    columns: list[Any] = [Reading.claim_key, func.max(ChangeRow.at), func.max(Review.decided_at)]
    statement = (
        select(*columns)
        .join(ChangeRow, ChangeRow.after_id == Reading.id)
        .outerjoin(Review, standing)
        .where(Reading.current, ChangeRow.before_id.is_not(None))
        .group_by(Reading.claim_key)
    )
    changed: list[tuple[str, datetime, datetime | None]] = [tuple(row) for row in connection.execute(statement)]
    waiting = [(at, key) for key, at, decided in changed if decided is None or decided < at]
    first = [key for _, key in sorted(waiting, reverse=True)[:limit]]
    claims = _by_key(connection, first)
    return ReviewQueue(tuple(QueuedClaim(claims[key]) for key in first), len(waiting), len(changed) - len(waiting))


def _new(connection: Connection, limit: int) -> ReviewQueue:
    order = (Reading.published.desc().nulls_last(), Reading.claim_key)
    standing = select(Review.id).where(Review.claim_key == Reading.claim_key, Review.retracted_at.is_(None))
    # Sorted before anything is joined to them: all claims but a few are unseen.
    unseen = select(Reading.id).where(Reading.current, ~standing.exists()).order_by(*order).limit(limit)
    found = load(connection, stored_claims().where(Reading.id.in_(unseen)).order_by(*order))
    every = connection.scalar(select(func.count()).select_from(Reading).where(Reading.current)) or 0
    reviewed = select(func.count()).select_from(Review).join(Reading, Reading.claim_key == Review.claim_key)
    done = connection.scalar(reviewed.where(Review.retracted_at.is_(None), Reading.current)) or 0
    return ReviewQueue(tuple(map(QueuedClaim, found)), every - done, done)


_QUEUES = {"objected": _objected, "doubtful": _doubtful, "changed": _changed, "new": _new}


def _implausible() -> Any:
    """Narrows down to what `doubts` may say something of; both databases compare these as text or floats."""
    number, to, whole = (cast(column, Float) for column in (Reading.value, Reading.value_to, Reading.of))
    of_change = func.coalesce(Reading.aspect, "").in_(OF_CHANGE)
    return or_(
        and_(Reading.kind == "share", Reading.value_order > order_key(WHOLE_SHARE), ~of_change),
        and_(Reading.of.is_not(None), or_(number > whole, to > whole)),
        and_(Reading.modality == "actual", Reading.as_of > func.substr(cast(Reading.published, String), 1, 10)),
    )


def _jumps(connection: Connection) -> dict[str, str]:
    """Claims that are many times the one before them in their series, each with that one."""
    columns: list[Any] = [SeriesMember.series_key, SeriesMember.point, Reading.claim_key, Reading.value]
    members = select(*columns).join(Reading, and_(Reading.claim_key == SeriesMember.claim_key, Reading.current))
    rows = connection.execute(members.order_by(SeriesMember.series_key, SeriesMember.point, Reading.claim_key))
    found: dict[str, str] = {}
    for _, series in groupby((row for row in rows if row.value is not None), key=lambda row: row.series_key):
        points = [list(some) for _, some in groupby(series, key=lambda row: row.point)]
        for earlier, later in pairwise(points):
            found |= {row.claim_key: earlier[0].claim_key for row in later if leaps(earlier[0].value, row.value)}
    return found


def _by_key(connection: Connection, keys: Sequence[str]) -> dict[str, StoredClaim]:
    return {each.key: each for statement in _of_keys(keys) for each in load(connection, statement)}


def _of_keys(keys: Sequence[str]) -> list[Any]:
    return [stored_claims().where(Reading.current, Reading.claim_key.in_(some)) for some in in_batches(keys)]
