"""The reference of a claim's fields, from the vocabulary."""

from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from cells import table

from extractors.rules.quantities.units import units
from models.claim import FIELDS, Claim
from models.quantity import Kind

INTRODUCTION = """# Fields of a claim

The names are the same in the API, in CSV, Parquet and the frames of Python, in `bilanz extract --jsonl` and in the
tables. What counts as a claim, and how releases are annotated, is told in [what a claim is](../claims.md).
"""
_TYPES = {Decimal: "decimal string", int: "integer", str: "string", NoneType: "null", tuple: "list"}
_MARKS = {
    "searched": "found by its words",
    "told": "told to those who watch",
    "correctable": "correctable by reviewers",
}


def markdown() -> str:
    """The page."""
    hints = get_type_hints(Claim)
    rows = [
        [
            f"`{field.name}`",
            _type(hints[field.name]),
            field.meaning,
            ", ".join(words for mark, words in _MARKS.items() if getattr(field, mark)),
        ]
        for field in FIELDS
    ]
    kinds: tuple[Kind, ...] = ("money", "share", "measure", "duration")
    known = [[f"`{kind}`", " ".join(f"`{unit}`" for unit in units(kind))] for kind in kinds]
    parts = [INTRODUCTION, table(["field", "type", "meaning", ""], rows), "## Units\n", table(["kind", "units"], known)]
    return "\n".join(parts)


def _type(hint: Any) -> str:
    """A type in a few words; where there is a choice, its words."""
    if get_origin(hint) in (Union, UnionType):
        return " or ".join(map(_type, get_args(hint)))
    if get_origin(hint) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(hint))
    return _TYPES[get_origin(hint) or hint]
