"""Fitting weights: yes or no by logistic regression, one of several by conditional logit. Both with L2."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from extractors.decisions.linear import Features, Linear

_LEAST = 4
"""Examples in which a feature must occur to be weighed."""
_STEPS = 120


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
    columns = _columns([features for features, _ in examples])
    matrix = _matrix([features for features, _ in examples], columns)
    answers = np.array([answer for _, answer in examples], float)
    scale = np.maximum(np.abs(matrix).max(axis=0), 1e-9)
    scaled = matrix / scale

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
    columns = _columns([features for choice in usable for features in choice.alternatives])
    matrices = [_matrix(choice.alternatives, columns) for choice in usable]
    right = [np.array([i in choice.right for i in range(len(choice.alternatives))]) for choice in usable]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = 0.5 * strength * weights @ weights, strength * weights
        for matrix, correct in zip(matrices, right, strict=True):
            rank = matrix @ weights
            probability = np.exp(rank - rank.max())
            probability /= probability.sum()
            wanted = np.where(correct, probability, 0)
            mass = wanted.sum() + 1e-12
            value -= np.log(mass)
            slope = slope + matrix.T @ (probability - wanted / mass)
        return float(value), slope

    weights = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    return _linear(columns, weights, 0.0)


def _columns(rows: Sequence[Features]) -> list[str]:
    counts: dict[str, int] = {}
    for row in rows:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= _LEAST)


def _matrix(rows: Sequence[Features], columns: Sequence[str]) -> NDArray[np.float64]:
    places = {name: index for index, name in enumerate(columns)}
    matrix = np.zeros((len(rows), len(columns)))
    for number, row in enumerate(rows):
        for name, value in row.items():
            if name in places:
                matrix[number, places[name]] = value
    return matrix


def _linear(columns: Sequence[str], weights: NDArray[np.float64], bias: float) -> Linear:
    rounded = {name: round(float(weight), 4) for name, weight in zip(columns, weights, strict=True)}
    return Linear({name: weight for name, weight in rounded.items() if weight}, round(bias, 4))
