"""The API: what it answers, in which forms, and how it says what is wrong."""

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import cast
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import Engine, select, update

from db.operation.runs import RunState, SourceRecord, record_source, start_run
from db.tables import ReleaseRow
from tests.support.releases import Page
from tests.support.three_reports import PROGRAMME

ATOM = "{http://www.w3.org/2005/Atom}"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_claims_carry_their_evidence(client: TestClient) -> None:
    found = client.get("/api/v1/claims", params={"status": "completed"}).json()
    assert [claim["value"] for claim in found["claims"]] == ["42", "22", "1"]
    claim = found["claims"][0]
    release = client.get(f"/api/v1/releases/{claim['release_id']}").json()
    text = release["revisions"][0]["text"]
    assert text[claim["start"] : claim["end"]] == claim["quote"]
    assert release["revisions"][0]["snapshot"] == claim["snapshot"]
    assert client.get(f"/api/v1/claims/{claim['key']}").json()["claim"] == claim


def test_pages_by_key_give_every_claim_once(client: TestClient) -> None:
    whole = [claim["key"] for claim in client.get("/api/v1/claims", params={"limit": 200}).json()["claims"]]
    keys: list[str] = []
    after = None
    while True:
        page = client.get("/api/v1/claims", params={"limit": 4, **({"after": after} if after else {})}).json()
        keys += [claim["key"] for claim in page["claims"]]
        after = page["next"]
        if after is None:
            break
    assert keys == whole
    assert len(set(keys)) == len(keys) == 13


def test_csv_says_the_same_as_json(client: TestClient) -> None:
    found = client.get("/api/v1/claims", params={"project": PROGRAMME}).json()["claims"]
    answer = client.get("/api/v1/claims", params={"project": PROGRAMME, "format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert [row["key"] for row in rows(answer.text)] == [claim["key"] for claim in found]
    assert [row["value"] or None for row in rows(answer.text)] == [claim["value"] for claim in found]


def test_comparison_as_json_and_csv(client: TestClient) -> None:
    compared = client.get("/api/v1/comparison", params={"programme": PROGRAMME}).json()
    assert [row["date"] for row in compared["rows"]] == ["2021-12-31", "2022-12-31", "2024-12-31"]
    cells = rows(client.get("/api/v1/comparison", params={"programme": PROGRAMME, "format": "csv"}).text)
    assert {(cell["reporting_date"], cell["status"]): cell["value"] for cell in cells}[
        "2022-12-31", "completed"
    ] == "22"


def test_facets_count_what_the_search_lists(client: TestClient) -> None:
    counted = client.get("/api/v1/facets", params={"status": "completed"}).json()
    assert counted["total"] == 3
    assert dict(next(f["counts"] for f in counted["facets"] if f["field"] == "project")) == {PROGRAMME: 3}


def test_offices_are_told_apart_by_land_and_health(client: TestClient, reports: Engine) -> None:
    for source, state in (("bayern", "failed"), ("bmi", "completed"), ("bmi", "degraded"), ("gone", None)):
        page = Page(f"Meldung {source} {state}", "2025-09-01", url=f"https://{source}.example/{state}")
        page.says(f"{source} {state}: 3 Brücken.", "3 Brücken", value="3", counted="Brücke")
        page.store(reports, source_id=source)
        if state:
            now = datetime.now(UTC)
            run = start_run(reports, "ingest", now=now)
            record_source(reports, SourceRecord(run, source, cast(RunState, state), None, {}, now, now))

    def counted(**parameters: str) -> dict[str, dict[str, int]]:
        found = client.get("/api/v1/facets", params=parameters).json()["facets"]
        return {facet["field"]: dict(facet["counts"]) for facet in found}

    assert counted()["state"] == {"NW": 13, "DE": 2, "BY": 1, "not stated": 1}
    assert counted()["health"] == {"not stated": 14, "degraded": 2, "failed": 1}
    assert counted(state="DE")["source"] == {"bmi": 2}
    assert counted(health="not stated", state="not stated")["source"] == {"gone": 1}
    for parameters in ({"state": "BY"}, {"health": "failed"}, {"state": "BY", "health": "failed"}):
        assert [each["source"] for each in client.get("/api/v1/claims", params=parameters).json()["claims"]] == [
            "bayern"
        ]
    assert client.get("/api/v1/claims", params={"state": "BY", "health": "degraded"}).json()["claims"] == []
    shown = html.fromstring(client.get("/?state=BY").text)
    assert shown.xpath("//ul[@class='chips']//b/text()") == ["Bayern"]
    assert "gescheitert" in shown.xpath("string(//ul[@aria-labelledby='f-health'])")


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        ({"year": "2022"}, 3),
        ({"kind": "money"}, 1),
        ({"modality": "planned"}, 1),
        ({"at_least": "40", "at_most": "60", "kind": "count"}, 2),
        ({"q": "jugendlicher"}, 1),
        ({"unit": "not stated", "kind": "money"}, 0),
        ({"q": "", "year": ""}, 13),
        ({"q": "73 Projekte"}, 9),
        ({"q": "73\N{NO-BREAK SPACE}Projekte"}, 9),
        ({"q": "73\tProjekte"}, 9),
    ],
)
def test_filters_leave_the_claims_that_fit(client: TestClient, parameters: dict[str, str], count: int) -> None:
    assert len(client.get("/api/v1/claims", params=parameters).json()["claims"]) == count


