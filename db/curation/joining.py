"""Joining names of one programme where the stored releases prove that they are: all others are only suggested.

"Schulbauoffensive" and "Berliner Schulbauoffensive", "Förderprogramm SolarPLUS" and "SolarPLUS", "Seenfonds" and
"Seenfonds 2023" are one if one office says both. Each join is a judgement like those of people, logged and taken back
alike; a pair that anybody ever judged is left alone.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select, union

from db.curation.cut_short import cut_short
from db.curation.names import ProjectNames
from db.curation.programme_names import is_programme, land_of, of_all_years, plain_key, spelt_key, uninflected
from db.engine import write
from db.tables import Judgement, ListingRow, Reading, ReleaseProject, ReleaseRow
from models.keys import name_key
from models.projects import ProjectGroup

AUTHOR = "bilanz"
"""Who joins what the releases prove, in the log."""
_CUT = "the shorter name is written as part of the longer one, or beside it for the same"
_NOTE = "one office says both, and they differ only in ending, year, class word or place"

_FORM = "the name as it stands in a list"

_Proven = Callable[[Connection, Sequence[ProjectGroup]], Iterator[tuple[ProjectGroup, ProjectGroup]]]
"""Finds pairs of programmes that are one."""


def join_proven(engine: Engine, now: datetime) -> int:
    """Joins what is proven to be one programme, and lists it by its uninflected name; how many names were joined."""

    def work(connection: Connection) -> int:
        # Names that were cut short are looked for among programmes, so when those spelt alike are one.
        joined = _join(connection, now, _NOTE, _alike) + _join(connection, now, _CUT, cut_short)
        _show_uninflected(connection, now)
        return joined

    return write(engine, work)


def _join(connection: Connection, now: datetime, note: str, proven: _Proven) -> int:
    """Joins the pairs that are proven, one office saying both, and on which nobody has judged."""
    names = ProjectNames(connection)
    groups = [each for each in names.groups() if is_programme(each.name) or names.is_registered(each.name)]
    offices = _offices(connection)
    judged = {frozenset(row) for row in connection.execute(select(Judgement.left_key, Judgement.right_key))}
    joined = 0
    for one, other in proven(connection, groups):
        told = [set().union(*(offices[key] for key in each.keys)) for each in (one, other)]
        (left_key, left), (right_key, right) = sorted((name_key(each.name), each.name) for each in (one, other))
        keys = frozenset((left_key, right_key))
        if not told[0] & told[1] or len(keys) < 2 or keys in judged:
            continue
        connection.execute(
            insert(Judgement).values(
                left=left, right=right, left_key=left_key, right_key=right_key,
                verdict="same", author=AUTHOR, note=note, made_at=now,
            )
        )  # fmt: skip
        judged.add(keys)
        joined += 1
    return joined


def _show_uninflected(connection: Connection, now: datetime) -> None:
    """Lists programmes of which releases have only a genitive, or only single years' rounds, by the name itself.

    Not those that anybody has listed.
    """
    names = ProjectNames(connection)
    said = set(connection.scalars(select(ListingRow.name_key)))
    for group in names.programmes():
        shown = uninflected(of_all_years(group.name, group.aliases))
        if shown == group.name or group.keys & said or (name_key(shown) not in group.keys and names.is_known(shown)):
            continue
        connection.execute(
            insert(ListingRow).values(
                name_key=min(group.keys), name=group.name, shown_as=shown, author=AUTHOR, note=_FORM, made_at=now
            )
        )


def _alike(connection: Connection, groups: Sequence[ProjectGroup]) -> Iterator[tuple[ProjectGroup, ProjectGroup]]:
    """Programmes whose names differ only in what says nothing of which they are; those of another land are others."""
    home = Counter(land for group in groups if (land := land_of(group.name)) is not None).most_common(1)
    lands = {None, *(land for land, _ in home)}
    names = ProjectNames(connection)
    by_key: dict[tuple[str, str], list[ProjectGroup]] = defaultdict(list)
    for group in groups:
        if land_of(group.name) in lands:
            by_key["spelt", spelt_key(group.name)].append(group)
            # "SIWA", one of the names, is a name by itself: "Sondervermögen SIWA" is of the same.
            bare = (name for name in group.aliases if plain_key(name) == name_key(name))
            for key in {plain_key(name) for name in (group.name, *bare)}:
                by_key["plain", key].append(group)
    for alike in by_key.values():
        first, *others = sorted(alike, key=lambda group: (not names.is_registered(group.name), len(group.name)))
        yield from ((first, other) for other in others)


def _offices(connection: Connection) -> dict[str, set[str]]:
    """The press offices that say each name."""
    found: dict[str, set[str]] = defaultdict(set)
    named = select(ReleaseProject.name_key, ReleaseRow.source_id).join(
        ReleaseRow, ReleaseRow.id == ReleaseProject.release_id
    )
    stated = select(Reading.subject_key, Reading.source_id).where(Reading.current, Reading.subject_key.is_not(None))
    for key, source in connection.execute(union(named, stated)):
        found[key].add(source)
    return found
