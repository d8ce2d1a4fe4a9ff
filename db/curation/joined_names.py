"""Which names mean one project, by the shipped register and by what people decided (union-find)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from models.keys import name_key

SameNames = tuple[tuple[str, str], ...]
"""Names that someone judged to be the same."""
Listings = tuple[tuple[str, str | None], ...]
"""Keys of names with what they are shown as in the list of programmes, None where they are hidden."""


@dataclass(frozen=True, slots=True)
class Programme:
    """An entry of the shipped register."""

    name: str
    aliases: tuple[str, ...] = ()
    parts: tuple["Programme", ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class JoinedNames:
    """All names that someone has joined, by their keys.

    Attributes:
        roots: of each name the one that stands for all that mean the same.
        members: of each such root all of them, itself too.
        spellings: how the register and the judgements spell them.
        registered: the register's entry of a programme.
    """

    roots: Mapping[str, str]
    members: Mapping[str, frozenset[str]]
    spellings: Mapping[str, frozenset[str]]
    registered: Mapping[str, Programme]

    def root(self, key: str) -> str:
        """What stands for all names that mean the same as one, known or not."""
        return self.roots.get(key, key)

    def alike(self, key: str) -> frozenset[str]:
        """The keys of all names that mean the same as one, known or not."""
        return self.members[self.roots[key]] if key in self.roots else frozenset({key})


# Each page asks several times. What is kept follows from the arguments alone, so that it never is out of date.
@lru_cache(maxsize=4)
def joined_names(judged_same: SameNames, listed: Listings) -> JoinedNames:
    """The names of the register, joined by what people decided."""
    joining = _Joining()
    for programme in register():
        joining.enter(programme)
    for pair in judged_same:
        joining.join(pair)
    for key, shown_as in listed:
        if shown_as is not None:
            joining.show(key, shown_as)
    return joining.joined()


@lru_cache(maxsize=1)
def register() -> tuple[Programme, ...]:
    """The programmes that ship with the package."""
    from models.checked_yaml import content_of

    entries = content_of(files("db").joinpath("data/programmes.yaml").read_text("utf-8"))
    return tuple(map(_programme, entries))


def _programme(entry: dict[str, Any]) -> Programme:
    parts = tuple(map(_programme, entry.get("parts", ())))
    return Programme(entry["name"], tuple(entry.get("aliases", ())), parts)


class _Joining:
    """Names while they are joined."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self._spellings: dict[str, set[str]] = defaultdict(set)
        self._registered: dict[str, Programme] = {}

    def enter(self, programme: Programme) -> None:
        self.join(programme.names)
        self._registered[name_key(programme.name)] = programme
        for part in programme.parts:
            self.enter(part)

    def join(self, names: Iterable[str]) -> None:
        first, *others = names
        self._spell(first)
        for name in others:
            self._spell(name)
            self._above[self._root(name_key(name))] = self._root(name_key(first))

    def show(self, key: str, name: str) -> None:
        self._above.setdefault(key, key)
        self._above[name_key(name)] = self._root(key)

    def joined(self) -> JoinedNames:
        roots = {key: self._root(key) for key in self._above}
        members: dict[str, set[str]] = defaultdict(set)
        for key, root in roots.items():
            members[root].add(key)
        return JoinedNames(
            roots,
            {root: frozenset(keys) for root, keys in members.items()},
            {key: frozenset(names) for key, names in self._spellings.items()},
            self._registered,
        )

    def _spell(self, name: str) -> None:
        self._above.setdefault(name_key(name), name_key(name))
        self._spellings[name_key(name)].add(name)

    def _root(self, key: str) -> str:
        while (above := self._above.get(key, key)) != key:
            key = above
        return key
