"""Claims and evidence in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from models.claim import Claim, plain
from models.language import Language
from models.quantity import Comparator
from models.statuses import Status
from models.stored import StoredClaim
from output import words
from output.nouns import noun_as_written, noun_of
from output.records import record
from output.terms import value_term

if TYPE_CHECKING:
    from comparison.figures import Evidence
    from db.releases.proofs import Proof

_COMPARATORS: dict[Comparator, str] = {
    "=": "",
    "~": "about ",
    ">": "more than ",
    ">=": "at least ",
    "<": "less than ",
    "<=": "at most ",
}


def grouped(number: Decimal) -> str:
    """Plain digits, parted by thin spaces from five digits on: 136 000 000, 1500, 2.5."""
    whole, point, fraction = (plain(number) or "").partition(".")
    return (f"{int(whole):,}".replace(",", "\u202f") if len(whole.lstrip("-")) > 4 else whole) + point + fraction


def amount(value: Decimal, value_to: Decimal | None = None, comparator: Comparator | None = None) -> str:
    """A number as it was stated: "more than 100", "100 to 150"."""
    text = grouped(value) if value_to is None else f"{grouped(value)} to {grouped(value_to)}"
    return _COMPARATORS[comparator or "="] + text


def status_words(status: Status | None) -> str:
    """A status as words: "in progress"."""
    return (status or "").replace("_", " ")


def quantity(claim: Claim) -> str:
    """What is stated: "42 of 73 Projektvorschlägen", "136 000 000 EUR"; empty for the status of a project."""
    if claim.value is None:
        return ""
    parts = [amount(claim.value, claim.value_to, claim.comparator)]
    if claim.of is not None:
        parts.append(f"of {grouped(claim.of)}")
    noun = noun_of(claim)
    parts += [part for part in (claim.unit, noun) if part]
    return " ".join(parts)


def state(claim: Claim) -> str:
    """Status and modality: "completed", "operating (planned)"."""
    shown = status_words(claim.status)
    return shown if claim.modality == "actual" else f"{shown} ({claim.modality})".strip()


def exact_statement(claim: Claim) -> str:
    """A claim on one line, with the words that show it: "42 of 73 Projektvorschlägen · completed  „42 …“"."""
    parts = [quantity(claim), state(claim), claim.subject, claim.speaker and f"says {claim.speaker}"]
    return f"{' · '.join(filter(None, parts))}  {words.quoted(claim.quote, 'de')}"


def statement(stated: Mapping[str, Any], language: Language) -> str:
    """The record of a claim on one line, for readers: "24 Deiche, abgeschlossen, Deichpakt"."""
    parts: list[str | None] = []
    if stated["value"] is not None:
        upper = Decimal(stated["value_to"]) if stated["value_to"] else None
        one = Decimal(stated["value"]) == 1 and stated["of"] is None
        noun = stated["counted"] if one else noun_as_written(stated["counted"], stated["quote"], stated["sentence"])
        shown = words.amount(Decimal(stated["value"]), upper, stated["comparator"], stated["unit"], language)
        parts.append(" ".join(filter(None, (shown.replace("\u00a0", " "), noun))))
    parts += [stated["status"] and value_term("status", stated["status"], language), stated["subject"]]
    if stated["modality"] != "actual":
        parts.append(f"({value_term('modality', stated['modality'], language)})")
    return ", ".join(filter(None, parts))


def heading(stored: StoredClaim, language: Language) -> str:
    """A claim and its date on one line: "24 Deiche, abgeschlossen, Deichpakt, Ende 2024"."""
    dated = words.day(stored.claim.reporting_date or "", language)
    by_hand = value_term("decision", "corrected", language) if stored.as_read else ""
    return ", ".join(filter(None, (statement(record(stored.claim), language), dated, by_hand)))


def archived_lines(proof: Proof | None) -> list[str]:
    """Who handed on what proves a claim, on which day the office had answered, and where it lies; none where nobody."""
    if proof is None or proof.archived is None:
        return []
    return [f"archived by {proof.archived.archive} on {proof.fetched_at:%Y-%m-%d}: {proof.archived.place}"]


def proof_lines(proof: Evidence) -> tuple[str, str, str]:
    """A claim as proof: its sentence; its release and date; the address."""
    basis = f"as of {proof.reporting_date} ({proof.reporting_basis})"
    if proof.corrected:
        basis += f", {value_term('decision', 'corrected', 'en')}"
    return (
        words.quoted(proof.sentence, "de"),
        f"{proof.release_title}, {proof.published or 'undated'}, {basis}",
        proof.url,
    )
