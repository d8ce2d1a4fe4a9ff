"""Of what time a clause tells, and whether a date opens it."""

from typing import Literal

from extractors.claims.found import Found
from extractors.german.syntax.structures import Clause
from models.quantity import Period

Telling = Literal["past", "present", "ahead"]


def telling(clause: Clause | None, first: int = -1, last: int = -1) -> Telling | None:
    """Of what time a clause tells; None without a finite verb ("ha" in "davon 310 ha" is none) and in "das heißt"."""
    verb = clause.verb if clause is not None else None
    if verb is None or verb.tense == "none" or verb.lemma == "heißen" or first <= (verb.finite or 0) <= last:
        return None
    if verb.tense == "future" or verb.modal in ("sollen", "wollen"):
        return "ahead"
    indirect = verb.tense == "past" and verb.mood in ("subjunctive1", "subjunctive2")
    return "present" if verb.tense == "present" or indirect else "past"


def opens(found: Found, period: Period) -> bool:
    """Whether a date stands before the finite verb of its main clause."""
    clause = found.clause(period.first)
    if clause is None or clause.kind not in ("main", "fragment"):
        return False
    return clause.verb is None or clause.verb.finite is None or period.first < clause.verb.finite
