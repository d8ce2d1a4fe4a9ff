"""Numbers of the year before that stand in brackets behind a release's own: "447 (2018: 520) Auszubildende".

They are of the same thing as the number that they stand behind, and say nothing without it: laid beside those in the
brackets of other releases they would tell of changes that no release reports.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import count

from comparison.intervals import may_be_one
from models.claim import Claim
from models.stored import SeriesClaim

_IN_BRACKETS = re.compile(
    r"\((?:im (?:Jahr )?)?"
    r"(?:(?:(?:19|20)\d\d(?:/\d{2,4})?|Vorjahr)\s*[:=]|Vorjahr|(?:19|20)\d\d (?:noch|waren es|mit))\s*"
    r"(?:(?:rund|rd\.|ca\.|etwa|noch|über|knapp|fast) )*$"
)
_NO_LONGER_BESIDE = re.compile(r"\)|\d\D.*?\s.*?\d")
"""The end of brackets that the first number stands in, or another number behind it."""
_YEAR = len("2024")


def looks_back(claim: Claim) -> bool:
    """Whether a number is that of a year before, in brackets behind another: "447 (2018: 520)"."""
    return _IN_BRACKETS.search(claim.before) is not None


def with_years_before(links: Sequence[SeriesClaim], before: Mapping[str, Sequence[SeriesClaim]]) -> list[SeriesClaim]:
    """A chain with the numbers that stand in brackets behind its own: evidence of their year, or a point of it.

    `before` gives such numbers by their releases. One that says otherwise than what the chain has of its year is left
    out: the release tells it anew. What one release alone tells of two years is told once, and no series.
    """
    found = list(links)
    releases = dict.fromkeys(link.stored.release_id for link in links)
    if len(releases) == 1:
        return found
    points = count(1 + max(link.point for link in links))
    for bracket in (each for release in releases for each in before.get(release, ())):
        if not any(_stands_behind(bracket, link) for link in links):
            continue
        same_year = [link for link in found if link.time[:_YEAR] == bracket.time[:_YEAR]]
        if all(may_be_one(link.stored.claim, bracket.stored.claim) for link in same_year):
            place = (same_year[-1].time, same_year[-1].point) if same_year else (bracket.time, next(points))
            found.append(SeriesClaim(bracket.stored, *place))
    return found


def _stands_behind(bracket: SeriesClaim, own: SeriesClaim) -> bool:
    """Whether the bracket is the one behind a number of a later year, no other number between."""
    one, other = own.stored.claim, bracket.stored.claim
    opened = _IN_BRACKETS.search(other.before)
    if bracket.stored.release_id != own.stored.release_id or one.sentence_start != other.sentence_start:
        return False
    if opened is None or one.start >= other.start or own.time[:_YEAR] <= bracket.time[:_YEAR]:
        return False
    return not _NO_LONGER_BESIDE.search(other.before[one.start - one.sentence_start : opened.start()])
