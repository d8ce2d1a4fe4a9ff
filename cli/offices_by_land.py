"""The list of press offices as people read it: by Land, in tables that a terminal holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from cli.language import _, language
from cli.printing import for_people, table
from output.terms import value_term

if TYPE_CHECKING:
    from rich.console import Console

_Office = Mapping[str, str | None]

_SHOWN = ("id", "publisher", "last_run")


def show_by_land(rows: Sequence[_Office], out: Console) -> None:
    """Prints what each is called and how its last run ended; federal offices first, what was imported last."""
    for state, some in groupby(sorted(rows, key=_land), key=lambda row: row["state"]):
        cells = [[_cell(name, row[name]) for name in _SHOWN] for row in some]
        title = value_term("state", state, language()) if state else _("imported")
        made = table([_(name) for name in _SHOWN], cells, title=title)
        made.columns[0].no_wrap, made.columns[1].overflow = True, "fold"
        out.print(made)
        out.print()


def _land(row: _Office) -> tuple[bool, str, str]:
    state = row["state"]
    return state is None, "" if state == "DE" else value_term("state", state, language()), row["id"] or ""


def _cell(name: str, value: str | None) -> str:
    return str(for_people({name: value})[_(name)]) if value else ""
