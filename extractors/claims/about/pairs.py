"""Features that weigh only where two hold together: what the rules take counts more where it is named in the clause."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations

STEPS: Mapping[str, tuple[float, ...]] = {
    "name": (-1.2, -0.6, -0.2, 0.2, 0.6, 1.2),
    "topic": (-1.5, -0.8, -0.3, 0.3),
    "near": (-3.0, -2.3, -1.5, -0.8),
    "sentences ago": (-2.5, -1.7, -1.2, -0.8, -0.3),
    "times named": (0.7, 1.0, 1.4, 1.9),
    "none, name in clause": (-1.9, -1.0, -0.3, 0.3, 0.8),
    "none, best topic": (-1.0, -0.4, 0.2, 0.7),
}
"""Numbers, and the bounds of the steps by which they are paired."""
_WORDS = ("bias", "called ", "after ", "none, counted ", "none, verb ", "none, after ")
"""Features that are too many, and each too rare, to be paired."""
JOINED = " & "


def marks(row: Mapping[str, float]) -> list[str]:
    """What can be paired of an alternative that has these features; numbers by their step: ["rule", "near=2", …]."""
    names = (name for name in row if not name.startswith(_WORDS))
    return [step(name, bisect_left(STEPS[name], row[name])) if name in STEPS else name for name in names]


def step(name: str, number: int) -> str:
    """The mark of a number's step."""
    return f"{name}={number}"


def is_step(mark: str) -> bool:
    """Whether a mark is the step of a number, which weighs by itself as well."""
    return mark.rpartition("=")[0] in STEPS


def crossed(name: str, kind: str) -> str:
    """The name of a feature that weighs for statements of a kind alone."""
    return f"{kind}: {name}"


def pairs(held: Iterable[str]) -> dict[str, float]:
    """All pairs of what holds together, as features."""
    return {pair(a, b): 1.0 for a, b in combinations(sorted(held), 2)}


@lru_cache(maxsize=50_000)
def pair(a: str, b: str) -> str:
    """The name of a pair, whose parts are in the order of the alphabet."""
    return a + JOINED + b
