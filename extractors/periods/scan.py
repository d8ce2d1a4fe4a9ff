"""Finds dates and spans of time in the text of one sentence and resolves them.

A date resolves to an ISO date or a prefix of one, as exact as the words are: "im März 2022" is 2022-03,
"Ende 2024" the last day of the year, "im Herbst 2025" the year. Words that name no date ("derzeit",
"seit drei Jahren") give none.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

Role = Literal["since", "until", "as_of"]

_MONTH_NUMBERS = {
    "jan": 1, "jän": 1, "feb": 2, "mär": 3, "apr": 4, "mai": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "okt": 10,
    "nov": 11, "dez": 12,
}  # fmt: skip
_WEEKDAYS = ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"]
_MONTHS = (
    "(?:Januar|Jänner|Februar|Feber|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|(?:Jan|Feb|Apr|Aug|Sept|Okt|Nov|Dez)\.)s?"
)
_YEAR = r"(?:19|20)\d\d"
_SEASON = "(?:Frühjahr|Frühling|Sommer|Herbst|Winter|Jahresbeginn|Jahresanfang|Jahresmitte|Jahreswechsel)s?"
_NAMED_YEAR = (
    r"(?:Schuljahr|Kitajahr|Kita-Jahr|Ausbildungsjahr|Wintersemester|Sommersemester|WS|SS|WiSe|SoSe|Semester|Spielzeit|Saison|Winter"
    r"|Studienjahr|Wintersaison|Heizperiode|Förderperiode)(?:e?s)?"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point or span of time as found; offsets count in the sentence. `date` may be a prefix."""

    role: Role
    date: str
    start: int
    end: int


@cache
def _pattern() -> re.Pattern[str]:
    weekdays = "|".join(day.capitalize() for day in [*_WEEKDAYS, "sonnabend"])
    day = rf"(?P<day>\d{{1,2}})\.\s?(?P<month>{_MONTHS})(?:\s(?P<day_year>{_YEAR}))?"
    return re.compile(
        rf"""
        (?<![\w.])(?:
          (?P<d1>\d{{1,2}})\.\s?(?P<d1_month>{_MONTHS})?\s?(?:bis|–|-|und)\s?(?:zum\s)?(?P<d2>\d{{1,2}})\.\s?(?P<d2_month>{_MONTHS})(?:\s(?P<d2_year>{_YEAR}))?
        | (?P<n1>\d{{1,2}})\.(?P<n1_month>\d{{1,2}})\.(?P<n1_year>{_YEAR}|\d\d(?!\d))?
        | {day}
        | (?P<edge>Ende|Ausklang|Anfang|Beginn|Mitte)\s(?:des\s)?(?:(?P<edge_month>{_MONTHS})\s?)?(?:Jahres\s|Haushaltsjahres\s|Kalenderjahres\s|Schuljahres\s)?(?P<edge_year>{_YEAR})(?:/\d\d)?
        | (?P<edge2>Ende|Anfang|Beginn|Mitte)\s(?:des\s)?(?P<edge2_month>{_MONTHS})(?!\w)
        | (?:(?P<edge3>Ende|Anfang|Mitte)\s(?:dieses|des\slaufenden)\sJahres|(?P<yearend>Jahresende))(?:\s(?P<yearend_year>{_YEAR}))?
        | (?P<edge4>Ende|Anfang|Mitte|Beginn)\s(?:des\s)?(?P<edge4_rel>nächsten|kommenden|letzten|vergangenen|vorigen)\sJahres
        | (?P<m_year_month>{_MONTHS})\s(?P<m_year>{_YEAR})
        | (?:{_NAMED_YEAR})\s(?P<named1>{_YEAR})(?:\s?[/–-]\s?(?P<named2>\d{{2,4}}))?
        | (?P<y1>{_YEAR})\s?(?:bis(?:\s(?:ins\sJahr|zum\sJahr|Ende))?|–|-|und)\s(?P<y2>{_YEAR})(?![.,]?\d)
        | (?P<y3>{_YEAR})[–-](?P<y4>{_YEAR})(?![.,]?\d)
        | (?P<slash1>{_YEAR})/(?P<slash2>\d\d|{_YEAR})(?!\d)
        | (?P<year>{_YEAR})(?![\w%€]|[.,:]\d|\s?(?:Euro|EUR|€|Mio|Mrd|Millionen|Prozent|%|Uhr))
        | (?P<month_only>{_MONTHS})(?=\s(?:dieses\sJahres|diesen\sJahres|des\svergangenen|vergangenen|des\skommenden|ist|war|wird|wurde|wurden|hat|haben|sind|soll|sollen|in|auf|an|beginnt|startet|starten|den|die|das|der|mit|bei|zu|beschlossen|eröffnet|gestartet)\b|[,.;)]|$)
        | (?P<relative>(?:im|des|in\sdiesem|dieses|diesen|im\slaufenden|im\skommenden|im\snächsten|im\svergangenen|im\sletzten|des\svergangenen|des\sletzten|des\skommenden|kommendes|nächstes|letztes|vergangenes|kommenden|nächsten|vergangenen|letzten|laufenden|aktuellen)\s(?:Haushalts|Kalender|Förder|Berichts|Geschäfts)?[Jj]ahre?s?(?!\w|zehnt))
        | (?P<previous>Vorjahre?s?(?!\w))
        | (?P<today>heute|heutigen|gestern|gestrigen|vorgestern|morgen|morgigen|übermorgen)(?!\w)(?:\s(?:{weekdays}))?
        | (?P<weekday>{weekdays})(?!s?\w)
        )""",
        re.VERBOSE,
    )


