"""Which words stand among the same words: clusters learned from releases without annotations.

What is learned of one word of a cluster holds a little for the others ("bewilligt", "gefördert", "finanziert"), also
for words that no annotated release has. Made by extractors/training/clusters.py.
"""

from functools import cache, lru_cache
from pathlib import Path

CLUSTERS = Path(__file__).parent / "weights" / "clusters.txt"
_SHORTEST_END = 5
"""Letters of a known word in which an unknown compound ends: "Klimaschutzfördermittel", "fördermittel"."""


@lru_cache(maxsize=1 << 12)
def of_kind(feature: str) -> str | None:
    """The same feature of the cluster of its last word, "verb bewilligen" as "verb ~17".

    None where the word is in no cluster, and for what holds together with something else ("rule & nearest").
    """
    rest, _, word = feature.rpartition(" ")
    number = _cluster(word.lower()) if rest and word.isalpha() and " & " not in feature else None
    return None if number is None else f"{rest} ~{number}"


@lru_cache(maxsize=1 << 16)
def _cluster(word: str) -> int | None:
    by_word = _by_word()
    ends = (word[begin:] for begin in range(max(1, len(word) - _SHORTEST_END + 1)))
    return next((by_word[end] for end in ends if end in by_word), None)


@cache
def _by_word() -> dict[str, int]:
    """The clusters of words in small letters; each line of the file is one."""
    lines = CLUSTERS.read_text("utf-8").splitlines()
    return {word: number for number, line in enumerate(lines) for word in line.split()}
