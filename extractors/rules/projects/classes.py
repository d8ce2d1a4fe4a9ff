"""Class nouns: what kinds of things have names, and what kinds of names are no project's."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, get_args

from extractors.german.words.compounds import nouns as common_nouns
from extractors.german.words.compounds import split
from extractors.german.words.lemmas import lemma
from extractors.rules.projects.patterns import NAMING, NOUNS

ClassKind = Literal[
    "generic", "named", "topics", "never_topics", "talks", "ministries", "institutions", "reports"
]  # fmt: skip
"""Kinds of class nouns: keys of nouns.yaml whose nouns count as the last part of a compound, too."""

SHORTEST_COMPOUND = 6
"""Letters; shorter nouns are not taken apart."""
_SHORTEST_KNOWN_END = 7
"""Letters of a noun that is recognised as the end of a compound without the lexicon."""


@cache
def _nouns() -> dict[str, set[ClassKind]]:
    """The kinds of each class noun."""
    kinds: dict[str, set[ClassKind]] = {}
    for kind in get_args(ClassKind):
        for noun in getattr(NOUNS, kind):
            kinds.setdefault(noun, set()).add(kind)
    return kinds


@cache
def _heads() -> frozenset[str]:
    """The class nouns in small letters."""
    return frozenset(noun.lower() for noun in _nouns())


@cache
def _ends() -> dict[str, set[ClassKind]]:
    """The kinds of nouns that are ends of compounds in any case, in small letters."""
    kinds: dict[str, set[ClassKind]] = {}
    for noun, own in _nouns().items():
        if len(noun) >= _SHORTEST_KNOWN_END:
            kinds.setdefault(noun.lower(), set()).update(own)
    return kinds


def is_class(lemma: str, kind: ClassKind) -> bool:
    """Whether a noun is a class noun of that kind, by itself or as the last part of a compound."""
    return kind in _kinds(lemma)


def is_class_noun(lemma: str) -> bool:
    """Whether a noun says of what class a named thing is, as part of its name or not."""
    return is_class(lemma, "generic") or is_class(lemma, "named")


@lru_cache(maxsize=50_000)
def _kinds(lemma: str) -> frozenset[ClassKind]:
    lemma = lemma.rsplit("-", 1)[-1]
    small, known = lemma.lower(), _ends()
    # To take a compound apart costs more than to see that it ends in no such noun.
    may_head = len(lemma) > SHORTEST_COMPOUND and not _heads().isdisjoint(small[begin:] for begin in range(len(small)))
    parts = split(lemma) if may_head else None
    ends = (known.get(small[begin:], ()) for begin in range(len(small) - _SHORTEST_KNOWN_END + 1))
    head = _nouns().get(parts.head, ()) if parts is not None else ()
    return frozenset[ClassKind]().union(_nouns().get(lemma, ()), head, *ends)


def is_institution(words: Iterable[str]) -> bool:
    """Whether a name's words make it an authority, company, party or association."""
    return any(map(is_institutional, words))


@lru_cache(maxsize=50_000)
def is_institutional(word: str) -> bool:
    """Whether a word makes a name that of an authority, company, party or association."""
    bare = word.rstrip(".")
    if word == word.lower() or bare in NOUNS.no_institutions:
        return False
    return bare in NOUNS.places or is_class(bare, "institutions")


@lru_cache(maxsize=50_000)
def kind_of(lemma: str) -> str | None:
    """The kind of thing that a noun names by its end ("Spielplatz" for "Waldspielplatz"), the longest that fits."""
    small = lemma.lower()
    return next((end for begin in range(len(small)) if (end := small[begin:]) in NAMING.kinds), None)


def names_any_work(name: str) -> bool:
    """Whether a name is that of a work on what there is much of: "Ausbau der Gehwege", "… des Busverkehrs"; not
    "Sanierung der Seebrücke".
    """
    work, *behind = name.split()
    if not work.lower().endswith(NOUNS.works) or not all(word.isalpha() for word in behind):
        return False
    nouns = [(word, lemma(word, "NN").lower()) for word in behind if word[0].isupper()]
    return bool(nouns) and all(noun in common_nouns() and _is_much(word.lower(), noun) for word, noun in nouns)


def _is_much(word: str, noun: str) -> bool:
    several = word != noun and not word.endswith("s")
    return several or noun.endswith(NOUNS.masses)
