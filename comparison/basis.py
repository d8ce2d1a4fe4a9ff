"""What a number is by its time: a stock, a flow, cumulative, a target."""

from typing import Literal

from models.claim import Claim
from models.quantity import DAY_LENGTH
from models.statuses import TRAITS

Basis = Literal["stock", "flow", "cumulative", "target"]

EVENTS = frozenset(status for status, traits in TRAITS.items() if traits.event)


def basis(claim: Claim) -> Basis:
    """Whether a number is a stock, a flow, cumulative or a target."""
    if claim.modality == "planned":
        return "target"
    if claim.of is not None:
        return "stock"
    if claim.since is not None:
        return "cumulative" if claim.until is None else "flow"
    within = claim.as_of is not None and len(claim.as_of) < DAY_LENGTH
    return "flow" if within and claim.status in EVENTS else "stock"
