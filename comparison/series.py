"""Series: like compared with like over reporting dates, and plans beside what came of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from comparison.basis import Basis, basis
from comparison.exclusions import exclusion
from comparison.figures import Evidence, Figure, evidence, figure, merged_dates
from comparison.intervals import Change, change, interval
from comparison.likeness import Stated
from comparison.relation import relate, stated
from models.claim import Claim, Modality
from models.keys import name_key
from models.nouns import Nouns
from models.quantity import Kind
from models.statuses import TRAITS, Status
from models.stored import StoredClaim

_Unit = Sequence[tuple[StoredClaim, Stated]]
"""Claims that are compared together, each also as a statement that can be related."""
_ANSWERS = frozenset({"plan", "same"})
PlanOutcome = Literal["reached", "not reached", "open", "undecided", "nothing found"]


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What a series counts or measures; only numbers that agree in all of this are compared.

    `basis`: a `stock` at a date, a `flow` within a period, `cumulative` since a date (`origin`),
    a `target`.
    """

    subject: str | None
    counted: str | None
    unit: str | None
    kind: Kind
    status: Status | None
    modality: Modality
    basis: Basis
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at its reporting date."""

    date: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Series:
    """Points by date, and the changes between neighbours (one fewer)."""

    key: SeriesKey
    points: tuple[Point, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Something announced, beside what was reported.

    Attributes:
        target: what was to be reached; None for the status of a named project.
        due: ISO date or prefix by which, None where none was stated.
        known: the newest figure reported up to the plan's own reporting date.
        results: later figures that are its result, or another number of the very thing.
        fulfilled_by: later claims of that status without a number.
        perhaps: later figures that may belong to it: nothing keeps them apart, and not enough joins them.
        outcome: "open" while the due date lies after the last report or none was stated; "nothing
            found" where it has passed and no report speaks of it, which does not say that there is none;
            "undecided" where only figures that may belong to it were reported by then.
    """

    subject: str | None
    counted: str | None
    unit: str | None
    kind: Kind
    status: Status | None
    target: Figure | None
    due: str | None
    evidence: tuple[Evidence, ...]
    known: Point | None
    results: tuple[Point, ...]
    perhaps: tuple[Point, ...]
    fulfilled_by: tuple[Evidence, ...]
    outcome: PlanOutcome


def series_key(stored: StoredClaim, nouns: Nouns, names: Mapping[str, str]) -> SeriesKey:
    """The series that a claim belongs to; `names` gives projects' names by `name_key`."""
    claim = stored.claim
    kind_of_basis = basis(claim)
    return SeriesKey(
        subject=names.get(name_key(claim.subject), claim.subject) if claim.subject else None,
        counted=nouns.series(claim.counted),
        unit=claim.unit,
        kind=claim.kind,
        status=claim.status,
        modality=claim.modality,
        basis=kind_of_basis,
        origin=claim.since if kind_of_basis == "cumulative" else None,
    )


def series(claims: Sequence[StoredClaim], nouns: Nouns, names: Mapping[str, str]) -> tuple[Series, ...]:
    """Claims with a value and a date, like with like."""
    groups: dict[SeriesKey, list[StoredClaim]] = defaultdict(list)
    for each in claims:
        if each.claim.value is not None and each.date:
            groups[series_key(each, nouns, names)].append(each)
    made = []
    for key, members in groups.items():
        for chain in _chains([[each] for each in members], nouns):
            found = points(chain)
            steps = tuple(change(a.figure.stated, b.figure.stated) for a, b in pairwise(found))
            made.append(Series(key, found, steps))
    return tuple(
        sorted(made, key=lambda each: (str(each.key.subject), each.key.kind, str(each.key.counted), repr(each)))
    )


def _chains(units: Sequence[Sequence[StoredClaim]], nouns: Nouns) -> list[list[StoredClaim]]:
    """Units of claims, such as a whole with its parts, by what may be compared: with the newest and with the first.

    Not with the newest alone: many small steps would lead from one thing to another.
    """
    chains: list[list[_Unit]] = []
    for claims in sorted(units, key=lambda unit: (unit[0].date, unit[0].release_id, unit[0].claim.start)):
        unit = [(each, stated(each, nouns.series(each.claim.counted))) for each in claims]
        fitting = (chain for chain in chains if all(_fit(other, unit) for other in (chain[0], chain[-1])[: len(chain)]))
        chain = next(fitting, None)
        if chain is None:
            chains.append(chain := [])
        chain.append(unit)
    return [[each for unit in chain for each, _ in unit] for chain in chains]


def _fit(one: _Unit, other: _Unit) -> bool:
    """Whether two claims of two units may be compared. What one release says twice in other words is two things."""
    return any(
        a.claim.status == b.claim.status
        and (a.claim.of is None) == (b.claim.of is None)
        and (a.release_id != b.release_id or a.claim.value == b.claim.value)
        and relate(told, told_too).comparable
        for a, told in one
        for b, told_too in other
    )


