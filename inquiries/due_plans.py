"""Plans by when they are due: what was announced for a year, of all programmes, and what people say became of it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from comparison.announced import each_once, is_announced, is_its_own, is_promise
from comparison.figures import Evidence
from comparison.plans import ENTERED, Plan, due_date, plans, reached_by
from db.bulk import in_batches
from db.claims.filters import due as due_time
from db.claims.queries import load, stored_claims
from db.curation.names import ProjectNames
from db.curation.nouns import nouns_of, programmes_with_nouns
from db.curation.promises import standing_promises
from db.tables import ClaimRow, Reading, ReleaseRow
from inquiries.kept import kept
from models.calendar import berlin_day
from models.keys import name_key
from models.projects import ProjectGroup
from models.promises import PromiseRating
from models.stored import StoredClaim

PlanOrder = Literal["due", "announced"]
"""What is first: what is due first, or what was announced last."""

_PARTS_OF_YEAR = {
    r"Anfang|Beginn|(?:1\.|ersten?[ms]?) Quartal": "-03-31",
    r"Frühjahr|Frühling": "-05-31",
    r"Mitte|(?:2\.|zweiten?[ms]?) Quartal|(?:1\.|ersten?[ms]?) Halbjahr": "-06-30",
    r"Sommer": "-08-31",
    r"(?:3\.|dritten?[ms]?) Quartal": "-09-30",
    r"Herbst": "-11-30",
    r"Ende|Jahresende|(?:4\.|vierte[ms]?|vierten) Quartal|(?:2\.|zweite[ms]?|zweiten) Halbjahr": "-12-31",
}
_ORDINALS = ("erste", "zweite", "dritte", "vierte")
"""Parts of a year by which something is due, with their ends: "im Frühjahr 2026"."""
_FIRST_YEAR, _LAST_YEAR = "1990", "2100"
_YEAR = len("2024")


@dataclass(frozen=True, slots=True)
class DuePlan:
    """Something announced for a time by a release that names a programme.

    Attributes:
        due: ISO date or prefix by which.
        claim: that which announced it last.
        told: how many releases announce it.
        own: it is what is to become of the programme itself, by its name; else it is of what its sentence tells.
        rating: what a person says became of it, None where nobody has.
        reached_by: what a later release tells of it as reached; None where none surely does.
        answered: later releases tell something that is its result, or may be.
        told_later: later releases tell something of the programme, be it of this or of something else.
    """

    due: str
    claim: StoredClaim
    told: int
    own: bool
    rating: PromiseRating | None
    reached_by: Evidence | None
    answered: bool
    told_later: bool

    @property
    def latest(self) -> str:
        """The last day on which it is in time, or a prefix of it: of a part of a year that its sentence names, that of
        this part."""
        return self._part[0]

    @property
    def part(self) -> str:
        """The part of a year in which it is due, as its sentence names it: "Frühjahr 2026"; else an empty string."""
        return self._part[1]

    @property
    def _part(self) -> tuple[str, str]:
        if len(self.due) > _YEAR:
            return self.due, ""
        said = self.claim.claim.sentence
        parts = [
            (self.due + end, _in_digits(" ".join(found[0].split())))
            for part, end in _PARTS_OF_YEAR.items()
            for found in re.finditer(rf"\b(?:{part})\s+(?:des Jahres\s+)?{self.due}\b", said)
        ]
        # Where the year stands by itself too, the plan may be of that: "Baubeginn ist Anfang 2026, Eröffnung 2026".
        alone = len(re.findall(rf"\b{self.due}\b", said)) > len(parts)
        return (self.due, "") if alone else max(parts, default=(self.due, ""))

    def is_over(self, today: str) -> bool:
        """Whether its time has passed on a day (ISO date)."""
        return self.latest + "~" < today


def _in_digits(part: str) -> str:
    """A part of a year with its number in digits, whose word has the ending of its sentence: "ersten Quartal 2024"."""
    for number, word in enumerate(_ORDINALS, 1):
        part = re.sub(rf"^{word}[nms]?\b", f"{number}.", part)
    return part


@dataclass(frozen=True, slots=True)
class DuePlans:
    """Plans of a year, or of it and later ones, in an order, and all years for which something was announced."""

    year: str
    plans: tuple[DuePlan, ...]
    years: tuple[str, ...]


def due_plans(  # noqa: PLR0913 - filters, each by its name
    engine: Engine,
    year: str | None,
    *,
    this_year: str,
    later: bool = False,
    project: str | None = None,
    source: str | None = None,
    order: PlanOrder = "due",
) -> DuePlans:
    """What was announced for a year, whatever programme it is of.

    Args:
        engine: the database.
        year: in which it is due, YYYY; None for this year or, where nothing is due in it, the nearest with anything,
            a later one first.
        this_year: YYYY.
        later: or in any later one.
        project: of this programme alone, by any of its names.
        source: announced by this press office alone.
        order: of the plans.

    Raises:
        InputError: an unknown project.
    """
    with engine.connect() as connection:
        announced = _announced(engine, project, source)
        years = sorted({_year(each) for _, each in announced})
        shown = year or _nearest(years, this_year)
        due = _sorted_out(
            (group, each) for group, each in announced if _year(each) == shown or (later and _year(each) > shown)
        )
        found = list(_plans(connection, due, _reported(connection, due)))
        told = _last_told(connection, due)
    claims = {each.key: each for some in due for each in some.claims}
    ratings = standing_promises(engine, list(claims))
    listed = [
        DuePlan(
            due=plan.due or shown,
            claim=claims[plan.evidence[0].key],
            told=len({proof.release_id for proof in plan.evidence}),
            own=own,
            rating=next((ratings[proof.key] for proof in plan.evidence if proof.key in ratings), None),
            reached_by=reached_by(plan),
            answered=bool(plan.results or plan.perhaps or plan.fulfilled_by),
            told_later=_day(claims[plan.evidence[0].key]) < max((told[key] for key in keys if key in told), default=""),
        )
        for own, plan, keys in found
    ]
    # What is due in a year, or in a part of it, is due when that is over.
    listed.sort(key=lambda plan: (plan.latest + "~", plan.claim.claim.subject or "", plan.claim.key))
    if order == "announced":
        listed.sort(key=lambda plan: _day(plan.claim), reverse=True)
    return DuePlans(shown, tuple(listed), tuple(years))


@dataclass(frozen=True, slots=True)
class _Announced:
    """What is announced by releases that name a programme: of itself, or of something else."""

    group: ProjectGroup
    own: bool
    claims: list[StoredClaim] = field(default_factory=list)


def _nearest(years: Sequence[str], this_year: str) -> str:
    """Of the years for which something was announced this one, else the next, else the last."""
    return next((each for each in years if each >= this_year), years[-1] if years else this_year)


# Of all years at once, for pages show for which years anything was announced, and most ask for all programmes.
@kept
def _announced(engine: Engine, project: str | None, source: str | None) -> list[tuple[ProjectGroup, StoredClaim]]:
    with engine.connect() as connection:
        known = ProjectNames(connection)
        found = load(connection, stored_claims().where(*_conditions(known, project, source)).order_by(Reading.id))
        groups = known.of_subjects(name_key(each.claim.subject or "") for each in found)
    return [
        (groups[name_key(each.claim.subject or "")], each)
        for each in found
        if due_date(each.claim) and is_announced(each)
    ]


def _sorted_out(announced: Iterable[tuple[ProjectGroup, StoredClaim]]) -> list[_Announced]:
    """By programme, and by whether it is what is to become of that."""
    found: dict[tuple[str, bool], _Announced] = {}
    for group, each in announced:
        names = (group.name, *group.aliases)
        own = is_promise(each, names) and is_its_own(each.claim, (each.claim.subject or "", *names))
        found.setdefault((group.name, own), _Announced(group, own)).claims.append(each)
    return list(found.values())


def _conditions(names: ProjectNames, project: str | None, source: str | None) -> list[ColumnElement[bool]]:
    about = (
        Reading.subject_key.is_not(None)
        if project is None
        else Reading.subject_key.in_(sorted(names.resolve(project).keys))
    )
    return [
        Reading.current.expression,
        about,
        Reading.modality == "planned",
        due_time >= _FIRST_YEAR,
        due_time <= _LAST_YEAR,
        *([Reading.source_id == source] if source else []),
    ]


def _reported(connection: Connection, announced: Sequence[_Announced]) -> dict[str, list[StoredClaim]]:
    """What was reported in a state that is entered once, by the key of what it is about."""
    keys = sorted({key for each in announced for key in each.group.keys})
    found: dict[str, list[StoredClaim]] = {}
    for some in in_batches(keys):
        entered = (Reading.current.expression, Reading.modality == "actual", Reading.status.in_(ENTERED))
        statement = stored_claims().where(*entered, Reading.subject_key.in_(some)).order_by(Reading.id)
        for each in load(connection, statement):
            found.setdefault(name_key(each.claim.subject or ""), []).append(each)
    return found


def _last_told(connection: Connection, announced: Sequence[_Announced]) -> dict[str, str]:
    """The day of publication of the last release that tells anything of what is announced, by the key of that."""
    keys = sorted({key for each in announced for key in each.group.keys})
    found: dict[str, str] = {}
    for some in in_batches(keys):
        statement = (
            select(Reading.subject_key, func.max(ReleaseRow.published))
            .join(ClaimRow, ClaimRow.key == Reading.claim_key)
            .join(ReleaseRow, ReleaseRow.id == ClaimRow.release_id)
            .where(Reading.current, Reading.subject_key.in_(some))
            .group_by(Reading.subject_key)
        )
        found |= {key: berlin_day(last) or "" for key, last in connection.execute(statement).tuples() if key}
    return found


def _plans(
    connection: Connection, announced: Sequence[_Announced], reported: Mapping[str, Sequence[StoredClaim]]
) -> Iterator[tuple[bool, Plan, frozenset[str]]]:
    """Each target once beside what was reported of it, whether it is the programme's own, and the keys of that."""
    everywhere, own = nouns_of(connection), programmes_with_nouns(connection)
    for each in announced:
        group = each.group
        nouns = nouns_of(connection, group.name) if name_key(group.name) in own else everywhere
        told = [*each.claims, *(claim for key in group.keys for claim in reported.get(key, ()))]
        yield from ((each.own, plan, group.keys) for plan in each_once(plans(told, nouns, group.names)))


def _day(stored: StoredClaim) -> str:
    return berlin_day(stored.published) or ""


def _year(stored: StoredClaim) -> str:
    return (due_date(stored.claim) or "")[:_YEAR]
