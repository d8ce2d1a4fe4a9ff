"""What columns and states are called in tables of projects; `tables.yaml` and `states.yaml` say it."""

import re
from functools import lru_cache
from typing import Literal, get_args

from extractors.patterns import Patterns
from models.keys import fold
from models.statuses import STATUSES, Status

ColumnRole = Literal["number", "project", "status", "office", "money", "due", "field", "remark"]
COLUMN_ROLES: tuple[ColumnRole, ...] = get_args(ColumnRole)

_WORD = re.compile(r"[^\s/()\[\],;:]+")
_DASHES = re.compile(r"\s*[-–—]\s*")
_BEHIND = re.compile(r"\s*(?:\([^()]*\)|(?:seit|im|zum|bis|ab)?\s*(?:\d{2}[./])?(?:\d{2}[./])?20\d\d)$")


class _Names(Patterns):
    words: tuple[str, ...]
    ends: tuple[str, ...]


class _Columns(Patterns):
    number: _Names
    project: _Names
    status: _Names
    office: _Names
    money: _Names
    due: _Names
    field: _Names
    remark: _Names


class _States(Patterns):
    proposed: tuple[str, ...]
    under_review: tuple[str, ...]
    planned: tuple[str, ...]
    approved: tuple[str, ...]
    started: tuple[str, ...]
    in_progress: tuple[str, ...]
    operating: tuple[str, ...]
    completed: tuple[str, ...]
    continued: tuple[str, ...]
    extended: tuple[str, ...]
    paused: tuple[str, ...]
    discontinued: tuple[str, ...]
    rejected: tuple[str, ...]


@lru_cache(maxsize=1)
def _columns() -> tuple[tuple[ColumnRole, frozenset[str], tuple[str, ...]], ...]:
    columns = _Columns.beside(__file__, "tables.yaml")
    found = []
    for role in COLUMN_ROLES:
        names: _Names = getattr(columns, role)
        found.append((role, frozenset(map(fold, names.words)), tuple(map(fold, names.ends))))
    return tuple(found)


@lru_cache(maxsize=1)
def _states() -> dict[str, Status]:
    states = _States.beside(__file__, "states.yaml")
    return {_dashed(fold(words)): status for status in STATUSES for words in getattr(states, status)}


@lru_cache(maxsize=4096)
def column_role(header: str) -> ColumnRole | None:
    """What stands in a column of that name, None where the name says nothing.

    Its first telling word decides: "Stand der Umsetzung", "Mittel in Tsd. Euro".
    """
    for word in _WORD.findall(fold(header)):
        for role, words, ends in _columns():
            if word in words or word.rstrip(".") in words or (len(word) > 5 and bool(ends) and word.endswith(ends)):
                return role
    return None


@lru_cache(maxsize=4096)
def state_of(cell: str) -> Status | None:
    """The status that the words of a cell stand for, None where they are no state's or hold more than that."""
    words = _dashed(fold(cell)).rstrip(".;, ")
    known = _states().get(words)
    while known is None and (shorter := _BEHIND.sub("", words)) != words:
        words = shorter
        known = _states().get(words.rstrip(".;, "))
    return known


def _dashed(words: str) -> str:
    return _DASHES.sub(" - ", words) if re.search(r"\s[-–—]|[-–—]\s", words) else words
