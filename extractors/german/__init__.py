"""German press prose: tokens, sentences, tags, lemmas, clauses and noun phrases."""

from extractors.german.pipeline import load
from extractors.german.show import TokenRow, show

__all__ = ["TokenRow", "load", "show"]
