"""Dates as people write them, in German and English, read back: what `output.words.day` says, and more."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from models.language import LANGUAGES

ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DOTTED = re.compile(r"(?:(\d{1,2})\.\s*)?(\d{1,2})[./]\s*(\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})\.?\s+)?([^\W\d]+)\.?\s+(\d{4})")
_YEAR_END = re.compile(r"(?:ende|(?:the )?end of)\s+(\d{4})", re.IGNORECASE)


def date_named(words: str) -> str:
    """The ISO date or prefix that is called so: "31.12.2024", "26. November 2026", "March 2024", "Ende 2024".

    Raises:
        ValueError: it is none, or a day that no calendar has.
    """
    words = " ".join(words.split())
    if ended := _YEAR_END.fullmatch(words):
        return f"{ended[1]}-12-31"
    if iso := ISO.fullmatch(words):
        year, month, day = iso.groups()
    elif dotted := _DOTTED.fullmatch(words):
        day, month, year = dotted.groups()
    elif named := _NAMED.fullmatch(words):
        day, month, year = named[1], str(_month(named[2])), named[3]
    else:
        raise ValueError(words)
    if month is None:
        return str(year)
    if day is None:
        monthrange(int(year), int(month))
        return f"{year}-{int(month):02d}"
    return date(int(year), int(month), int(day)).isoformat()


def _month(word: str) -> int:
    from babel.dates import get_month_names

    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for month, name in get_month_names(width, locale=language).items():
                if name.rstrip(".").casefold() == word.casefold():
                    return int(month)
    raise ValueError(word)
