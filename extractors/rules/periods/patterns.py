"""The words that name times, read from `words.yaml`, as patterns and as numbers."""

from typing import Any, TypeVar

from extractors.resources import data

WORDS: dict[str, Any] = data("periods", "words")

MONTHS: dict[str, int] = {name: number for number, names in WORDS["months"].items() for name in names}
SEASONS: dict[str, int] = WORDS["seasons"]
NAMED_YEARS: dict[str, list[int]] = WORDS["named_years"]
WEEKDAYS: list[str] = WORDS["weekdays"]

YEAR = r"(?:19|20)\d\d"
MONTH = (
    rf"(?:(?:{'|'.join(name for name in MONTHS if name[-1] != '.')})s?(?!\w)"
    rf"|(?:{'|'.join(name[:-1] for name in MONTHS if name[-1] == '.')})\.)"
)
WEEKDAY = f"(?:{'|'.join([*WEEKDAYS, 'Sonnabend'])})"
SHIFT = "(?:{})".format("|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}[mnrs]?" for word in WORDS["shifts"]))


Value = TypeVar("Value")


def by_name(table: dict[str, Value], name: str) -> Value:
    """The value of a name, which may stand in the genitive."""
    for ending in ("", "s", "es"):
        if name.endswith(ending) and name[: len(name) - len(ending)] in table:
            return table[name[: len(name) - len(ending)]]
    raise KeyError(name)


def shift(word: str) -> int:
    """How many years "vergangenen", "diesem", "kommende" … are from the year of publication."""
    shifts: dict[str, int] = WORDS["shifts"]
    return shifts[word.lower().rstrip("mnrs")]
