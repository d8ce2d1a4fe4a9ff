"""What was later told otherwise, over all releases: another number for the very date, and silent corrections."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, select

from comparison.figures import evidence
from comparison.restatements import Restatement, restated
from comparison.retold import retold
from db.claims.changes import changes
from db.claims.queries import load, stored_claims
from db.curation.names import ProjectNames
from db.curation.nouns import nouns_of
from db.tables import ClaimRow, Reading
from models.claim import Claim
from models.filters import ClaimFilter
from models.stored import StoredClaim

_MOST_OF_ONE_DATE = 40
"""Numbers of one noun and date; where there are more, a word as bare as "Personen" counts ever other things."""
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)
_ALIKE = ("kind", "unit", "counted_folded", "subject_key", "status", "predicate", "reporting_date")
"""Fields that are equal where two numbers may be of one thing at one date."""


def all_restatements(engine: Engine, *, now: datetime, project: str | None = None) -> list[Restatement]:
    """What was told otherwise later, what was published last first.

    Only what is sure is given: numbers of one thing for one date that both state, in their sentence or before it,
    and what a press office changed in a release after it was published.

    Args:
        engine: the database.
        now: of the question.
        project: of this programme or project alone, by any of its names.

    Raises:
        InputError: no such programme is known.
    """
    with engine.connect() as connection:
        found = list(_retold(connection, *_about(connection, project)))
    found += _corrected(engine, project, now)
    return sorted(found, key=lambda each: (each.after.published or "", each.after.key), reverse=True)


def told_otherwise(connection: Connection, keys: Collection[str]) -> list[Restatement]:
    """Pairs of one of some claims, by key, and another number that another release gives for the very date."""
    if not keys:
        return []
    alike = [getattr(Reading, name) for name in _ALIKE]
    dates = select(*alike).where(*_dated(), Reading.claim_key.in_(sorted(keys))).distinct()
    found = [
        pair
        for row in connection.execute(dates).all()
        for pair in _retold(connection, *(column == value for column, value in zip(alike, row, strict=True)))
    ]
    return [each for each in found if (each.before.key in keys) != (each.after.key in keys)]


def _retold(connection: Connection, *wanted: ColumnElement[bool]) -> Iterator[Restatement]:
    nouns = nouns_of(connection)

    def noun_of(claim: Claim) -> str | None:
        return nouns.series(claim.counted)

    for ids in _groups(connection, *wanted):
        yield from retold(load(connection, stored_claims().where(Reading.id.in_(ids)).order_by(Reading.id)), noun_of)


def _groups(connection: Connection, *wanted: ColumnElement[bool]) -> Iterator[list[int]]:
    """Readings of different releases that may give one number otherwise."""
    columns: list[Any] = [Reading.id, Reading.value, ClaimRow.release_id]
    told = select(*columns, *(getattr(Reading, name) for name in _ALIKE)).where(*_dated(), *wanted)
    alike: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in connection.execute(told.join(ClaimRow, ClaimRow.key == Reading.claim_key)):
        alike[tuple(row[len(columns) :])].append(row)
    for rows in alike.values():
        several = len({row.value for row in rows}) > 1 and len({row.release_id for row in rows}) > 1
        if several and len(rows) <= _MOST_OF_ONE_DATE:
            yield [row.id for row in rows]


def _dated() -> list[ColumnElement[bool]]:
    """That a reading is a number that is told as reached, with its date in its sentence."""
    told = [Reading.current.expression, Reading.kind != "status", Reading.modality == "actual"]
    return [*told, Reading.reporting_basis == "stated"]


def _about(connection: Connection, project: str | None) -> list[ColumnElement[bool]]:
    return [] if project is None else [Reading.subject_key.in_(sorted(ProjectNames(connection).resolve(project).keys))]


def _corrected(engine: Engine, project: str | None, now: datetime) -> Iterator[Restatement]:
    """Numbers that a press office changed in a release that it had published."""
    wanted = ClaimFilter(project=project)
    for each in changes(engine, since=_FIRST, until=now, wanted=wanted, causes=("correction",), known_before=True):
        if each.before and each.after and _number(each.before) != _number(each.after):
            yield restated("correction", each.after.claim.status, evidence(each.before), evidence(each.after))


def _number(stored: StoredClaim) -> tuple[Any, ...] | None:
    claim = stored.claim
    return None if claim.value is None else (claim.value, claim.value_to, claim.comparator)
