"""Judgements: which names mean one project. All logged, all reversible."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Engine, insert, select, update

from db.curation.names import ProjectNames
from db.engine import write
from db.tables import Judgement
from models.errors import Contradiction, InputError
from models.keys import name_key

Sameness = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class JudgementRecord:
    """A judgement; `retracted_at` is None while it stands."""

    id: int
    left: str
    right: str
    verdict: Sameness
    author: str
    note: str | None
    made_at: datetime
    retracted_at: datetime | None
    retracted_by: str | None


def judge(  # noqa: PLR0913 - a verdict, by whom, when and why
    engine: Engine, left: str, right: str, verdict: Sameness, *, author: str, now: datetime, note: str | None = None
) -> None:
    """Says whether two names mean one project; an earlier judgement of the pair is retracted.

    "same" is transitive: A is B and B is C make A and C one.

    Raises:
        Contradiction: the names would become one although others of theirs were judged different, or
            are to be different although they are one by other judgements.
        InputError: both are the same name.
    """
    pair = _pair(left, right)

    def work(connection: Connection) -> None:
        _retract(connection, pair, author, now)
        (left_key, left_name), (right_key, right_name) = pair
        values: dict[str, Any] = {
            "left": left_name,
            "right": right_name,
            "left_key": left_key,
            "right_key": right_key,
            "verdict": verdict,
            "author": author,
            "note": note,
            "made_at": now,
        }
        connection.execute(insert(Judgement).values(values))
        _refuse_contradictions(connection)

    write(engine, work)


def retract(engine: Engine, left: str, right: str, *, author: str, now: datetime) -> None:
    """Takes the standing judgement of two names back.

    Raises:
        InputError: there is none.
    """
    pair = _pair(left, right)

    def work(connection: Connection) -> None:
        if not _retract(connection, pair, author, now):
            raise InputError(f"There is no judgement of {left!r} and {right!r} to take back.")

    write(engine, work)


def judgements(engine: Engine, *, all_of_them: bool = False) -> list[JudgementRecord]:
    """Standing judgements, or the whole log with those taken back, in the order in which they were made."""
    columns = (Judgement.id, Judgement.left, Judgement.right, Judgement.verdict, Judgement.author, Judgement.note)
    statement = select(*columns, Judgement.made_at, Judgement.retracted_at, Judgement.retracted_by)
    if not all_of_them:
        statement = statement.where(Judgement.retracted_at.is_(None))
    with engine.connect() as connection:
        return [_record(row) for row in connection.execute(statement.order_by(Judgement.id))]


def _pair(left: str, right: str) -> tuple[tuple[str, str], tuple[str, str]]:
    first, second = sorted(((name_key(left), left), (name_key(right), right)))
    if first[0] == second[0]:
        raise InputError(f"{left!r} and {right!r} are one name already.")
    return first, second


def _retract(connection: Connection, pair: tuple[tuple[str, str], tuple[str, str]], author: str, now: datetime) -> bool:
    standing = (
        update(Judgement)
        .where(Judgement.left_key == pair[0][0], Judgement.right_key == pair[1][0], Judgement.retracted_at.is_(None))
        .values(retracted_at=now, retracted_by=author)
    )
    return connection.execute(standing.returning(Judgement.id)).first() is not None


def _refuse_contradictions(connection: Connection) -> None:
    projects = ProjectNames(connection)
    apart = select(Judgement.left, Judgement.right).where(
        Judgement.verdict == "different", Judgement.retracted_at.is_(None)
    )
    for row in connection.execute(apart):
        if projects.same(row.left, row.right):
            raise Contradiction(
                f"{row.left!r} and {row.right!r} would be both one project and two; "
                "take back the judgement that is wrong first (`bilanz projects undo`)."
            )


def _record(row: Any) -> JudgementRecord:
    return JudgementRecord(*row)
