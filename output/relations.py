"""The relation of two claims in words."""

from comparison.reasons import DOUBT, ExclusionReason
from comparison.relation import Relation, RelationKind

RELATION_WORDS: dict[RelationKind, str] = {
    "same": "the same at two times: the difference between them means something",
    "repeat": "the same statement told again",
    "plan": "a plan and what came of it",
    "part": "one is a part of the other, or both of one whole: no change can be computed",
    "different": "not comparable",
}


def reasons(relation: Relation) -> list[str]:
    """Why, a line each: "other place: Pankow against Buch", "words around alike"."""
    return [_reason(each, apart=not relation.comparable) for each in relation.reasons]


def _reason(reason: ExclusionReason, *, apart: bool) -> str:
    what, one, other = reason
    if not one and not other:
        return what
    said = f"{one} against {other}"
    return f"other {what}: {said}" if apart and not what.startswith(DOUBT) else f"{what}: {said}"
