"""Dates as people write them, in German and English: moments, and days read back, as `output.words.day` says them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime

from models.calendar import BERLIN
from models.language import LANGUAGES, Language

ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?P<time>[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?")
_DOTTED = re.compile(r"(?:(\d{1,2})\.\s*)?(\d{1,2})[./]\s*(\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})\.?\s+)?([^\W\d]+)\.?\s+(\d{4})")
_YEAR_END = re.compile(r"(?:ende|(?:the )?end of)\s+(\d{4})", re.IGNORECASE)


def moment_shown(when: datetime, language: Language) -> str:
    """A moment by the clock in Berlin: "26.11.2026, 23:29 Uhr", in English "2026-11-26 23:29"."""
    local = when.astimezone(BERLIN)
    return f"{local:%d.%m.%Y, %H:%M} Uhr" if language == "de" else f"{local:%Y-%m-%d %H:%M}"


def stamps_shown(words: str, language: Language) -> str:
    """Words as they are, but for an ISO day or moment, which is said as `moment_shown` says it."""
    stamp = _STAMP.fullmatch(words)
    if stamp is None:
        return words
    when = datetime.fromisoformat(words)
    if stamp["time"]:
        return moment_shown(when if when.tzinfo else when.replace(tzinfo=BERLIN), language)
    return f"{when:%d.%m.%Y}" if language == "de" else words


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
