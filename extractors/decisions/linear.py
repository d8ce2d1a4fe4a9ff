"""A weighted sum of named features, and what of it decided."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import mul
from pathlib import Path

from extractors.decisions.clusters import of_kind

_MOST_KNOWN = 1 << 16

Features = Mapping[str, float]
"""What speaks for or against something, by name; what is not there counts 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Weights by feature, of the words and of their clusters (`of_kind`). Equal to itself alone."""

    weights: Mapping[str, float]
    bias: float = 0.0

    def score(self, features: Features) -> float:
        """The weighted sum: log-odds for a question of yes or no, a rank among alternatives otherwise."""
        weighed: float = sum(map(mul, map(_known(self).__getitem__, features), features.values()))
        return self.bias + weighed

    def weight(self, feature: str) -> float:
        """What a feature weighs, with its word's cluster; one that was never seen in training weighs nothing."""
        return _known(self)[feature]

    def probability(self, features: Features) -> float:
        """The probability of yes, between 0 and 1."""
        return 1 / (1 + math.exp(-self.score(features)))

    def parts(self, features: Features) -> dict[str, float]:
        """What each feature adds or takes."""
        return {name: self.weight(name) * value for name, value in features.items()}

    def reasons(self, features: Features) -> tuple[tuple[str, float], ...]:
        """The features that weigh most, with what each adds or takes."""
        return heaviest(self.parts(features))


def log_odds(probability: float, most: float) -> float:
    """The log-odds of a probability, between minus and plus `most`; those of 0 and 1 are the ends."""
    if not 0 < probability < 1:
        return math.copysign(most, probability - 0.5)
    return max(-most, min(most, math.log(probability / (1 - probability))))


def heaviest(parts: Mapping[str, float], most: int = 4) -> tuple[tuple[str, float], ...]:
    """The largest parts of a sum, by name."""
    return tuple(sorted((part for part in parts.items() if part[1]), key=lambda part: (-abs(part[1]), part[0]))[:most])


class _Known(dict[str, float]):
    """What features weigh, kept from the first question on: the same come again and again."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, feature: str) -> float:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        kind = of_kind(feature)
        weight = self._weights.get(feature, 0.0) + (0.0 if kind is None else self._weights.get(kind, 0.0))
        self[feature] = weight
        return weight


@lru_cache(maxsize=16)
def _known(linear: Linear) -> _Known:
    return _Known(linear.weights)


WEIGHTS = Path(__file__).parent / "weights"


@cache
def learned(name: str) -> Linear:
    """The weights of a decision, `weights/<name>.json` beside this module, read once a process."""
    content = json.loads((WEIGHTS / f"{name}.json").read_text("utf-8"))
    return Linear(content["weights"], content["bias"])
