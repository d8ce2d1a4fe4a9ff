"""Joining names of one programme where the stored releases prove that they are: all others are only suggested.

"Schulbauoffensive" and "Berliner Schulbauoffensive", "Förderprogramm SolarPLUS" and "SolarPLUS", "Seenfonds" and
"Seenfonds 2023" are one if one office says both. Each join is a judgement like those of people, logged and taken back
alike; a pair that anybody ever judged is left alone.
"""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select, union

from db.curation.names import ProjectNames
from db.curation.programme_names import is_programme, plain_key
from db.engine import write
from db.tables import Judgement, Reading, ReleaseProject, ReleaseRow
from models.keys import name_key
from models.projects import ProjectGroup

AUTHOR = "bilanz"
"""Who joins what the releases prove, in the log."""
_NOTE = "one office says both, and they differ only in ending, year, class word or place"


def join_proven(engine: Engine, now: datetime) -> int:
    """Joins what is proven to be one programme; how many names were joined to others."""

    def work(connection: Connection) -> int:
        names = ProjectNames(connection)
        offices = _offices(connection)
        judged = {frozenset(row) for row in connection.execute(select(Judgement.left_key, Judgement.right_key))}
        alike: dict[str, list[ProjectGroup]] = defaultdict(list)
        for group in names.groups():
            if is_programme(group.name):
                alike[plain_key(group.name)].append(group)
        joined = 0
        for groups in alike.values():
            first, *others = sorted(groups, key=lambda group: (not names.is_registered(group.name), len(group.name)))
            for other in others:
                told = [set().union(*(offices[key] for key in each.keys)) for each in (first, other)]
                pair = sorted((name_key(each.name), each.name) for each in (first, other))
                keys = frozenset(key for key, _ in pair)
                if not told[0] & told[1] or len(keys) < 2 or keys in judged:
                    continue
                (left_key, left), (right_key, right) = pair
                connection.execute(
                    insert(Judgement).values(
                        left=left, right=right, left_key=left_key, right_key=right_key,
                        verdict="same", author=AUTHOR, note=_NOTE, made_at=now,
                    )
                )  # fmt: skip
                joined += 1
        return joined

    return write(engine, work)


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