def test_the_feed_is_atom(client: TestClient) -> None:
    answer = client.get("/claims.atom", params={"status": "completed"})
    assert answer.headers["content-type"].startswith("application/atom+xml")
    entries = ET.fromstring(answer.content).findall(f"{ATOM}entry")
    assert len(entries) == 3
    address = entries[0].find(f"{ATOM}id")
    assert address is not None and address.text is not None
    assert client.get(address.text).status_code == 200


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/v1/claims")
    again = client.get("/api/v1/claims", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/v1/claims", headers={"if-none-match": '"other"'})
    assert other.content == first.content


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/claims/" + "0" * 16, 404),
        ("/api/v1/releases/" + "0" * 16, 404),
        ("/api/v1/projects/Unbekannt", 404),
        ("/api/v1/comparison?programme=Unbekannt", 404),
        ("/api/v1/claims?project=Unbekannt", 400),
        ("/api/v1/claims?limit=201", 422),
        ("/api/v1/claims?limit=x", 422),
        ("/api/v1/claims?after=x", 422),
        ("/api/v1/claims?status=fertig", 422),
        ("/api/v1/claims?unknown=1", 400),
        ("/api/v1/claims?since=01.02.2024", 422),
        ("/api/v1/check", 422),
        ("/api/v1/nothing", 404),
    ],
)
def test_errors_are_problems(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["detail"]


def test_a_query_that_takes_too_long_is_broken_off(reports, monkeypatch) -> None:
    from sqlalchemy import text

    from web.app import create_app
    from web.pages import news

    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    def never_ends(engine, **_):
        with engine.connect() as connection:
            connection.execute(text(endless)).all()

    monkeypatch.setattr(news, "whats_new", never_ends)
    client = TestClient(create_app(reports, query_seconds=0.2))
    answer = client.get("/new?state=NW")
    assert answer.status_code == 503
    assert "hat zu lange gedauert" in answer.text
    # Who has asked for nothing in particular cannot narrow it down.
    answer = client.get("/new")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert "ist gerade beschäftigt" in answer.text


def test_check_by_get_and_post(office_client: TestClient) -> None:
    statement = "13 Projekte der Ruhr-Konferenz wurden nicht weiterverfolgt."
    got = office_client.get("/api/v1/check", params={"statement": statement}).json()
    posted = office_client.post("/api/v1/check", json={"statement": statement}).json()
    assert got == posted
    assert got["verdict"] == "outdated"
    finding = got["findings"][0]
    assert statement[finding["start"] : finding["end"]] == finding["quote"]
    assert Decimal(got["evidence"][0]["value"]) in (13, 15)


def test_openapi_has_examples(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    example = described["components"]["schemas"]["ClaimRecord"]["example"]
    assert example["sentence"][35:] and json.dumps(example)
    assert set(example) == set(described["components"]["schemas"]["ClaimRecord"]["properties"])


def test_new_is_by_day_in_germany(client: TestClient) -> None:
    # Fetched at 18:00 UTC on the day of publication.
    found = client.get("/api/v1/new", params={"day": "2025-06-01"}).json()
    assert [release["title"] for release in found["releases"]] == ["Bericht 2024"]
    assert len(found["claims"]) == 7
    assert client.get("/api/v1/new", params={"day": "2025-06-02"}).json()["releases"] == []


@pytest.mark.usefixtures("read_reports")
def test_releases_projects_and_health_count_what_is_stored(client: TestClient) -> None:
    titles = [each["title"] for each in client.get("/api/v1/releases").json()["releases"]]
    assert titles == ["Bericht 2024", "Bericht 2022", "Bericht 2021"]
    project = client.get(f"/api/v1/projects/{PROGRAMME}").json()
    assert (project["name"], project["claims"]) == (PROGRAMME, 13)
    assert client.get("/api/v1/health").json()["sources"][0]["releases"] == 3


def test_lists_go_on_where_they_stopped(client: TestClient, reports: Engine) -> None:
    for number in range(3):
        page = Page(f"Nachtrag {number}", "2024-02-01", url=f"https://presse.example/nachtrag-{number}")
        page.says(f"Es sind {number + 3} Brücken.", f"{number + 3} Brücken", value=str(number + 3), counted="Brücke")
        page.store(reports)
    with reports.begin() as connection:
        undated = select(ReleaseRow.id).where(ReleaseRow.title.in_(["Nachtrag 0", "Nachtrag 1"]))
        connection.execute(update(ReleaseRow).where(ReleaseRow.id.in_(undated)).values(published=None))
    for what in ("releases", "projects", "claims"):
        whole = client.get(f"/api/v1/{what}", params={"limit": 200}).json()
        assert whole["next"] is None
        gathered, address = [], f"/api/v1/{what}?limit=1"
        while address:
            answer = client.get(address)
            gathered += answer.json()[what]
            address = answer.links["next"]["url"] if "next" in answer.links else ""
            # A table has no place for it but the header.
            table = client.get(f"{answer.url}&format=csv")
            assert ("next" in table.links) == ("next" in answer.links) == (answer.json()["next"] is not None)
        assert gathered == whole[what]
    assert [each["published"] for each in client.get("/api/v1/releases").json()["releases"]][-2:] == [None, None]
    for broken in ("2024", "gestern~" + "a" * 16, "2024-99-99T00:00:00.000000Z~" + "a" * 16):
        assert client.get("/api/v1/releases", params={"after": broken}).status_code in (400, 422)
