"""Nearly every predicate of the gold releases is decided: it tells a state, or was found to tell none."""

from pathlib import Path

from extractors.pipeline import pipeline
from extractors.rules.statuses.decided import predicates

TEXTS = sorted((Path(__file__).parents[3] / "gold" / "text").glob("*.txt"))
AT_LEAST = 0.95


def test_predicates_are_decided() -> None:
    found = [predicate for text in TEXTS for predicate in predicates(pipeline()(text.read_text("utf-8")))]
    undecided = sorted({lemma for lemma, decided in found if not decided})
    assert sum(decided for _, decided in found) >= AT_LEAST * len(found), undecided
