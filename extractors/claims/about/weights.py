"""What features of projects weigh: by themselves, for statements of a kind, and in pairs. Made once of all weights."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from extractors.claims.about.columns import NAMES, Column, Columns, Marks
from extractors.claims.about.pairs import JOINED, STEPS, crossed, is_step, marks, step
from extractors.decisions import Linear


@lru_cache(maxsize=8)
def weights_for(linear: Linear, kind: str) -> "KindWeights":
    """The weights for statements of a kind."""
    return KindWeights(linear, kind)


@lru_cache(maxsize=1 << 16)
def weight_for(linear: Linear, kind: str, name: str) -> float:
    """What a feature weighs for statements of a kind, what it weighs for all among it."""
    return linear.weight(name) + linear.weight(crossed(name, kind))


class KindWeights:
    """The weights of features for statements of a kind, what they weigh for all statements among it."""

    def __init__(self, linear: Linear, kind: str) -> None:
        self._pairs = paired(linear)
        self._linear, self._kind = linear, kind
        self._of_columns = self._all(NAMES)
        self._of_marks = self._all(name if is_step(name) else "" for name in self._pairs.names)

    def own(self, columns: Mapping[str, Column]) -> Column:
        """What columns weigh, but for what is marked of them."""
        weighed: Column = self._all(columns) @ np.array([*columns.values()])
        return weighed

    def scores(self, columns: Columns, held: Column) -> Column:
        """What columns weigh for each project, and all that is marked of it: `held`, see `PairWeights.marked`."""
        weighed: Column = self._of_columns @ columns.values + self._of_marks @ held + self._pairs.scores(held)
        for name, by_project in columns.words.items():
            for project, value in by_project.items():
                weighed[project] += self._weight(name) * value
        return weighed

    def score(self, row: Mapping[str, float]) -> float:
        """What the features of a single alternative weigh, with what is marked of it."""
        held = marks(row)
        own = sum(self._weight(name) * value for name, value in row.items())
        return own + sum(self._weight(mark) for mark in held if is_step(mark)) + self._pairs.score(held)

    def _weight(self, name: str) -> float:
        return weight_for(self._linear, self._kind, name)

    def _all(self, names: Iterable[str]) -> Column:
        return np.array([self._weight(name) for name in names])


@lru_cache(maxsize=8)
def paired(linear: Linear) -> "PairWeights":
    """The weights of all pairs."""
    return PairWeights(linear.weights)


class PairWeights:
    """The weights of pairs as a matrix; its rows and columns are what may be marked, in the order of `names`."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        of_pairs = {tuple(name.split(JOINED)): weight for name, weight in weights.items() if JOINED in name}
        steps = {step(name, number) for name, bounds in STEPS.items() for number in range(len(bounds) + 1)}
        self.names = sorted({name for both in of_pairs for name in both} | steps)
        self._places = {name: place for place, name in enumerate(self.names)}
        self._matrix = np.zeros((len(self.names), len(self.names)))
        for (a, b), weight in of_pairs.items():
            self._matrix[self._places[a], self._places[b]] = weight
        plain = [(row, self._places[name]) for row, name in enumerate(NAMES) if name in self._places]
        self._rows, self._of_rows = np.array(plain, dtype=int).reshape(-1, 2).T
        self._stepped = [(row, name) for row, name in enumerate(NAMES) if name in STEPS]
        self._bounds = {name: np.array(bounds) for name, bounds in STEPS.items()}

    def marked(self, columns: Mapping[str, Column], count: int) -> Column:
        """What is marked of each of `count` projects by named columns: 1 in the row of each mark that holds."""
        held = np.zeros((len(self.names), count))
        for name, column in columns.items():
            if name in STEPS:
                self._mark_steps(held, name, column)
            elif name in self._places:
                held[self._places[name]] = column != 0
        return held

    def marked_too(self, held: Column, columns: Columns) -> Column:
        """The same with what the columns of a statement mark besides."""
        both = held.copy()
        there: Marks = columns.values != 0
        both[self._of_rows] = there[self._rows]
        for row, name in self._stepped:
            self._mark_steps(both, name, columns.values[row])
        return both

    def _mark_steps(self, held: Column, name: str, column: Column) -> None:
        there: npt.NDArray[np.int_]
        (there,) = column.nonzero()
        if there.size:
            held[self._places[step(name, 0)] + self._bounds[name].searchsorted(column[there]), there] = 1

    def scores(self, held: Column) -> Column:
        """What the pairs add to each project."""
        added: Column = np.einsum("ij,ij->j", self._matrix.T @ held, held)
        return added

    def score(self, held: Iterable[str]) -> float:
        """What the pairs add to a single alternative."""
        places = [place for name in held if (place := self._places.get(name)) is not None]
        return float(self._matrix[places][:, places].sum())