def main_chain(units: Sequence[Sequence[StoredClaim]], nouns: Nouns) -> list[StoredClaim]:
    """Of units of claims those that may be compared with each other over most dates; of two such runs the earlier."""
    return max(_chains(units, nouns), key=lambda run: len({each.date for each in run}), default=[])


def points(claims: Sequence[StoredClaim]) -> tuple[Point, ...]:
    """One figure for each date."""
    merged = merged_dates(each.date for each in claims)
    by_date: dict[str, list[StoredClaim]] = defaultdict(list)
    for each in claims:
        by_date[merged[each.date]].append(each)
    return tuple(Point(date, figure(by_date[date])) for date in sorted(by_date))


def plans(claims: Sequence[StoredClaim], nouns: Nouns, names: Mapping[str, str]) -> tuple[Plan, ...]:
    """Each plan with what was reported of the same thing."""
    groups: dict[tuple[SeriesKey, str | None], list[StoredClaim]] = defaultdict(list)
    for each in claims:
        if each.claim.modality == "planned" and each.date:
            groups[series_key(each, nouns, names), _due(each.claim)].append(each)
    last_report = max((each.date for each in claims), default="")
    actual = [each for each in claims if each.claim.modality == "actual" and each.date]
    made = []
    for (key, due), planned in groups.items():
        reported = [each for each in actual if _fulfils(series_key(each, nouns, names), key)]
        made.append(_plan(key, due, planned, _sorted_out(planned, reported, nouns), last_report))
    return tuple(sorted(made, key=lambda plan: (plan.evidence[0].reporting_date, str(plan.subject), repr(plan))))


def _sorted_out(
    planned: Sequence[StoredClaim], reported: Sequence[StoredClaim], nouns: Nouns
) -> tuple[list[StoredClaim], list[StoredClaim]]:
    """What answers a plan, and what may: its result as a later release tells it, and what no rule keeps apart from it.

    The number told again says not that it was reached.
    """
    targets = [stated(each, nouns.series(each.claim.counted)) for each in planned]
    releases = {each.release_id for each in planned}
    answering: list[StoredClaim] = []
    perhaps: list[StoredClaim] = []
    for each in reported:
        one = stated(each, nouns.series(each.claim.counted))
        kinds = {relate(target, one).kind for target in targets} if each.claim.value is not None else {"plan"}
        if each.release_id not in releases and not kinds.isdisjoint(_ANSWERS):
            answering.append(each)
        elif each.claim.value is not None and any(exclusion(target, one) is None for target in targets):
            perhaps.append(each)
    return answering, perhaps


def _plan(
    key: SeriesKey,
    due: str | None,
    planned: list[StoredClaim],
    sorted_out: tuple[list[StoredClaim], list[StoredClaim]],
    last_report: str,
) -> Plan:
    reported, doubtful = sorted_out
    made_at = max(each.date for each in planned)
    target = None if key.kind == "status" else figure(planned)
    valued = [each for each in reported if each.claim.value is not None]
    known = points([each for each in (*valued, *doubtful) if each.date <= made_at])
    results = points([each for each in valued if each.date > made_at])
    perhaps = points([each for each in doubtful if each.date > made_at])
    proofs = target.evidence + target.disputed if target else tuple(map(evidence, planned))
    return Plan(
        subject=key.subject,
        counted=key.counted,
        unit=key.unit,
        kind=key.kind,
        status=key.status,
        target=target,
        due=due,
        evidence=proofs,
        known=known[-1] if known else None,
        results=results,
        perhaps=perhaps,
        fulfilled_by=tuple(evidence(each) for each in reported if each.claim.value is None and each.date > made_at),
        outcome=_outcome(
            target, due, results, perhaps, [each for each in reported if each.date > made_at], last_report
        ),
    )


def _outcome(
    target: Figure | None,
    due: str | None,
    results: tuple[Point, ...],
    perhaps: tuple[Point, ...],
    later: list[StoredClaim],
    last_report: str,
) -> PlanOutcome:
    if target is None:
        reached = bool(later)
    else:
        wanted = interval(*target.stated)
        reached = any(not interval(*point.figure.stated).below(wanted) for point in results)
    if reached:
        return "reached"
    # A plan for "2023" is due when 2023 is over.
    if due is None or last_report <= due or last_report.startswith(due):
        return "open"
    if any(each.date >= due for each in later):
        return "not reached"
    return "undecided" if any(point.date >= due for point in perhaps) else "nothing found"


def _fulfils(reported: SeriesKey, planned: SeriesKey) -> bool:
    """Whether a number reported can be laid beside a plan: the same thing in the same state."""
    return (reported.subject, reported.counted, reported.unit, reported.kind) == (
        planned.subject,
        planned.counted,
        planned.unit,
        planned.kind,
    ) and (
        planned.status in (reported.status, None)
        or (reported.status is not None and planned.status in TRAITS[reported.status].brings)
    )


def _due(claim: Claim) -> str | None:
    return claim.until or claim.as_of
