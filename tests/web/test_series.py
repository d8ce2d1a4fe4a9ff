"""The page of series: what can be compared, the most telling first, and one with its chart and sentences."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from lxml import etree, html
from sqlalchemy import Engine

from inquiries.series import make_series
from tests.support.three_reports import PROGRAMME

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def test_before_any_batch_the_page_says_how_to_make_series(client: TestClient) -> None:
    assert "<code>bilanz relate --all</code>" in client.get("/series").text
    assert client.get("/api/v1/series").json() == {"series": [], "total": 0, "freshness": "none"}


def test_series_are_listed_and_lead_to_their_sentences(client: TestClient, reports: Engine) -> None:
    make_series(reports, NOW)
    page = html.fromstring(client.get("/series").content)
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//tbody/tr")]
    assert any("abgeschlossen" in row and "+41" in row and "+4100" in row and "jährlich" in row for row in rows)
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
