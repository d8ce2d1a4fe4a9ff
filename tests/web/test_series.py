"""The page of series: what can be compared, the most telling first, and one with its chart and sentences."""

from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import etree, html
from sqlalchemy import Engine

from comparison.intervals import change
from inquiries.series import make_series
from models.language import Language
from output.series import moved
from tests.support.releases import Page
from tests.support.three_reports import PROGRAMME
from web.render import environment

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def test_before_any_batch_the_page_says_how_to_make_series(client: TestClient) -> None:
    assert "noch keine Reihen" in client.get("/series").text
    assert client.get("/api/v1/series").json() == {"series": [], "total": 0, "freshness": "none"}


def test_series_are_listed_and_lead_to_their_sentences(client: TestClient, reports: Engine) -> None:
    make_series(reports, NOW)
    page = html.fromstring(client.get("/series").content)
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//tbody/tr")]
    assert any("abgeschlossen" in row and "+41" in row and "+4100" in row and "jährlich" in row for row in rows)
    marked = page.xpath("//tbody/tr[contains(., 'abgeschlossen')]//small[@class='words']/mark")
    assert marked[0].text_content().startswith("42"), "of a sentence with many numbers, the one that is meant"
    completed = page.xpath("//tbody/tr[contains(., 'abgeschlossen')]/th/a/@href")[0]
    one = html.fromstring(client.get(completed).content)
    assert [" ".join(each.split()) for each in one.xpath("//td/a[@class='cell']/text()")] == ["42", "22", "1"]
    assert "Von den 73 Vorhaben sind 42 abgeschlossen" in one.text_content()
    twin = client.get(one.xpath("//link[@type='application/json']/@href")[0]).json()
    assert [point["figure"]["value"] for point in twin["points"]] == ["1", "22", "42"]
    assert client.get("/series", params={"q": "Hallenbad"}).text.count("<tbody") == 0
    assert client.get("/series/aaaaaaaaaaaaaaaa").status_code == 404
    table = client.get("/api/v1/series", params={"q": PROGRAMME, "format": "csv", "limit": 1})
    assert table.text.startswith("series,") and "after=1" in table.headers["link"]


def test_where_no_series_fits_the_page_leads_on(client: TestClient, reports: Engine) -> None:
    make_series(reports, NOW)

    def links(**asked: str) -> dict[str, str]:
        page = html.fromstring(client.get("/series", params=asked).content)
        return {link.text_content(): link.get("href") for link in page.xpath("//main//p/a")}

    misspelt = PROGRAMME.replace("r", "rr", 1)
    assert PROGRAMME.lower() in {words.lower() for words in links(q=misspelt)}, "what may be meant"
    without = links(q="42", since="1990", until="1991")
    assert without["Alle Jahre und Pressestellen ansehen"] == "/series?q=42"
    assert without["Einzelne Angaben mit diesen Wörtern suchen"] == "/?q=42"


def test_series_are_put_in_the_order_that_is_asked_for(client: TestClient, reports: Engine) -> None:
    for number, year in ((40, 2026), (41, 2027)):
        page = Page(f"Zahlen {year}", f"{year}-06-01", url=f"https://land.example/z{year}", projects=["Uferfonds"])
        page.says(f"Im Uferfonds gibt es {number} Stege.", f"{number} Stege", value=str(number), counted="Steg",
                  subject="Uferfonds")  # fmt: skip
        page.store(reports)
    make_series(reports, NOW)

    def listed(order: str) -> list[dict[str, Any]]:
        series: list[dict[str, Any]] = client.get(f"/api/v1/series?sort={order}").json()["series"]
        return series

    changed = [abs(float(each["change"]["percent"] or 0)) for each in listed("change")]
    assert changed == [4100, 2.5, 275], "what counts fewer than twenty things stands last, however much it changed"
    assert listed("newest")[0]["counted"] == "Steg" and len(listed("dates")[-1]["points"]) == 2
    shown = html.fromstring(client.get("/series?sort=newest&q=e").content)
    assert "Stege" in shown.xpath("string(//tbody/tr[1])")
    assert "/series?q=e&sort=change" in shown.xpath("//p[@class='sorted']/a/@href")


def test_series_are_narrowed_to_a_press_office(client: TestClient, reports: Engine) -> None:
    make_series(reports, NOW)
    every = client.get("/api/v1/series").json()
    (source,) = {each["source_id"] for one in every["series"] for each in one["points"][0]["figure"]["evidence"]}
    assert client.get(f"/api/v1/series?source={source}").json()["total"] == every["total"] > 0
    page = html.fromstring(client.get(f"/series?source={source}&sort=newest").content)
    assert page.xpath("//ul[@class='chips']//a/@href") == ["/series?sort=newest"] and page.xpath("//tbody/tr")
    assert client.get("/api/v1/series?source=niemand").status_code == 400
    assert "Keine bekannte Pressestelle heißt" in client.get("/series?source=niemand").text