_TRIGGER = re.compile(
    rf"{_YEAR}|\d\.|[Jj]ahr|heut|gest(?:ern|rig)|morg(?:en|ig)|tag\b|woch|abend|{_MONTHS}", re.IGNORECASE
)
_SINCE = re.compile(
    r"(?:\b[Ss]eit(?:dem)?|\b[Aa]b)(?:\s(?:dem|der|des|Beginn|Anfang|Start|Gründung|Einführung|Januar|voraussichtlich|spätestens|Jahr|Jahre|\w+start|\w+beginn|im|zum|den|\w+jahr))*\s$"
)
_UNTIL = re.compile(
    r"\b[Bb]is(?:\s(?:zum|zur|einschließlich|spätestens|voraussichtlich|ins|in|Ablauf|des|dem|Jahr|Jahre|Anfang|Mitte|mindestens|etwa|zu|den|Sommer|Herbst|Frühjahr|Beginn|Abschluss|der))*\s$"
)
_FROM = re.compile(r"\b[Vv]o[nm](?:\s(?:dem|Beginn|\w+tag,?))*\s$")
_NOT_A_DATE = re.compile(r"(?:[A-Z]\w+|-)\s(?=(?:19|20)\d\d$)")


def scan(sentence: str, published: date | None) -> list[Moment]:
    """The dates that a sentence names; without a publication date relative ones are left out."""
    if not _TRIGGER.search(sentence):
        return []
    return [moment for match in _pattern().finditer(sentence) for moment in _resolve(sentence, match, published)]


def _resolve(sentence: str, match: re.Match[str], published: date | None) -> Iterator[Moment]:
    before = sentence[max(0, match.start() - 60) : match.start()]
    since, until = _SINCE.search(before), _UNTIL.search(before)
    start = match.start()
    if match["d2"] or match["y2"] or match["y4"]:
        span = _span_of_time(match, published)
        if span:
            yield Moment("since", span[0], start, match.end())
            yield Moment("until", span[1], start, match.end())
        return
    resolved = _date(match, published, bool(until))
    if resolved is None:
        return
    role: Role = "since" if since else "until" if until else "as_of"
    if role == "as_of" and _FROM.search(before) and re.match(r"\s(?:bis|an)\b", sentence[match.end() : match.end() + 5]):
        role = "since"
    if since or until:
        start -= len(before) - (since or until).start()  # type: ignore[union-attr]
    yield Moment(role, resolved, start, match.end())


def _span_of_time(match: re.Match[str], published: date | None) -> tuple[str, str] | None:
    if match["y2"] or match["y4"]:
        first, last = match["y1"] or match["y3"], match["y2"] or match["y4"]
        return (first, last) if first < last else None
    year = match["d2_year"] or (str(published.year) if published else None)
    if year is None:
        return None
    last_month = _month(match["d2_month"])
    first_month = _month(match["d1_month"]) if match["d1_month"] else last_month
    return _day(year, first_month, match["d1"]), _day(year, last_month, match["d2"])


