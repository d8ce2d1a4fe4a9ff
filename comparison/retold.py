"""Numbers that another release gives otherwise for the very date, whatever programme they are of."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from comparison.dating import own_dates
from comparison.figures import evidence
from comparison.intervals import may_be_one
from comparison.likeness import Stated
from comparison.relation import relate, stands, stated
from comparison.restatements import Restatement, restated
from comparison.series import has_level
from models.claim import Claim
from models.keys import fold
from models.stored import StoredClaim

_COMPARED = re.compile(r"\d|\b(?:verglichen|gegenüber|Vergleich|statt)\b")
"""Between a number and a date: then that may be the date of what it is laid beside."""
_BEGIN = 5
"""Letters by which a noun is known in its forms."""


def retold(claims: Sequence[StoredClaim], noun_of: Callable[[Claim], str | None]) -> Iterator[Restatement]:
    """Pairs of numbers of different releases for one date that both state, where that is sure.

    It stands in their sentence or before it.

    Args:
        claims: current ones that may be of one thing: of one kind, unit, noun, state and date.
        noun_of: the series that a claim's noun counts in.
    """
    told = [
        (each, stated(each, noun_of(each.claim)))
        for each in own_dates(list(claims))
        if each.published and has_level(each.claim) and stands(each) and _is_dated(each.claim)
    ]
    told.sort(key=lambda member: (str(member[0].published), member[0].claim.start))
    for (earlier, before), (later, after) in combinations(told, 2):
        if earlier.date == later.date and earlier.release_id != later.release_id and _differ(before, after):
            yield restated("figure", later.claim.status, evidence(earlier), evidence(later))


def _is_dated(claim: Claim) -> bool:
    """Whether its date is stated, and its own: "46 Prozent, verglichen mit 29 Prozent im Jahr 2016" is not of 2016.

    Nor is sure of what a share is, where its sentence says only "davon".
    """
    if claim.reporting_basis != "stated":
        return False
    if claim.kind == "share" and fold(claim.counted or "")[:_BEGIN] not in fold(claim.sentence):
        return False
    dates = [(cue.start, cue.end) for cue in claim.cues if cue.role == "period"]
    return not any(_COMPARED.search(_between(claim, *date)) for date in dates)


def _between(claim: Claim, start: int, end: int) -> str:
    """What stands between a number and other words of its sentence."""
    first, last = sorted(((start, end), (claim.start, claim.end)))
    return claim.sentence[max(0, first[1] - claim.sentence_start) : max(0, last[0] - claim.sentence_start)]


def _differ(before: Stated, after: Stated) -> bool:
    """Whether two numbers that are surely of one thing leave no room for each other."""
    return not may_be_one(before.claim, after.claim) and relate(before, after).tells_change
