"""Running totals: numbers that hold all that was counted before them, so that the newer ones can only be greater.

"Bisher wurden 7.817 Unterschriften geprüft." and, a month later, "Bisher wurden 38.334 geprüft." tell how far a count
is, and not that anything grew.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from comparison.basis import EVENTS
from comparison.intervals import interval
from comparison.series import Point
from models.claim import Claim
from models.quantity import DAY_LENGTH
from models.stored import SeriesClaim

_SO_FAR = re.compile(r"\b(?:bisher|bislang|bis dato|bis gestern|bis heute|seither|seitdem)\b", re.IGNORECASE)
_SINCE = re.compile(
    r"\bseit\b[^.;]{0,120}\b(?:wurden?|worden|haben|hat|konnten?|gingen|insgesamt)\b"
    r"|\binsgesamt\b[^.;]{0,80}\bseit\b",
    re.IGNORECASE,
)
_BY_NOW = re.compile(r"\b(?:inzwischen|mittlerweile|(?:mit|zum) Stand)\b", re.IGNORECASE)
"""What is so by now adds up where it happens to one thing after another, and not where it only stands ready."""
_NEVER_UNDONE = re.compile(r"\bverstorben|\bTodesf[aä]ll|\bbestätigte\w*\b[^.;]*\bFälle|\bFälle\b[^.;]*\bbestätigt")
_ADDS_UP = frozenset({"count", "money", "measure"})


def runs_up(members: Sequence[SeriesClaim], points: Sequence[Point]) -> bool:
    """Whether half of the points or more are told as running totals, and none is less than the one before it."""
    told = {each.point for each in members if _is_running(each.stored.claim, each.time)}
    return 2 * len(told) >= len(points) and all(not _less(after, before) for before, after in pairwise(points))


def _is_running(claim: Claim, time: str) -> bool:
    if claim.kind not in _ADDS_UP or claim.modality != "actual":
        return False
    if _SO_FAR.search(claim.sentence) or _SINCE.search(claim.sentence):
        return True
    if claim.status in EVENTS and _BY_NOW.search(claim.sentence):
        return True
    return len(time) == DAY_LENGTH and _NEVER_UNDONE.search(claim.sentence) is not None


def _less(after: Point, before: Point) -> bool:
    newer, older = interval(*after.figure.stated), interval(*before.figure.stated)
    return not newer.overlaps(older) and after.figure.value < before.figure.value
