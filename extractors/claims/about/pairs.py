"""Features that weigh only where two hold together: what the rules take counts more where it is named in the clause."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

_STEPS: Mapping[str, tuple[float, ...]] = {
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


def marks(columns: Mapping[str, Column]) -> dict[str, Marks]:
    """What can be paired, and of which alternatives it holds; numbers by their step: {"rule": …, "near=2": …}."""
    names = [name for name in columns if not name.startswith(_WORDS)]
    found: dict[str, Marks] = {}
    for name, there in zip(names, np.array([columns[name] for name in names]) != 0, strict=True):
        bounds = _STEPS.get(name)
        if bounds is None:
            found[name] = there
            continue
        steps = np.searchsorted(bounds, columns[name])
        for step in {*steps[there].tolist()}:
            found[f"{name}={step}"] = there & (steps == step)
    return found


def marks_of_one(row: Mapping[str, float]) -> list[str]:
    """What can be paired of a single alternative that has these features."""
    names = (name for name in row if not name.startswith(_WORDS))
    return [name if name not in _STEPS else f"{name}={bisect_left(_STEPS[name], row[name])}" for name in names]


def is_step(mark: str) -> bool:
    """Whether a mark is the step of a number, which weighs by itself as well."""
    return mark.rpartition("=")[0] in _STEPS


def pairs(held: Iterable[str]) -> dict[str, float]:
    """All pairs of what holds together, as features."""
    return {pair(a, b): 1.0 for a, b in combinations(sorted(held), 2)}


@lru_cache(maxsize=50_000)
def pair(a: str, b: str) -> str:
    """The name of a pair, whose parts are in the order of the alphabet."""
    return a + JOINED + b
