"""The project's own gold set is well formed and follows the annotation guideline.

`gold/ID.json` holds the claims of `text/ID.txt` (headline, empty line, body). The texts are
invented; persons and programmes in them do not exist, or not with these numbers.
"""

import json
import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

from extractors.rules.quantities.units import units
from models.claim import KINDS, MODALITIES, ReportingBasis
from models.quantity import Comparator
from models.statuses import STATUSES

HERE = Path(__file__).parent
DOCUMENTS = sorted(path.stem for path in (HERE / "gold").glob("*.json"))
CLAIM_FIELDS = {
    "kind", "value", "value_to", "comparator", "unit", "counted", "of", "status", "subject",
    "since", "until", "as_of", "modality", "speaker", "quote",
}  # fmt: skip
LONGEST_QUOTE = 8
ISO_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def load(doc_id: str) -> tuple[dict[str, Any], str]:
    """Annotation and text of one document."""
    gold = json.loads((HERE / "gold" / f"{doc_id}.json").read_text("utf-8"))
    return gold, (HERE / "text" / f"{doc_id}.txt").read_text("utf-8")


def occurrences(quote: str, text: str) -> list[int]:
    """Every place at which the quote stands, overlapping ones too."""
    return [match.start() for match in re.finditer(f"(?={re.escape(quote)})", text)]


def place(claim: dict[str, Any], text: str) -> tuple[int, int]:
    """Character span of a claim's quote."""
    start = occurrences(claim["quote"], text)[claim.get("nth", 1) - 1]
    return start, start + len(claim["quote"])


def unit_fits(claim: dict[str, Any]) -> bool:
    """Whether the unit belongs to the claim's kind."""
    if claim["kind"] in {"count", "status"}:
        return claim["unit"] is None
    return claim["unit"] in units(claim["kind"])


def claims_of(doc_id: str) -> list[dict[str, Any]]:
    return list(load(doc_id)[0]["claims"])


def test_the_set_is_large_enough_to_measure_with() -> None:
    claims = [claim for doc_id in DOCUMENTS for claim in claims_of(doc_id)]
    assert len(DOCUMENTS) >= 66
    assert {claim["kind"] for claim in claims} == set(KINDS)
    assert {claim["modality"] for claim in claims} == set(MODALITIES)
    assert {claim["comparator"] for claim in claims} == {*get_args(Comparator), None}
    assert {claim["status"] for claim in claims} == {*STATUSES, None}


@pytest.mark.parametrize("doc_id", DOCUMENTS)
def test_document_is_headline_empty_line_body(doc_id: str) -> None:
    gold, text = load(doc_id)
    headline, gap, body = text.partition("\n\n")
    assert gold["id"] == doc_id
    assert headline.strip() and gap and body.strip() and "\n" not in headline
    assert 80 <= len(text.split()) <= 450
    assert text == text.strip() + "\n" and "\n\n\n" not in text and "  " not in text
    date.fromisoformat(gold["published"])
    assert ISO_DATE.fullmatch(gold["reporting_date"])
    assert gold["reporting_basis"] in get_args(ReportingBasis)
    assert gold["reporting_basis"] != "published" or gold["reporting_date"] == gold["published"]


@pytest.mark.parametrize("doc_id", DOCUMENTS)
def test_projects_are_named_in_the_text(doc_id: str) -> None:
    gold, text = load(doc_id)
    names = [name for project in gold["projects"] for name in (project["name"], *project["aliases"])]
    assert len(names) == len(set(names))
    for project in gold["projects"]:
        assert set(project) == {"name", "aliases"}
        # The canonical name is nominative, the text may inflect its first words.
        assert project["name"].split()[-1] in text
    assert all(alias in text for project in gold["projects"] for alias in project["aliases"])


@pytest.mark.parametrize("doc_id", DOCUMENTS)
def test_quotes_locate_their_claims(doc_id: str) -> None:
    gold, text = load(doc_id)
    places = []
    for claim in gold["claims"]:
        found = occurrences(claim["quote"], text)
        assert found, f"quote not in text: {claim['quote']!r}"
        assert ("nth" in claim) == (len(found) > 1), f"nth needed for repeated quotes only: {claim['quote']!r}"
        assert 1 <= claim.get("nth", 1) <= len(found)
        assert len(claim["quote"].split()) <= LONGEST_QUOTE, claim["quote"]
        places.append(place(claim, text))
    assert places == sorted(places), "claims stand in the order of the text"
    assert all(before[1] <= after[0] for before, after in pairwise(places)), "quotes overlap"


@pytest.mark.parametrize("doc_id", DOCUMENTS)
def test_claims_have_the_form_of_the_record(doc_id: str) -> None:
    gold, text = load(doc_id)
    names = {project["name"] for project in gold["projects"]}
    for claim in gold["claims"]:
        about = claim["quote"]
        assert set(claim) - {"nth"} == CLAIM_FIELDS, about
        assert claim["kind"] in KINDS and claim["modality"] in MODALITIES, about
        assert claim["status"] is None or claim["status"] in STATUSES, about
        assert claim["subject"] is None or claim["subject"] in names, about
        assert unit_fits(claim), about
        for field in ("value", "value_to", "of"):
            assert claim[field] is None or PLAIN_NUMBER.fullmatch(claim[field]), about
        for field in ("since", "until", "as_of"):
            assert claim[field] is None or ISO_DATE.fullmatch(claim[field]), about
        if claim["value_to"] is not None:
            assert Decimal(claim["value"]) < Decimal(claim["value_to"]), about
        if claim["kind"] == "status":
            assert claim["status"] and claim["subject"], about
            assert not any(claim[field] for field in ("value", "comparator", "counted", "of")), about
        else:
            assert claim["value"] and claim["comparator"] in get_args(Comparator), about
        assert (claim["counted"] is not None) or claim["kind"] != "count", about
        assert claim["counted"] is None or claim["kind"] not in {"money", "duration", "status"}, about
        assert claim["speaker"] is None or claim["speaker"] in text, about


@pytest.mark.parametrize("doc_id", DOCUMENTS)
def test_no_claim_stands_twice(doc_id: str) -> None:
    gold, text = load(doc_id)
    keys = [(claim["kind"], place(claim, text)) for claim in gold["claims"]]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("doc_id", DOCUMENTS)
def test_parts_have_a_whole_in_the_text(doc_id: str) -> None:
    claims = claims_of(doc_id)
    wholes = {claim["value"] for claim in claims}
    for claim in claims:
        if claim["of"] is not None:
            assert claim["of"] in wholes, claim["quote"]
        if claim["of"] is not None and claim["kind"] == "count":
            assert Decimal(claim["value"]) <= Decimal(claim["of"]), claim["quote"]
