"""Of when a number is, where its date alone would mislead."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from models.calendar import berlin_day
from models.claim import Claim
from models.quantity import days_of
from models.stored import StoredClaim

_FROM, _TO = re.compile(r"\bvon\s+(?:\w+\s+)?$"), re.compile(r"\s+(?:\w+\s+){0,4}auf\s+(?:\w+\s+)?\d")
_YEAR_BEFORE = re.compile(r"\b((?:19|20)\d\d)\s*(?:\b(?:mit|bei|noch|waren es|auf)\b|:)?\s*$")
_SEVERAL = 5
"""Days of publication that releases of one date have, from which on it is no date of theirs."""


def passed(claim: Claim) -> bool:
    """Whether a number is told only as what another replaced: "von 13,00 auf 13,69"."""
    start, end = claim.start - claim.sentence_start, claim.end - claim.sentence_start
    return bool(_FROM.search(claim.sentence[:start]) and _TO.match(claim.sentence[end:]))


def misdated(claim: Claim) -> bool:
    """Whether the year right before a number is another than it was read as of: "wie im Jahr 2019 mit 12,71"."""
    found = _YEAR_BEFORE.search(claim.sentence[: claim.start - claim.sentence_start])
    return bool(found and claim.as_of and found[1] != claim.as_of[:4])


def told_in_order(a: StoredClaim, b: StoredClaim) -> bool:
    """Whether what was told first is of the earlier date, if only publication dates it: else it may be as old."""
    if a.published is None or b.published is None or a.published.date() == b.published.date():
        return True
    first, second = (a, b) if a.published < b.published else (b, a)
    return first.claim.reporting_basis != "published" or days_of(first.date)[1] <= days_of(second.date)[1]


def own_dates(claims: Sequence[StoredClaim]) -> list[StoredClaim]:
    """Claims with the date of their own release: one that releases of many days give is that of something they quote.

    Bulletins, day by day "as of 31 December" because that is when the inhabitants were counted, are of their own day.
    """
    days: dict[str, set[str | None]] = defaultdict(set)
    for each in claims:
        if each.claim.reporting_basis == "release":
            days[each.date].add(berlin_day(each.published))
    quoted = {date for date, published in days.items() if len(published) >= _SEVERAL}
    return [_of_its_day(each) if _is_dated_by(each, quoted) else each for each in claims]


def _is_dated_by(stored: StoredClaim, dates: set[str]) -> bool:
    return stored.claim.reporting_basis == "release" and stored.date in dates


def _of_its_day(stored: StoredClaim) -> StoredClaim:
    claim = replace(stored.claim, reporting_date=berlin_day(stored.published), reporting_basis="published")
    return replace(stored, claim=claim)
