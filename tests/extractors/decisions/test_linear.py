"""A decision adds up what its features weigh, says what of it decided, and is the same wherever it is made."""

import json
from pathlib import Path

import pytest

from extractors.decisions import Linear, learned
from extractors.decisions.linear import WEIGHTS, heaviest

DECISION = Linear({"in title": 2.0, "late": -1.5, "never seen": 0.0}, -0.5)


def test_features_are_weighed_and_unknown_ones_weigh_nothing() -> None:
    assert DECISION.score({}) == -0.5
    assert DECISION.score({"in title": 1, "late": 1, "new": 9}) == 0.0
    assert DECISION.probability({"in title": 1, "late": 1}) == 0.5
    assert DECISION.probability({"in title": 1}) > 0.8


def test_reasons_name_what_weighed_most_first() -> None:
    assert DECISION.reasons({"late": 2, "in title": 1, "new": 5}) == (("late", -3.0), ("in title", 2.0))
    assert heaviest(DECISION.parts({"late": 2, "in title": 1}), most=1) == (("late", -3.0),)


@pytest.mark.parametrize("path", sorted(WEIGHTS.glob("*.json")), ids=lambda path: path.stem)
def test_shipped_weights_are_read_and_say_something(path: Path) -> None:
    found = learned(path.stem)
    assert found.weights and all(isinstance(weight, float) for weight in found.weights.values())
    assert set(json.loads(path.read_text("utf-8"))) == {"bias", "weights"}
