"""What became of a promise, as people see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

PromiseState = Literal["kept", "partly", "broken", "stalled", "in_progress", "not_rateable"]
PROMISE_STATES: tuple[PromiseState, ...] = get_args(PromiseState)


@dataclass(frozen=True, slots=True)
class PromiseRating:
    """What someone says became of something announced; `retracted_at` is None while it stands.

    Attributes:
        claim_key: of the claim that announces it.
        state: what became of it.
        reason: in words.
        source: an address, or words that say where it can be read.
        author: who says so.
        rated_at: when.
        retracted_at: when it was replaced or taken back, by `retracted_by`.
        retracted_by: see `retracted_at`.
    """

    claim_key: str
    state: PromiseState
    reason: str
    source: str
    author: str
    rated_at: datetime
    retracted_at: datetime | None
    retracted_by: str | None
