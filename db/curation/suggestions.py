"""Suggestions: names that may mean one project, nouns that may count one thing. Never joined unasked."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import ceil, floor
from typing import Literal

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import aliased

from db.bulk import in_batches
from db.claims.facets import claims_by_project
from db.curation.names import ProjectNames
from db.curation.nouns import nouns_of
from db.tables import Judgement, Reading, ReleaseProject
from models.keys import fold, name_key
from models.projects import ProjectGroup

SuggestionReason = Literal["stated in a release", "acronym", "inflection", "similar", "parts of one whole", "compound"]

_LIKENESS = 90.0
_AS_LONG = _LIKENESS / (200 - _LIKENESS)
"""Length of the shorter of two such words against the longer, at least: it has no letter that the longer has not."""
_SHORTEST = 5
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two names or nouns that may mean one thing, and why; `likeness` is 0 to 100."""

    left: str
    right: str
    reason: SuggestionReason
    likeness: float


def suggest_projects(engine: Engine, *, limit: int = 50, listed: bool = False) -> list[Suggestion]:
    """Pairs of projects that nobody has judged yet, the likeliest first.

    Args:
        engine: the database.
        limit: pairs at most.
        listed: only pairs that concern the list of programmes, those of which most is said first where all is equal.
    """
    with engine.connect() as connection:
        projects = ProjectNames(connection)
        judged = _judged(connection)
        stated = _stated_aliases(connection)
        groups = projects.programmes() if listed else projects.groups()
        claims = claims_by_project(connection) if listed else {}
        spelt_alike = _spelt_alike(projects, groups, among_all=listed)
    if listed:
        known = {key for group in groups for key in group.keys}
        stated = [each for each in stated if known & {*_key(each)}]
    found: dict[tuple[str, str], Suggestion] = {}
    for suggestion in (*stated, *_acronyms(groups), *spelt_alike):
        pair = _key(suggestion)
        if pair not in judged and not projects.same(suggestion.left, suggestion.right):
            found.setdefault(pair, suggestion)
    said = {pair: sum(claims.get(key, 0) for key in pair) for pair in found}
    order = sorted(found, key=lambda pair: (-found[pair].likeness, -said[pair], found[pair].left, found[pair].right))
    return [found[pair] for pair in order[:limit]]


def suggest_nouns(engine: Engine, programme: str) -> list[Suggestion]:
    """Nouns of a programme that may count the same thing: parts of one whole, and compounds of one noun.

    Raises:
        InputError: no such programme is known.
    """
    with engine.connect() as connection:
        group = ProjectNames(connection).resolve(programme)
        nouns = nouns_of(connection, group.name)
        keys = sorted(group.keys)
        counted = select(Reading.counted).where(
            Reading.current, Reading.kind == "count", Reading.subject_key.in_(keys), Reading.counted.is_not(None)
        )
        stated = sorted({noun for noun in connection.scalars(counted.distinct()) if noun})
        whole = aliased(Reading)
        pairs = (
            select(whole.counted.label("of"), Reading.counted.label("part"))
            .join(whole, (whole.claim_key == Reading.whole_key) & whole.current)
            .where(Reading.current, whole.subject_key.in_(keys), whole.counted != Reading.counted)
            .distinct()
        )
        found = [Suggestion(row.of, row.part, "parts of one whole", 100.0) for row in connection.execute(pairs)]
    for left, right in combinations(stated, 2):
        short, long = sorted((fold(left), fold(right)), key=len)
        if len(short) >= _SHORTEST and (long.startswith(short) or long.endswith(short)):
            found.append(Suggestion(left, right, "compound", 100.0 * len(short) / len(long)))
    unique = {frozenset((each.left, each.right)): each for each in reversed(found)}
    apart = [each for each in unique.values() if nouns.series(each.left) != nouns.series(each.right)]
    return sorted(apart, key=lambda each: (-each.likeness, each.left, each.right))


