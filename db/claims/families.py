"""Families of words: what people say for each other, words for anybody, and words that say nothing of a thing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from models.keys import fold


@dataclass(frozen=True, slots=True)
class Families:
    """The shipped families, all words folded.

    Attributes:
        kin: the other members of a word's families, as they are written.
        persons: words for anybody ("Mensch").
        person_endings: of words for those who do or undergo something.
        lands: the names of the Lands and their adjectives.
        land_names: the same as they are written.
        bodies: words for public bodies, a body each, with "*" for any ending.
        organisations: words for other bodies, by the article with which they may be a subject ("alone": without any).
        no_deeds: verbs whose subject does nothing.
        soft: words that need not stand beside a number to speak of the same.
        phrases: words that, with a noun, only stand for a verb ("zur Verfügung"), as they are written.
        questions: words that only make a question.
        light: words that frame a number.
        participles: of verbs that are no "ge…t" ("nehmen": "genommen").
    """

    kin: Mapping[str, frozenset[str]]
    persons: frozenset[str]
    person_endings: tuple[str, ...]
    lands: frozenset[str]
    land_names: tuple[str, ...]
    bodies: tuple[tuple[str, ...], ...]
    organisations: Mapping[str, tuple[str, ...]]
    no_deeds: frozenset[str]
    soft: frozenset[str]
    phrases: tuple[str, ...]
    questions: frozenset[str]
    light: frozenset[str]
    participles: Mapping[str, str]

    def of(self, word: str) -> frozenset[str]:
        """What may stand for a dictionary form, without itself."""
        return self.kin.get(fold(word), frozenset())

    def of_folded(self, word: str) -> frozenset[str]:
        """The same, folded."""
        return frozenset(map(fold, self.of(word)))


@lru_cache(maxsize=1)
def families() -> Families:
    """Those of `db/data/families.yaml`."""
    from models.checked_yaml import content_of

    data = content_of(files("db").joinpath("data/families.yaml").read_text("utf-8"))
    kin: dict[str, set[str]] = defaultdict(set)
    for members in data["families"]:
        for word in members:
            kin[fold(word)] |= {other for other in members if other != word}
    light = {fold(word) for line in data["light"] for word in line}
    listed = {name: frozenset(map(fold, data[name])) for name in ("persons", "lands", "no_deeds", "soft", "questions")}
    return Families(
        {word: frozenset(others) for word, others in kin.items()},
        person_endings=tuple(data["person_endings"]),
        light=frozenset(light),
        land_names=tuple(data["lands"]),
        bodies=tuple(map(tuple, data["bodies"])),
        organisations={article: tuple(words) for article, words in data["organisations"].items()},
        phrases=tuple(data["phrases"]),
        participles=data["participles"],
        **listed,
    )