def test_who_watches_a_series_watches_its_programme_and_noun(client: TestClient, reports: Engine) -> None:
    for year in (2023, 2024):
        page = Page(f"Uferfonds {year}", f"{year}-06-01", url=f"https://land.example/{year}", projects=["Uferfonds"])
        page.says(f"Er hat {year} Stege gezählt.", f"{year} Stege", value=str(year), counted="Steg",
                  subject="Uferfonds")  # fmt: skip
        page.store(reports)
    make_series(reports, NOW)
    (series,) = client.get("/api/v1/series?q=Stege").json()["series"]
    (watched,) = html.fromstring(client.get(f"/series/{series['key']}").content).xpath("//a[.='Beobachten']/@href")
    assert series["subject"] is None, "its sentences do not name it"
    assert "project=Uferfonds" in watched and "counted=Steg" in watched and "source" not in watched


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_chart_that_is_passed_on_says_what_whose_and_when(client: TestClient, reports: Engine, language: str) -> None:
    make_series(reports, NOW)
    known = client.get("/api/v1/series").json()["series"]
    key = next(each["key"] for each in known if each["status"] == "completed")
    prefix = "/en" if language == "en" else ""
    image = client.get(f"{prefix}/series/{key}/chart.svg").content
    written = " ".join(etree.fromstring(image).xpath("//*[local-name()='text']//text()"))
    assert "Vorhaben" in written
    assert ("Quelle: " if language == "de" else "Source: ") in written and str(datetime.now(UTC).year) in written
    assert client.get(f"/series/{key}/chart.png?size=narrow&theme=dark").content.startswith(b"\x89PNG")


def test_a_comparison_chart_is_true_to_time_and_says_what_whose_and_when(client: TestClient) -> None:
    image = etree.fromstring(client.get("/comparison/chart.svg", params={"programme": PROGRAMME}).content)
    written = " ".join(image.xpath("//*[local-name()='text']//text()"))
    assert f"{PROGRAMME}: Vorhaben nach Stand" in written and "Quelle: " in written and "Erstellt am" in written
    labels = {
        "".join(each.itertext()): float(each.get("transform").partition(",")[2].rstrip(")"))
        for each in image.xpath("//*[local-name()='text'][starts-with(., 'Ende 20')]")
    }
    newest, second, oldest = (labels[f"Ende {year}"] for year in (2024, 2022, 2021))
    assert newest < second < oldest  # the newest above
    assert (second - newest) / (oldest - second) == pytest.approx(731 / 365, rel=0.05)


def test_a_shortened_sentence_has_the_words_that_it_is_shown_for() -> None:
    words = "Die Jury vergibt im Auswahlverfahren der Förderung für Vorhaben der Einrichtungen insgesamt"
    shortened = environment("de").filters["shortened"]
    for more in range(60):
        said = SimpleNamespace(sentence=f"{words} {'o' * more} rund 21 Millionen Euro.", quote="rund 21 Millionen Euro")
        assert said.quote in shortened(said, 80), more


@pytest.mark.parametrize(("language", "said"), [("de", "kann gleich sein"), ("en", "may be the same")])
def test_a_change_that_may_be_none_says_so(language: Language, said: str) -> None:
    about = change((Decimal(15_000_000), None, "~"), (Decimal(14_800_000), None, "~"))
    shown = environment(language).from_string('{% import "parts.html" as parts with context %}{{ parts.moved(each) }}')
    cell = html.fragment_fromstring(shown.render(each=about))
    assert cell.text_content() == said == moved(about, language)
    assert len(cell.get("title")) > len(said)


def test_a_series_has_one_title_wherever_it_is_shown(client: TestClient, reports: Engine) -> None:
    page = Page("Notunterkünfte", "2024-01-10").says(
        "In den Notunterkünften waren 90 Betten belegt.", "90 Betten", value=90, counted="Bett", predicate="belegt"
    )
    page.store(reports)
    later = Page("Notunterkünfte", "2025-01-10", url="https://presse.example/2").says(
        "In den Notunterkünften waren 120 Betten belegt.", "120 Betten", value=120, counted="Bett", predicate="belegt"
    )
    later.store(reports)
    make_series(reports, NOW)
    (key,) = [each["key"] for each in client.get("/api/v1/series").json()["series"] if each["counted"] == "Bett"]
    for prefix in ("", "/en"):
        title = html.fromstring(client.get(f"{prefix}/series/{key}").content).findtext(".//title").split(" · ")[0]
        assert title.startswith("Betten, belegt")
        assert html.fromstring(client.get(f"{prefix}/embed/series/{key}").content).findtext(".//h1") == title
        drawn = etree.fromstring(client.get(f"{prefix}/series/{key}/chart.svg").content)
        assert title in " ".join(drawn.xpath("//*[local-name()='text']//text()"))
