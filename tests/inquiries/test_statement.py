"""Verdicts: what stored claims say to a statement, ranges and comparator words respected."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from db.curation.reviews import decide
from inquiries.statement import check
from models.claim import Claim, Cue, Extraction
from models.errors import InputError
from output.verdicts import sentence
from tests.support.web_samples import PROGRAMME, Page


def asked(statement: str, quote: str, **fields: Any) -> Any:
    """An extractor that reads one claim in any statement."""

    def extract(text: str) -> Extraction:
        start = text.index(statement)
        at = start + statement.index(quote)
        word = fields.get("word")
        cues = ()
        if word:
            cue = start + statement.index(word)
            cues = (Cue("comparator", cue, cue + len(word)),)
        given = {name: value for name, value in fields.items() if name != "word"}
        for name in ("value", "value_to", "of"):
            if name in given:
                given[name] = Decimal(given[name])
        defaults = {"kind": "count", "comparator": "=" if "value" in given else None, "subject": PROGRAMME}
        claim = Claim(
            quote=quote, start=at, end=at + len(quote), sentence=statement, sentence_start=start, rule="test",
            cues=cues, **defaults | given,
        )  # fmt: skip
        return Extraction((claim,), (), None, "published", "test-1")

    return extract


@pytest.fixture
def database() -> str:
    """What is stored is read alike from both, as `tests/db` proves; here it is judged."""
    return "sqlite"


def judged(engine: Engine, statement: str, quote: str, **fields: Any) -> Any:
    return check(engine, statement, asked(statement, quote, **fields)).findings[0]


COMPLETED = {"counted": "Vorhaben", "status": "completed"}


@pytest.mark.parametrize(
    ("value", "fields", "verdict"),
    [
        ("42", {}, "supported"),
        ("22", {}, "outdated"),
        ("50", {}, "differs"),
        ("22", {"as_of": "2022-12-31"}, "supported"),
        ("22", {"as_of": "2022", "of": "73"}, "supported"),
        # "2022 wurden 22 abgeschlossen" speaks of that year alone, the reports of all there are.
        ("22", {"as_of": "2022"}, "not_comparable"),
        ("20", {"as_of": "2022-12-31"}, "contradicted"),
        ("20", {"as_of": "2023-12-31"}, "unknown"),
        ("40", {"comparator": ">"}, "supported"),
        ("42", {"comparator": ">"}, "differs"),
        ("42", {"comparator": ">="}, "supported"),
        ("45", {"comparator": "<"}, "supported"),
        ("40", {"value_to": "45"}, "supported"),
        ("43", {"value_to": "45"}, "differs"),
        ("40", {"comparator": "~"}, "supported"),
        ("42", {"modality": "possible"}, "not_comparable"),
        ("42", {"modality": "denied"}, "not_comparable"),
        ("42", {"status": "approved"}, "not_comparable"),
        ("42", {"counted": "Brücke"}, "unknown"),
    ],
)
def test_verdict_of_a_count(reports: Engine, value: str, fields: dict[str, Any], verdict: str) -> None:
    finding = judged(reports, f"Es sind {value} Vorhaben.", value, value=value, **COMPLETED | fields)
    assert finding.verdict == verdict
    assert bool(finding.evidence) == (finding.reason not in ("nothing", "not_asserted"))


@pytest.mark.parametrize(
    ("word", "value", "verdict"),
    [
        # 42 lies within 35 to 45, which "rund 40" leaves open; "gut" leaves the upper half, "knapp" the lower.
        ("rund", "40", "supported"),
        ("gut", "40", "supported"),
        ("knapp", "40", "differs"),
        ("knapp", "45", "differs"),
        ("knapp", "50", "differs"),
        ("fast", "50", "differs"),
    ],
)
def test_words_of_comparison(reports: Engine, word: str, value: str, verdict: str) -> None:
    statement = f"Es sind {word} {value} Vorhaben."
    finding = judged(reports, statement, value, value=value, comparator="~", word=word, **COMPLETED)
    assert finding.verdict == verdict


@pytest.mark.parametrize(
    ("word", "comparator", "value", "verdict"),
    [
        (None, "=", "1500", "supported"),
        ("rund", "~", "1500", "supported"),
        ("etwa", "~", "2000", "not_comparable"),
        ("gut", "~", "1500", "not_comparable"),
        ("knapp", "~", "1500", "not_comparable"),
        (None, "=", "1520", "not_comparable"),
        (None, "=", "1600", "differs"),
        (None, ">", "1400", "supported"),
        (None, ">", "1500", "not_comparable"),
    ],
)
def test_a_stored_number_may_be_rounded(
    reports: Engine, word: str | None, comparator: str, value: str, verdict: str
) -> None:
    statement = f"Erreicht wurden {word or ''} {value} Jugendliche."
    finding = judged(reports, statement, value, value=value, comparator=comparator, word=word, counted="Jugendlicher")
    assert finding.verdict == verdict


def test_a_plan_is_compared_with_plans(reports: Engine) -> None:
    place = {"counted": "Stelle", "status": "operating"}
    planned = judged(reports, "Mehr als 50 Stellen sollen entstehen.", "50", value="50", comparator=">",
                     modality="planned", **place)  # fmt: skip
    actual = judged(reports, "Es gibt 51 Stellen.", "51", value="51", **place)
    assert (planned.verdict, actual.verdict) == ("supported", "not_comparable")


def test_money_that_flows_is_granted_money(reports: Engine) -> None:
    money = {"kind": "money", "unit": "EUR"}
    assert judged(reports, "136 Mio. Euro flossen.", "136 Mio.", value="136000000", **money).verdict == "supported"
    assert judged(reports, "150 Mio. Euro flossen.", "150 Mio.", value="150000000", **money).verdict == "differs"


@pytest.mark.parametrize(
    ("status", "verdict"), [("extended", "supported"), ("discontinued", "differs"), ("operating", "not_comparable")]
)
def test_status_of_a_project(reports: Engine, status: str, verdict: str) -> None:
    assert judged(reports, "Es wurde etwas.", "wurde etwas", kind="status", status=status).verdict == verdict


@pytest.mark.parametrize(
    ("until", "verdict"), [("2029", "supported"), ("2029-12-31", "supported"), ("2027", "differs")]
)
def test_how_long_a_state_lasts(reports: Engine, until: str, verdict: str) -> None:
    lasting = {"kind": "status", "status": "extended", "until": until}
    finding = judged(reports, f"Es wurde bis {until} verlängert.", "verlängert", **lasting)
    assert finding.verdict == verdict
    assert "„wurde bis 2029 verlängert“" in sentence(finding, "de")


def test_a_state_that_the_newest_report_leaves_out_is_outdated(reports: Engine) -> None:
    page = Page("Bericht 2020", "2021-06-01", "2020-12-31", projects=[PROGRAMME])
    page.says("9 Vorhaben werden geprüft.", "9 Vorhaben", value="9", counted="Vorhaben", of="73",
              status="under_review", subject=PROGRAMME)  # fmt: skip
    page.store(reports)
    finding = judged(reports, "9 werden geprüft.", "9", value="9", counted="Vorhaben", status="under_review")
    assert (finding.verdict, finding.reason, finding.date) == ("outdated", "not_since", "2020-12-31")
    assert sentence(finding, "de") == (
        "Das entspricht dem Stand Ende 2020; im neueren Stand Ende 2024 wurde dazu nichts gefunden."
    )


def test_several_numbers_of_one_date_exclude_nothing(reports: Engine) -> None:
    page = Page("Nachtrag", "2025-06-02", "2024-12-31", projects=[PROGRAMME])
    page.says("Weitere 12 Millionen Euro kamen hinzu.", "12 Millionen Euro", kind="money", value="12000000",
              unit="EUR", subject=PROGRAMME)  # fmt: skip
    page.store(reports)
    finding = judged(reports, "Es waren 50 Mio. Euro.", "50 Mio.", kind="money", value="50000000", unit="EUR")
    assert (finding.verdict, finding.reason) == ("not_comparable", "several_numbers")


def test_a_rejected_claim_proves_nothing(reports: Engine, reviewer_id: int) -> None:
    stored = claims(reports, ClaimFilter(status="completed", since="2024")).claims[0]
    decide(reports, stored.key, "rejected", user_id=reviewer_id, now=datetime.now(UTC))
    finding = judged(reports, "Es sind 42 Vorhaben.", "42", value="42", **COMPLETED)
    assert (finding.verdict, finding.evidence[0].reporting_date) == ("differs", "2022-12-31")


def test_without_a_programme_nothing_is_said_to_differ(reports: Engine) -> None:
    finding = judged(reports, "Es sind 50 Vorhaben.", "50", value="50", **COMPLETED | {"subject": None})
    assert (finding.verdict, finding.reason) == ("not_comparable", "no_programme")


def test_a_known_name_in_the_statement_is_enough(reports: Engine) -> None:
    statement = "Vom Modellprogramm Altmark sind 42 Vorhaben fertig."
    finding = judged(reports, statement, "42", value="42", **COMPLETED | {"subject": None})
    assert (finding.verdict, finding.programme) == ("supported", PROGRAMME)


def test_sentences_name_number_date_and_release(reports: Engine) -> None:
    finding = judged(reports, "Es sind 50 Vorhaben.", "50", value="50", **COMPLETED)
    assert sentence(finding, "de") == (
        "Zuletzt genannt ist etwas anderes: 42 (abgeschlossen) statt 50, Stand Ende 2024, Meldung vom 1. Juni 2025."
    )
    assert sentence(finding, "en") == (
        "The latest that is stated is something else: 42 (completed) instead of 50, as of the end of 2024, "
        "in the release of 1 June 2025."
    )


def test_the_gravest_verdict_is_that_of_the_statement(reports: Engine) -> None:
    statement = "Es sind 50 Vorhaben."
    checked = check(reports, statement, asked(statement, "50", value="50", **COMPLETED))
    assert checked.verdict == "differs"
    assert checked.evidence == checked.findings[0].evidence
    assert statement[checked.findings[0].asked.start : checked.findings[0].asked.end] == "50"


@pytest.mark.parametrize("statement", ["", "  \n", "x" * 5001])
def test_statements_have_a_length(reports: Engine, statement: str) -> None:
    with pytest.raises(InputError, match="characters"):
        check(reports, statement, asked("x", "x", kind="status", status="extended"))
