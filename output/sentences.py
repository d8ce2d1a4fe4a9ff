"""Claims and evidence in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from models.claim import Claim, plain
from models.quantity import Comparator
from models.statuses import Status

if TYPE_CHECKING:
    from comparison.figures import Evidence

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
    """What is stated: "42 of 73 Projektvorschlag", "136 000 000 EUR"; empty for the status of a project."""
    if claim.value is None:
        return ""
    parts = [amount(claim.value, claim.value_to, claim.comparator)]
    if claim.of is not None:
        parts.append(f"of {grouped(claim.of)}")
    parts += [part for part in (claim.unit, claim.counted) if part]
    return " ".join(parts)


def state(claim: Claim) -> str:
    """Status and modality: "completed", "operating (planned)"."""
    words = status_words(claim.status)
    return words if claim.modality == "actual" else f"{words} ({claim.modality})".strip()


def statement(claim: Claim) -> str:
    """A claim on one line: what is stated, about what, by whom, and the words."""
    parts = [quantity(claim), state(claim), claim.subject, claim.speaker and f"says {claim.speaker}"]
    return f"{' · '.join(filter(None, parts))}  „{claim.quote}“"


def proof_lines(proof: Evidence) -> tuple[str, str, str]:
    """A claim as proof: its sentence; its release and date; the address."""
    basis = f"as of {proof.reporting_date} ({proof.reporting_basis})"
    return f"„{proof.sentence}“", f"{proof.release_title}, {proof.published or 'undated'}, {basis}", proof.url
