"""Verdicts in words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from comparison.alike import Akin
from comparison.figures import evidence
from comparison.findings import GRAVITY, Finding, Similar
from comparison.reasons import UNSAID, ExclusionReason
from comparison.verdicts import judge
from models.claim import Claim
from models.stored import StoredClaim
from output.legend import MEANINGS
from output.similar import why
from output.verdicts import headline, sentence
from tests.support.releases import Page
from tests.support.stored import stored_claims
from tests.support.three_reports import PROGRAMME, asked, three_pages


def judged(value: str, status: str, pages: list[Page]) -> Finding:
    claim = asked(f"Es sind {value} Vorhaben.", value, value=value, counted="Vorhaben", status=status)
    return judge(claim, PROGRAMME, [akin(each, claim) for page in pages for each in stored_claims(*page.read())])


def akin(stored: StoredClaim, claim: Claim) -> Akin:
    return Akin(stored, "same" if stored.claim.counted == claim.counted else "other", 1.0)


def test_sentences_name_number_date_and_release() -> None:
    finding = judged("50", "completed", three_pages())
    assert sentence(finding, "de") == (
        "Die neueste Angabe, die gefunden wurde, ist eine andere: 42 (abgeschlossen) statt 50, Stand Ende 2024, "
        "Meldung vom 1. Juni 2025."
    )
    assert sentence(finding, "en") == (
        "The latest that was found is something else: 42 (completed) instead of 50, as of the end of 2024, "
        "in the release of 1 June 2025."
    )


def test_a_sentence_names_the_report_that_overtook_the_claim() -> None:
    page = Page("Bericht 2020", "2021-06-01", "2020-12-31")
    page.says("9 Vorhaben werden geprüft.", "9 Vorhaben", value="9", counted="Vorhaben", of="73",
              status="under_review", subject=PROGRAMME)  # fmt: skip
    assert sentence(judged("9", "under_review", [*three_pages(), page]), "de") == (
        "Das entspricht dem Stand Ende 2020; im neueren Stand Ende 2024 wurde dazu nichts gefunden."
    )


def test_a_reason_names_the_date_that_is_spoken_of_not_the_day_of_the_release() -> None:
    page = Page("Start am 1. Oktober", "2024-09-30")
    page.says("Ab 1. Oktober sind es 735 Vorhaben.", "735 Vorhaben", value="735", counted="Vorhaben",
              as_of="2024-10-01", subject=PROGRAMME)  # fmt: skip
    said = {"counted": "Vorhaben", "as_of": "2024-10-01"}
    claim = asked("Am 1. Oktober 2024 waren es 900 Vorhaben.", "900", value="900", **said)
    told = sentence(judge(claim, PROGRAMME, [akin(*stored_claims(*page.read()), claim)]), "de")
    assert told.startswith("Für den 1. Oktober 2024 nennt die Meldung vom 30. September 2024 etwas anderes: 735")
    same = asked("Am 1. Oktober 2024 waren es 735 Vorhaben.", "735", value="735", **said)
    told = sentence(judge(same, PROGRAMME, [akin(*stored_claims(*page.read()), same)]), "de")
    assert told.endswith("sagt dasselbe: 735, Stand 1. Oktober 2024.")


def test_a_number_keeps_the_word_that_tells_on_which_side_of_it_another_lies() -> None:
    page = Page("Bericht", "2025-06-01", "2025-06-01")
    page.says("Es sind knapp 1.200 Vorhaben.", "1.200 Vorhaben", value="1200", comparator="~", word="knapp",
              counted="Vorhaben", subject=PROGRAMME)  # fmt: skip
    claim = asked("Es sind 1500 Vorhaben.", "1500", value="1500", counted="Vorhaben")
    finding = judge(claim, PROGRAMME, [akin(*stored_claims(*page.read()), claim)])
    assert "eine andere: knapp 1200 statt 1500" in sentence(finding, "de").replace("\u00a0", " ")
    assert "just under 1200" in sentence(finding, "en").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("day", "begins"),
    [("2024-05-03", "Für den 3. Mai 2024 "), ("2024-05", "Für Mai 2024 "), ("2024-12-31", "Für Ende 2024 ")],
)
def test_a_sentence_on_a_date_begins_as_people_say_it(day: str, begins: str) -> None:
    page = Page("Bericht", "2025-06-01", day)
    page.says("Es sind 42 Vorhaben.", "42 Vorhaben", value="42", counted="Vorhaben", subject=PROGRAMME)
    claim = asked("Es sind 50 Vorhaben.", "50", value="50", counted="Vorhaben", reporting_date=day)
    finding = judge(replace(claim, reporting_basis="stated"), PROGRAMME, [akin(*stored_claims(*page.read()), claim)])
    assert sentence(finding, "de").startswith(begins), finding.reason


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (("thing", "Kind", "Platz"), "zählt anderes: Platz statt Kind"),
        (("modality", "actual", "planned"), "angekündigt statt"),
        (("narrower", UNSAID, "Pankow"), "ist dort von „Pankow“ gesagt"),
        (("in doubt: place", "Buch", UNSAID), "nicht sicher dasselbe: „Buch“ sagt nur die Aussage"),
        (None, "andere Angaben passen besser"),
    ],
)
def test_it_is_said_why_something_similar_is_no_evidence(reason: ExclusionReason | None, said: str) -> None:
    stored = stored_claims(*three_pages()[0].read())[0]
    assert said in why(Similar(evidence(stored), reason), "de")


def test_every_verdict_has_a_meaning() -> None:
    assert set(MEANINGS) == set(GRAVITY)


def test_a_disputed_number_is_told_with_the_other_one() -> None:
    finding = judged("42", "completed", three_pages())
    other = replace(finding.stated[0], value=Decimal(40), published="2025-07-01")
    told = replace(finding, verdict="disputed", reason="otherwise_too", otherwise=(other,))
    assert sentence(told, "de").startswith(
        "Für Ende 2024 nennen Meldungen Verschiedenes: 42 (abgeschlossen) in der Meldung vom 1. Juni 2025, "
        "40 (abgeschlossen) in der vom 1. Juli 2025."
    )
    assert (headline(told, "de"), headline(told, "en")) == ("Strittig", "Disputed")


def test_what_holds_of_one_date_says_so_in_its_headline() -> None:
    finding = replace(judged("42", "completed", three_pages()), reason="others_since")
    assert headline(finding, "de") == "Belegt für Ende 2024"
    assert headline(finding, "en") == "Supported for the end of 2024"


def test_a_number_of_which_nobody_says_who_did_it_is_not_plainly_supported() -> None:
    finding = replace(judged("42", "completed", three_pages()), unsaid_actor="Das Land")
    assert headline(finding, "de") == "Zahl belegt, nicht wer es war"
    assert sentence(finding, "de").endswith("Ob es „Das Land“ war, sagt der Satz nicht.")
