"""Names that may mean the same, or part of it: they share a word that few names have."""

import re

from sqlalchemy import Connection, func, select

from db.curation.names import ProjectNames
from db.tables import Reading
from models.keys import name_key
from models.projects import ProjectGroup

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 7
"""Letters of a word that may be rare."""
_RARE = 20
"""Names that have a word at most; one that more have, such as "Programm", tells of no kinship."""
_ENDINGS = ("es", "s")
_LEAST_CLAIMS = 2
_MOST = 6


def related_names(connection: Connection, names: ProjectNames, group: ProjectGroup) -> list[str]:
    """Other names in releases that share a rare word with a project's, those with the most claims first.

    "Berliner Kältehilfe" for "Kältehilfe", "DigitalPakts" for "DigitalPakt Schule".
    """
    words = {word for name in (group.name, *group.aliases) for word in map(_stem, _WORD.findall(name))}
    counts: dict[str, int] = {}
    shown: dict[str, str] = {}
    for word in sorted(word for word in words if len(word) >= _SHORTEST):
        found = connection.execute(
            select(Reading.subject_key, func.max(Reading.subject), func.count())
            .where(Reading.current, Reading.subject_key.contains(word, autoescape=True))
            .group_by(Reading.subject_key)
            .limit(_RARE + 1)
        ).all()
        if len(found) <= _RARE:
            counts |= {key: count for key, _, count in found}
            shown |= {key: name for key, name, _ in found}
    others = (key for key, count in counts.items() if key not in group.keys and count >= _LEAST_CLAIMS)
    most_first = sorted(others, key=lambda key: (-counts[key], key))
    each_once = {names.root(shown[key]): shown[key] for key in reversed(most_first)}
    return [shown[key] for key in most_first if shown[key] in each_once.values()][:_MOST]


def _stem(word: str) -> str:
    key = name_key(word)
    return next((key.removesuffix(end) for end in _ENDINGS if key.endswith(end)), key)
