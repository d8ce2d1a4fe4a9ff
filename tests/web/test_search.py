"""The search: what it shows where no claim answers, what it counts, and what it proposes for a beginning."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from lxml import etree, html
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from inquiries.series import make_series
from tests.support.releases import Page
from tests.support.three_reports import PROGRAMME

ATOM = "{http://www.w3.org/2005/Atom}"


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


def test_a_feed_says_what_it_is_of_and_goes_on(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.search.FEED_ROWS", 2)
    titles, address, seen = set(), "/claims.atom?status=completed&kind=count", []
    while address:
        document = etree.fromstring(client.get(address).content)
        titles.add(document.findtext(f"{ATOM}title"))
        seen += [each.text for each in document.findall(f"{ATOM}entry/{ATOM}id")]
        (address,) = document.xpath("a:link[@rel='next']/@href", namespaces={"a": ATOM[1:-1]}) or (None,)
    assert titles == {"Zwischenbilanz: abgeschlossen, Anzahl"}
    assert len(seen) == len(set(seen)) == 3


def test_a_feed_without_entries_is_of_today_and_says_what_it_waits_for(client: TestClient, reports: Engine) -> None:
    for address in ("/watch.atom?project=Gibtsnochnicht", "/new.atom", "/claims.atom?q=Gibtsnochnicht"):
        document = etree.fromstring(client.get(address).content)
        assert document.findtext(f"{ATOM}updated") > "2026", address
        told = document.findtext(f"{ATOM}subtitle")
        assert told == ("Noch hat keine Meldung diesen Namen genannt." if "project" in address else None)


def test_the_page_of_a_project_leads_to_its_older_claims(
    client: TestClient, reports: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pages.projects._MOST", 3)
    (older,) = html.fromstring(client.get(f"/projects/{PROGRAMME}").content).xpath("//a[.='Ältere Angaben']/@href")
    first = claims(reports, ClaimFilter(project=PROGRAMME), limit=3).claims
    listed = html.fromstring(client.get(older).content).xpath("//a[@class='figure']/@href")
    assert listed and not {f"/claims/{each.key}" for each in first} & set(listed)


def test_parts_are_only_watched_of_programmes_that_have_some(client: TestClient, reports: Engine) -> None:
    assert "samt Teilen" not in client.get(f"/watch?project={PROGRAMME}&parts=with").text
    assert "Ruhr-Konferenz samt Teilen" in client.get("/watch?project=Ruhr-Konferenz&parts=with").text


def test_programmes_that_are_told_over_years_are_proposed(client: TestClient, reports: Engine) -> None:
    much = Page("Sonderprogramm Ufer", "2024-05-01", url="https://land.example/ufer", projects=["Sonderprogramm Ufer"])
    for count in range(20, 40):
        much.says(f"Es gibt {count} Stege.", f"{count} Stege", value=str(count), counted="Steg",
                  subject="Sonderprogramm Ufer")  # fmt: skip
    much.store(reports)
    make_series(reports, datetime.now(UTC))
    assert texts(client, "/", "//p[@class='suggestions']/a") == [PROGRAMME]