def _date(match: re.Match[str], published: date | None, until: bool) -> str | None:
    """The date that the words of one match name, or None where they name none."""
    if match["day"]:
        month = _month(match["month"])
        year = match["day_year"] or _nearest_year(month, published)
        return _day(year, month, match["day"]) if year else None
    if match["n1"]:
        year = match["n1_year"] or _nearest_year(int(match["n1_month"]), published)
        if year is None or not 1 <= int(match["n1_month"]) <= 12:
            return None
        return _day(year if len(year) == 4 else f"20{year}", int(match["n1_month"]), match["n1"])
    if match["edge_year"]:
        return _edge(match["edge"], match["edge_year"], match["edge_month"])
    if match["m_year"]:
        return f"{match['m_year']}-{_month(match['m_year_month']):02}"
    if match["named1"]:
        return _end_of_pair(match["named1"], match["named2"]) if until and "Ablauf" in match.string[: match.start()] else str(match["named1"])
    if match["slash1"] or match["year"]:
        return str(match["slash1"] or match["year"])
    if match["yearend_year"]:
        return f"{match['yearend_year']}-12-31"
    return _relative(match, published) if published else None


def _relative(match: re.Match[str], published: date) -> str | None:
    if match["edge2"]:
        month = _month(match["edge2_month"])
        year = _nearest_year(month, published)
        return _edge(match["edge2"], year, match["edge2_month"]) if year else None
    if match["edge3"] or match["yearend"]:
        return _edge(match["edge3"] or "Ende", str(published.year), None)
    if match["edge4"]:
        return _edge(match["edge4"], str(_shifted_year(match["edge4_rel"], published)), None)
    if match["month_only"]:
        month = _month(match["month_only"])
        year = _nearest_year(month, published)
        return f"{year}-{month:02}"
    if match["previous"]:
        return str(published.year - 1)
    if match["relative"]:
        words = match["relative"].lower()
        if words in ("im jahr", "im jahre", "des jahres"):
            return None
        return str(_shifted_year(words, published))
    if match["today"]:
        days = {"heut": 0, "gest": -1, "vorg": -2, "morg": 1, "über": 2}[match["today"][:4].lower()]
        return (published + timedelta(days=days)).isoformat()
    return _weekday(match, published)


def _shifted_year(words: str, published: date) -> int:
    if re.search(r"vergangen|letzt|vorig", words):
        return published.year - 1
    return published.year + 1 if re.search(r"kommend|nächst", words) else published.year


def _weekday(match: re.Match[str], published: date) -> str | None:
    """The nearest day of that name, ahead unless the words before say that it is past."""
    name = match["weekday"].lower().replace("sonnabend", "samstag")
    before = match.string[max(0, match.start() - 25) : match.start()]
    if not re.search(r"(?:\b[Aa]m|kommenden|nächsten|vergangenen|letzten|\b[Dd]en|\b[Bb]is|\b[Ss]eit|\b[Aa]b)\s$", before):
        return None
    if re.search(r"\b[Vv]on\s$", before) or re.match(r"\sbis\s", match.string[match.end() : match.end() + 5]):
        return None
    ahead = (_WEEKDAYS.index(name) - published.weekday()) % 7
    past = re.search(r"(?:vergangenen|letzten)\s$", before) or re.search(
        r"\b(?:wurden?|war(?:en)?|hat(?:te|ten)?|haben|fand|fanden|ist|sind|stellte|eröffnete|besuchte|sagte|übergab)\b", match.string
    )
    if past and ahead:
        ahead -= 7
    return (published + timedelta(days=ahead)).isoformat()


def _nearest_year(month: int, published: date | None) -> str | None:
    """The year in which the month lies nearest to the publication."""
    if published is None:
        return None
    distance = month - published.month
    return str(published.year + (distance < -7) - (distance > 7))


def _month(name: str) -> int:
    return _MONTH_NUMBERS[name[:3].lower()]


def _day(year: str, month: int, day: str) -> str:
    last = calendar.monthrange(int(year), month)[1]
    return f"{year}-{month:02}-{min(int(day), last) or 1:02}"


def _edge(edge: str, year: str, month: str | None) -> str:
    if month:
        number = _month(month)
        return _day(year, number, "31") if edge in ("Ende", "Ausklang") else f"{year}-{number:02}"
    return f"{year}-12-31" if edge in ("Ende", "Ausklang") else year


def _end_of_pair(first: str, second: str | None) -> str:
    if second is None:
        return first
    return second if len(second) == 4 else first[:2] + second
