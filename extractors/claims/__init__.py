"""Claims: what a release states, joined from what the rules found in its clauses."""

from extractors.claims.extraction import extract

__all__ = ["extract"]
