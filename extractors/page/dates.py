"""When a release was published: found on its page, and said how."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from models.calendar import BERLIN, MONTHS
from models.release import Precision

MAX_AHEAD = timedelta(days=7)
"""How far after the fetch a date may lie: releases announce coming days, but none comes from next month."""
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)

_ENGLISH = {"January": 1, "February": 2, "March": 3, "May": 5, "June": 6, "July": 7, "October": 10, "Oct": 10,
            "December": 12, "Dec": 12}  # fmt: skip
_MONTH_NAMES = {name: number for number, names in enumerate(MONTHS, 1) for name in names} | _ENGLISH
_MONTH_NUMBER = {name[:3].lower(): number for name, number in _MONTH_NAMES.items()}
_MONTH = f"(?:{'|'.join(sorted(_MONTH_NAMES, key=len, reverse=True))})"
DATE = (
    rf"(?:(?<!\d)\d{{1,2}}\.\s?\d{{1,2}}\.\s?(?:19|20)\d\d(?!\d)|(?<!\d)\d{{1,2}}(?:\.\s?|\s){_MONTH}\.?\s(?:19"
    rf"|20)\d\d(?!\d)"
    rf"|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d))"
)
"""A day as German pages write it: 9.12.2021, 9. Dezember 2021, 9. Dez. 2021, 2021-12-09."""

OTHER_DAYS = (
    r"(?:Urteil|Beschl[uü]ss|Bescheid|Antrag|Erlass|Stand|Az|BV|Gesetz|Drucksache|Fassung|Verfügung|Termin|Frist)"
)
"""What a day stands behind that is not that of publication."""

_DAY = re.compile(
    rf"(?<!\d)(?:(?P<d>\d{{1,2}})(?:\.\s?(?P<m>\d{{1,2}})\.\s?|(?:\.\s?|\s)(?P<name>{_MONTH})\.?\s)(?P<y>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d))(?!\d)",
    re.IGNORECASE,
)
_SHORT = re.compile(
    rf"(?<![\d.])(?P<d>\d{{1,2}})(?:\.\s?(?P<m>\d{{1,2}})\.\s?|\.?\s(?P<name>{_MONTH})\.?,?\s)(?P<y>(?:19|20)\d\d"
    rf"|\d\d)(?![\d.])",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[,;|\s–-]*(?:um\s+)?(?P<h>[01]?\d|2[0-3])(?:[:.](?P<min>[0-5]\d))?\s*Uhr|[,\s–-]+(?P<h2>[01]?\d"
    r"|2[0-3]):(?P<min2>[0-5]\d)\b"
)
_JAVA = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d):(\d\d):\d\d [A-Z]{2,5} (\d{4})")


@dataclass(frozen=True, slots=True)
class Day:
    """A moment in UTC; of precision "day" it is midnight in Berlin."""

    moment: datetime
    precision: Precision


def parse_machine(text: str) -> Day | None:
    """A date as machines write it: ISO 8601, RFC 5322, or Java's. Without a zone it is Berlin's time."""
    text = text.strip()
    if java := _JAVA.fullmatch(text):
        month, day, hour, minute, year = java.groups()
        return _day(int(year), _MONTH_NUMBER.get(month.lower(), 0), int(day), int(hour), int(minute))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=BERLIN)
    local = moment.astimezone(BERLIN)
    return Day(moment.astimezone(UTC), "minute" if local.hour or local.minute else "day")


def parse_german(text: str) -> Day | None:
    """The first day that a German text names, with its time of day where one follows."""
    return next(days_in(text), None)


def days_in(text: str) -> Iterator[Day]:
    """All days that a German text names, in its order."""
    for match in _DAY.finditer(text):
        if match["iso"]:
            year, month, day = (int(part) for part in match["iso"].split("-"))
        else:
            month = int(match["m"]) if match["m"] else _MONTH_NUMBER[match["name"].lower()[:3]]
            year, day = int(match["y"]), int(match["d"])
        clock = _TIME.match(text, match.end())
        hour = int(clock["h"] or clock["h2"]) if clock else 0
        minute = int(clock["min"] or clock["min2"] or 0) if clock else 0
        if found := _day(year, month, day, hour, minute):
            yield found


def parse_short(text: str) -> Day | None:
    """A day that stands by itself: also "16 Jun 2025" in parts of its own, and "26.04.23"."""
    if found := parse_german(text):
        return found
    match = _SHORT.search(text)
    if match is None:
        return None
    year = int(match["y"])
    month = int(match["m"]) if match["m"] else _MONTH_NUMBER[match["name"].lower()[:3]]
    return _day(year if year > 99 else 2000 + year, month, int(match["d"]))


def parse_date(text: str, formats: tuple[str, ...] = ()) -> Day | None:
    """A date in any known form; `formats` are strptime patterns that are tried first, with German month names."""
    for pattern in formats:
        try:
            moment = datetime.strptime(_english_months(text), pattern)
        except ValueError:
            continue
        return _day(moment.year, moment.month, moment.day, moment.hour, moment.minute)
    return parse_machine(text) or parse_german(text)


def days_in_url(url: str) -> Iterator[Day]:
    """The days that an address seems to name, surest first."""
    for pattern, order in _URL_DATES:
        for match in pattern.finditer(url):
            if not _opens_segment(url[: match.start()]):
                continue
            numbers = dict(zip(order, (int(group) for group in match.groups()), strict=True))
            year = numbers["y"] if numbers["y"] > 99 else 2000 + numbers["y"]
            # Six digits are a date only where the address names the same year elsewhere.
            named = numbers["y"] > 99 or f"{year}" in url
            if named and (found := _day(year, numbers["m"], numbers["d"])):
                yield found


def _opens_segment(before: str) -> bool:
    """Whether what stands before a day in an address leaves it to be that of the page, and no word of its headline."""
    segment = re.split(r"[/?=&]", before)[-1]
    return _NUMBERED.fullmatch(segment) is not None


def is_plausible(day: Day, fetched_at: datetime | None) -> bool:
    """Whether a release can be of that day: not before the web, and not in the future of its fetch."""
    return day.moment >= _EARLIEST and (fetched_at is None or day.moment <= fetched_at + MAX_AHEAD)


_NUMBERED = re.compile(
    r"[~_.-]*(?:(?:pm|mm|pi|pd|mi|presse\w*|medien\w*|meldung\w*|news|nr|no)?[\d._~-]*)", re.IGNORECASE
)
_URL_DATES = (
    (re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_.]([01]\d)[-/_.]([0-3]\d)(?!\d)"), "ymd"),
    (re.compile(r"(?<!\d)([0-3]\d)[-_.]([01]\d)[-_.]((?:19|20)\d\d)(?!\d)"), "dmy"),
    (re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)"), "ymd"),
    (re.compile(r"(?<!\d)(\d\d)([01]\d)([0-3]\d)(?!\d)"), "ymd"),
    (re.compile(r"(?<!\d)([0-3]\d)([01]\d)(\d\d)(?!\d)"), "dmy"),
)


def _day(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> Day | None:
    try:
        moment = datetime(year, month, day, hour, minute, tzinfo=BERLIN)
    except ValueError:
        return None
    return Day(moment.astimezone(UTC), "minute" if hour or minute else "day")


def _english_months(text: str) -> str:
    def english(match: re.Match[str]) -> str:
        number = _MONTH_NUMBER[match[0].lower()[:3]]
        return datetime(2000, number, 1).strftime("%B")

    return re.sub(rf"\b{_MONTH}\b\.?", english, text.strip(), flags=re.IGNORECASE)
