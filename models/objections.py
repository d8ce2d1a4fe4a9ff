"""Objections: what a reader says is wrong with a claim, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Fault = Literal["value", "thing", "status", "date", "quotation", "other"]
"""What of a claim is said to be wrong."""
FAULTS: tuple[Fault, ...] = get_args(Fault)

ObjectionAnswer = Literal["accepted", "dismissed"]
ObjectionState = Literal["open", "accepted", "dismissed"]
ANSWERS: tuple[ObjectionAnswer, ...] = get_args(ObjectionAnswer)

LONGEST_REASON = 2000
"""Characters that say why one was dismissed."""


@dataclass(frozen=True, slots=True)
class Objection:
    """What someone who reads says is wrong with a claim.

    Attributes:
        id: number of the objection.
        claim_key: the claim.
        fault: what of it is wrong.
        sentence: in the reader's words.
        sender: address for the answer; None where none was given, or it is forgotten.
        made_at: when.
        answer: None while it is open; an accepted one made a reviewer reject or correct the claim.
        reason: why it was dismissed; whoever reads may read it.
        answered_at: when; None while it is open.
    """

    id: int
    claim_key: str
    fault: Fault
    sentence: str
    sender: str | None
    made_at: datetime
    answer: ObjectionAnswer | None
    reason: str | None
    answered_at: datetime | None

    @property
    def state(self) -> ObjectionState:
        """What became of it."""
        return self.answer or "open"
