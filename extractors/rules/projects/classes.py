"""Class nouns: what kinds of things have names, and what kinds of names are no project's."""

from functools import cache

from extractors.german.words.compounds import split
from extractors.resources import data

SHORTEST_COMPOUND = 6
"""Letters; shorter nouns are not taken apart."""


@cache
def nouns(kind: str) -> frozenset[str]:
    """Nouns of a kind of project, as `nouns.yaml` lists them."""
    return frozenset(data("projects", "nouns")[kind])


@cache
def long_nouns(kind: str) -> tuple[str, ...]:
    """Class nouns long enough to be recognised as the end of a compound without the lexicon."""
    return tuple(noun.lower() for noun in nouns(kind) if len(noun) >= 7)


@cache
def heads() -> tuple[str, ...]:
    """Heads of closed compounds that are names by themselves ("Mobilitätsgesetz")."""
    return tuple(data("projects", "nouns")["compound_heads"])


def is_class(lemma: str, kind: str) -> bool:
    """Whether a noun is a class noun of that kind, by itself or as the last part of a compound."""
    known = nouns(kind)
    lemma = lemma.rsplit("-", 1)[-1]
    if lemma in known:
        return True
    parts = split(lemma) if len(lemma) > SHORTEST_COMPOUND else None
    return (parts is not None and parts.head in known) or lemma.lower().endswith(long_nouns(kind))


def is_institution(words: list[str]) -> bool:
    """Whether a name's words make it an authority, company, party or association."""
    exact = nouns("places")
    bare = (word.rstrip(".") for word in words if word != word.lower())
    return any(word in exact or is_class(word, "institutions") for word in bare)


def is_facility(name: str) -> bool:
    """Whether a name is a building's or another place's: one of its words is such a class noun."""
    return any(is_class(word, "named") and not is_class(word, "generic") for word in name.split())
