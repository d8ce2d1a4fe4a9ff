"""Features that weigh only where two hold together: what the rules take counts more where it is named in the clause."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

from extractors.decisions import Linear

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
_JOINED = " & "


def marks(columns: Mapping[str, Column]) -> dict[str, Marks]:
    """What can be paired, and of which alternatives it holds; numbers by their step: {"rule": …, "near=2": …}."""
    found: dict[str, Marks] = {}
    for name, column in columns.items():
        if name.startswith(_WORDS):
            continue
        there = column != 0
        bounds = _STEPS.get(name)
        if bounds is None:
            found[name] = there
            continue
        steps = np.searchsorted(bounds, column)
        for step in {*steps[there].tolist()}:
            found[f"{name}={step}"] = there & (steps == step)
    return found


def is_step(mark: str) -> bool:
    """Whether a mark is the step of a number, which weighs by itself as well."""
    return mark.rpartition("=")[0] in _STEPS


def pairs(held: Iterable[str]) -> dict[str, float]:
    """All pairs of what holds together, as features."""
    return {pair(a, b): 1.0 for a, b in combinations(sorted(held), 2)}


@lru_cache(maxsize=50_000)
def pair(a: str, b: str) -> str:
    """The name of a pair, whose parts are in the order of the alphabet."""
    return a + _JOINED + b


@lru_cache(maxsize=8)
def paired(linear: Linear) -> "PairWeights":
    """The weights of all pairs, made once of all weights."""
    return PairWeights(linear.weights)


class PairWeights:
    """The weights of pairs as a matrix."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        of_pairs = {tuple(name.split(_JOINED)): weight for name, weight in weights.items() if _JOINED in name}
        names = sorted({name for both in of_pairs for name in both})
        self._places = {name: place for place, name in enumerate(names)}
        self._matrix = np.zeros((len(names), len(names)))
        for (a, b), weight in of_pairs.items():
            self._matrix[self._places[a], self._places[b]] = weight

    def scores(self, held: Mapping[str, Marks], count: int) -> Column:
        """What the pairs add to each of `count` alternatives."""
        rows = np.zeros((count, len(self._places)))
        for name, mask in held.items():
            if (place := self._places.get(name)) is not None:
                rows[:, place] = mask
        added: Column = np.einsum("ij,ij->i", rows @ self._matrix, rows)
        return added
