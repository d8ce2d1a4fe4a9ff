"""As at when a publisher gives its numbers: stated in the sentence, in the release, or else at its publication."""

import re
from dataclasses import dataclass
from datetime import date

from extractors.claims.context import Context
from extractors.claims.dating import Dates
from models.claim import ReportingBasis
from models.quantity import Period

_STAND = re.compile(r"\b(?:Sach|Zwischen|Projekt|Umsetzungs|Daten)?[Ss]tand(?:es)?\b|\bStichtag\b|\bStand:")
_REPORT = re.compile(r"\b(?:Fortschritts|Jahres|Sachstands|Zwischen|Umsetzungs|Monitoring|Beteiligungs|Status|Ergebnis)?[Bb]ericht\b[^.!?\n]{0,60}?\b((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Reporting:
    """The release's reporting date with its basis; `span` is the sentence (characters) that states it."""

    date: str | None
    basis: ReportingBasis
    span: tuple[int, int] | None = None


def of_release(context: Context) -> Reporting:
    """The date as at which the release as a whole reports."""
    text = context.tokens.text
    for period in context.periods:
        if period.role == "as_of" and not period.attributive and _is_state(context, period):
            return Reporting(period.date, "release", context.sentence_span(period.first))
    match = _REPORT.search(text[: context.title_end])
    if match:
        return Reporting(match[1], "release", (0, context.title_end))
    published = context.published
    return Reporting(published.isoformat() if published else None, "published")


def _is_state(context: Context, period: Period) -> bool:
    """ "Sachstand zum Ende des Jahres 2024", "Stand: 30. Juni 2024", "zum Stichtag 31. Dezember"."""
    start, _ = context.sentence_span(period.first)
    before = context.tokens.text[start : period.start]
    match = None
    for match in _STAND.finditer(before):
        pass
    return match is not None and len(before) - match.end() < 30


def reported_at(dates: Dates, release: Reporting, published: date | None) -> Reporting:
    """As at when a statement is made: a date in its own sentence that is not ahead, else the release's.

    An attributive date is the whole's own event ("die 2018 erarbeiteten 73 Vorschläge") and sets none.
    """
    for period in (dates.as_of, dates.until):
        if period is None or period.attributive:
            continue
        if published is None or period.date <= published.isoformat()[: len(period.date)]:
            return Reporting(period.date, "stated")
    return release
