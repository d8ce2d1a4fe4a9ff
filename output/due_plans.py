"""Plans that are due, as rows of plain values."""

from typing import Any

from inquiries.due_plans import DuePlan
from models.calendar import berlin_day
from output.records import record


def plan_row(plan: DuePlan) -> dict[str, Any]:
    """A plan under the names that it has wherever it is given out.

    `promise` is what people say became of it, `reached_by` the key of a later claim that tells it as reached;
    `answered` is whether later releases tell what is its result or may be, `told_later` whether they tell of `subject`.

    Where `own` is False the plan is of what its sentence tells, and the release names `subject` beside it.
    """
    claim = plan.claim.claim
    stated = {name: record(getattr(claim, name)) for name in ("value", "value_to", "unit", "counted", "status")}
    return {
        "due": plan.due,
        "subject": claim.subject,
        "own": plan.own,
        **stated,
        "promise": plan.rating.state if plan.rating else None,
        "reached_by": plan.reached_by.key if plan.reached_by else None,
        "answered": plan.answered,
        "told_later": plan.told_later,
        "told": plan.told,
        "published": berlin_day(plan.claim.published),
        "reporting_date": plan.claim.date,
        "sentence": claim.sentence,
        "release_title": plan.claim.release_title,
        "key": plan.claim.key,
    }
