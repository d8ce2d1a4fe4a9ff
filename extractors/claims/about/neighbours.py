"""What the statements around one are about at first sight: a paragraph tends to speak of one thing.

    Der Kulturfonds Nord fördert 40 Häuser. [12 Bühnen] erhalten zusammen 3 Millionen Euro. || of the fund, too

The first sight weighs a statement by itself (`alternatives`); how likely its neighbours are about each project is
weighed with it then. Weights: extractors/decisions/weights/neighbours.json.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache, reduce

import numpy as np

from extractors.claims.about.alternatives import Utterance
from extractors.claims.about.columns import Column
from extractors.claims.about.pairs import crossed
from extractors.claims.about.weights import weight_for
from extractors.claims.found import Found
from extractors.decisions import Linear

FIRST_SIGHT = "first-sight"
_NO_PROJECT = "no-project"
_NEAR = "near-by"
_PARAGRAPH = "in-paragraph"
_RELEASE = "in-release"


class Neighbours:
    """The statements of a document, and what they are about at first sight.

    Args:
        found: the document.
        sight: how well each project and, at the end, none of them fits a statement.
    """

    def __init__(self, found: Found, sight: Callable[[Utterance], Column]) -> None:
        self._found, self._sight = found, sight
        self._sums: dict[Hashable, _Sum] = {}
        numbers = map(Utterance.of_number, found.quantities)
        states = (Utterance.of_status(mention) for mention in found.statuses if mention.clause >= 0)
        self._own = {statement: _likelihood(sight(statement)) for statement in (*numbers, *states)}
        for statement, likelihood in self._own.items():
            for place in self._places(statement):
                if place not in self._sums:
                    self._sums[place] = _Sum(np.zeros(len(likelihood)))
                self._sums[place].add(likelihood)

    def scores(self, statement: Utterance, weights: Linear) -> Column:
        """How well each project and, at the end, none of them fits a statement among those around it."""
        kind = statement.weighed_as
        features = self._features(statement)
        scores: Column = np.zeros(len(features[FIRST_SIGHT]))
        none = 0.0
        for name, values in features.items():
            scores += weight_for(weights, kind, name) * values
            none += weight_for(weights, kind, _of_none(name)) * values[-1]
        scores[-1] = none
        return scores

    def rows(self, statement: Utterance) -> list[dict[str, float]]:
        """The same features by name: of each project in their order, then of none."""
        features = self._features(statement)
        *projects, none = zip(*features.values(), strict=True)
        rows = [*(zip(features, row, strict=True) for row in projects), zip(map(_of_none, features), none, strict=True)]
        kind = statement.weighed_as
        return [
            {each: float(value) for name, value in row if value for each in (name, crossed(name, kind))} for row in rows
        ]

    def _features(self, statement: Utterance) -> Mapping[str, Column]:
        """By name, for each project and, at the end, none; what has no statements around is left out."""
        seen = self._sight(statement)
        last = np.zeros(len(seen))
        last[-1] = 1
        features = {FIRST_SIGHT: seen, _NO_PROJECT: last}
        sentence, paragraph, release = self._places(statement)
        beside = (sentence, *((_NEAR, self._found.tokens.sentence[statement.first] + step) for step in (-1, 1)))
        for name, places in ((_NEAR, beside), (_PARAGRAPH, (paragraph,)), (_RELEASE, (release,))):
            mean = self._mean(statement, [self._sums[place] for place in places if place in self._sums])
            if mean is not None:
                features[name] = mean
        return features

    def _places(self, statement: Utterance) -> tuple[Hashable, Hashable, Hashable]:
        """Its sentence, its paragraph and the release."""
        tokens = self._found.tokens
        paragraph = self._found.paragraph_start(tokens.starts[statement.first])
        return (_NEAR, tokens.sentence[statement.first]), (_PARAGRAPH, paragraph), _RELEASE

    def _mean(self, statement: Utterance, sums: "Sequence[_Sum]") -> Column | None:
        """How likely the other statements of some places are about each project, on average; None without others."""
        own = self._own.get(statement)
        count = sum(each.count for each in sums) - (own is not None)
        if count <= 0:
            return None
        total = reduce(np.add, (each.total for each in sums))
        mean: Column = (total if own is None else total - own) / count
        return mean


class _Sum:
    """How likely statements are about each project, summed."""

    def __init__(self, total: Column) -> None:
        self.total, self.count = total, 0

    def add(self, likelihood: Column) -> None:
        self.total += likelihood
        self.count += 1


def _likelihood(scores: Column) -> Column:
    odds = np.exp(scores - scores.max())
    likelihood: Column = odds / odds.sum()
    return likelihood


@cache
def _of_none(name: str) -> str:
    """What speaks for no project at all weighs by itself."""
    return name if name in (FIRST_SIGHT, _NO_PROJECT) else f"none, {name}"
