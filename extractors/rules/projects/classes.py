"""Class nouns: what kinds of things have names, and what kinds of names are no project's."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from extractors.german.words.compounds import split
from extractors.rules.projects.patterns import NOUNS

ClassKind = Literal[
    "generic", "named", "topics", "never_topics", "talks", "ministries", "institutions", "reports"
]  # fmt: skip
"""Kinds of class nouns: keys of nouns.yaml whose nouns count as the last part of a compound, too."""

SHORTEST_COMPOUND = 6
"""Letters; shorter nouns are not taken apart."""
_SHORTEST_KNOWN_END = 7
"""Letters of a noun that is recognised as the end of a compound without the lexicon."""


@cache
def _class_nouns(kind: ClassKind) -> tuple[frozenset[str], tuple[str, ...]]:
    """The nouns of a kind, and those that are ends of compounds in any case."""
    nouns: frozenset[str] = getattr(NOUNS, kind)
    return nouns, tuple(noun.lower() for noun in nouns if len(noun) >= _SHORTEST_KNOWN_END)


@lru_cache(maxsize=50_000)
def is_class(lemma: str, kind: ClassKind) -> bool:
    """Whether a noun is a class noun of that kind, by itself or as the last part of a compound."""
    known, ends = _class_nouns(kind)
    lemma = lemma.rsplit("-", 1)[-1]
    if lemma in known:
        return True
    parts = split(lemma) if len(lemma) > SHORTEST_COMPOUND else None
    return (parts is not None and parts.head in known) or lemma.lower().endswith(ends)


def is_institution(words: Iterable[str]) -> bool:
    """Whether a name's words make it an authority, company, party or association."""
    return any(map(_is_institution, words))


@lru_cache(maxsize=50_000)
def _is_institution(word: str) -> bool:
    bare = word.rstrip(".")
    return word != word.lower() and (bare in NOUNS.places or is_class(bare, "institutions"))
