"""What a status is: one line of the table for each, in the order of a project's life."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Status = Literal[
    "proposed", "under_review", "planned", "approved", "started", "in_progress", "operating",
    "completed", "continued", "extended", "paused", "discontinued", "rejected",
]  # fmt: skip

STATUSES: tuple[Status, ...] = get_args(Status)
BEGUN: frozenset[Status] = frozenset({"started", "operating"})
"""What begins at a time and lasts from there."""
LASTING: frozenset[Status] = frozenset({"extended", "continued"})
"""What is there already: until when is not when it comes."""


@dataclass(frozen=True, slots=True)
class StatusTraits:
    """What a status is called, and what follows from it.

    Attributes:
        german: in plain words; `english` likewise.
        colour: "#rrggbb", from what is only proposed (pale) over what is done (deep) to what has ended
            without result (grey).
        origin: things are in it from the start: "die 74 Projekte beginnen" speaks of them all.
        event: it is entered once, so that a number "in 2023" counts what entered in that time.
        end: it overrules what was before it.
        goes_on: it is there already when its own end lies ahead: "läuft bis 2029".
        of_money: it is said of money, not only of what the money is for.
        brings: what a plan calls by the verb of its making ("sollen entstehen"), a report may call by this result.
    """

    german: str
    english: str
    colour: str
    origin: bool = False
    event: bool = False
    end: bool = False
    goes_on: bool = False
    of_money: bool = False
    brings: frozenset[Status] = frozenset()


TRAITS: Mapping[Status, StatusTraits] = {
    "proposed": StatusTraits(
        "beantragt oder vorgeschlagen", "proposed", "#d8c9a3", origin=True, event=True, of_money=True
    ),
    "under_review": StatusTraits("in Prüfung", "under review", "#e2b66b"),
    "planned": StatusTraits("geplant", "planned", "#cfa15a", origin=True, of_money=True),
    "approved": StatusTraits(
        "bewilligt oder beschlossen", "approved", "#a9c6c9", origin=True, event=True, of_money=True,
        brings=frozenset({"planned"}),
    ),
    "started": StatusTraits("begonnen", "started", "#7fb0b6", origin=True, event=True, brings=frozenset({"planned"})),
    "in_progress": StatusTraits("in Umsetzung", "in progress", "#4a93a0", goes_on=True, of_money=True),
    "operating": StatusTraits(
        "in Betrieb", "operating", "#2c7f74", goes_on=True,
        brings=frozenset({"planned", "started", "in_progress", "completed"}),
    ),
    "completed": StatusTraits(
        "abgeschlossen", "completed", "#0f5c66", event=True, end=True, of_money=True,
        brings=frozenset({"planned", "in_progress", "operating"}),
    ),
    "continued": StatusTraits("fortgeführt", "continued", "#3d6b8f", goes_on=True),
    "extended": StatusTraits(
        "verlängert oder ausgeweitet", "extended", "#6b8fb3", event=True, goes_on=True, of_money=True
    ),
    "paused": StatusTraits("ausgesetzt", "paused", "#b9a6b8", goes_on=True),
    "discontinued": StatusTraits(
        "nicht weiterverfolgt", "discontinued", "#8b8790", event=True, end=True, of_money=True
    ),
    "rejected": StatusTraits("abgelehnt", "rejected", "#b4635a", event=True, end=True, of_money=True),
}  # fmt: skip
