"""Projects across releases: names that mean one thing, by register and by judgement."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, bindparam, func, select

from db.bulk import in_batches
from db.curation.joined_names import joined_names
from db.curation.programme_names import is_programme, needs_much, unglued
from db.tables import Judgement, ListingRow, Reading, ReleaseProject
from models.errors import UnknownName
from models.inflection import nominatives
from models.keys import name_key
from models.projects import ProjectGroup

_NEAREST = 3
_ALIKE = 75
"""Percent from which on a name may be another misspelt; "Mondbasis" and "Dubai" have 72 in common."""
_MUCH = 5
"""Claims about what has a name that might be anything, from which on it is listed."""
_LONGEST_NAME = 12
_INFLECTED = 3
"""Words at the beginning of a name among which is what a case changes, beside its end."""
_HYPHEN = re.compile(r"(?<=\w)[-‐‑–]")
_ENDINGS = ("", "s", "es", "n", "en")
_WORD = re.compile(r"\w\S*?(?=[\s.,;:!?\"“”„‚‘)(]|$)")

# Statements are made once: each page asks these several times, and making them anew takes longer than running them.
_JUDGED_SAME = select(Judgement.left, Judgement.right).where(
    Judgement.verdict == "same", Judgement.retracted_at.is_(None)
)
_LISTINGS = select(ListingRow.name_key, ListingRow.shown_as).where(ListingRow.retracted_at.is_(None))
_NAMED = select(ReleaseProject.name).distinct()
_SUBJECTS = (
    select(Reading.subject, func.count())
    .where(Reading.current, Reading.subject_key.is_not(None))
    .group_by(Reading.subject)
)
_NAMED_SO = _NAMED.where(ReleaseProject.name_key.in_(bindparam("keys", expanding=True)))
_SUBJECTS_SO = _SUBJECTS.where(Reading.subject_key.in_(bindparam("keys", expanding=True)))


def _ends(word: re.Match[str]) -> set[int]:
    """Where a name may end in a word: "Seenprogramms" and "Seenprogramm-Projekte" have one before their end."""
    stems = {word.end() - len(ending) for ending in _ENDINGS if word[0].endswith(ending)}
    return stems | {word.start() + hyphen.start() for hyphen in _HYPHEN.finditer(word[0])}


def _uninflected(text: str, words: Sequence[re.Match[str]], end: int) -> Iterator[str]:
    """Names that may be meant by words whose last one ends at `end`, with one before it in another case.

    "Städtischen Musikschule" is "Städtische Musikschule", "Preises Seen" is "Preis Seen".
    """
    for word in words[:_INFLECTED]:
        before, behind = text[words[0].start() : word.start()], text[word.end() : end]
        yield from (f"{before}{form}{behind}" for form in nominatives(word[0]))


def _is_case_of_more(key: str, others: Mapping[str, int]) -> bool:
    """Whether a name is another one in another case, under which more is stated: "Hochschulverträgen"."""
    return any(others.get(key.removesuffix(end), -1) >= others[key] for end in _ENDINGS if end and key.endswith(end))


class ProjectNames:
    """The names of a database, joined by register and judgements (union-find).

    Only names that someone has joined are loaded; those that releases state are looked up, since
    there are as many as there are projects.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        listings = tuple((key, shown_as) for key, shown_as in connection.execute(_LISTINGS))
        judged_same = tuple((left, right) for left, right in connection.execute(_JUDGED_SAME))
        self._listed = dict(listings)
        self._joined = joined_names(judged_same, listings)

    def resolve(self, name: str) -> ProjectGroup:
        """The project of that name or alias, however it is spelt.

        Raises:
            UnknownName: no such name is known; the message has the nearest.
        """
        key = name_key(name)
        keys = self._joined.alike(key)
        stated = self._stated(keys)
        if key not in self._joined.roots and not stated:
            near = self.nearest(name)
            hint = f"Did you mean {', '.join(near)}?" if near else "`bilanz projects` lists those that are known."
            raise UnknownName(f"No project or programme is called {name!r}. {hint}", name, near)
        return self._group(keys, stated)

    @property
    def joined(self) -> frozenset[str]:
        """The keys of all names that the register or a judgement has."""
        return frozenset(self._joined.roots)

    def is_known(self, name: str) -> bool:
        """Whether a release, the register or a judgement has a name."""
        return self.is_registered(name) or bool(self._stated([name_key(name)]))

    def is_registered(self, name: str) -> bool:
        """Whether the register or a judgement has a name."""
        return name_key(name) in self._joined.roots

    def keys(self, name: str) -> frozenset[str]:
        """The keys of all names that mean the same as one, known or not."""
        return self._joined.alike(name_key(name))

    def root(self, name: str) -> str:
        """The key that stands for all names that mean the same as one, known or not."""
        return self._joined.root(name_key(name))

    def nearest(self, name: str) -> list[str]:
        """The known names that are spelt most like one, the most similar first.

        Of spellings of one name it is the one that most is stated under, and so of one in another case.
        """
        from rapidfuzz import process

        stated = self._stated()
        joined = {spelling for spellings in self._joined.spellings.values() for spelling in spellings}
        most_last = sorted(sorted({*joined, *stated}, reverse=True), key=lambda spelling: stated.get(spelling, 0))
        each_once = sorted({name_key(spelling): spelling for spelling in most_last}.values())
        found = process.extract(name, each_once, processor=name_key, limit=3 * _NEAREST, score_cutoff=_ALIKE)
        # A name of a few letters is within any other.
        near = [match for match, _score, _index in found if 2 * len(name_key(match)) >= len(name_key(name))]
        keys = {name_key(match): stated.get(match, 0) for match in near}
        return [match for match in near if not _is_case_of_more(name_key(match), keys)][:_NEAREST]

    def names_in(self, text: str) -> list[str]:
        """Known names that stand in a text, the longest first; none within a longer one.

        They are given as spelt there, without what inflects them or is joined by a hyphen.
        """
        words = list(_WORD.finditer(text))
        by_key: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for first, word in enumerate(words):
            for count, last in enumerate(words[first : first + _LONGEST_NAME]):
                for end in _ends(last):
                    as_spelt = text[word.start() : end]
                    for name in (as_spelt, *_uninflected(text, words[first : first + count], end)):
                        by_key[name_key(name)].append((word.start(), end, name))
        stated = (name for keys in in_batches(sorted(by_key)) for name in self._stated(keys))
        known = {*(by_key.keys() & self._joined.roots.keys()), *map(name_key, stated)}
        found: list[tuple[int, int, str]] = []
        every = (place for key in known for place in by_key[key])
        for start, end, name in sorted(every, key=lambda place: (place[0] - place[1], place[0])):
            if not any(outer <= start and end <= outer_end for outer, outer_end, _ in found):
                found.append((start, end, name))
        return list(dict.fromkeys(name for _, _, name in found))

    def spellings(self) -> tuple[str, ...]:
        """All names as they are spelt in releases, in the register, by judgements and in the list of programmes."""
        joined = (name for names in self._joined.spellings.values() for name in names)
        shown = (name for name in self._listed.values() if name is not None)
        return tuple(sorted({*joined, *shown, *self._stated()}))

    def groups(self, names: Iterable[str] | None = None) -> list[ProjectGroup]:
        """All projects, by name; else those that have some names, and those whose names someone has joined."""
        return self._grouped(self._stated() if names is None else self._stated_under(map(name_key, names)))

    def of_subjects(self, keys: Iterable[str]) -> dict[str, ProjectGroup]:
        """The projects that have some keys, by all of their keys."""
        wanted = {self._joined.root(key): self._joined.alike(key) for key in keys}
        stated: dict[str, dict[str, int]] = defaultdict(dict)
        for some in in_batches(sorted(frozenset().union(*wanted.values()))):
            for name, count in self._stated(some).items():
                stated[self.root(name)][name] = count
        known = (root for root in wanted if root in stated or root in self._joined.members)
        groups = (self._group(wanted[root], stated[root]) for root in known)
        return {key: group for group in groups for key in group.keys}

    def _grouped(self, stated: dict[str, int]) -> list[ProjectGroup]:
        """Those that have the stated names, and all that someone has joined; by name."""
        counts: dict[str, dict[str, int]] = defaultdict(dict)
        members: dict[str, set[str]] = defaultdict(set)
        for name, count in stated.items():
            key = name_key(name)
            root = self._joined.root(key)
            members[root].add(key)
            counts[root][name] = count
        for root, keys in self._joined.members.items():
            members[root] |= keys
        found = [self._group(keys, counts[root]) for root, keys in members.items()]
        return sorted(found, key=lambda group: name_key(group.name))

    def programmes(self) -> list[ProjectGroup]:
        """What is listed as programmes, by name: what people list, what the register has, and else names that tell so.

        Of the latter only those of which something is stated. All others are found by their names.
        """
        # There are as many names as there are projects, of which few are listed: only those are put together.
        stated = self._stated_under({*self._listed, *self._telling_keys()})
        return [group for group in self._grouped(stated) if self._is_listed(group, stated)]

    def _stated_under(self, keys: Iterable[str]) -> dict[str, int]:
        """`_stated` for any number of keys, and for all that someone has joined."""
        every = sorted({*self._joined.roots, *keys})
        return {name: count for some in in_batches(every) for name, count in self._stated(some).items()}

    def _telling_keys(self) -> set[str]:
        """Keys under which releases state something of what has a name that tells that it is a programme."""
        about = select(Reading.subject, Reading.subject_key).where(Reading.current, Reading.subject_key.is_not(None))
        rows = self._connection.execute(about.distinct())
        return {row.subject_key for row in rows if row.subject is not None and is_programme(row.subject)}

    def _is_listed(self, group: ProjectGroup, stated: dict[str, int]) -> bool:
        said = [self._listed[key] for key in group.keys if key in self._listed]
        if said:
            return any(shown is not None for shown in said)
        if group.keys & self._joined.registered.keys():
            return True
        said_of_it = sum(stated.get(name, 0) for name in (group.name, *group.aliases))
        return is_programme(group.name) and said_of_it >= (_MUCH if needs_much(group.name) else 1)

    def same(self, left: str, right: str) -> bool:
        """Whether two names mean one project."""
        return self.root(left) == self.root(right)

    def _group(self, keys: Iterable[str], stated: dict[str, int]) -> ProjectGroup:
        keys = frozenset(keys)
        registered = self._joined.registered
        entry = next((registered[key] for key in sorted(keys) if key in registered), None)
        spellings = {spelling: 0 for key in keys for spelling in self._joined.spellings.get(key, ())} | stated
        shown = next((shown for key in sorted(keys) if (shown := self._listed.get(key)) is not None), None)
        if shown is not None:
            spellings.setdefault(shown, 0)
        listed = shown or (entry.name if entry else None)
        most = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
        name = listed or unglued(most, spellings.keys())
        parts = tuple(self.resolve(part.name) for part in entry.parts) if entry else ()
        return ProjectGroup(name, tuple(sorted(spellings.keys() - {name})), keys, parts)

    def _stated(self, keys: Collection[str] | None = None) -> dict[str, int]:
        """Names as releases state them, all or those of some keys, with the number of claims about them."""
        given = {} if keys is None else {"keys": sorted(keys)}
        named, subjects = (_NAMED, _SUBJECTS) if keys is None else (_NAMED_SO, _SUBJECTS_SO)
        counts = dict.fromkeys(self._connection.scalars(named, given), 0)
        for name, count in self._connection.execute(subjects, given):
            if name is not None:
                counts[name] = count
        return counts
