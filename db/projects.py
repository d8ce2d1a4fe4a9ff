"""Projects across releases: names that mean one thing, by register and by judgement."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from rapidfuzz import process
from sqlalchemy import Connection, func, select

from db.keys import name_key
from db.tables import Judgement, Reading, ReleaseProject
from models.errors import InputError

_NEAREST = 3


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
class ProjectGroup:
    """Names that mean one project.

    Attributes:
        name: as the register has it, else as most claims have it.
        aliases: all other names.
        keys: the names as claims store them, for filters.
        parts: named projects of this programme.
    """

    name: str
    aliases: tuple[str, ...]
    keys: frozenset[str]
    parts: tuple["ProjectGroup", ...] = ()


@lru_cache(maxsize=1)
def register() -> tuple[Programme, ...]:
    """The programmes that ship with the package."""
    entries = yaml.safe_load(files("db").joinpath("data/programmes.yaml").read_text("utf-8"))
    return tuple(map(_programme, entries))


def _programme(entry: dict[str, Any]) -> Programme:
    parts = tuple(map(_programme, entry.get("parts", ())))
    return Programme(entry["name"], tuple(entry.get("aliases", ())), parts)


class ProjectNames:
    """All names known to a database, joined by register and judgements (union-find)."""

    def __init__(self, connection: Connection) -> None:
        self._parent: dict[str, str] = {}
        self._spellings: dict[str, dict[str, int]] = {}
        self._registered: dict[str, Programme] = {}
        for programme in register():
            self._enter(programme)
        for name, claims in _stated_names(connection):
            self._spell(name, claims)
        standing = select(Judgement.left, Judgement.right).where(
            Judgement.verdict == "same", Judgement.retracted_at.is_(None)
        )
        for row in connection.execute(standing):
            self._join((row.left, row.right))

    def resolve(self, name: str) -> ProjectGroup:
        """The project of that name or alias, however it is spelt.

        Raises:
            InputError: no such name is known; the message has the nearest.
        """
        key = name_key(name)
        if key not in self._parent:
            raise InputError(f"No project or programme is called {name!r}. {self._nearest(name)}")
        return self._group(self._root(key))

    def groups(self) -> list[ProjectGroup]:
        """All projects, by name."""
        roots = {self._root(key) for key in self._parent}
        return sorted(map(self._group, roots), key=lambda group: name_key(group.name))

    def same(self, left: str, right: str) -> bool:
        """Whether two names mean one project."""
        keys = name_key(left), name_key(right)
        return keys[0] == keys[1] or (
            all(k in self._parent for k in keys) and self._root(keys[0]) == self._root(keys[1])
        )

    def _group(self, root: str) -> ProjectGroup:
        keys = frozenset(key for key in self._parent if self._root(key) == root)
        entry = next((self._registered[key] for key in sorted(keys) if key in self._registered), None)
        spellings = {name: count for key in keys for name, count in self._spellings[key].items()}
        name = entry.name if entry else min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
        parts = tuple(self.resolve(part.name) for part in entry.parts) if entry else ()
        return ProjectGroup(name, tuple(sorted(spellings.keys() - {name})), keys, parts)

    def _nearest(self, name: str) -> str:
        known = sorted(spelling for spellings in self._spellings.values() for spelling in spellings)
        found = process.extract(name, known, processor=name_key, limit=_NEAREST, score_cutoff=50)
        near = list(dict.fromkeys(match for match, _score, _index in found))
        return f"Did you mean {' or '.join(near)}?" if near else "`bilanz projects` lists those that are known."

    def _enter(self, programme: Programme) -> None:
        self._join(programme.names)
        self._registered[name_key(programme.name)] = programme
        for part in programme.parts:
            self._enter(part)

    def _join(self, names: Iterable[str]) -> None:
        roots = [self._root(self._spell(name)) for name in names]
        for root in roots[1:]:
            self._parent[self._root(root)] = self._root(roots[0])

    def _spell(self, name: str, claims: int = 0) -> str:
        key = name_key(name)
        self._parent.setdefault(key, key)
        spellings = self._spellings.setdefault(key, {})
        spellings[name] = spellings.get(name, 0) + claims
        return key

    def _root(self, key: str) -> str:
        while self._parent[key] != key:
            self._parent[key] = key = self._parent[self._parent[key]]
        return key


def _stated_names(connection: Connection) -> list[tuple[str, int]]:
    """Names as releases state them, with the number of claims about them."""
    subjects = select(Reading.subject, func.count()).where(Reading.current, Reading.subject.is_not(None))
    counted = [(str(name), int(count)) for name, count in connection.execute(subjects.group_by(Reading.subject))]
    named = connection.scalars(select(ReleaseProject.name).distinct())
    return counted + [(name, 0) for name in named]
