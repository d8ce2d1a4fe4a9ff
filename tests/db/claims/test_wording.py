"""What people type into a search."""

import pytest
from sqlalchemy import Engine

from db.claims.facets import facets
from db.claims.queries import ClaimFilter, claims
from db.claims.wording import hits, spelt_otherwise, wording
from tests.support.releases import Page


@pytest.fixture
def stored(engine: Engine) -> Engine:
    page = Page("Schulen in Altmark", "2022-06-01")
    page.says("Im Land arbeiten 1.200 Lehrkräfte.", "1.200 Lehrkräfte", value="1200", counted="Lehrkraft")
    page.says("Es wurden 300 neue Schulplätze geschaffen.", "300 neue Schulplätze", value="300", counted="Schulplatz")
    page.says("Zwei Sporthallen wurden eröffnet.", "Zwei Sporthallen", value="2", counted="Sporthalle")
    page.store(engine)
    older = Page("Schulen in Altmark", "2021-06-01")
    older.says("Es wurden 250 neue Schulplätze geschaffen.", "250 neue Schulplätze", value="250", counted="Schulplatz")
    older.store(engine)
    return engine


def found(engine: Engine, text: str, order: str = "relevance") -> list[str]:
    return [each.claim.quote for each in claims(engine, ClaimFilter(text=text), order=order).claims]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Lehrer", ["1.200 Lehrkräfte"]),
        ("Turnhalle", ["Zwei Sporthallen"]),
        ("Wie viele Schulplätze wurden 2022 geschaffen?", ["300 neue Schulplätze"]),
        ("Schulplätze 2021", ["250 neue Schulplätze"]),
        ('"neue Schulplätze" 2022', ["300 neue Schulplätze"]),
        ('"Schulplätze neue"', []),
        ("Schulplätze -300", ["250 neue Schulplätze"]),
        ("Lehrer -Land", []),
    ],
)
def test_searches_as_people_make_them(stored: Engine, text: str, quotes: list[str]) -> None:
    assert found(stored, text) == quotes
    assert facets(stored, ClaimFilter(text=text)).total == len(quotes)


def test_orders(stored: Engine) -> None:
    assert found(stored, "Altmark", "date") == []
    assert found(stored, "neu", "number") == ["300 neue Schulplätze", "250 neue Schulplätze"]
    first = claims(stored, ClaimFilter(text="neu"), order="number", limit=1)
    rest = claims(stored, ClaimFilter(text="neu"), order="number", limit=1, after=first.next)
    assert [each.claim.value for each in (*first.claims, *rest.claims)] == [300, 250]
    assert rest.next is None


def test_words_are_marked_in_whatever_form() -> None:
    sentence = "Im Land arbeiten 1.200 Lehrkräfte."
    assert [sentence[start:end] for start, end in hits("Lehrer Land", sentence)] == ["Land", "Lehrkräfte"]


def test_another_spelling_is_offered_for_what_nobody_wrote(stored: Engine) -> None:
    with stored.connect() as connection:
        assert spelt_otherwise(connection, "Lehrkräffte im Land") == "Lehrkräfte im Land"
        assert spelt_otherwise(connection, "Lehrkräfte") is None


def test_the_word_itself_is_offered_and_not_a_compound_that_has_it(engine: Engine) -> None:
    page = Page("Wohnungsbau", "2022-06-01")
    sentence = "Es gab 20 Wohnungsbaudarlehen für den Wohnungsbau."
    page.says(sentence, "20 Wohnungsbaudarlehen", value="20", counted="Wohnungsbaudarlehen")
    page.store(engine)
    with engine.connect() as connection:
        assert spelt_otherwise(connection, "Wohnunksbau") == "Wohnungsbau"


def test_years_alone_are_words() -> None:
    assert wording("2022").words and not wording("2022").dates


def test_a_month_is_a_date_and_no_word_that_the_sentence_must_have(stored: Engine) -> None:
    assert found(stored, "neue Schulplätze Juni 2022") == ["300 neue Schulplätze"]
    assert found(stored, "neue Schulplätze juni 2021") == ["250 neue Schulplätze"]
    assert found(stored, "neue Schulplätze Mai 2022") == []
    assert wording("Plätze März 2024").dates == {"März 2024": "2024-03"}
