"""Claims in words, in both languages."""

from decimal import Decimal

import pytest

from extractors.rules.quantities.units import units
from models.claim import Claim
from models.language import LANGUAGES
from models.statuses import STATUSES
from output.words import TIME_WORDS, UNIT_SYMBOLS, amount, day, number, own_amount, status_words


@pytest.mark.parametrize(
    ("value", "value_to", "comparator", "unit", "german", "english"),
    [
        ("42", None, "=", None, "42", "42"),
        ("1500", None, "~", None, "rund 1500", "about 1500"),
        ("78400", None, "=", None, "78.400", "78,400"),
        ("136000000", None, "=", "EUR", "136 Mio. €", "136 m €"),
        ("1200000000.0", None, "=", "EUR", "1,2 Mrd. €", "1.2 bn €"),
        ("36000000", "39000000", "=", "EUR", "36 Mio. bis 39 Mio. €", "36 m to 39 m €"),
        ("1234567", None, "=", None, "1.234.567", "1,234,567"),
        ("61.4", None, "=", "%", "61,4 %", "61.4 %"),
        ("1", None, "<=", "year", "höchstens 1 Jahr", "at most 1 year"),
        ("3", None, "=", "year", "3 Jahre", "3 years"),
        ("-31000000", None, "=", "EUR", "−31 Mio. €", "−31 m €"),
        ("-4131000000", None, "=", "EUR", "−4,131 Mrd. €", "−4.131 bn €"),
        ("1665000000", None, "~", "EUR", "rund 1,665 Mrd. €", "about 1.665 bn €"),
        ("1665432000", None, "=", "EUR", "1.665.432.000 €", "1,665,432,000 €"),
        ("1665000", None, "=", "EUR", "1.665.000 €", "1,665,000 €"),
        ("1500000", "2500000000", "=", "EUR", "1,5 Mio. bis 2,5 Mrd. €", "1.5 m to 2.5 bn €"),
        ("999999999", None, "=", "EUR", "999.999.999 €", "999,999,999 €"),
        ("2300000", None, "knapp", "m3", "knapp 2,3 Mio. m³", "knapp 2.3 m m³"),
    ],
)
def test_amounts(
    value: str, value_to: str | None, comparator: str, unit: str | None, german: str, english: str
) -> None:
    upper = Decimal(value_to) if value_to else None
    shown = [amount(Decimal(value), upper, comparator, unit, language).replace("\u00a0", " ") for language in LANGUAGES]
    assert shown == [german, english]


@pytest.mark.parametrize(
    ("quote", "value", "german"),
    [
        ("1.665 Millionen Euro", "1665000", "rund 1.665 Millionen €"),
        ("1.665 Mio. Euro", "1665000000", "rund 1.665 Mio. €"),
        ("-2.343 Mio. Euro", "-2343000", "rund −2.343 Mio. €"),
        ("1,665 Millionen Euro", "1665000", "rund 1.665.000 €"),
        ("35.664 Mio. Euro", "35664000000", "rund 35,664 Mrd. €"),
        ("1.665 Euro", "1665", "rund 1665 €"),
        ("1.665.000 Euro", "1665000", "rund 1.665.000 €"),
    ],
)
def test_a_number_in_one_of_two_scales_stands_as_it_is_written(quote: str, value: str, german: str) -> None:
    stated = Claim("money", quote, 0, len(quote), quote, 0, "quantity", value=Decimal(value), unit="EUR")
    assert own_amount(stated, "~", "de").replace("\u00a0", " ") == german


def test_no_digit_is_lost() -> None:
    assert number(Decimal("1234567.123456789"), "de") == "1.234.567,123456789"


@pytest.mark.parametrize(
    ("iso", "german", "english"),
    [
        ("2024", "2024", "2024"),
        ("2024-03", "März 2024", "March 2024"),
        ("2024-12-31", "Ende 2024", "the end of 2024"),
        ("2020-01-21", "21. Januar 2020", "21 January 2020"),
        ("bald", "bald", "bald"),
    ],
)
def test_days(iso: str, german: str, english: str) -> None:
    assert [day(iso, language) for language in LANGUAGES] == [german, english]


def test_every_status_has_words() -> None:
    for language in LANGUAGES:
        assert len({status_words(status, language) for status in STATUSES}) == len(STATUSES)


def test_the_word_of_a_comparison_is_the_texts_own() -> None:
    from models.claim import Claim, Cue

    sentence = "Es sind Knapp 70 Prozent."
    claim = Claim("share", "70 Prozent", 114, 124, sentence, 100, "test", value=Decimal(70), comparator="~",
                  cues=(Cue("subject", 5, 9), Cue("comparator", 108, 113)))  # fmt: skip
    assert claim.comparator_word == "knapp"


def test_words_of_units_are_those_of_units_that_the_rules_know() -> None:
    assert set(TIME_WORDS) == set(units("duration"))
    assert set(UNIT_SYMBOLS) <= set(units())
