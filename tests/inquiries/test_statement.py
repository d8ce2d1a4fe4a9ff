"""Which stored claims a statement is laid beside; the verdicts themselves are arithmetic."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from db.curation.reviews import decide
from inquiries.statement import check
from models.claim import Extraction
from models.errors import InputError
from tests.support.three_reports import PROGRAMME, asked


def reads(statement: str, quote: str, **fields: Any) -> Callable[[str], Extraction]:
    """An extractor that reads one claim in any statement."""

    def extract(text: str) -> Extraction:
        claim = asked(statement, quote, title=text.split("\n\n")[0], **fields)
        return Extraction((claim,), (), None, "published", "test-1")

    return extract


def judged(engine: Engine, statement: str, quote: str, **fields: Any) -> Any:
    return check(engine, statement, reads(statement, quote, **fields)).findings[0]


COMPLETED = {"counted": "Vorhaben", "status": "completed"}


@pytest.mark.parametrize(
    ("value", "modality", "verdict"),
    [
        ("42", "actual", "supported"),
        ("22", "actual", "outdated"),
        ("50", "actual", "differs"),
        ("42", "possible", "not_comparable"),
        ("42", "denied", "not_comparable"),
    ],
)
def test_a_statement_is_laid_beside_the_reports(reports: Engine, value: str, modality: str, verdict: str) -> None:
    statement = f"Es sind {value} Vorhaben."
    assert judged(reports, statement, value, value=value, modality=modality, **COMPLETED).verdict == verdict


def test_a_rejected_claim_proves_nothing(reports: Engine, reviewer_id: int) -> None:
    stored = claims(reports, ClaimFilter(status="completed", since="2024")).claims[0]
    decide(reports, stored.key, "rejected", user_id=reviewer_id, now=datetime.now(UTC))
    finding = judged(reports, "Es sind 42 Vorhaben.", "42", value="42", **COMPLETED)
    assert (finding.verdict, finding.evidence[0].reporting_date) == ("differs", "2022-12-31")


def test_without_a_programme_nothing_is_said_to_differ(reports: Engine) -> None:
    finding = judged(reports, "Es sind 50 Vorhaben.", "50", value="50", **COMPLETED | {"subject": None})
    assert (finding.verdict, finding.reason) == ("not_comparable", "vague")


def test_a_known_name_in_the_statement_is_enough(reports: Engine) -> None:
    statement = "Vom Modellprogramm Altmark sind 42 Vorhaben fertig."
    finding = judged(reports, statement, "42", value="42", **COMPLETED | {"subject": None})
    assert (finding.verdict, finding.programme) == ("supported", PROGRAMME)


def test_the_gravest_verdict_is_that_of_the_statement(reports: Engine) -> None:
    statement = "Es sind 50 Vorhaben."
    checked = check(reports, statement, reads(statement, "50", value="50", **COMPLETED))
    assert checked.verdict == "differs"
    assert checked.evidence == checked.findings[0].evidence
    assert statement[checked.findings[0].asked.start : checked.findings[0].asked.end] == "50"


@pytest.mark.parametrize("statement", ["", "  \n", "x" * 5001])
def test_statements_have_a_length(reports: Engine, statement: str) -> None:
    with pytest.raises(InputError, match="characters"):
        check(reports, statement, reads("x", "x", kind="status", status="extended"))


def test_only_a_misspelt_name_in_a_single_sentence_is_spelt_otherwise(reports: Engine) -> None:
    def spelt(statement: str) -> str | None:
        return check(reports, statement, reads(statement, "7", value="7", counted="Katze", subject=None)).spelt

    meant = spelt("Das Modelprogramm Altmarck hat 7 Katzen.") or ""
    assert meant.casefold() == "das modellprogramm altmark hat 7 katzen."
    assert spelt("Das Modelprogramm Altmarck hat 7 Katzen. Es kamen zwei dazu.") is None
    assert spelt("Die Vorgaben haben 7 Katzen.") is None  # a word of the dictionary is none for "Vorhaben"
