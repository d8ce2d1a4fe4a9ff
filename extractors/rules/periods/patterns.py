"""The words that name times: the schema of words.yaml, and the patterns that are made of them."""

from typing import TypeVar

from extractors.german.words import weekdays
from extractors.german.words.months import FULL_NAMES, SHORT_FORMS
from extractors.patterns import Patterns


class TimeWords(Patterns):
    """words.yaml: its comments say what each key is for."""

    times_of_day: tuple[str, ...]
    seasons: dict[str, int]
    named_years: dict[str, tuple[int, int]]
    ordinals: dict[str, int]
    shifts: dict[str, int]
    days: dict[str, int]
    fillers: frozenset[str]
    filler_endings: tuple[str, ...]
    since: frozenset[str]
    records: frozenset[str]
    until: frozenset[str]
    von: frozenset[str]
    states: tuple[str, ...]
    not_claimed: frozenset[str]
    time_nouns: tuple[str, ...]
    named_by_year: tuple[str, ...]


WORDS = TimeWords.beside(__file__, "words.yaml")

YEAR = r"(?:19|20)\d\d"
EARLY_YEAR = r"(?:1[5-9]|20)\d\d"
"""A year behind a month, where it cannot be another number."""
MONTH = rf"(?:(?:{'|'.join(FULL_NAMES)})s?(?!\w)|(?:{'|'.join(SHORT_FORMS)})\.)"
WEEKDAY = f"(?:{'|'.join(weekdays.NAMES)})"
SHIFT = "(?:{})".format("|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}[mnrs]?" for word in WORDS.shifts))

Value = TypeVar("Value")


def by_name(table: dict[str, Value], name: str) -> Value:
    """The value of a name, which may stand in the genitive."""
    for ending in ("", "s", "es"):
        if name.endswith(ending) and name[: len(name) - len(ending)] in table:
            return table[name[: len(name) - len(ending)]]
    raise KeyError(name)


def shift(word: str) -> int:
    """How many years "vergangenen", "diesem", "kommende" … are from the year of publication."""
    return WORDS.shifts[word.lower().rstrip("mnrs")]
