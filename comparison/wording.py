"""What the words around a number say of it that its fields do not: misreadings, what it stands beside, mere hopes."""

import re

from comparison.likeness import Stated, stem
from models.claim import Claim
from models.keys import fold

_SIZE = re.compile(r"(\d[\d.,]*)\s*(?:m²|qm\b|Quadratmeter|Hektar|ha\b)")
_EXPECTED = re.compile(
    r"\b(?:gerechnet|erwartet|rechne[nt]|erwarten|prognostiziert?|schätz(?:t|en|ungsweise)|geschätzt)\b"
)
_ASIDE = re.compile(r"(?:\b([a-zäöüß]{5,}(?:e|er|en|es|em))\s+)?\b([^\W\d_][\w*:-]{3,})\s*\((?:[^()]*[\s:])?$")
_ENTRY_BEFORE, _NEXT_ENTRY = re.compile(r":\s*$"), re.compile(r"(?:\s+[A-ZÄÖÜ]\w+)?:\s*\d")
_BY_AREA = re.compile(r"\s*(?:/|je|pro)\s*(?:m²|qm\b|Quadratmeter)")
_RANK_OR_AGE = re.compile(
    r"\s+(?:für|auf)\s+de[nm]\s+(\d+)\.\s|\s+(?:[\w*]+\s+){0,4}?(\d{1,3})\s*(?:bis|[-–])\s*(\d{1,3})\s+Jahre"
)
_ARTICLES = frozenset({"eine", "einer", "einen", "einem", "eines", "diese", "dieser", "diesen", "jeder", "keine"})


def misread(stated: Stated) -> tuple[str, str] | None:
    """A number that is none, and what shows it.

    Tables read as sentences; "VG 11 L 384/20", "Raum 3 C 47", where another number follows at once; half of a number;
    "Plätze: 120 Anmeldungen: 95", where the noun is of the next number.
    """
    claim = stated.claim
    if stated.in_table:
        return claim.quote, "table"
    start, end = claim.start - claim.sentence_start, claim.end - claim.sentence_start
    before, after = claim.sentence[max(0, start - 1) : start], claim.sentence[end : end + 1]
    if (before.isdigit() and claim.quote[:1].isdigit()) or (after.isdigit() and claim.quote[-1:].isdigit()):
        return claim.quote, f"{before}{claim.quote}{after}"
    if _ENTRY_BEFORE.search(claim.sentence[:start]) and (next_entry := _NEXT_ENTRY.match(claim.sentence[end:])):
        return claim.quote, next_entry[0].strip()
    behind, last = claim.sentence[end:].lstrip(), claim.quote.split()[-1]
    if len(last) == 1 and last.isalpha() and behind[:1].isdigit():
        return claim.quote, behind.split()[0]
    return None


def aside(claim: Claim) -> tuple[str, str] | None:
    """The noun, with its adjective, that a number between brackets stands behind: "… die Berufsreife (Vorjahr: 9)"."""
    found = _ASIDE.search(claim.sentence[: claim.start - claim.sentence_start])
    if found is None:
        return None
    adjective = found[1] if found[1] not in _ARTICLES else None
    return stem(fold(adjective or "")), stem(fold(found[2]))


def is_expected(claim: Claim) -> bool:
    """Whether a sentence only hopes or reckons: "Es wird mit 14.000 Anträgen gerechnet"."""
    return bool(_EXPECTED.search(claim.sentence))


def sizes(claim: Claim) -> frozenset[str]:
    """The areas that a sentence states, as written, without their unit."""
    return frozenset(_SIZE.findall(claim.sentence))


def says_noun(claim: Claim) -> bool:
    """Whether a number is told with what it counts: "700 Personen", and not "700"."""
    return any(word[:1].isupper() for word in claim.quote.split())


def rank_or_age(claim: Claim) -> str | None:
    """The rank or the ages that stand right behind a number, as written."""
    found = _RANK_OR_AGE.match(claim.sentence[claim.end - claim.sentence_start :])
    return (found[1] or f"{found[2]}-{found[3]}") if found else None


def is_by_area(claim: Claim) -> bool:
    """Whether a sum is the price of each square metre."""
    return bool(_BY_AREA.match(claim.sentence[claim.end - claim.sentence_start :]))
