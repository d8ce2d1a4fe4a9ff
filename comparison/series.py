"""Series: like compared with like over reporting dates."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from comparison.basis import Basis, basis
from comparison.dating import long_after, misdated, passed, times_compare
from comparison.figures import Evidence, Figure, figure, merged_dates, moved
from comparison.intervals import Change
from comparison.likeness import Stated
from comparison.relation import relate, stated
from models.claim import Claim, Modality
from models.keys import name_key
from models.nouns import Nouns
from models.quantity import Kind
from models.statuses import Status
from models.stored import StoredClaim

OF_CHANGE = frozenset({"change", "points", "increment"})
"""Changes are measured against what another statement need not share; a change of changes is not told."""
_Unit = Sequence[tuple[StoredClaim, Stated]]
"""Claims that are compared together, each also as a statement that can be related."""


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

    @property
    def proof(self) -> Evidence:
        """What told the number at this date first: later releases may have told it again."""
        told = [each for each in self.figure.evidence if each.reporting_date == self.date]
        return told[-1] if told else self.figure.evidence[0]


@dataclass(frozen=True, slots=True)
class Series:
    """Points by date, and the changes between neighbours (one fewer)."""

    key: SeriesKey
    points: tuple[Point, ...]
    changes: tuple[Change, ...]


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


def has_level(claim: Claim) -> bool:
    """Whether a claim has a number of its date: no change, nor what "von 72 auf 74" says of an earlier time."""
    return claim.value is not None and claim.aspect not in OF_CHANGE and not passed(claim) and not misdated(claim)


def series(claims: Sequence[StoredClaim], nouns: Nouns, names: Mapping[str, str]) -> tuple[Series, ...]:
    """Claims with a value and a date, like with like."""
    groups: dict[SeriesKey, list[StoredClaim]] = defaultdict(list)
    for each in claims:
        if each.date and has_level(each.claim):
            groups[series_key(each, nouns, names)].append(each)
    made = []
    for key, members in groups.items():
        for chain in _chains([[each] for each in members], nouns):
            found = _told_once(chain, nouns)
            steps = tuple(moved(a.figure, b.figure) for a, b in pairwise(found))
            made.append(Series(key, found, steps))
    return tuple(
        sorted(made, key=lambda each: (str(each.key.subject), each.key.kind, str(each.key.counted), repr(each)))
    )


def same_series(
    found: StoredClaim, claims: Sequence[StoredClaim], nouns: Nouns, names: Mapping[str, str]
) -> list[StoredClaim]:
    """Of claims those of the series that one of them is in, the oldest first; none where its number is no level."""
    key = series_key(found, nouns, names)
    levels = [each for each in claims if each.date and has_level(each.claim) and series_key(each, nouns, names) == key]
    chains = _chains([[each] for each in levels], nouns)
    return next((chain for chain in chains if any(each.key == found.key for each in chain)), [])


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
        and times_compare(a, b)
        and relate(told, told_too).tells_change
        for a, told in one
        for b, told_too in other
    )


def main_chain(units: Sequence[Sequence[StoredClaim]], nouns: Nouns) -> list[StoredClaim]:
    """Of units of claims those that may be compared with each other over most dates; of two such runs the earlier."""
    return max(_chains(units, nouns), key=lambda run: len({each.date for each in run}), default=[])


def _told_once(claims: Sequence[StoredClaim], nouns: Nouns) -> tuple[Point, ...]:
    """One figure for each date; a number that is told again later is further evidence of its first point."""
    dates: list[tuple[str, list[StoredClaim]]] = []
    for date, some in by_date(claims).items():
        if dates and all(_repeats(dates[-1][1][0], one, nouns) for one in some):
            dates[-1][1].extend(some)
        else:
            dates.append((date, some))
    return tuple(Point(date, figure(some)) for date, some in dates)


def _repeats(before: StoredClaim, again: StoredClaim, nouns: Nouns) -> bool:
    """Whether a number is told again; in one release it is, whatever date it has been read with."""
    if before.release_id == again.release_id and before.claim.value == again.claim.value:
        return True
    if long_after(before.date, again.date):
        return False
    one, other = (stated(each, nouns.series(each.claim.counted)) for each in (before, again))
    return relate(one, other).kind == "repeat"


def points(claims: Sequence[StoredClaim]) -> tuple[Point, ...]:
    """One figure for each date."""
    return tuple(Point(date, figure(some)) for date, some in by_date(claims).items())


def by_date(claims: Sequence[StoredClaim]) -> dict[str, list[StoredClaim]]:
    """Claims by their reporting dates, the oldest first; a year stands for its only date."""
    merged = merged_dates(each.date for each in claims)
    found: dict[str, list[StoredClaim]] = defaultdict(list)
    for each in claims:
        found[merged[each.date]].append(each)
    return dict(sorted(found.items()))
