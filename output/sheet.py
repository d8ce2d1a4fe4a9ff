"""Claims as rows of a spreadsheet that people read: what is asked first stands first, in words, dates are dates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from comparison.dating import passed
from models.calendar import BERLIN
from models.claim import NUMBER_FIELDS
from models.language import LANGUAGES, Language
from models.origin import web_address
from models.quantity import DAY_LENGTH
from models.stored import StoredClaim
from output.nouns import noun_of
from output.records import flat, stored_record
from output.restrictions import restricted_to
from output.states import status_said
from output.terms import value_term
from output.words import TIME_WORDS, own_hedge, unit_name

_COLUMNS: Mapping[str, Mapping[Language, str]] = {
    "comparator": {"de": "Genauigkeit", "en": "Precision"},
    "value": {"de": "Zahl", "en": "Number"},
    "value_to": {"de": "bis", "en": "to"},
    "unit": {"de": "Einheit", "en": "Unit"},
    "two_scales": {"de": "Größenordnung unsicher", "en": "Scale uncertain"},
    "of": {"de": "von insgesamt", "en": "of"},
    "counted": {"de": "Gezähltes", "en": "Counted"},
    "restricted_to": {"de": "Beschränkt auf", "en": "Restricted to"},
    "subject": {"de": "Projekt", "en": "Project"},
    "status": {"de": "Stand", "en": "Status"},
    "modality": {"de": "Aussage", "en": "Statement"},
    "reporting_date": {"de": "Stichtag", "en": "Reporting date"},
    "sentence": {"de": "Satz", "en": "Sentence"},
    "speaker": {"de": "Sprecher", "en": "Speaker"},
    "release_title": {"de": "Meldung", "en": "Release"},
    "published": {"de": "Veröffentlicht", "en": "Published"},
    "gone_at": {"de": "Gelöscht am", "en": "Deleted on"},
    "publisher": {"de": "Herausgeber", "en": "Publisher"},
    "collection": {"de": "Sammlung", "en": "Collection"},
    "page": {"de": "Adresse der Angabe", "en": "Address of the claim"},
    "url": {"de": "Adresse der Meldung", "en": "Address of the release"},
}

_BEHIND: Mapping[str, Mapping[Language, str]] = {
    "key": {"de": "Schlüssel", "en": "Key"},
    "kind": {"de": "Art", "en": "Kind"},
    "counted": {"de": "Gezähltes, Grundform", "en": "Counted, dictionary form"},
    "since": {"de": "Zeitraum ab", "en": "Period from"},
    "until": {"de": "Zeitraum bis", "en": "Period until"},
    "as_of": {"de": "Zeitpunkt", "en": "Point of time"},
    "aspect": {"de": "Art der Zahl", "en": "Kind of number"},
    "per": {"de": "je", "en": "per"},
    "predicate": {"de": "Aussage darüber", "en": "Said of it"},
    "span": {"de": "Länge des Zeitraums", "en": "Length of the period"},
    "reporting_basis": {"de": "Herkunft des Stichtags", "en": "Basis of the reporting date"},
    "quote": {"de": "Wörter", "en": "Words"},
    "start": {"de": "ab Zeichen", "en": "From character"},
    "end": {"de": "bis Zeichen", "en": "To character"},
    "sentence_start": {"de": "Satz ab Zeichen", "en": "Sentence from character"},
    "rule": {"de": "Regel", "en": "Rule"},
    "extractor_version": {"de": "Fassung der Regeln", "en": "Version of the rules"},
    "whole_key": {"de": "Schlüssel des Ganzen", "en": "Key of the whole"},
    "release_id": {"de": "Schlüssel der Meldung", "en": "Key of the release"},
    "url": {"de": "Kennung der Meldung", "en": "Identifier of the release"},
    "source": {"de": "Kennung der Quelle", "en": "Identifier of the source"},
    "snapshot": {"de": "Prüfsumme (SHA-256)", "en": "Checksum (SHA-256)"},
    "first_seen": {"de": "Zuerst gesehen", "en": "First seen"},
    "decision": {"de": "Durchsicht", "en": "Review"},
    "current": {"de": "gültig", "en": "Current"},
}


_NO_OFFICE: Mapping[Language, str] = {"de": "im Import nicht genannt", "en": "not named by the import"}
_FORMER: Mapping[Language, str] = {"de": "früherer Wert", "en": "former value"}
_YES_NO: Mapping[bool, Mapping[Language, str]] = {True: {"de": "ja", "en": "yes"}, False: {"de": "nein", "en": "no"}}
NUMBERS = frozenset(_COLUMNS[name][language] for name in NUMBER_FIELDS for language in LANGUAGES)
"""The headings of numbers."""


def sheet_row(stored: StoredClaim, language: Language, *, publisher: str | None, page: str) -> dict[str, Any]:
    """A claim under headings in words; what else is stored of it follows behind.

    Args:
        stored: the claim.
        language: of headings and words.
        publisher: the press office's name; None where a collection was imported, which names none.
        page: address of the claim.
    """
    claim, kept = stored.claim, flat(stored_record(stored))
    words = {
        "comparator": own_hedge(claim, language),
        "unit": unit_name(claim.unit, language),
        "counted": noun_of(claim),
        "restricted_to": restricted_to(claim, language),
        "status": status_said(claim, language) or None,
        "modality": value_term("modality", claim.modality, language),
        "reporting_date": _day(claim.reporting_date),
        "published": stored.published.astimezone(BERLIN).date() if stored.published else None,
        "gone_at": stored.gone_at.astimezone(BERLIN).date() if stored.gone_at else None,
        "publisher": publisher or _NO_OFFICE[language],
        "page": page,
        "url": web_address(stored.url),
    }
    first = {heading[language]: words.get(name, kept.get(name)) for name, heading in _COLUMNS.items()}
    kept |= {name: value_term(name, kept[name], language) for name in ("kind", "decision") if kept[name]}
    kept |= {
        "aspect": _FORMER[language] if passed(claim) else value_term("aspect", claim.aspect, language),
        "reporting_basis": value_term("basis", claim.reporting_basis, language),
        "per": value_term("per", claim.per, language) if claim.per else None,
        "span": _length(claim.span, language) if claim.span else None,
        "first_seen": stored.first_seen.astimezone(BERLIN).date(),
        "current": _YES_NO[stored.current][language],
    }
    return first | {heading[language]: kept[name] for name, heading in _BEHIND.items()}


def _length(span: str, language: Language) -> str:
    """The length of a period in words: "year" is "Jahr", "2 years" are "2 Jahre"."""
    count, _, unit = span.rpartition(" ")
    forms = TIME_WORDS.get(unit.removesuffix("s") if count else unit)
    if forms is None:
        return span
    return f"{count} {forms[language][1]}" if count else forms[language][0]


def _day(iso: str | None) -> date | str | None:
    """A whole date; a year or a month stays as it is."""
    return date.fromisoformat(iso) if iso and len(iso) == DAY_LENGTH else iso
