"""Who says it and when, in a statement that is quoted: "Die Ministerin sagte am 1. Juni 2023: „…“"."""

import re
from collections.abc import Iterator
from datetime import date

from models.calendar import MONTHS

_VERB = r"(?:sagt|erklär|beton|behaupte|meint|schrieb|schreib|versprach|verspricht|verkünde|berichte)\w{0,3}"
_QUOTED = '„“”»«"'
# "Die Ministerin sagte am 1. Juni 2023: „…", "Sie sagte, dass …" before what is said, "…“, sagte sie am …" behind it.
_FRAME = re.compile(
    rf"(?<![^.!?\n])\s*[^:{_QUOTED}\n]{{0,150}}\b{_VERB}\b[^:{_QUOTED}\n]{{0,100}}:(?=\s*[{_QUOTED}])"
    rf"|(?<![^.!?\n])\s*[^:,{_QUOTED}\n]{{0,100}}\b{_VERB}\b[^:,{_QUOTED}\n]{{0,60}},(?=\s)"
    rf"|(?<=[{_QUOTED}])[,.]?\s*(?:so|{_VERB})\b[^:{_QUOTED}\n]{{0,150}}"
)
_NUMBERS = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
_DAY = re.compile(
    rf"\bam\s+(?P<day>\d{{1,2}})\.\s*(?:(?P<month>\d{{1,2}})\.|(?P<name>{'|'.join(_NUMBERS)})\.?)"
    r"\s*(?P<year>(?:19|20)\d\d)\b"
)


def frames(statement: str) -> list[tuple[int, int]]:
    """Where a statement tells who says it and when, beside what is said: begin and end of each place."""
    return [match.span() for match in _FRAME.finditer(statement)]


def said_day(statement: str) -> date | None:
    """The day on which a quoted statement was made, if that is told; none where several are."""
    days = set(_days(statement))
    return days.pop() if len(days) == 1 else None


def _days(statement: str) -> Iterator[date]:
    for start, end in frames(statement):
        for match in _DAY.finditer(statement, start, end):
            month = int(match["month"]) if match["month"] else _NUMBERS[match["name"]]
            try:
                yield date(int(match["year"]), month, int(match["day"]))
            except ValueError:
                continue
