"""Cards and charts on other sites, found by oEmbed: without a script, and nothing else of ours in a frame."""

from datetime import UTC, datetime
from html import unescape
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from inquiries.series import make_series
from tests.support.three_reports import PROGRAMME

BASE = "http://testserver"


def ask(client: TestClient, url: str, **more: object) -> dict[str, object]:
    answer = client.get("/oembed", params={"url": url, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_a_claim_is_found_and_framed(client: TestClient, reports: Engine) -> None:
    stored = claims(reports, ClaimFilter(status="completed", since="2024")).claims[0]
    page = html.fromstring(client.get(f"/claims/{stored.key}").content)
    (offered,) = page.xpath("//link[@type='application/json+oembed']/@href")
    found = client.get(offered).json()
    assert (found["version"], found["type"], found["provider_name"]) == ("1.0", "rich", "Zwischenbilanz")
    assert "42" in found["title"] and PROGRAMME in found["title"]
    (source,) = html.fromstring(found["html"]).xpath("//self::iframe/@src")
    assert source == f"{BASE}/embed/claims/{stored.key}"
    card = client.get(source)
    policy = card.headers["content-security-policy"]
    assert "frame-ancestors *" in policy and "script-src" not in policy and "default-src 'none'" in policy
    assert "<script" not in card.text and stored.claim.sentence in html.fromstring(card.content).text_content()
    assert f"{BASE}/claims/{stored.key}" in card.text
    assert any("<iframe" in text for text in page.xpath("//button/@data-text"))
    # All else stays out of frames.
    assert "frame-ancestors 'none'" in client.get(f"/claims/{stored.key}").headers["content-security-policy"]


def test_a_chart_is_framed_in_the_language_and_size_asked_for(client: TestClient, reports: Engine) -> None:
    found = ask(client, f"{BASE}/en/comparison?programme={quote(PROGRAMME)}", maxwidth=300, maxheight=200)
    assert (found["width"], found["height"]) == (300, 200)
    (source,) = html.fromstring(str(found["html"])).xpath("//self::iframe/@src")
    assert source.startswith(f"{BASE}/en/embed/comparison?programme=")
    framed = html.fromstring(client.get(source).content)
    (picture,) = framed.xpath("//img/@src")
    assert client.get(unescape(picture)).headers["content-type"].startswith("image/svg")
    assert framed.get("lang") == "en"


def test_a_series_is_framed(client: TestClient, reports: Engine) -> None:
    make_series(reports, datetime(2025, 6, 1, tzinfo=UTC))
    key = client.get("/api/v1/series").json()["series"][0]["key"]
    found = ask(client, f"{BASE}/series/{key}")
    (source,) = html.fromstring(str(found["html"])).xpath("//self::iframe/@src")
    assert client.get(source).status_code == 200
    assert "oembed" in client.get(f"/series/{key}").text


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("https://evil.example/claims/aaaaaaaaaaaaaaaa", 404), (f"{BASE}.evil.example/claims/a", 404),
        (f"{BASE}/claims/aaaaaaaaaaaaaaaa", 404), (f"{BASE}/review", 404), (f"{BASE}/claims/../review", 404),
        (f"{BASE}/comparison?programme=Mondbasis", 404), ("x" * 3000, 422),
    ],
)  # fmt: skip
def test_what_cannot_be_embedded(client: TestClient, reports: Engine, page: str, status: int) -> None:
    assert client.get("/oembed", params={"url": page}).status_code == status
    assert client.get("/oembed", params={"url": f"{BASE}/", "format": "xml"}).status_code == 501
