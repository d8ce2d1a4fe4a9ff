"""Names of persons in a document, and what a text calls them later ("Dr. Kollatz")."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractors.resources import data
from extractors.tokens import Tokens

_PARTICLES = frozenset({"von", "van", "de", "der", "den", "zu", "zur", "da", "di", "dos", "el", "al", "le", "la"})
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name where it stands: tokens `first` to `last`, titles excluded."""

    name: str
    first: int
    last: int


@cache
def first_names() -> frozenset[str]:
    """Common first names in Germany."""
    return frozenset((files("extractors") / "speakers" / "first_names.txt").read_text("utf-8").split())


@cache
def _roles() -> tuple[str, ...]:
    return tuple(data("speakers", "verbs")["roles"])


def is_role(word: str) -> bool:
    """Whether a word says what a person is: "Finanzsenator", "Ministerin", "Herr"."""
    return word.lower().endswith(_roles()) and word[:1].isupper()


def persons(tokens: Tokens) -> list[Person]:
    """All names of persons in the order of the text; a surname alone takes the full name met before it."""
    full = list(_full_names(tokens))
    surnames: dict[str, str] = {}
    for person in full:
        surnames.setdefault(tokens.words[person.last], person.name)
    taken = {index for person in full for index in range(person.first, person.last + 1)}
    alone = [
        Person(surnames[_base(word, surnames)], index, index)
        for index, word in enumerate(tokens.words)
        if index not in taken and _base(word, surnames) in surnames and _may_be_surname(tokens, index)
    ]
    return sorted([*full, *alone], key=lambda person: person.first)


def _base(word: str, surnames: dict[str, str]) -> str:
    return word[:-1] if word not in surnames and word.endswith("s") and word[:-1] in surnames else word


def _may_be_surname(tokens: Tokens, index: int) -> bool:
    """A surname that is a common word too ("Müller", "Bauer") counts only behind a role or title, or tagged as a name."""
    return tokens.tags[index] == "NE" or (index > 0 and (is_role(tokens.words[index - 1]) or _is_title(tokens.words[index - 1])))


def _is_title(word: str) -> bool:
    return word in data("speakers", "verbs")["titles"] or word.rstrip(".") in ("Dr", "Prof", "Mag")


def _full_names(tokens: Tokens) -> Iterator[Person]:
    index = 0
    while index < len(tokens.words) - 1:
        last = _name_end(tokens, index)
        if last is not None:
            yield Person(_written(tokens, index, last), index, last)
            index = last
        index += 1


def _name_end(tokens: Tokens, index: int) -> int | None:
    """Last token of a full name that begins at `index`, or None."""
    word = tokens.words[index]
    known = word in first_names() or word.split("-")[0] in first_names()
    after_role = index > 0 and (is_role(tokens.words[index - 1]) or _is_title(tokens.words[index - 1]))
    if not word[:1].isupper() or is_role(word) or _is_title(word) or not (known or (after_role and tokens.tags[index] == "NE")):
        return None
    last = index
    position = index + 1
    sentence = tokens.sentence[index]
    while position < len(tokens.words) and position - index < _LONGEST and tokens.sentence[position] == sentence:
        following = tokens.words[position]
        if following in _PARTICLES and position + 1 < len(tokens.words) and tokens.words[position + 1][:1].isupper():
            position += 1
            continue
        if not following[:1].isupper() or tokens.tags[position][:1] in "V$" or is_role(following) or len(following) < 2 or following.isupper():
            break
        if tokens.tags[position] == "NN" and last > index:
            break
        last = position
        position += 1
    return last if last > index else None


def _written(tokens: Tokens, first: int, last: int) -> str:
    name = " ".join(tokens.words[first : last + 1])
    end = name.rsplit(" ", 1)[-1]
    return name[:-1] if end.endswith("s") and tokens.lemmas[last] == end[:-1] else name
