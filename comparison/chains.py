"""Chains: numbers of any releases that may be laid side by side, found without a programme's name.

"Im März 2023 standen 1.100 Plätze bereit."   2023-03
"Im März 2024 stehen 1.250 Plätze bereit."    2024-03

Candidates are found cheaply, by the rare words that their statements share; whether a number joins a chain is decided
by `comparison.relation`, against the newest and against the first number of it. Against the newest alone, many small
steps would lead from one thing to another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby

from comparison.basis import basis
from comparison.dating import (
    is_growing_old,
    is_of_part_of_year,
    long_after,
    own_dates,
    times_compare,
    week_before,
    year_of_round,
)
from comparison.intervals import may_be_one
from comparison.kin import Kin, says_nothing_of_itself
from comparison.likeness import Stated
from comparison.looking_back import looks_back, with_years_before
from comparison.relation import Relation, relate, stated
from comparison.series import has_level
from models.calendar import berlin_day
from models.claim import Claim
from models.quantity import DAY_LENGTH, days_of
from models.stored import SeriesClaim, StoredClaim

_Member = tuple[StoredClaim, Stated]
"""A claim with a number, also as a statement that can be related."""

_YEAR = len("2024")
_JOINS = frozenset({"same", "repeat"})
_OLD = 400
"""Days after which a date that a release gives elsewhere is hardly that of its numbers."""
_NEAR_BEST = 0.8
"""How like two statements must be, beside the likest that there is to either: else that one is its true neighbour."""
_CLOSE = 0.5
"""From there on the likest statement is another edition of one text."""
_LEAST_ALIKE = 0.3


@dataclass(slots=True)
class _Growing:
    """A chain while it is made; `first` and `newest` are the places, in its group, of what others are laid beside."""

    first: int
    newest: int
    links: list[SeriesClaim]


@cache
def rules() -> str:
    """The version of the rules, a hash of all that a comparison rests on; series of another are to be made anew."""
    digest = sha256()
    for file in sorted(files("comparison").iterdir(), key=lambda each: each.name):
        if file.name.endswith((".py", ".json")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def time_of(stored: StoredClaim) -> str:
    """Of when a number is, as far as is known: the date or period that is stated, else the reporting date.

    What is planned, or is told before its time has come, is of the day on which it is told, but for a year's round.
    """
    claim = stored.claim
    if (year := year_of_round(stored)) is not None:
        return year
    stated = claim.as_of or (claim.until if claim.since else None) or week_before(stored)
    if stated is None or claim.modality == "planned":
        return stored.date
    published = berlin_day(stored.published)
    return published if published and days_of(stated)[0].isoformat() > published else stated


def chains(claims: Iterable[StoredClaim], noun_of: Callable[[Claim], str | None]) -> Iterator[tuple[SeriesClaim, ...]]:
    """Chains of at least two points of time whose numbers are not all one, each in the order of its reports.

    Args:
        claims: current claims; those without a number or a date, rejected, denied or only possible ones join none.
        noun_of: the series that a claim's noun counts in.
    """
    groups: dict[tuple[object, ...], list[_Member]] = defaultdict(list)
    before: dict[tuple[object, ...], dict[str, list[SeriesClaim]]] = defaultdict(lambda: defaultdict(list))
    for each in own_dates(list(claims)):
        if _may_join(each):
            one = stated(each, noun_of(each.claim))
            if looks_back(each.claim):
                before[_group(one)][each.release_id].append(SeriesClaim(each, time_of(each), 0))
            elif not one.in_table:
                groups[_group(one)].append((each, one))
    for group, members in groups.items():
        for own in _Group(members).chains():
            links = _in_time(with_years_before(own, before[group]))
            if links[-1].point > 0 and any(not may_be_one(links[0].stored.claim, each.stored.claim) for each in links):
                yield links


def _may_join(stored: StoredClaim) -> bool:
    claim = stored.claim
    if not stored.date or stored.decision == "rejected" or not has_level(claim) or is_growing_old(claim):
        return False
    if is_of_part_of_year(claim):
        return False  # it would stand as the whole year's
    if claim.reporting_basis == "release" and _age(stored) > _OLD:
        return False
    # What is planned for a day is an event, no target.
    due = claim.as_of or claim.until or ""
    return claim.modality == "actual" or (claim.modality == "planned" and len(due) < DAY_LENGTH)


def _age(stored: StoredClaim) -> int:
    """Days from the reporting date to the publication."""
    published = berlin_day(stored.published)
    return (date.fromisoformat(published) - days_of(stored.date)[1]).days if published else 0


def _group(one: Stated) -> tuple[object, ...]:
    """What must be equal in all numbers of a chain, and is cheap to compare."""
    claim = one.claim
    noun = one.noun_key if claim.kind == "count" else ""
    return claim.kind, claim.unit, noun, claim.modality, basis(claim) == "cumulative"


def _place(stored: StoredClaim) -> tuple[object, ...]:
    return _known_by(stored, stored.date), stored.release_id, stored.claim.start


def _known_by(stored: StoredClaim, time: str) -> date:
    """The last day of a time, "2021" being later than "2021-02-03", but none after the number was told."""
    end, published = days_of(time)[1], berlin_day(stored.published)
    return min(end, date.fromisoformat(published)) if published else end


class _Group:
    """Numbers of one kind, unit and noun, and the chains that they make."""

    def __init__(self, members: Sequence[_Member]) -> None:
        self._members = sorted(members, key=lambda each: _place(each[0]))
        self._kin = Kin(
            [one for _, one in self._members],
            [each.release_id for each, _ in self._members],
            [each.published.date() if each.published else None for each, _ in self._members],
        )
        self._grown: list[_Growing] = []
        self._chain_of: dict[int, int] = {}

    def chains(self) -> Iterator[tuple[SeriesClaim, ...]]:
        """All chains, of one number too, in the order in which they grew."""
        for _, numbers in groupby(range(len(self._members)), key=lambda index: self._members[index][0].release_id):
            self._add_release(list(numbers))
        self._append()
        return (tuple(chain.links) for chain in self._grown if chain.links)

    def _add_release(self, indexes: list[int]) -> None:
        """Each number goes to one chain at most, the surest first."""
        fitting = [
            (relation.confidence, index, chain, relation)
            for index in indexes
            for chain in self._near(index)
            if (relation := self._relation(self._grown[chain], index)) is not None
        ]
        for _, index, chain, relation in sorted(fitting, key=lambda each: (-each[0], each[1], each[2])):
            if index not in self._chain_of and _accepts(self._grown[chain], self._members[index][0]):
                self._join(chain, index, relation)
        for index in indexes:
            if index not in self._chain_of:
                self._chain_of[index] = len(self._grown)
                link = SeriesClaim(self._members[index][0], time_of(self._members[index][0]), 0)
                self._grown.append(_Growing(index, index, [link]))

    def _append(self) -> None:
        """Lays later chains at the end of earlier ones: the same statement in words that changed once for all.

        What is told side by side in two wordings is of two things, however like they are.
        """
        fitting = []
        for later, chain in enumerate(self._grown):
            for earlier in self._near(chain.first):
                relation = self._relation_of_chains(self._grown[earlier], chain) if earlier != later else None
                if relation is not None:
                    fitting.append((relation.confidence, earlier, later, relation))
        for _, earlier, later, relation in sorted(fitting, key=lambda each: (-each[0], each[2], each[1])):
            before, after = self._grown[earlier], self._grown[later]
            if before.links and after.links and self._relation_of_chains(before, after) is not None:
                again = relation.kind == "repeat" and not long_after(before.links[-1].time, after.links[0].time)
                shift = before.links[-1].point + (not again)
                before.links += [replace(link, point=link.point + shift) for link in after.links]
                before.newest = after.newest
                after.links = []

    def _relation_of_chains(self, before: _Growing, after: _Growing) -> Relation | None:
        if not before.links or not after.links or _end(before.links[-1]) >= _end(after.links[0]):
            return None
        if self._kin.alike(before.newest, after.first) < _LEAST_ALIKE:
            return None
        if says_nothing_of_itself(self._members[before.newest][1], self._members[after.first][1]):
            return None
        if self._kin.parallel(before.newest, after.first) or not self._kin.named_alike(before.newest, after.first):
            return None
        if not times_compare(self._members[before.newest][0], self._members[after.first][0]):
            return None
        pairs = ((before.newest, after.first), (before.first, after.first), (before.first, after.newest))
        told = [relate(self._members[a][1], self._members[b][1]) for a, b in dict.fromkeys(pairs) if a != b]
        return told[0] if told[0].tells_change and all(each.kind in _JOINS for each in told) else None

    def _near(self, index: int) -> list[int]:
        """The chains of the numbers before this one that share most of its rare words."""
        return list(dict.fromkeys(self._chain_of[each] for each in self._kin.near(index) if each in self._chain_of))

    def _relation(self, chain: _Growing, index: int) -> Relation | None:
        """How a number stands to the newest of a chain, if it may be laid beside it and beside the first."""
        beside = (chain.first, chain.newest)
        first, newest, one = (self._members[each][1] for each in (*beside, index))
        likest = min(map(self._kin.likest, (chain.newest, index)))
        # A named programme is told of in ever other words.
        freely = newest.claim.subject is not None and newest.claim.subject == one.claim.subject and likest < _CLOSE
        if not freely and self._kin.closely(chain.newest, index) < _NEAR_BEST * likest:
            return None
        if self._kin.alike(chain.newest, index) < _LEAST_ALIKE:
            return None
        if says_nothing_of_itself(newest, one) or self._kin.parallel(chain.newest, index):
            return None
        if not self._kin.named_alike(chain.newest, index):
            return None
        if not all(times_compare(self._members[each][0], self._members[index][0]) for each in beside):
            return None
        relation = relate(newest, one)
        told = relation.tells_change and (chain.first == chain.newest or relate(first, one).kind in _JOINS)
        return relation if told else None

    def _join(self, place: int, index: int, relation: Relation) -> None:
        chain, stored = self._grown[place], self._members[index][0]
        point, time = chain.links[-1].point, time_of(stored)
        own = any(link.stored.release_id == stored.release_id for link in chain.links if link.point == point)
        again = relation.kind == "repeat" and not long_after(chain.links[-1].time, time)
        told_again = again or time == chain.links[-1].time or (own and len(time) != _YEAR)
        chain.links.append(SeriesClaim(stored, time, point if told_again else point + 1))
        self._chain_of[index] = place
        if not told_again:
            chain.newest = index


def _accepts(chain: _Growing, stored: StoredClaim) -> bool:
    """Whether a chain has no other number of the same release, unless that is of another year, nor of the same time.

    Of two numbers for one time one may restate the other; more often they are of two rounds, or of two groups.
    """
    time = time_of(stored)
    own = [link for link in chain.links if link.stored.release_id == stored.release_id or link.time == time]
    return all(
        may_be_one(link.stored.claim, stored.claim) or (len(time) == len(link.time) == _YEAR and time != link.time)
        for link in own
    )


def _end(link: SeriesClaim) -> date:
    return _known_by(link.stored, link.time)


def _in_time(links: Sequence[SeriesClaim]) -> tuple[SeriesClaim, ...]:
    """Points in the order of their times; those of one time are one."""
    times: dict[int, str] = {}
    ends: dict[str, date] = {}
    for link in links:
        times.setdefault(link.point, link.time)
        ends[link.time] = min(ends.get(link.time, date.max), _end(link))
    order = sorted(set(times.values()), key=lambda time: (ends[time], time))
    return tuple(
        sorted(
            (replace(link, point=order.index(times[link.point])) for link in links),
            key=lambda link: (link.point, days_of(link.stored.date)[1], link.stored.key),
        )
    )
