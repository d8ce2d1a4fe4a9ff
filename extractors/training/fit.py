"""Fitting weights: yes or no by logistic regression, one of several by conditional logit. Both with L2."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from extractors.decisions.clusters import of_kind
from extractors.decisions.linear import Features, Linear

_LEAST = 4
"""Examples in which a feature must occur to be weighed."""
_STEPS = 150
_FAINT = 0.06
"""Weights below are left out: they decide nothing, and are most."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Alternatives of which those at `right` are right; none of them where the right one is missing."""

    alternatives: Sequence[Features]
    right: frozenset[int]


def yes_or_no(examples: Sequence[tuple[Features, bool]], strength: float) -> Linear:
    """Weights of a question of yes or no.

    Args:
        examples: features and the answer.
        strength: of the L2 penalty; features are scaled to at most 1 before.
    """
    rows = [_with_kinds(features) for features, _ in examples]
    columns = _columns(rows)
    matrix = _matrix(rows, columns)
    answers = np.array([answer for _, answer in examples], float)
    scale = np.maximum(np.asarray(abs(matrix).max(axis=0).todense()).ravel(), 1e-9)
    scaled = matrix.multiply(1 / scale).tocsr()

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, bias = point[:-1], point[-1]
        margin = scaled @ weights + bias
        probability = 1 / (1 + np.exp(-margin))
        value = np.logaddexp(0, margin).sum() - answers @ margin + 0.5 * strength * weights @ weights
        error = probability - answers
        return float(value), np.append(scaled.T @ error + strength * weights, error.sum())

    point = minimize(loss, np.zeros(len(columns) + 1), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    return _linear(columns, point[:-1] / scale, float(point[-1]))


def one_of_several(choices: Sequence[Ranking], strength: float) -> Linear:
    """Weights that rank the right alternatives first; choices without a right one are left out."""
    usable = [choice for choice in choices if choice.right]
    rows = [_with_kinds(features) for choice in usable for features in choice.alternatives]
    columns = _columns(rows)
    matrix = _matrix(rows, columns)
    sizes = np.array([len(choice.alternatives) for choice in usable])
    begins = np.append(0, np.cumsum(sizes)[:-1])
    right = np.array([i in choice.right for choice in usable for i in range(len(choice.alternatives))])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        rank = matrix @ weights
        odds = np.exp(rank - np.repeat(np.maximum.reduceat(rank, begins), sizes))
        probability = odds / np.repeat(np.add.reduceat(odds, begins), sizes)
        wanted = np.where(right, probability, 0)
        mass = np.add.reduceat(wanted, begins) + 1e-12
        slope = matrix.T @ (probability - wanted / np.repeat(mass, sizes)) + strength * weights
        return float(0.5 * strength * weights @ weights - np.log(mass).sum()), slope

    weights = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    return _linear(columns, weights, 0.0)


def _with_kinds(features: Features) -> Features:
    """The features, and those of the clusters of their words."""
    kinds = [(kind, value) for name, value in features.items() if (kind := of_kind(name)) is not None]
    return {**features, **dict(kinds)} if kinds else features


def _columns(rows: Sequence[Features]) -> list[str]:
    counts = Counter(chain.from_iterable(rows))
    return sorted(name for name, count in counts.items() if count >= _LEAST)


def _matrix(rows: Sequence[Features], columns: Sequence[str]) -> csr_matrix:
    places = {name: index for index, name in enumerate(columns)}
    cells = [
        (number, places[name], value)
        for number, row in enumerate(rows)
        for name, value in row.items()
        if name in places
    ]
    at, column, values = zip(*cells, strict=True) if cells else ((), (), ())
    return csr_matrix((values, (at, column)), shape=(len(rows), len(columns)), dtype=float)


def _linear(columns: Sequence[str], weights: NDArray[np.float64], bias: float) -> Linear:
    rounded = {name: round(float(weight), 4) for name, weight in zip(columns, weights, strict=True)}
    return Linear({name: weight for name, weight in rounded.items() if abs(weight) >= _FAINT}, round(bias, 4))
