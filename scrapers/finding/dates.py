"""Dates as lists, feeds and JSON of German offices write them."""

import re
from datetime import UTC, datetime, timedelta, timezone

from models.calendar import BERLIN, MONTHS

_ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December")  # fmt: skip
_MONTHS = {name.lower(): number for number, names in enumerate(MONTHS, start=1) for name in names}
_MONTHS |= {name[:length].lower(): number for number, name in enumerate(_ENGLISH, start=1) for length in (3, len(name))}
_ZONES = {"Z": 0, "UTC": 0, "UT": 0, "GMT": 0, "WET": 0, "MEZ": 1, "CET": 1, "MESZ": 2, "CEST": 2, "EST": -5, "EDT": -4,
          "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}  # fmt: skip

_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
_ZONE = rf"\s*(?P<zone>[+-]\d\d:?\d\d|(?:{'|'.join(sorted(_ZONES, key=len, reverse=True))})\b)?"
_ISO = re.compile(
    rf"\b(?P<year>\d{{4}})(?P<sep>[-/.])(?P<number>\d\d)(?P=sep)(?P<day>\d\d)(?!\d)(?:(?:T|,?\s+){_CLOCK}{_ZONE})?"
)
_NUMBERED = re.compile(
    r"\b(?P<day>\d{1,2})\.\s*(?P<number>\d{1,2})\.\s*(?P<year>\d{4}|\d\d)\b"
    rf"(?:\D{{1,12}}?{_CLOCK}(?:{_ZONE}\s*(?:Uhr|h\b|$|\W)))?"
)
_NAMED = re.compile(
    r"\b(?P<day>\d{1,2})(?:\.\s*|[\s-]+)(?P<name>[A-Za-zä]{3,9})(?:\.\s*|[\s,-]+)(?P<year>\d{4}|\d\d)\b"
    rf"(?:\D{{1,12}}?{_CLOCK}{_ZONE})?"
)


def read_date(text: str) -> datetime | None:
    """The first date in a text, in UTC, or None.

    ISO 8601 (with hyphens, slashes or dots), "21.11.2025", "12. Oktober 2018, 14:30 Uhr", and as feeds write it,
    with English or German names: "Fr, 11 Okt 2024 11:14:11 +0200". A time without zone is German time; a date
    without time is midnight there.
    """
    found = (match for pattern in (_ISO, _NUMBERED, _NAMED) for match in pattern.finditer(text))
    moments = ((match.start(), _moment(match)) for match in found)
    valid = [(start, moment) for start, moment in moments if moment]
    return min(valid, key=lambda pair: pair[0])[1] if valid else None


def _moment(match: re.Match[str]) -> datetime | None:
    parts = match.groupdict()
    month = int(parts.get("number") or _MONTHS.get((parts.get("name") or "").lower(), 0))
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    try:
        return as_utc(datetime(year, month, int(parts["day"]), hour, minute, second, tzinfo=_zone(parts["zone"])))
    except (ValueError, OverflowError):
        return None


def _zone(name: str | None) -> timezone | None:
    if not name:
        return None
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    hours, minutes = int(name[1:3]), int(name[-2:])
    return timezone((1 if name[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def as_utc(moment: datetime) -> datetime:
    """The moment in UTC; without a zone it is German time."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)).astimezone(UTC)
