"""Finds dates and spans of time in the text of one sentence, with the role that the words before give them.

A date resolves to an ISO date or a prefix of one, as exact as the words are: "im März 2022" is 2022-03,
"Ende 2024" the last day of the year, "im Herbst 2025" the year. Words that name no date ("derzeit",
"seit drei Jahren") give none, nor do dates that others are compared with ("mehr als 2022", "gegenüber dem
Vorjahr") and those of documents ("Beschluss vom 3. Mai 2019").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractors.german.words.weekdays import WEEKDAYS
from extractors.rules.periods import calendar
from extractors.rules.periods.calendar import Reference, ResolvedDate
from extractors.rules.periods.forms import pattern, read
from extractors.rules.periods.patterns import WORDS
from models.quantity import Days

PeriodRole = Literal["since", "until", "as_of"]

_EDGE = re.compile(
    r"\b(?:Ende|Ausklang|Ablauf)\s(?:(?:des|der|vom|im)\s)?(?:(?:Monats|Jahres|Haushaltsjahres|Kalenderjahres)\s)?$"
)
_SINCE_EVENT = re.compile(
    r"\b[Ss]eit\s(?:\w+\s){0,2}?\w*(?:[Ss]tart|[Bb]eginn|[Gg]ründung|[Ee]inführung|[Ii]nkrafttreten|[Ee]röffnung|[Aa]uflage)"
    r"s?(?:\s[\w„“\"»«-]+){0,6}\s\(?$|\b[Ss]eit\s(?:dem|der)\s[A-ZÄÖÜ][\w-]+\s$"
    # "seit Ausrufung des Wettbewerbs am 1. Februar": nouns with their articles and prepositions
    r"|\b[Ss]eit\s(?:(?:dem|der|ihre[mr]|seine[mr]|unsere[mr])\s)?(?:[a-zäöüß]+e[nrm]\s)?"
    r"(?!" + "|".join(WEEKDAYS) + r")[A-ZÄÖÜ][\w-]+"
    r"(?:\s(?:[„»\"]?[A-ZÄÖÜ][\w-]*[“«\"]?|d[eai][srmne]|des|und|von|vom|zur|zum|für|im|in|am)){0,8}\s\(?$"
)
_SINCE_CLAUSE = re.compile(r"\b[Ss]eit(?:dem)?\s(?:d(?:as|er|ie)|es|er|sie)\s[^,;:.()]*$")
"""The beginning of "Seitdem das Gesetz im Jahr 2020 in Kraft trat, …"."""
_VERB_LAST = re.compile(r"[^,;:]*\b[a-zäöüß]+,")
_TIME_UNITS = re.compile(r"\b[Ss]eit\s(?:\w+\s)?(?:Jahr|Monat|Woche|Tag|Stunde)\w*\s")
_ON_FROM = re.compile(r"\s(?:an|bis)\b")
_WORD = re.compile(r"[\w-]+|[^\s\w]")
_SAME_SPAN = re.compile(
    r"\b(?:selben|gleichen|diese[nmr]|dieselbe|jene[nmr]|genannten)\s(?:\w*[Zz]eitraums?|Zeit|Jahren|Zeitspanne)(?!\w)"
)

_AGAINST = re.compile(
    r"\b(?:zum|dem|das)\s$|\b(?:[Uu]nter|[Üü]ber|[Zz]u[mr]?|[Aa]uf|[Aa]ls|[Ww]ie|[Gg]egenüber)\s(?:\w+\s){0,4}?des\s$"
)
"""What measures against the year behind it: "ein Plus von 16 Prozent zum Vorjahr", "unter dem Wert des Vorjahres"."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point or span of time as found; offsets count in the sentence. `date` may be a prefix."""

    role: PeriodRole
    date: str
    start: int
    end: int
    days: Days | None = None
    beside: bool = False
    """True for "im Vorjahr" and the like: the text does not go on to speak of that year."""


def scan(sentence: str, reference: Reference) -> list[Moment]:
    """The dates that a sentence names; without a publication date relative ones are left out."""
    found: list[Moment] = []
    for match in pattern().finditer(sentence):
        if match["form_beside"] is not None and found and sentence[found[-1].end : match.start()] == " des ":
            found.pop()  # "im Herbst des Vorjahres" is one date
        within = year_spoken_of(found)
        known = Reference(reference.published, within, reference.direction) if within else reference
        reading = read(match, known)
        if reading is not None:
            found += _moments(sentence, match, reading)
    return found


def year_spoken_of(moments: list[Moment]) -> int | None:
    """The year that a sentence speaks of, which "im Vorjahr" behind it counts from."""
    return next((int(m.date[:4]) for m in reversed(moments) if m.role == "as_of" and not m.beside), None)


def same_span(sentence: str) -> tuple[int, int] | None:
    """Where a sentence takes up a span of time named before: "im selben Zeitraum"."""
    if "eit" not in sentence and "Jahren" not in sentence:  # cheaper than to search every sentence
        return None
    match = _SAME_SPAN.search(sentence)
    return match.span() if match else None


def _moments(sentence: str, match: re.Match[str], reading: ResolvedDate) -> Iterator[Moment]:
    start, end = match.span()
    if reading.last is not None:
        yield Moment("since", reading.date, start, end)
        yield Moment("until", reading.last, start, end)
        return
    edge = _EDGE.search(sentence, max(0, start - 40), start)
    if edge:
        start = edge.start()
        reading = ResolvedDate(reading.days[1].isoformat() if reading.days else calendar.last_day(reading.date))
    if match["form_beside"] is not None and _AGAINST.search(sentence, max(0, start - 60), start):
        return
    role, begin = _role(sentence, start, end)
    if role is not None:
        yield Moment(role, reading.date, begin, end, reading.days, match["form_beside"] is not None)


def _role(sentence: str, start: int, end: int) -> tuple[PeriodRole | None, int]:
    """What the words before a date make of it, and where they begin; None: it dates no statement."""
    since = _SINCE_EVENT.search(sentence, max(0, start - 90), start)
    if since is None and _VERB_LAST.match(sentence, end):
        since = _SINCE_CLAUSE.search(sentence, max(0, start - 90), start)
    if since and not _TIME_UNITS.match(sentence, since.start()):
        return "since", since.start()
    begin, word = _governor(sentence, start)
    if word in WORDS.since:
        before = sentence[:begin].lower().split()[-2:]
        return (None, start) if not WORDS.records.isdisjoint(before) else ("since", begin)
    if word in WORDS.until:
        return "until", begin
    if word in WORDS.not_claimed:
        return None, start
    if word in WORDS.von:
        if _ON_FROM.match(sentence, end):
            return "since", begin
        if sentence[:begin].rstrip().lower().endswith(WORDS.states):
            return "as_of", start
        # Behind a noun it is the date of what the noun names: "das Gesetz vom 3. Mai 2019".
        return (None if sentence[:begin].rstrip()[-1:].isalnum() else "as_of"), start
    return "as_of", start


def _governor(sentence: str, start: int) -> tuple[int, str]:
    """The word that governs a date, in small letters, with its offset; articles, adverbs and the like are skipped."""
    offset = max(0, start - 60)
    for word in reversed(list(_WORD.finditer(sentence, offset, start))):
        small = word[0].lower()
        skipped = word[0] in WORDS.fillers or small.endswith(WORDS.filler_endings)
        if not skipped or small in WORDS.not_claimed:
            return word.start(), small
    return start, ""
