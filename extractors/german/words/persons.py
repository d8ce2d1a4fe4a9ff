"""Words for persons: first names, titles, and what somebody is ("Finanzsenator")."""

from functools import cache, lru_cache

from extractors.german.words import lexicon
from extractors.patterns import Patterns


class PersonWords(Patterns):
    """persons.yaml: its comments say what each key is for."""

    roles: tuple[str, ...]
    offices: tuple[str, ...]
    bodies: frozenset[str]
    titles: frozenset[str]
    feminine: tuple[str, ...]


_WORDS = PersonWords.beside(__file__, "persons.yaml")


@cache
def first_names() -> frozenset[str]:
    """Common first names in Germany."""
    return lexicon.words("first_names")


def is_first_name(word: str) -> bool:
    """Whether a word is a first name or a pair of them ("Karl-Heinz")."""
    known = first_names()
    return word in known or ("-" in word and all(part in known for part in word.split("-")))


@lru_cache(maxsize=50_000)
def is_role(word: str) -> bool:
    """Whether a word says what a person is: "Finanzsenator", "Ministerin", "Herr"."""
    lower = word.lower().removesuffix("n") if word == "Herrn" else word.lower()
    capital = word.rsplit("-", 1)[-1][:1].isupper() or word[:1].isupper()
    return capital and lower.endswith(_WORDS.roles) and lower not in _WORDS.bodies


@lru_cache(maxsize=50_000)
def is_title(word: str) -> bool:
    """Whether a word is a title: "Dr.", "Prof."."""
    return word in _WORDS.titles or word.rstrip(".") in ("Dr", "Prof", "Mag")


@lru_cache(maxsize=50_000)
def is_office(role: str) -> bool:
    """Whether a role is an office or form of address, behind which only a name stands: "Ministerin", not "Leiterin"."""
    return role.lower().endswith(_WORDS.offices)


@lru_cache(maxsize=50_000)
def is_feminine(role: str) -> bool:
    """Whether a role's word is feminine: "Ministerin", "Landeshauptfrau"."""
    return role.lower().endswith(("in", *_WORDS.feminine))
