"""Numbers that were stated otherwise later: new wholes, other figures for one date, silent corrections."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from comparison.exclusions import exclusion
from comparison.figures import Evidence, Figure, evidence, moved
from comparison.intervals import Change, change
from comparison.likeness import Stated, StatedPair
from comparison.parts import Row, is_given
from comparison.relation import other_editions, relate
from comparison.relation import stated as as_stated
from comparison.series import series_key
from models.nouns import Nouns
from models.statuses import Status
from models.stored import StoredClaim

_OTHER_THING = frozenset({"thing", "place", "which of a kind", "round", "season", "quality", "purpose", "headline"})
"""What tells two wholes apart, in whatever states they are told."""

_NUMBER, _EDGE = re.compile(r"\d+(?:[.,]\d+)*"), re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Restatement:
    """Two statements that differ.

    `kind`: `whole`: the whole is another at a later date; `figure`: another release gives another
    number for the same date; `correction`: the same release was changed after it was published.
    `same_words`: two releases tell it in one sentence, of which only the numbers are others. Then the date may be the
    slip: what is told anew each month is easily told with the month of the last time.
    """

    kind: Literal["whole", "figure", "correction"]
    status: Status | None
    before: Evidence
    after: Evidence
    change: Change
    same_words: bool = False


def restatements(
    table: Sequence[Row],
    current: Sequence[StoredClaim],
    superseded: Sequence[StoredClaim],
    nouns: Nouns,
    names: Mapping[str, str],
) -> tuple[Restatement, ...]:
    """All restatements of a programme.

    Args:
        table: rows by reporting date.
        current: standing claims.
        superseded: claims of earlier revisions of the same releases.
        nouns: which nouns count the same.
        names: projects' names by `name_key`.
    """
    sides = {each.key: as_stated(each, nouns.series(each.claim.counted)) for each in current}
    return (*_wholes(table, sides), *_figures(table, sides), *_corrections(current, superseded, nouns, names))


def _wholes(table: Sequence[Row], sides: Mapping[str, Stated]) -> list[Restatement]:
    """A given whole that is another later: "of the 74 projects", "of the 73 projects"."""
    with_whole = [(row.total, _given(row.total, sides)) for row in table if row.total is not None]
    return [
        Restatement("whole", None, a, b, moved(before, after))
        for (before, a), (after, b) in pairwise(with_whole)
        if a is not None
        and b is not None
        and before.value != after.value
        and not other_editions(sides[a.key], sides[b.key])
        and _may_be_one(StatedPair(sides[a.key], sides[b.key]))
    ]


def _may_be_one(pair: StatedPair) -> bool:
    """Whether no rule knows two wholes to be of two things; they may well be told in other states."""
    apart = exclusion(pair)
    return apart is None or apart[0] not in _OTHER_THING


def _given(whole: Figure, sides: Mapping[str, Stated]) -> Evidence | None:
    return next((proof for proof in whole.evidence if is_given(sides[proof.key].claim)), None)


def _figures(table: Sequence[Row], sides: Mapping[str, Stated]) -> list[Restatement]:
    """Another number for the same date, where nothing says that it is of another thing."""
    return [
        restated("figure", status, proof, figure.evidence[0])
        for row in table
        for status, figure in ((None, row.total), *row.parts.items())
        if figure is not None
        for proof in figure.disputed
        if proof.release_id != figure.evidence[0].release_id
        and relate(sides[proof.key], sides[figure.evidence[0].key]).comparable
    ]


def _corrections(
    current: Sequence[StoredClaim], superseded: Sequence[StoredClaim], nouns: Nouns, names: Mapping[str, str]
) -> list[Restatement]:
    now: dict[tuple[object, ...], list[StoredClaim]] = {}
    for each in current:
        now.setdefault((each.release_id, each.date, series_key(each, nouns, names)), []).append(each)
    corrected: dict[tuple[object, ...], Restatement] = {}
    for old in superseded:
        place = (old.release_id, old.date, series_key(old, nouns, names))
        before = as_stated(old, nouns.series(old.claim.counted))
        stated = [
            new
            for new in now.get(place, [])
            if relate(before, as_stated(new, nouns.series(new.claim.counted))).comparable
        ]
        if old.claim.value is not None and stated and old.claim.value not in {new.claim.value for new in stated}:
            found = restated("correction", old.claim.status, evidence(old), evidence(stated[0]))
            corrected.setdefault((*place, old.claim.value), found)
    return list(corrected.values())


def restated(kind: Literal["figure", "correction"], status: Status | None, a: Evidence, b: Evidence) -> Restatement:
    """Two statements with numbers, and what lies between these."""
    assert a.value is not None and b.value is not None
    steps = change((a.value, a.value_to, a.comparator), (b.value, b.value_to, b.comparator), unit=a.unit)
    same_words = kind == "figure" and _without_numbers(a) == _without_numbers(b)
    return Restatement(kind, status, a, b, steps, same_words)


def _without_numbers(proof: Evidence) -> str:
    return _NUMBER.sub("", _EDGE.sub("", proof.sentence))
