"""The parts of a whole at each reporting date, and whether they add up."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from comparison.figures import Evidence, Figure, figure, merged_dates, weakest_basis
from models.claim import Claim, ReportingBasis
from models.statuses import STATUSES, TRAITS, Status
from models.stored import StoredClaim

# What no status is stated of is there from the start as well.
_ORIGINS = frozenset({None, *(status for status, traits in TRAITS.items() if traits.origin)})
# "die 74 Projekte" are all there are; "74 Projekte" may be some.
_DEFINITE = re.compile(r"\b(?:die|der|den|diese[rn]?|alle[rn]?|sämtliche[rn]?|insgesamt)\s+$", re.IGNORECASE)
_GIVEN = re.compile(r"\b(?:die|der|den|diese[rn]?|alle[rn]?|sämtliche[rn]?)\s+(?:\w+\s+)?$", re.IGNORECASE)


_Sentence = tuple[str, int]
"""A release, and where a sentence of it begins."""
_Counts = list[StoredClaim]


@dataclass(frozen=True, slots=True)
class Row:
    """One reporting date.

    Attributes:
        date: ISO date or prefix, as precise as any of the claims gives it.
        label: the year, or the date where one year has several.
        basis: how the date is known.
        total: the whole, None where none was found.
        parts: figure by status; a status without one was not found, which does not say that it
            was not stated.
        rest: what is left of the whole, where the same sentence tells of it without a status: "192 blieben frei".
        adds_up: whether parts and rest make up the whole; None where that cannot be told, for want of a
            whole, because a number is only "about" or "more than", or because one part may hold another.
        unaccounted: the whole less parts and rest, negative where parts overlap; None like `adds_up`.
    """

    date: str
    label: str
    basis: ReportingBasis
    total: Figure | None
    parts: dict[Status, Figure]
    rest: Figure | None
    adds_up: bool | None
    unaccounted: Decimal | None

    @property
    def release_ids(self) -> frozenset[str]:
        """The releases that the figures come from."""
        return frozenset(proof.release_id for proof in self._all_proofs())

    @property
    def proofs(self) -> frozenset[str]:
        """The claims that its figures rest on."""
        return frozenset(proof.key for proof in self._all_proofs())

    def _all_proofs(self) -> list[Evidence]:
        figures = [*self.parts.values(), *filter(None, (self.total, self.rest))]
        return [proof for each in figures for proof in (*each.evidence, *each.disputed)]


def rows(claims: Sequence[StoredClaim], beside: Sequence[StoredClaim] = ()) -> tuple[Row, ...]:
    """Rows by date from the counts of one series, all of modality "actual".

    Args:
        claims: the counts.
        beside: what else the same releases tell: where their sentences have the whole, or what is left of it.
    """
    told = _by_sentence(beside)
    by_key = {each.key: each for each in claims}
    wholes = {each.whole_key for each in claims if each.whole_key in by_key}
    dated = [each for each in claims if each.key not in wholes and each.date]
    merged = merged_dates(each.date for each in dated)
    by_date: dict[str, list[StoredClaim]] = defaultdict(list)
    for each in dated:
        by_date[merged[each.date]].append(each)
    years = [date[:4] for date in by_date]
    return tuple(
        _row(date, date[:4] if years.count(date[:4]) == 1 else date, by_date[date], by_key, told)
        for date in sorted(by_date)
    )


def _row(
    date: str, label: str, claims: list[StoredClaim], by_key: dict[str, StoredClaim], told: dict[_Sentence, _Counts]
) -> Row:
    total = _total(claims, by_key)
    by_status: dict[Status, list[StoredClaim]] = defaultdict(list)
    counted = (_in_state(one, by_key) for one in claims)
    for each in {one.key: one for one in counted}.values():
        if each.claim.status is not None:
            by_status[each.claim.status].append(each)
    parts = {status: figure(by_status[status]) for status in STATUSES if status in by_status}
    unaccounted = _unaccounted(total, parts)
    rest = None
    if (found := _told_with_parts(claims, total, parts, told)) is not None:
        (total, rest), unaccounted = found, Decimal(0)
    return Row(
        date=date,
        label=label,
        basis=weakest_basis(claims),
        total=total,
        parts=parts,
        rest=rest,
        adds_up=None if unaccounted is None else unaccounted == 0,
        unaccounted=unaccounted,
    )


def _by_sentence(claims: Sequence[StoredClaim]) -> dict[_Sentence, _Counts]:
    found: dict[_Sentence, _Counts] = defaultdict(list)
    for each in claims:
        if each.claim.kind == "count" and each.claim.modality == "actual" and each.claim.value is not None:
            found[each.release_id, each.claim.sentence_start].append(each)
    return found


def _told_with_parts(
    claims: list[StoredClaim], total: Figure | None, parts: dict[Status, Figure], told: dict[_Sentence, _Counts]
) -> tuple[Figure, Figure] | None:
    """The whole, and what is left of it, where a sentence has that beside the parts: "1.094 Plätze standen bereit, 902
    waren belegt, 192 blieben frei". That they come to the same shows that they belong together.
    """
    if not parts or not all(part.exact for part in parts.values()) or (total is not None and not total.exact):
        return None
    taken = sum((part.value for part in parts.values()), Decimal(0))
    for part in (each for each in claims if each.claim.status is not None):
        others = told.get((part.release_id, part.claim.sentence_start), [])
        others = [each for each in others if each.claim.status is None and each.claim.comparator in (None, "=")]
        wholes = [figure([each]) for each in others if each.claim.counted == part.claim.counted]
        rests = [figure([each]) for each in others if each.claim.predicate is not None]
        for whole, rest in product([total] if total else wholes, rests):
            if whole.value == taken + rest.value:
                return whole, rest
    return None


def _total(claims: list[StoredClaim], by_key: dict[str, StoredClaim]) -> Figure | None:
    divided = [each for each in claims if each.claim.of is not None and _in_state(each, by_key) is each]
    stated = [_whole(each, by_key) for each in divided if not _of_another_time(each, by_key)]
    if not stated:
        stated = [each for each in claims if each.claim.status in _ORIGINS and _is_definite(each)]
    if not stated:
        return None
    whole = figure(list({each.key: each for each in stated}.values()))
    # The same number elsewhere, in a headline perhaps, is proof as well.
    repeated = [each for each in claims if each.claim.status in _ORIGINS and each.claim.value == whole.value]
    return figure(list({each.key: each for each in (*stated, *repeated)}.values()))


def _in_state(part: StoredClaim, by_key: dict[str, StoredClaim]) -> StoredClaim:
    """What tells how many are in the state of a part: its whole, where that is in the same.

    "8.520 Anträge sind eingegangen, davon 3.774 für Balkone": all 8,520 are.
    """
    whole = by_key.get(part.whole_key or "")
    return whole if whole is not None and whole.claim.status == part.claim.status is not None else part


def _of_another_time(part: StoredClaim, by_key: dict[str, StoredClaim]) -> bool:
    """Whether a part and its whole, which another sentence tells, are said to be of times that have nothing in common.

    The 5,969 flats built in one year are no part of the 356,790 that there were at the end of another.
    """
    whole = by_key.get(part.whole_key or "")
    if whole is None or whole.claim.sentence_start == part.claim.sentence_start:
        return False
    stated = part.claim.reporting_basis == whole.claim.reporting_basis == "stated"
    return stated and not (whole.date.startswith(part.date) or part.date.startswith(whole.date))


def _whole(part: StoredClaim, by_key: dict[str, StoredClaim]) -> StoredClaim:
    """The claim of the whole; where it was not read as one, the part's own words are the proof."""
    if part.whole_key in by_key:
        return by_key[part.whole_key]
    return replace(part, claim=replace(part.claim, value=part.claim.of, value_to=None, comparator="="))


def is_given(claim: Claim) -> bool:
    """Whether a whole is told of as one that is known: "die 74 Projekte", "von den 74 Projekten"."""
    return claim.of is not None or bool(_GIVEN.search(claim.before))


def _is_definite(stored: StoredClaim) -> bool:
    claim = stored.claim
    return claim.of is None and bool(_DEFINITE.search(claim.before))


def _unaccounted(total: Figure | None, parts: dict[Status, Figure]) -> Decimal | None:
    if total is None or not total.exact or not parts or not all(part.exact for part in parts.values()):
        return None
    # What is true of all from the start ("alle 73 wurden bewilligt") is no part beside others.
    proper = [status for status, part in parts.items() if status not in _ORIGINS or part.value != total.value]
    left = total.value - sum((parts[status].value for status in proper), Decimal(0))
    # "41 haben beantragt, für 27 von ihnen ist bewilligt": what was granted had been applied for.
    if left < 0 and any(status in _ORIGINS for status in proper):
        return None
    return left if proper else None
