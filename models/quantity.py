"""Stated quantities and periods, kept as literal and exact value."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Kind = Literal["count", "money", "share", "measure", "duration", "status"]
Comparator = Literal["=", "~", ">", ">=", "<", "<="]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text states it. Offsets are characters of the document.

    `value` and `value_to` are exact: "2,5 Mio." is Decimal("2500000"); a single number has no
    `value_to`. `start` and `end` hold number words, comparator excluded, unit included;
    `noun` is the token index of the head noun that is counted or measured, where one stands.
    """

    kind: Kind
    value: Decimal
    value_to: Decimal | None
    comparator: Comparator
    unit: str | None
    counted: str | None
    start: int
    end: int
    first: int
    """Index of the first token (comparator excluded)."""
    last: int
    """Index of the last token (unit or head noun included)."""
    noun: int | None = None
    cue: tuple[int, int] | None = None
    """Characters of the comparator's words, where there are any."""


class Omission(StrEnum):
    """Why a number in a text is no claim, in the words that people are shown."""

    WEB = "web address"
    TELEPHONE = "telephone number"
    ADDRESS = "address"
    ACCOUNT = "account number"
    DATE = "date"
    YEAR = "year"
    CLOCK = "clock time"
    FILE = "file or paragraph number"
    PERIOD = "legislative period"
    LIST = "list number"
    TABLE = "row of a table without its columns"
    LINE = "line or road"
    ORDINAL = "ordinal"
    LABEL = "label of the noun beside it"
    NAME = "name"
    WORD = "part of a word"
    RATIO = "ratio"
    TIMES = "how many times"
    REFERENCE = "reference quantity"
    CONDITION = "condition"
    AGE = "age"
    PRISON = "prison term"
    TENURE = "tenure"
    WAITING = "waiting time or deadline"
    FRAME = "time that no project lasts"
    VAGUE = "vague"
    IDIOM = "idiom"
    SLIP = "more than can be meant"
    NOTHING = "counts nothing that is named"


@dataclass(frozen=True, slots=True)
class NotClaim:
    """A number that states no claim, and why: `text[start:end]` are its words ("Klasse [7]": a label)."""

    reason: Omission
    start: int
    end: int


DAY_LENGTH = len("2024-12-31")
"""Characters of an ISO date that names a day; prefixes of a year or month are shorter."""

Days = tuple[date, date]
"""The first and the last day of a span of time."""


def days_of(prefix: str) -> Days:
    """The days that an ISO date or a prefix of one (2024, 2024-12, 2024-12-31) spans."""
    year, month, day = (*(int(part) for part in prefix.split("-")), 0, 0)[:3]
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


@dataclass(frozen=True, slots=True)
class Period:
    """A date or span of time as a text states it.

    `start` and `end` are character offsets; `date` is an ISO date or a prefix of one (2024, 2024-12,
    2024-12-31): the day, month or year that the words name, resolved against the publication date.
    """

    role: Literal["since", "until", "as_of"]
    date: str
    start: int
    end: int
    first: int
    last: int
    attributive: bool = False
    """True in "die 2018 erarbeiteten Vorschläge": dates the noun's own event, not the sentence."""
    days: Days | None = None
    """First and last day where `date` says them too loosely: "im ersten Halbjahr 2023" has the date 2023."""

    @property
    def interval(self) -> Days:
        """The first and the last day that the words name."""
        return self.days or days_of(self.date)
