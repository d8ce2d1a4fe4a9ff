"""As at when a release reports, where dates of other things stand beside."""

from datetime import date

import pytest

from extractors.claims import extract


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("Stand: 30. Juni 2024. Es gibt 37 Projekte.", "2024-06-30"),
        ("Es gibt 37 Projekte. Datenquelle: Melderegister des Landes, Stichtag 31.12.2018.", "2024-08-14"),
        ("Es gibt 37 Projekte je 100.000 Einwohner (Bevölkerung nach dem Stand vom 31. Dezember 2019).", "2024-08-14"),
    ],
)
def test_the_date_of_a_source_is_not_that_of_the_report(text: str, reported: str) -> None:
    found = extract(f"Bilanz des Programms\n\n{text}", published=date(2024, 8, 14)).claims
    assert next(claim for claim in found if claim.quote.startswith("37")).reporting_date == reported


@pytest.mark.parametrize(
    ("sentence", "of_bracket"),
    [
        ("Hinzu kamen 447 (2018: 520) Auszubildende.", "2018"),
        ("Aufgenommen wurden 447 (2018/19: 520) Kinder.", "2018"),
        ("Aufgenommen wurden 447 (Vorjahr: 520) Kinder.", "2023"),
    ],
)
def test_a_year_in_a_bracket_before_the_noun_dates_the_number_of_the_bracket(sentence: str, of_bracket: str) -> None:
    whole, bracketed = extract(f"Bericht\n\n{sentence}", published=date(2024, 5, 6)).claims
    assert (whole.value, whole.as_of) == (447, None)
    assert (bracketed.value, bracketed.as_of) == (520, of_bracket)