def _judged(connection: Connection) -> set[tuple[str, str]]:
    standing = select(Judgement.left_key, Judgement.right_key).where(Judgement.retracted_at.is_(None))
    return {(row.left_key, row.right_key) for row in connection.execute(standing)}


def _stated_aliases(connection: Connection) -> list[Suggestion]:
    """Names that a release itself gives to one project, as "Sicherheitskooperation Ruhr (SiKo Ruhr)"."""
    aliases = select(ReleaseProject.alias_of, ReleaseProject.name).where(ReleaseProject.alias_of.is_not(None))
    return [
        Suggestion(row.alias_of, row.name, "stated in a release", 100.0)
        for row in connection.execute(aliases.distinct().order_by(ReleaseProject.name))
        if name_key(row.alias_of) != name_key(row.name)
    ]


def _acronyms(groups: list[ProjectGroup]) -> list[Suggestion]:
    by_initials: dict[str, list[str]] = defaultdict(list)
    for group in groups:
        words = group.name.replace("-", " ").split()
        if len(words) > 2:
            by_initials["".join(word[0] for word in words if word[0].isupper()).upper()].append(group.name)
    return [
        Suggestion(name, group.name, "acronym", 95.0)
        for group in groups
        for name in by_initials.get(group.name.upper(), ())
        if group.name.isupper() and len(group.name) > 1
    ]


def _spelt_alike(projects: ProjectNames, groups: list[ProjectGroup], *, among_all: bool) -> list[Suggestion]:
    """Pairs of the names of `groups` with each other, or with those of all projects, that are spelt alike."""
    names = tuple(group.name for group in groups)
    if not among_all:
        return list(_similar(names, names))
    found = _similar(names, projects.spellings())
    # Few of all names are like one of these: only of those it is asked whether projects are called so.
    called = {group.name for group in projects.groups(name for each in found for name in (each.left, each.right))}
    return [each for each in found if {each.left, each.right} <= called]


# The longest work of all, which no decision changes unless it changes a name.
@lru_cache(maxsize=2)
def _similar(names: tuple[str, ...], among: tuple[str, ...]) -> tuple[Suggestion, ...]:
    """Pairs of `names` with others `among` all that are spelt alike."""
    left, right = (_by_length(each) for each in (names, among))
    lengths = [len(key) for _, key in right]
    found: list[Suggestion] = []
    for batch in in_batches(left):
        # Where one is much longer than the other they are not alike.
        shortest, longest = floor(len(batch[0][1]) * _AS_LONG), ceil(len(batch[-1][1]) / _AS_LONG)
        near = right[bisect_left(lengths, shortest) : bisect_right(lengths, longest)]
        # All at once: a look-up for each name takes ten times as long.
        keys = [[key for _, key in each] for each in (batch, near)]
        likeness = process.cdist(*keys, scorer=fuzz.ratio, score_cutoff=_LIKENESS)
        for row, column in zip(*likeness.nonzero(), strict=True):
            (name, key), (other, other_key) = batch[row], near[column]
            if name != other and not _are_editions(name, other):
                inflected = other_key.startswith(key) or key.startswith(other_key)
                first, second = sorted((name, other))
                score = round(float(likeness[row, column]), 1)
                found.append(Suggestion(first, second, "inflection" if inflected else "similar", score))
    return tuple(found)


def _by_length(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Names that are not too short with their keys, the shortest key first."""
    keys = ((name, name_key(name)) for name in names)
    return sorted((each for each in keys if len(each[1]) >= _SHORTEST), key=lambda each: len(each[1]))


def _are_editions(left: str, right: str) -> bool:
    """Whether numbers tell names apart: "Sommerschule 2023" is not "Sommerschule 2024"."""
    numbers = _NUMBER.findall(left), _NUMBER.findall(right)
    return all(numbers) and numbers[0] != numbers[1]


def _key(suggestion: Suggestion) -> tuple[str, str]:
    left, right = sorted((name_key(suggestion.left), name_key(suggestion.right)))
    return left, right
