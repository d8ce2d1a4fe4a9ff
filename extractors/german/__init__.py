"""German press prose: tokens, sentences, tags, lemmas, clauses and noun phrases."""

from extractors.german.pipeline import load
from extractors.german.show import Row, show

__all__ = ["Row", "load", "show"]
