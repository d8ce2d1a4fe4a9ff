"""Attacks tried: script in texts, SQL in parameters, paths upwards, overlong and odd requests."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from tests.support.releases import Page
from tests.support.three_reports import PROGRAMME

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
SQL = ["' OR 1=1 --", "'; DROP TABLE claims; --", '" OR ""="', "1) UNION SELECT hash FROM tokens --", "%' OR '%'='"]


def test_script_in_titles_quotes_and_names_is_text(reports: Engine, client: TestClient) -> None:
    title = f"Titel {SCRIPT} </title>"
    page = Page(title, "2025-10-01", projects=[f"Projekt {SCRIPT}"])
    page.says(f"Es sind 9 {SCRIPT} Brücken.", f"9 {SCRIPT}", value="9", counted=SCRIPT, subject=f"Projekt {SCRIPT}",
              speaker=SCRIPT)  # fmt: skip
    stored = page.store(reports)
    key = claims(reports, ClaimFilter(release=stored.release_id)).claims[0].key
    shown = [
        "/", f"/claims/{key}", f"/releases/{stored.release_id}", "/projects", "/new?day=2025-10-01", "/comparison",
        f"/?q={SCRIPT}", f"/comparison?programme={SCRIPT}", f"/projects/Projekt {SCRIPT}",
    ]  # fmt: skip
    for path in shown:
        document = html.fromstring(client.get(path).content)
        assert not document.xpath("//main//script[not(@type)] | //*[@onerror] | //img[@src='x']"), path
        assert all("alert" not in (script.text or "") or script.get("type") for script in document.xpath("//script"))
    linked = html.fromstring(client.get(f"/claims/{key}").content).xpath("//script[@type='application/ld+json']")
    assert len(linked) == 1 and "<" not in linked[0].text
    feed = client.get("/claims.atom", params={"release": stored.release_id}).text
    assert "<script" not in feed


def _parameters(described: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for path, operations in described.items():
        for parameter in operations.get("get", {}).get("parameters", []):
            yield path, parameter["name"]


@pytest.mark.parametrize("value", SQL)
def test_sql_in_every_parameter_is_text(client: TestClient, value: str) -> None:
    before = client.get("/api/v1/claims").json()
    described = client.get("/api/v1/openapi.json").json()["paths"]
    tried = {(path, name) for path, name in _parameters(described) if "{" not in path}
    assert len(tried) > 50
    for path, name in tried:
        answer = client.get(path, params={name: value})
        assert answer.status_code in (200, 400, 404, 422), (path, name)
        if path == "/api/v1/claims":
            assert answer.status_code != 200 or answer.json()["claims"] == [], name
            assert client.get("/", params={name: value}).status_code in (200, 422)
    for path in described:
        assert client.get(re.sub(r"{\w+}", quote(value, safe=""), path)).status_code in (200, 401, 404, 405, 422)
    assert client.get("/api/v1/claims").json() == before


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fpyproject.toml", "/static//etc/passwd",
        "/en/static/%2e%2e/%2e%2e/etc/passwd", "/releases/..%2f..%2fetc", "/projects/../../../etc/passwd",
        "/claims/..%2f..%2f",
    ],
)  # fmt: skip
def test_paths_lead_nowhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 405, 422)
    assert "root:" not in answer.text and "create_app" not in answer.text


def test_overlong_requests_are_refused(client: TestClient, token: str) -> None:
    assert client.get("/", params={"q": "a" * 5000}).status_code == 414
    assert client.get("/", params={"q": "a" * 300}).status_code == 422
    refused = client.post("/api/v1/check", content=b"x" * 100_000)
    assert (refused.status_code, refused.headers["content-type"]) == (413, "application/problem+json")
    assert refused.json()["detail"] == "The request is too large."
    assert client.post("/api/v1/check", json={"statement": "x" * 6000}).status_code == 422
    many = "&".join(f"programme=p{n}" for n in range(50))
    assert client.get(f"/comparison?{many}").status_code == 422


@pytest.mark.parametrize("value", ["\x00", "a\x00b", "\ud7ff\u202e", "%", "\\", "\u2028", "💥" * 20, " "])
def test_odd_characters_do_no_harm(client: TestClient, value: str) -> None:
    for path in ("/", "/api/v1/claims", "/claims.atom"):
        assert client.get(path, params={"q": value}).status_code in (200, 400, 422)
    assert client.get("/comparison", params={"programme": value}).status_code in (200, 422)
    assert client.get("/check", params={"statement": value}).status_code in (200, 400, 422)


def test_cells_are_no_formulas(reports: Engine, client: TestClient) -> None:
    page = Page("=HYPERLINK(1)", "2025-10-02").says("+1 Es sind 9 Brücken.", "9 Brücken", value="-9", counted="@Brücke")
    stored = page.store(reports)
    text = client.get("/api/v1/claims", params={"release": stored.release_id, "format": "csv"}).text
    row = text.splitlines()[1]
    assert "'=HYPERLINK(1)" in row and "'+1 Es" in row and "'@Brücke" in row
    assert ",-9," in row


def test_methods_that_change_need_a_token(client: TestClient, reports: Engine) -> None:
    key = claims(reports, ClaimFilter(project=PROGRAMME)).claims[0]
    assert client.post(f"/api/v1/claims/{key.key}/reviews", json={"decision": "confirmed"}).status_code == 401
    assert client.delete(f"/api/v1/claims/{key.key}/reviews").status_code == 401
    missed = {"quote": "73", "kind": "count", "value": "73"}
    assert client.post(f"/api/v1/releases/{key.release_id}/claims", json=missed).status_code == 401
    assert client.put(f"/api/v1/claims/{key.key}").status_code == 405


def test_redirects_stay_here(client: TestClient, token: str) -> None:
    answer = client.post("/review?next=https://evil.example", data={"token": token})
    assert answer.headers["location"] == "/review"
    assert client.post("/en/review", data={"token": token}).headers["location"] == "/en/review"
