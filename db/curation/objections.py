"""Objections: what readers say is wrong with claims, until a reviewer has answered."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, insert, select, text, update

from db.bulk import in_batches
from db.engine import is_writable, write
from db.tables import ClaimRow, ObjectionRow
from models.errors import InputError
from models.objections import Fault, Objection

SENDERS_KEPT = timedelta(days=30)
"""How long an address is kept when its objection is answered."""
_OPEN = ObjectionRow.answer.is_(None)


def may_object(engine: Engine) -> bool:
    """Whether an objection can be stored: not where the database may only be read."""
    if engine.dialect.name == "sqlite":
        return is_writable(engine)
    with engine.connect() as connection:
        allowed = "current_setting('transaction_read_only') = 'off' AND has_table_privilege('objections', 'INSERT')"
        return bool(connection.scalar(text(f"SELECT {allowed}")))


def add_objection(
    engine: Engine, claim_key: str, fault: Fault, sentence: str, *, sender: str | None, now: datetime
) -> int:
    """Stores what a reader says is wrong with a claim; its number. The same said twice is one objection.

    Raises:
        InputError: no such claim.
    """
    same = select(ObjectionRow.id).where(
        _OPEN, ObjectionRow.claim_key == claim_key, ObjectionRow.fault == fault, ObjectionRow.sentence == sentence
    )
    values = {"claim_key": claim_key, "fault": fault, "sentence": sentence, "sender": sender, "made_at": now}

    def work(connection: Connection) -> int:
        if connection.scalar(select(ClaimRow.key).where(ClaimRow.key == claim_key)) is None:
            raise InputError(f"There is no claim {claim_key!r}.")
        known = connection.scalar(same.limit(1))
        return known or connection.execute(insert(ObjectionRow).values(values).returning(ObjectionRow.id)).scalar_one()

    return write(engine, work)


def dismiss_objection(engine: Engine, objection_id: int, *, reason: str, user_id: int, now: datetime) -> str:
    """Answers that a claim stays as it is, and why; the key of the claim.

    Raises:
        InputError: there is no such open objection, or no reason is given.
    """
    if not reason.strip():
        raise InputError("Who dismisses an objection says why: a reason is needed.")
    answer = {"answer": "dismissed", "reason": reason.strip(), "user_id": user_id, "answered_at": now}
    row = update(ObjectionRow).where(ObjectionRow.id == objection_id, _OPEN).values(answer)

    def work(connection: Connection) -> str:
        claim_key = connection.scalar(row.returning(ObjectionRow.claim_key))
        if claim_key is None:
            raise InputError(f"There is no open objection {objection_id}.")
        return claim_key

    return write(engine, work)


def accept_objections(
    connection: Connection, claim_key: str, objection_ids: Collection[int], *, user_id: int, now: datetime
) -> None:
    """Notes that a decision on the claim answers these of its objections; those answered before stay as they are."""
    meant = (ObjectionRow.claim_key == claim_key, ObjectionRow.id.in_(objection_ids), _OPEN)
    answer = {"answer": "accepted", "user_id": user_id, "answered_at": now}
    connection.execute(update(ObjectionRow).where(*meant).values(answer))


def reopen_objections(connection: Connection, claim_key: str) -> None:
    """Opens what was answered by a decision that no longer stands."""
    accepted = (ObjectionRow.claim_key == claim_key, ObjectionRow.answer == "accepted")
    unanswered = dict.fromkeys(("answer", "user_id", "answered_at"))
    connection.execute(update(ObjectionRow).where(*accepted).values(unanswered))


def open_objections(connection: Connection, claim_key: str | None = None) -> list[Objection]:
    """Objections that nobody has answered, of all claims or one, the oldest first."""
    statement = _objections().where(_OPEN)
    if claim_key is not None:
        statement = statement.where(ObjectionRow.claim_key == claim_key)
    return [Objection(*row) for row in connection.execute(statement)]


def objection(engine: Engine, objection_id: int) -> Objection:
    """An objection by its number, answered or not.

    Raises:
        InputError: there is none.
    """
    with engine.connect() as connection:
        row = connection.execute(_objections().where(ObjectionRow.id == objection_id)).first()
    if row is None:
        raise InputError(f"There is no objection {objection_id}.")
    return Objection(*row)


def objections_to(engine: Engine, claim_key: str) -> list[Objection]:
    """All objections to a claim, answered or not, the oldest first."""
    with engine.connect() as connection:
        return [Objection(*row) for row in connection.execute(_objections().where(ObjectionRow.claim_key == claim_key))]


def count_open_objections(engine: Engine) -> int:
    """How many objections nobody has answered."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(ObjectionRow).where(_OPEN)) or 0


def accepted_objections(connection: Connection, claim_keys: Collection[str]) -> dict[str, list[Objection]]:
    """Objections that made a reviewer decide otherwise than the rules had read, by claim."""
    found: dict[str, list[Objection]] = {}
    for some in in_batches(sorted(claim_keys)):
        accepted = _objections().where(ObjectionRow.claim_key.in_(some), ObjectionRow.answer == "accepted")
        for row in connection.execute(accepted):
            found.setdefault(row.claim_key, []).append(Objection(*row))
    return found


def forget_senders(engine: Engine, *, before: datetime) -> None:
    """Forgets the addresses of objections that were answered before a time."""
    row = update(ObjectionRow).where(ObjectionRow.answered_at < before).values(sender=None)
    write(engine, lambda connection: connection.execute(row))


def _objections() -> Select[Any]:
    names = ("id", "claim_key", "fault", "sentence", "sender", "made_at", "answer", "reason", "answered_at")
    return select(*(getattr(ObjectionRow, name) for name in names)).order_by(ObjectionRow.made_at, ObjectionRow.id)
