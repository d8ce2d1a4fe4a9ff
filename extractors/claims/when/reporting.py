"""As at when a publisher gives its numbers: stated in the sentence, in the release, or else at its publication.

Numbers of different releases are compared by their reporting dates, so these must be states of the same thing:

- A number that its sentence dates stands at that date (`stated`): "Ende 2024 waren 42 abgeschlossen", "2023 wurden 118
  bewilligt", "bis Ende 2024 wurden 1.500 beraten". So does a named project that is said to be in a state then.
- A mere event sets none: neither the day of a handover ("am Montag wurden 12 Bescheide übergeben") nor the date of a
  project's own event ("wurde am 3. Mai 2019 gegründet"); nor do attributive dates ("die 2018 erarbeiteten 73
  Vorschläge") and dates ahead.
- Else the release's own state counts (`release`): "Sachstand zum Ende des Jahres 2024", "Stand: 30. Juni 2024", or a
  report on an earlier year in its headline. A report named after the year in which it appears tells no date.
- Else the day of publication (`published`).
"""

import re
from dataclasses import dataclass
from datetime import date

from extractors.claims.found import Found
from extractors.claims.when.dates import Dates
from extractors.claims.when.patterns import WORDS
from models.claim import ReportingBasis
from models.quantity import DAY_LENGTH, Period

_STAND = re.compile(
    r"\b(?:Sach|Zwischen|Projekt|Umsetzungs|Daten|Berichts|Bearbeitungs|Planungs|Ausbau|Erhebungs|Verfahrens)?[Ss]tand(?:es)?\b"
    r"|\b(?:Berichts|Erhebungs|Bilanz)?[Ss]tichtag\b"
)
_REPORT = re.compile(
    r"\b(?:Fortschritts|Jahres|Sachstands|Zwischen|Umsetzungs|Monitoring|Beteiligungs|Status|Ergebnis|Tätigkeits|Lage)?"
    r"[Bb]ericht(?:es|s)?\b[^.!?\n]{0,60}?\b((?:19|20)\d\d)\b"
)
_AT = re.compile(r"\b(?:[Zz]um|[Pp]er|[Ss]tand|[Ee]nde|[Bb]is|[Jj]ahresende|[Aa]nfang|[Mm]itte)\b")
_NEAR = 40
"""Characters between "Stand" and its date."""
_BEHIND_SOURCE = 120
_OF_SOURCE = re.compile(r"\b\w*[Qq]uelle\b|[Rr]egisterstatistik|\b[Ee]inwohner|\b[Bb]evölkerung|\b[Bb]asis\b")
"""What has a date of its own, behind which a release reports: "Quelle: Melderegister, Stichtag 31.12.2018"."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """The release's reporting date with its basis; `span` is the sentence (characters) of the text that states it."""

    date: str | None
    basis: ReportingBasis
    span: tuple[int, int] | None = None


def of_release(found: Found) -> Reporting:
    """The date as at which the release as a whole reports."""
    for period in found.periods:
        if _is_state_of_release(found, period) and not _is_ahead(period, found.published):
            return Reporting(period.date, "release", found.sentence_span(period.first))
    published = found.published
    match = _REPORT.search(found.tokens.text, 0, found.title_end)
    if match and (published is None or int(match[1]) < published.year):
        return Reporting(match[1], "release")
    return Reporting(published.isoformat() if published else None, "published")


def _is_state_of_release(found: Found, period: Period) -> bool:
    """ "Sachstand zum Ende des Jahres 2024", "Stand: 30. Juni 2024"; a state beside a number is that of the number."""
    if period.role != "as_of" or period.attributive:
        return False
    if found.clause_of[period.first] in found.clauses_with_numbers:
        return False
    start, _ = found.sentence_span(period.first)
    before = found.tokens.text[start : period.start]
    matches = list(_STAND.finditer(before))
    if _OF_SOURCE.search(before[-_BEHIND_SOURCE:]):
        return False
    return bool(matches) and len(before) - matches[-1].end() < _NEAR and before.count("(") == before.count(")")


def _is_ahead(period: Period, published: date | None) -> bool:
    return published is not None and period.date > published.isoformat()[: len(period.date)]


def reported_at(found: Found, token: int, dates: Dates, release: Reporting, counts: bool) -> Reporting:
    """As at when the statement at a token is made.

    Args:
        counts: whether it states a number; else it states the status of a named project.
    """
    for period in (dates.as_of, dates.until if counts else None):
        if period is None or period.attributive or _is_ahead(period, found.published):
            continue
        if _is_state(found, period, token, counts):
            return Reporting(period.date, "stated")
    return release


def _is_state(found: Found, period: Period, token: int, counts: bool) -> bool:
    """Whether a date is one at which something stood, not one on which it happened."""
    sentence, _ = found.sentence_span(period.first)
    before = found.tokens.text[max(sentence, period.start - 25) : period.end]
    if _AT.search(before) or (counts and len(period.date) < DAY_LENGTH):
        return counts or _is_in_state(found, token)
    return _is_in_state(found, token)


def _is_in_state(found: Found, token: int) -> bool:
    clause = found.clause(token)
    verb = clause.verb if clause is not None else None
    return verb is not None and (verb.voice == "state" or (verb.voice == "active" and verb.lemma in WORDS.being))


def date_of_part(found: Found, part: int, reporting: Reporting) -> str | None:
    """The date of a part of a whole that has no dates of its own; `part` is the offset of its number.

    It stands at the state of the release where that is stated just before: in the same paragraph or the one before.
    """
    if reporting.span is None or reporting.span[0] > part:
        return None
    lines = found.tokens.text[reporting.span[1] : part].split("\n")
    return reporting.date if sum(1 for line in lines[1:-1] if line.strip()) == 0 else None
