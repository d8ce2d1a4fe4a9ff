"""Claims and evidence in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from models.claim import Claim, plain
from models.language import Language
from models.quantity import Comparator
from models.stored import StoredClaim
from output import words
from output.nouns import Counting, counts_its_own, nominative, noun_of
from output.records import record
from output.states import said_by, state_said
from output.terms import value_term

if TYPE_CHECKING:
    from comparison.figures import Evidence
    from db.releases.proofs import Proof

_TO: Mapping[Language, str] = {"de": " bis ", "en": " to "}
_SINCE: Mapping[Language, str] = {"de": "seit {date}", "en": "since {date}"}
_FROM: Mapping[Language, str] = {"de": "ab {date}", "en": "from {date}"}
_UNTIL: Mapping[Language, str] = {"de": "bis {date}", "en": "until {date}"}
_OF: Mapping[Language, str] = {"de": "von", "en": "of"}
_SAYS: Mapping[Language, str] = {"de": "sagt", "en": "says"}
_AS_OF: Mapping[Language, str] = {"de": "Stand", "en": "as of"}
_UNKNOWN: Mapping[Language, str] = {"de": "unbekannt", "en": "unknown"}
_UNDATED: Mapping[Language, str] = {"de": "ohne Datum", "en": "undated"}
_ARCHIVED: Mapping[Language, str] = {
    "de": "archiviert von {archive} am {day}: {place}",
    "en": "archived by {archive} on {day}: {place}",
}


def grouped(number: Decimal, language: Language) -> str:
    """Plain digits, parted from five digits on, in English by thin spaces: 136 000 000, 136.000.000, 1500, 2.5."""
    if language == "de":
        return words.number(number, language)
    whole, point, fraction = (plain(number) or "").partition(".")
    return (f"{int(whole):,}".replace(",", "\u202f") if len(whole.lstrip("-")) > 4 else whole) + point + fraction


def amount(value: Decimal, value_to: Decimal | None, comparator: Comparator | str | None, language: Language) -> str:
    """A number as it was stated: "more than 100", "100 to 150"."""
    upper = "" if value_to is None else f"{_TO[language]}{grouped(value_to, language)}"
    return " ".join(filter(None, (words.hedge(comparator, language), grouped(value, language) + upper)))


def quantity(claim: Claim, language: Language) -> str:
    """What is stated: "42 of 73 Projektvorschlägen", "€136 million"; empty for the status of a project."""
    if claim.value is None:
        return ""
    noun, hedge = noun_of(claim), words.own_hedge(claim, language)
    if claim.of is None:
        shown = words.own_amount(claim, hedge, language)
        return " ".join(filter(None, (shown.replace("\u00a0", " "), nominative(noun, claim.counted))))
    part = words.amount(claim.value, claim.value_to, hedge, None, language)
    whole = words.amount(claim.of, None, "=", claim.unit, language)
    return _part_of(claim, part, whole, noun, language)


def _part_of(stated: Counting, part: str, whole: str, noun: str | None, language: Language) -> str:
    """A part beside its whole: "42 of 73 Projektvorschlägen", "13 Blogs of 35"."""
    told = (part, noun, _OF[language], whole) if counts_its_own(stated) else (part, _OF[language], whole, noun)
    return " ".join(filter(None, told)).replace("\u00a0", " ")


@dataclass(frozen=True, slots=True)
class _Recorded:
    """What the record of a claim counts."""

    kind: str
    value: Decimal | None
    of: Decimal | None
    counted: str | None
    quote: str
    sentence: str


def exact_statement(claim: Claim, language: Language) -> str:
    """A claim on one line, with the words that show it: "42 of 73 Projektvorschlägen · completed  „42 …“"."""
    speaker = claim.speaker and f"{_SAYS[language]} {claim.speaker}"
    parts = [quantity(claim, language), state_said(claim, language), claim.subject, speaker]
    return f"{' · '.join(filter(None, parts))}  {words.quoted(claim.quote, 'de')}"


def statement(stated: Mapping[str, Any], language: Language) -> str:
    """The record of a claim on one line, for readers: "24 Deiche, abgeschlossen, Deichpakt"."""
    parts: list[str | None] = []
    if stated["value"] is not None:
        parts.append(_quantity(stated, language))
    # Records that are older than the word of a status have their quote.
    told = (stated.get("status_word") or stated["quote"], stated.get("predicate"), stated["counted"])
    modality = stated["modality"]
    state = said_by(stated["status"], told, modality, language) if stated["status"] else None
    parts += [state, stated["subject"]]
    if modality != "actual" and state is None:
        parts.append(f"({value_term('modality', modality, language)})")
    return ", ".join(filter(None, parts))


def _quantity(stated: Mapping[str, Any], language: Language) -> str:
    """What the record of a claim states: "42 von 73 Projektvorschlägen"."""
    value, upper, whole = (Decimal(stated[name]) if stated[name] else None for name in ("value", "value_to", "of"))
    assert value is not None
    told = _Recorded(stated["kind"], value, whole, stated["counted"], stated["quote"], stated["sentence"])
    noun, hedge, unit = noun_of(told), _hedge(stated, language), stated["unit"]
    if whole is None:
        shown = words.amount(value, upper, hedge, unit, language).replace("\u00a0", " ")
        return " ".join(filter(None, (shown, nominative(noun, told.counted))))
    part = words.amount(value, upper, hedge, None, language)
    return _part_of(told, part, words.amount(whole, None, "=", unit, language), noun, language)


def _hedge(stated: Mapping[str, Any], language: Language) -> str:
    """The word before a number; a record has its sign alone, and the word itself right before the quote."""
    before = stated["sentence"].partition(stated["quote"])[0].split()[-1:]
    return words.directed_hedge(before[0].casefold() if before else "", stated["comparator"], language)


def heading(stored: StoredClaim, language: Language) -> str:
    """A claim and its date on one line: "24 Deiche, abgeschlossen, Deichpakt, Ende 2024"."""
    dated = words.day(stored.claim.reporting_date or "", language)
    by_hand = value_term("decision", "corrected", language) if stored.as_read else ""
    stated = record(stored.claim) | {"status_word": stored.claim.status_word}
    return ", ".join(filter(None, (statement(stated, language), dated, by_hand)))


def as_of(date: str | None, basis: str | None, language: Language) -> str:
    """As at when something holds, and how that is known: "as of 21 January 2020 (stated in the sentence)"."""
    known = f" ({value_term('basis', basis, language)})" if basis else ""
    return f"{_AS_OF[language]} {words.day(date, language) if date else _UNKNOWN[language]}{known}"


def period(claim: Claim, language: Language) -> str:
    """The time that a claim is stated for: "seit 2022", "ab 2024", "2022 bis 2023", "2020"."""
    since, until, as_of = (each and words.day(each, language) for each in (claim.since, claim.until, claim.as_of))
    if since and until and (claim.since or "") <= (claim.until or ""):
        return ", ".join(filter(None, (since + _TO[language] + until, as_of)))
    # What is planned begins "ab 2024"; that something is so "seit 2024" only its words say.
    begun = any(told.casefold().startswith("seit") for told in claim.words("period"))
    begins = (_SINCE if begun else _FROM)[language].format(date=since) if since else None
    ends = _UNTIL[language].format(date=until) if until else None
    return ", ".join(filter(None, (begins, ends, as_of)))


def archived_lines(proof: Proof | None, language: Language) -> list[str]:
    """Who handed on what proves a claim, on which day the office had answered, and where it lies; none where nobody."""
    if proof is None or proof.archived is None:
        return []
    day = words.day(f"{proof.fetched_at:%Y-%m-%d}", language)
    return [_ARCHIVED[language].format(archive=proof.archived.archive, day=day, place=proof.archived.place)]


def proof_lines(proof: Evidence, language: Language) -> tuple[str, str, str]:
    """A claim as proof: its sentence; its release and date; the address."""
    basis = as_of(proof.reporting_date, proof.reporting_basis, language)
    if proof.corrected:
        basis += f", {value_term('decision', 'corrected', language)}"
    published = words.day(proof.published, language) if proof.published else _UNDATED[language]
    return (
        words.quoted(proof.sentence, "de"),
        f"{proof.release_title}, {published}, {basis}",
        proof.url,
    )
