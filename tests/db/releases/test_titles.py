"""Releases by the words of their titles."""

import pytest
from sqlalchemy import Engine

from db.releases.titles import releases_titled
from models.filters import ClaimFilter
from tests.support.releases import Page

TITLES = {
    "2021-05-01": "Neue Häuser am Ufer",
    "2022-05-01": "Ein Haus für Übergänge",
    "2023-05-01": "Große Wohnungsbauförderung",
}


@pytest.fixture
def titled(engine: Engine) -> Engine:
    for day, title in TITLES.items():
        page = Page(title, day, url=f"https://land.example/{day}", projects=["Sonderprogramm Ufer"])
        page.says("Es sind 5 Boote.", "5 Boote", value="5", counted="Boot", subject="Sonderprogramm Ufer")
        page.store(engine)
    return engine


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("Haus", ["2022", "2021"]),
        ("häuser UFER", ["2021"]),
        ("Übergang", ["2022"]),
        ("grosse wohnungsbauförderungen", ["2023"]),
        ("Haus 2021", ["2021"]),
        ("Haus -Ufer", ["2022"]),
        ("Brücke", []),
        ("2021", []),
    ],
)
def test_titles_are_found_by_words_in_any_form(titled: Engine, words: str, years: list[str]) -> None:
    with titled.connect() as connection:
        found = releases_titled(connection, ClaimFilter(text=words), limit=10)
        assert [each.published.year for each in found if each.published] == list(map(int, years))
        assert len(releases_titled(connection, ClaimFilter(text=words), limit=1)) == min(1, len(years))
        assert not releases_titled(connection, ClaimFilter(text=words, source="other"), limit=10)
