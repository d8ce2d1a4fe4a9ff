"""Plans by when they are due: what was announced for a year, of all programmes, and what people say became of it."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from comparison.plans import due_date, is_event
from db.claims.queries import load, stored_claims
from db.curation.names import ProjectNames
from db.curation.promises import standing_promises
from db.tables import Reading
from models.promises import PromiseRating
from models.stored import StoredClaim

_FIRST_YEAR, _LAST_YEAR = "1990", "2100"
_DUE = func.coalesce(Reading.until, Reading.as_of)


@dataclass(frozen=True, slots=True)
class DuePlan:
    """Something announced of a programme for a time.

    Attributes:
        due: ISO date or prefix by which.
        claim: that which announced it last.
        told: how many releases announce it.
        rating: what a person says became of it, None where nobody has.
    """

    due: str
    claim: StoredClaim
    told: int
    rating: PromiseRating | None


@dataclass(frozen=True, slots=True)
class DuePlans:
    """The plans of a year in the order in which they are due, and all years for which something was announced."""

    plans: tuple[DuePlan, ...]
    years: tuple[str, ...]


def due_plans(engine: Engine, year: str, *, project: str | None = None, source: str | None = None) -> DuePlans:
    """What was announced for a year, whatever programme it is of.

    Args:
        engine: the database.
        year: in which it is due, YYYY.
        project: of this programme alone, by any of its names.
        source: announced by this press office alone.

    Raises:
        InputError: an unknown project.
    """
    with engine.connect() as connection:
        dated = [*_announced(connection, project, source), _DUE >= _FIRST_YEAR, _DUE <= _LAST_YEAR]
        of = func.substr(_DUE, 1, 4)
        years = tuple(sorted(connection.scalars(select(of).where(*dated).distinct())))
        found = load(connection, stored_claims().where(*dated, of == year).order_by(Reading.id))
    announced: dict[tuple[object, ...], list[StoredClaim]] = defaultdict(list)
    for each in found:
        if not is_event(each.claim):
            announced[_told_again(each)].append(each)
    ratings = standing_promises(engine, [each.key for each in found])
    plans = [
        DuePlan(
            due=due_date(claims[-1].claim) or year,
            claim=max(claims, key=lambda each: (each.date, each.key)),
            told=len({each.release_id for each in claims}),
            rating=next((ratings[each.key] for each in claims if each.key in ratings), None),
        )
        for claims in announced.values()
    ]
    # What is due in a year is due when it is over.
    plans.sort(key=lambda plan: (plan.due + "~", plan.claim.claim.subject or "", plan.claim.key))
    return DuePlans(tuple(plans), years)


def _announced(connection: Connection, project: str | None, source: str | None) -> list[ColumnElement[bool]]:
    """That a current reading announces something of a programme."""
    about = (
        Reading.subject_key.is_not(None)
        if project is None
        else Reading.subject_key.in_(sorted(ProjectNames(connection).resolve(project).keys))
    )
    return [
        Reading.current.expression,
        about,
        Reading.modality == "planned",
        *([Reading.source_id == source] if source else []),
    ]


def _told_again(stored: StoredClaim) -> tuple[object, ...]:
    """What is the same in releases that announce one thing again."""
    claim = stored.claim
    return claim.subject, due_date(claim), claim.value, claim.value_to, claim.unit, claim.counted, claim.status
