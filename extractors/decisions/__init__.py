"""Decisions in which many weak signals weigh: named features, and weights for them learned from annotated releases.

Rules find what may be something and say what speaks for it; a `Linear` model weighs that. Weights are data
(`weights/`, with clusters of words that stand among the same words), made by `make train`; the same text and weights
give the same decision in any process.
"""

from extractors.decisions.ends import ends
from extractors.decisions.linear import Features, Linear, heaviest, learned, log_odds

__all__ = ["Features", "Linear", "ends", "heaviest", "learned", "log_odds"]
