"""German press prose: tokens, sentences, tags, lemmas, clauses and noun phrases."""

from extractors.german.pipeline import load

__all__ = ["load"]
