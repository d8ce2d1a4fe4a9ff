"""The search: what it shows where no claim answers, what it counts, and what it proposes for a beginning."""

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import Engine

from tests.support.releases import Page
from tests.support.three_reports import PROGRAMME


def texts(client: TestClient, address: str, path: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in html.fromstring(client.get(address).content).xpath(path)]


def test_releases_are_found_by_their_titles_where_no_claim_has_the_words(client: TestClient, reports: Engine) -> None:
    fair = Page("Messe zum Schulbau: neue Räume", "2024-05-01", url="https://land.example/messe")
    fair.says("Es kommen 40 Firmen.", "40 Firmen", value="40", counted="Firma")
    fair.store(reports)
    listed = "//section[contains(@class, 'results')]//ul[@class='list']/li/a"
    for words in ("Messe Schulbau", "messen schulbau raum", "Messe Mai 2024", '"zum Schulbau"'):
        assert texts(client, f"/?q={words}", listed) == ["Messe zum Schulbau: neue Räume"], words
        assert "Keine gespeicherte Meldung enthält" not in client.get(f"/?q={words}").text
    for words in ("Messe Kita", "Messe 2023", "Messe -Schulbau", "Messe Schulbau Firmen"):
        assert texts(client, f"/?q={words}", listed) == [], words
    assert texts(client, "/?q=Messe Schulbau&source=bmas", listed) == []


def test_numbers_are_found_however_they_are_shortened(client: TestClient, reports: Engine) -> None:
    page = Page("Haushalt", "2024-05-01", url="https://land.example/haushalt")
    page.says(
        "Es gibt 4,8 Millionen Euro für Radwege.", "4,8 Millionen Euro", kind="money", value="4800000", unit="EUR"
    )
    page.store(reports)
    for words in ("4,8 Mio Radwege", "4,8 Mio. € Radwege", "4,8 Millionen Radwege"):
        assert texts(client, f"/?q={words}", "//h2[@id='count']") == ["1 Angabe"], words


def test_what_was_not_counted_in_full_has_no_numbers(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.claims.facets.EXACT_TO", 2)
    sampled = client.get("/api/v1/facets?kind=count").json()
    assert (sampled["exact"], sampled["total"]) == (False, 2)
    assert {count for facet in sampled["facets"] for _, count in facet["counts"]} == {None}
    counted = client.get("/api/v1/facets").json()
    assert counted["exact"], "of all claims indexes have the values"
    assert all(count for facet in counted["facets"] for _, count in facet["counts"])


def test_programmes_that_are_told_over_years_are_proposed(client: TestClient, reports: Engine) -> None:
    much = Page("Sonderprogramm Ufer", "2024-05-01", url="https://land.example/ufer", projects=["Sonderprogramm Ufer"])
    for count in range(20, 40):
        much.says(f"Es gibt {count} Stege.", f"{count} Stege", value=str(count), counted="Steg",
                  subject="Sonderprogramm Ufer")  # fmt: skip
    much.store(reports)
    assert texts(client, "/", "//p[@class='suggestions']/a") == [PROGRAMME]
