"""Shares that two stated numbers give."""

from typing import Any

import pytest

from comparison.alike import Akin
from comparison.computed import computed, percent
from models.claim import Claim
from tests.support.releases import Page
from tests.support.stored import stored_claims
from tests.support.three_reports import asked


def told(*, lacking: frozenset[str] = frozenset()) -> list[Akin]:
    page = Page("Anträge", "2024-01-10")
    sentence = "Von den 73 Anträgen sind 42 bewilligt, 9 abgelehnt."
    page.says(sentence, "73 Anträgen", value="73", counted="Antrag")
    page.says(sentence, "42 bewilligt", value="42", counted="Antrag", of="73", status="approved")
    page.says(sentence, "9 abgelehnt", value="9", counted="Antrag", of="73", status="rejected")
    whole, part, other = stored_claims(*page.read())
    return [
        Akin(whole, "same", 0.9, said=True, lacking=lacking),
        Akin(part, "same", 1.0, said=True, lacking=lacking),
        Akin(other, "same", 0.7, said=True, lacking=frozenset({"bewilligt"})),
    ]


def share(value: str, comparator: str, word: str | None = None, **fields: Any) -> Claim:
    statement = f"{word or ''} {value} Prozent der Anträge sind bewilligt."
    return asked(statement, value, kind="share", unit="%", value=value, comparator=comparator, word=word, **fields)


@pytest.mark.parametrize(
    ("value", "comparator", "word", "fits"),
    [
        ("50", ">", "Mehr als", True),
        ("50", "<", "Weniger als", False),
        ("60", "~", "fast", True),
        ("57", "~", "fast", False),
        ("57", "~", "gut", True),
        ("60", "~", "etwa", True),
        ("57.5", "=", None, True),
        ("60", "=", None, False),
    ],
)
def test_a_share_of_two_stated_numbers(value: str, comparator: str, word: str | None, fits: bool) -> None:
    pair = computed(share(value, comparator, word), told())
    assert (pair is not None) == fits
    if pair:
        assert [each.claim.value for each in pair] == [42, 73]
        assert round(percent(*pair), 1) == round(100 * pair[0].claim.value / pair[1].claim.value, 1)  # type: ignore[operator]


def test_the_whole_that_is_named_must_be_that_of_the_release() -> None:
    assert computed(share("50", ">", "Mehr als", of="73"), told()) is not None
    assert computed(share("50", ">", "Mehr als", of="80"), told()) is None


def test_a_part_that_does_not_tell_all_of_the_statement_proves_nothing() -> None:
    assert computed(share("50", ">", "Mehr als"), told(lacking=frozenset({"Balkonkraftwerk"}))) is None


def test_cases_are_a_part_of_what_they_are_cases_of() -> None:
    page = Page("Härtefälle", "2024-03-28")
    page.says("Im Jahr wurden 278 Fälle angemeldet.", "278 Fälle", value="278", counted="Fall")
    page.says("Über 158 Ersuchen wurde entschieden.", "158 Ersuchen", value="158", counted="Ersuchen")
    page.says("In 143 Fällen wurde dem Ersuchen gefolgt.", "143 Fällen", value="143", counted="Fall")
    akin = [Akin(each, "same", 0.9, said=True) for each in stored_claims(*page.read())]
    sentence = "In gut neun von zehn Fällen wurde dem Ersuchen gefolgt."
    of_ten = asked(sentence, "neun von zehn", kind="share", unit="%", value="90", comparator="~", word="gut")
    pair = computed(of_ten, akin)
    assert pair is not None
    assert [each.claim.value for each in pair] == [143, 158]
