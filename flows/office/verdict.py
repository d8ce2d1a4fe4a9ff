"""What the reading of a press office came to."""

from collections import Counter

from flows.office.store import sentence
from flows.runs.outcome import FinalState, RunOutcome
from models.errors import AssertionViolated, BilanzError


def state(outcome: RunOutcome, error: BilanzError | None) -> FinalState:
    """Failed where nothing could be read, degraded where something could not, or was not as it used to be."""
    in_vain = error or outcome.blocked or outcome.broken
    if isinstance(error, AssertionViolated) or (in_vain and not outcome.read):
        return "failed"
    return "degraded" if error or reason(outcome, None) else "completed"


def reason(outcome: RunOutcome, error: BilanzError | None) -> str | None:
    """Why it is not completed, in one line; None where it is."""
    parts = [sentence(error)] if error else []
    if outcome.problems:
        parts.append(f"{len(outcome.problems)} of {outcome.found} releases could not be read ({outcome.problems[0]})")
    left = outcome.found - outcome.seen_to
    if left and not error:
        parts.append(f"{left} of {outcome.found} releases were left for the next run")
    for warning, count in Counter(outcome.warnings).items():
        parts.append(warning if count == 1 else f"{warning}, {count} times")
    return "; ".join(parts) or None
