"""Promises: what became of something announced, said by people, with reason and source. All logged, all reversible."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Select, bindparam, insert, select, update
from sqlalchemy.orm import aliased

from db.bulk import in_batches
from db.engine import write
from db.tables import PromiseRow, Reading, User
from models.errors import InputError
from models.promises import PromiseRating, PromiseState

_ANNOUNCES = ("planned", "possible")


def rate_promise(  # noqa: PLR0913 - a state, by whom, when and why
    engine: Engine, claim_key: str, state: PromiseState, *, reason: str, source: str, user_id: int, now: datetime
) -> None:
    """Says what became of what a claim announces; what was said of it before is replaced and stays in the log.

    Raises:
        InputError: no such claim, one that announces nothing, or reason or source are missing.
    """
    if not reason.strip() or not source.strip():
        raise InputError("Who rates a promise says why and where that can be read: reason and source are needed.")

    def work(connection: Connection) -> None:
        newest = select(Reading.modality, Reading.status).where(Reading.claim_key == claim_key)
        found = connection.execute(newest.order_by(Reading.current.desc(), Reading.id.desc()).limit(1)).first()
        if found is None:
            raise InputError(f"There is no claim {claim_key!r}.")
        if found.modality not in _ANNOUNCES and found.status != "planned":
            raise InputError("This claim announces nothing, so that nothing can have become of it.")
        _retract(connection, claim_key, user_id, now)
        values: dict[str, Any] = {
            "claim_key": claim_key,
            "state": state,
            "reason": reason.strip(),
            "source": source.strip(),
            "user_id": user_id,
            "rated_at": now,
        }
        connection.execute(insert(PromiseRow).values(values))

    write(engine, work)


def retract_promise(engine: Engine, claim_key: str, *, user_id: int, now: datetime) -> None:
    """Takes back what was said last of a promise; it stays in the log.

    Raises:
        InputError: nothing was said, or that was taken back already.
    """

    def work(connection: Connection) -> None:
        if not _retract(connection, claim_key, user_id, now):
            raise InputError(f"Nobody has rated the promise of claim {claim_key!r}; there is nothing to take back.")

    write(engine, work)


def promise_log(engine: Engine, claim_key: str) -> list[PromiseRating]:
    """All that was said of a promise, the oldest first."""
    with engine.connect() as connection:
        return [PromiseRating(*row) for row in connection.execute(_log_of_claim(), {"claim": claim_key})]


def standing_promises(engine: Engine, claim_keys: Collection[str]) -> dict[str, PromiseRating]:
    """What stands of some promises, by claim."""
    found: dict[str, PromiseRating] = {}
    with engine.connect() as connection:
        for some in in_batches(sorted(claim_keys)):
            statement = _ratings().where(PromiseRow.claim_key.in_(some), PromiseRow.retracted_at.is_(None))
            found |= {row.claim_key: PromiseRating(*row) for row in connection.execute(statement)}
    return found


# Made once, for to put it together takes longer than to run it.
@lru_cache(maxsize=1)
def _log_of_claim() -> Select[Any]:
    return _ratings().where(PromiseRow.claim_key == bindparam("claim")).order_by(PromiseRow.id)


@lru_cache(maxsize=1)
def _ratings() -> Select[Any]:
    author, retracting = aliased(User), aliased(User)
    columns: list[Any] = [PromiseRow.claim_key, PromiseRow.state, PromiseRow.reason, PromiseRow.source, author.name]
    return (
        select(*columns, PromiseRow.rated_at, PromiseRow.retracted_at, retracting.name)
        .join(author, author.id == PromiseRow.user_id)
        .outerjoin(retracting, retracting.id == PromiseRow.retracted_by)
    )


def _retract(connection: Connection, claim_key: str, user_id: int, now: datetime) -> bool:
    standing = (PromiseRow.claim_key == claim_key) & PromiseRow.retracted_at.is_(None)
    retracted = update(PromiseRow).where(standing).values(retracted_at=now, retracted_by=user_id)
    return connection.execute(retracted.returning(PromiseRow.id)).first() is not None
