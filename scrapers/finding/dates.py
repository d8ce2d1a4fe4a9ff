"""Dates as lists, feeds and JSON of German offices write them."""

import re
from datetime import UTC, datetime

from models.calendar import BERLIN, MONTHS

_MONTHS = {name.lower(): number for number, names in enumerate(MONTHS, start=1) for name in names}

_ISO = re.compile(r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_GERMAN = re.compile(
    r"\b(?P<day>\d{1,2})\.\s*(?:(?P<number>\d{1,2})\.|(?P<name>[A-Za-zä]{3,9})\.?)\s*(?P<year>\d{4}|\d\d)\b"
    r"(?:\D{1,12}?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)\s*(?:Uhr|h|$))?"
)


def read_date(text: str) -> datetime | None:
    """The first date in a text, in UTC, or None: ISO 8601, "21.11.2025", "12. Oktober 2018, 14:30 Uhr".

    A time without zone is German time; a date without time is midnight there.
    """
    if iso := _ISO.search(text):
        return _valid_iso(iso[0])
    moments = (_valid_german(match) for match in _GERMAN.finditer(text))
    return next((moment for moment in moments if moment), None)


def _valid_iso(text: str) -> datetime | None:
    try:
        return as_utc(datetime.fromisoformat(text))
    except ValueError:
        return None


def _valid_german(match: re.Match[str]) -> datetime | None:
    month = int(match["number"] or _MONTHS.get((match["name"] or "").lower(), 0))
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    try:
        return as_utc(datetime(year, month, int(match["day"]), int(match["hour"] or 0), int(match["minute"] or 0)))
    except ValueError:
        return None


def as_utc(moment: datetime) -> datetime:
    """The moment in UTC; without a zone it is German time."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)).astimezone(UTC)
