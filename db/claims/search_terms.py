"""Search terms: under which words a claim is found, and what the words of a query mean."""

import re
from functools import lru_cache
from importlib.resources import files

from db.claims.dictionary import in_dictionary, lemma_of
from models.claim import FIELDS, Claim
from models.keys import fold

WORD, PART = 1, 0
"""Weights of terms: a word of the claim in whatever form, or only a part of its compounds."""

_WORD = re.compile(r"[\w&]+(?:[./][\w&]+)*")
_SHORTEST_PART = 4
# Letters that join the parts of German compounds.
_JOINTS = ("", "s", "n", "en", "es", "er", "e")


def terms_of(claim: Claim) -> dict[str, int]:
    """All terms of a claim with their weights; see `weighed`."""
    return weighed(*(getattr(claim, field.name) for field in FIELDS if field.searched))


def weighed(*fields: str | None) -> dict[str, int]:
    """Folded words and lemmas of some texts (WORD), and the parts of their compounds (PART)."""
    weights: dict[str, int] = {}
    for word in (word for field in fields if field for word in _WORD.findall(field)):
        forms, parts = _terms(word)
        weights |= dict.fromkeys(forms, WORD)
        weights |= {part: weights.get(part, PART) for part in parts}
    return {term: weight for term, weight in weights.items() if term not in stopwords()}


def query_terms(query: str) -> list[frozenset[str]]:
    """For each word of a query the terms of which a claim must have one.

    Claims have the dictionary form of each word beside the word, so that form alone finds all
    others; "strasse" has two, for it may be "Straße" or "Strass". Words that stand in every text are left out.
    """
    terms = [frozenset(fold(_lemma(spelling)) for spelling in _spellings(word)) for word in _WORD.findall(query)]
    return [some for some in dict.fromkeys(terms) if not some <= stopwords()]


@lru_cache(maxsize=200_000)
def terms_of_word(word: str) -> frozenset[str]:
    """All terms of one word."""
    return frozenset(weighed(word))


@lru_cache(maxsize=1)
def stopwords() -> frozenset[str]:
    """Folded words that say nothing about what a claim is about."""
    return frozenset(map(fold, files("db").joinpath("data/stopwords.txt").read_text("utf-8").split()))


def _spellings(word: str) -> list[str]:
    """The word as it may stand in a text: people type nouns in small letters, "ae" for "ä", "ss" for "ß".

    What can be a noun is taken for one, for nouns are what people look for.
    """
    noun = word[:1].upper() + word[1:].lower()
    cased = noun if _lemma(noun)[:1].isupper() or word[:1].isupper() else word.lower()
    spelt = dict.fromkeys((cased, _umlauts(cased), cased.replace("ss", "ß")))
    known = [form for form in spelt if _lemma(form) != form or in_dictionary(form)]
    return known or [cased]


def _umlauts(word: str) -> str:
    for plain, umlaut in (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("Ae", "Ä"), ("Oe", "Ö"), ("Ue", "Ü")):
        word = word.replace(plain, umlaut)
    return word


@lru_cache(maxsize=200_000)
def _terms(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """The word with its dictionary form, and what that is made of."""
    lemma = _lemma(word)
    return frozenset(map(fold, {word, lemma})), frozenset(map(fold, _parts(lemma)))


@lru_cache(maxsize=200_000)
def _lemma(word: str) -> str:
    lemma = lemma_of(word)
    if lemma != word or in_dictionary(word):
        return lemma
    # A compound that no dictionary lists inflects like its last part.
    for cut in range(1, len(word) - _SHORTEST_PART + 1):
        tail = word[cut:].capitalize()
        if in_dictionary(tail) and _head(word[:cut]):
            return word[:cut] + lemma_of(tail).lower()
    return lemma


def dictionary_form(word: str) -> str:
    """The form under which a word stands in dictionaries, of a compound too that none lists."""
    return _lemma(word)


@lru_cache(maxsize=200_000)
def halves(lemma: str) -> tuple[tuple[str, str], ...]:
    """The ways in which a compound is made of two dictionary words."""
    found: list[tuple[str, str]] = []
    for cut in range(_SHORTEST_PART - 1, len(lemma) - _SHORTEST_PART + 1):
        tail = lemma[cut:].capitalize()
        # The end is looked up first: a beginning is looked up once for each letter that may join the two.
        if in_dictionary(tail) and (head := _head(lemma[:cut])):
            found.append((head, lemma_of(tail)))
    return tuple(found)


def _parts(lemma: str) -> set[str]:
    """The dictionary words that a compound is made of."""
    return {part for pair in halves(lemma) for part in pair}


def _head(start: str) -> str | None:
    """The dictionary form of a compound's first part, None where it is no word."""
    for joint in _JOINTS:
        if start.endswith(joint):
            word = start[: len(start) - len(joint)].capitalize()
            if len(word) >= _SHORTEST_PART - 1 and in_dictionary(word):
                return lemma_of(word)
    return None
