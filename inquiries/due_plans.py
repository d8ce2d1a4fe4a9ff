"""Plans by when they are due: what was announced for a year, of all programmes, and what people say became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, func

from comparison.announced import each_once, is_promise
from comparison.plans import Plan, due_date, plans
from db.claims.queries import load, stored_claims
from db.curation.names import ProjectNames
from db.curation.nouns import nouns_of, programmes_with_nouns
from db.curation.promises import standing_promises
from db.tables import Reading
from models.keys import name_key
from models.projects import ProjectGroup
from models.promises import PromiseRating
from models.stored import StoredClaim

_FIRST_YEAR, _LAST_YEAR = "1990", "2100"
_DUE = func.coalesce(Reading.until, Reading.as_of)
_YEAR = len("2024")


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
    """Plans of a year, or of it and later ones, as they are due, and all years for which something was announced."""

    plans: tuple[DuePlan, ...]
    years: tuple[str, ...]


def due_plans(
    engine: Engine, year: str, *, later: bool = False, project: str | None = None, source: str | None = None
) -> DuePlans:
    """What was announced for a year, whatever programme it is of: what the comparison of that lists as announced.

    Args:
        engine: the database.
        year: in which it is due, YYYY.
        later: or in any later one.
        project: of this programme alone, by any of its names.
        source: announced by this press office alone.

    Raises:
        InputError: an unknown project.
    """
    with engine.connect() as connection:
        promised = _promised(connection, project, source)
        years = sorted({_year(each) for _, claims in promised for each in claims})
        due = [
            (group, [each for each in claims if _year(each) == year or (later and _year(each) > year)])
            for group, claims in promised
        ]
        found = list(_plans(connection, due))
    claims = {each.key: each for _, some in due for each in some}
    ratings = standing_promises(engine, list(claims))
    listed = [
        DuePlan(
            due=plan.due or year,
            claim=claims[plan.evidence[0].key],
            told=len({proof.release_id for proof in plan.evidence}),
            rating=next((ratings[proof.key] for proof in plan.evidence if proof.key in ratings), None),
        )
        for plan in found
    ]
    # What is due in a year is due when it is over.
    listed.sort(key=lambda plan: (plan.due + "~", plan.claim.claim.subject or "", plan.claim.key))
    return DuePlans(tuple(listed), tuple(years))


def _promised(
    connection: Connection, project: str | None, source: str | None
) -> list[tuple[ProjectGroup, list[StoredClaim]]]:
    """What is announced for a time, by what it is of."""
    names = ProjectNames(connection)
    found = load(connection, stored_claims().where(*_announced(names, project, source)).order_by(Reading.id))
    groups = names.of_subjects(name_key(each.claim.subject or "") for each in found)
    promised: dict[str, tuple[ProjectGroup, list[StoredClaim]]] = {}
    for each in found:
        group = groups[name_key(each.claim.subject or "")]
        if due_date(each.claim) and is_promise(each, (group.name, *group.aliases)):
            promised.setdefault(group.name, (group, []))[1].append(each)
    return list(promised.values())


def _announced(names: ProjectNames, project: str | None, source: str | None) -> list[ColumnElement[bool]]:
    about = (
        Reading.subject_key.is_not(None)
        if project is None
        else Reading.subject_key.in_(sorted(names.resolve(project).keys))
    )
    return [
        Reading.current.expression,
        about,
        Reading.modality == "planned",
        _DUE >= _FIRST_YEAR,
        _DUE <= _LAST_YEAR,
        *([Reading.source_id == source] if source else []),
    ]


def _plans(connection: Connection, promised: Sequence[tuple[ProjectGroup, list[StoredClaim]]]) -> Iterator[Plan]:
    """Each target once."""
    everywhere, own = nouns_of(connection), programmes_with_nouns(connection)
    for group, claims in promised:
        nouns = nouns_of(connection, group.name) if name_key(group.name) in own else everywhere
        yield from each_once(plans(claims, nouns, group.names))


def _year(stored: StoredClaim) -> str:
    return (due_date(stored.claim) or "")[:_YEAR]
