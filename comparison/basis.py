"""What a number is by its time: a stock, a flow, cumulative, a target."""

import re
from typing import Literal

from models.claim import Claim
from models.statuses import TRAITS

Basis = Literal["stock", "flow", "cumulative", "target"]

_EVENTS = frozenset(status for status, traits in TRAITS.items() if traits.event)
_DAY = len("2024-12-31")
_YEAR_BEFORE = re.compile(r"\b((?:19|20)\d\d)\s*(?:\b(?:mit|bei|noch|waren es|auf)\b|:)?\s*$")
_FROM, _TO = re.compile(r"\bvon\s+(?:\w+\s+)?$"), re.compile(r"\s+(?:\w+\s+){0,4}auf\s+(?:\w+\s+)?\d")


def basis(claim: Claim) -> Basis:
    """Whether a number is a stock, a flow, cumulative or a target."""
    if claim.modality == "planned":
        return "target"
    if claim.of is not None:
        return "stock"
    if claim.since is not None:
        return "cumulative" if claim.until is None else "flow"
    within = claim.as_of is not None and len(claim.as_of) < _DAY
    return "flow" if within and claim.status in _EVENTS else "stock"


def misdated(claim: Claim) -> bool:
    """Whether the year right before a number is another than it was read as of: "wie im Jahr 2019 mit 12,71"."""
    found = _YEAR_BEFORE.search(claim.sentence[: claim.start - claim.sentence_start])
    return bool(found and claim.as_of and found[1] != claim.as_of[:4])


def passed(claim: Claim) -> bool:
    """Whether a number is told only as what another replaced: "von 13,00 auf 13,69"."""
    start, end = claim.start - claim.sentence_start, claim.end - claim.sentence_start
    return bool(_FROM.search(claim.sentence[:start]) and _TO.match(claim.sentence[end:]))
