"""What pages count and what files hold: one count per thing, nothing left out, and files that people can open."""

import csv
import re
from io import StringIO

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims, every_claim
from models.settings import Settings
from tests.support.releases import Page
from tests.support.three_reports import PROGRAMME
from web.app import create_app


def test_a_project_has_one_count_wherever_it_is_told(office_client: TestClient) -> None:
    listed = {
        link.text_content().rsplit(" ", 2)[0].strip(): int(link.xpath("string(small)").split()[0])
        for link in html.fromstring(office_client.get("/projects").content).xpath("//ul[@class='cards']//a")
    }
    assert len(listed) > 5
    told = {each["name"]: each["claims"] for each in office_client.get("/api/v1/projects").json()["projects"]}
    for name, count in listed.items():
        page = html.fromstring(office_client.get("/", params={"project": name}).content)
        assert int(page.xpath("string(//h2[@id='count'])").split()[0]) == count == told[name], name
        rows = csv.DictReader(StringIO(office_client.get("/claims.csv", params={"project": name}).text))
        assert len(list(rows)) == count


def test_projects_beyond_the_most_frequent_are_counted_too(reports: Engine, client: TestClient) -> None:
    page = Page("Viele", "2025-10-01")
    for n in range(230):
        name = f"Vorhaben {n:03d}"
        page.says(f"Das {name} ist fertig.", "ist fertig", kind="status", status="completed", subject=name)
    page.store(reports)
    (last,) = client.get("/api/v1/projects", params={"q": "Vorhaben 229"}).json()["projects"]
    assert last["claims"] == 1
    listed: list[str] = []
    path = "/projects?q=Vorhaben"
    for _ in range(2):
        shown = html.fromstring(client.get(path).content)
        listed += [link.text_content() for link in shown.xpath("//ul[@class='cards']//a")]
        assert "230 Projekte" in shown.text_content()
        path = shown.xpath("string(//a[@rel='next']/@href)")
    assert path == "" and len({name for name in listed if "Vorhaben" in name}) == len(listed) == 230


def test_the_table_of_a_search_is_whole(client: TestClient, reports: Engine) -> None:
    page = html.fromstring(client.get("/", params={"project": PROGRAMME}).content)
    (table,) = page.xpath("//footer//a[text()='CSV']/@href")
    rows = list(csv.DictReader(StringIO(client.get(table).text)))
    assert len(rows) == len(every_claim(reports, ClaimFilter(project=PROGRAMME)))
    assert {row["page"] for row in rows} == {f"http://testserver/claims/{row['key']}" for row in rows}
    assert all(client.get(row["page"]).status_code == 200 for row in rows[:2])


def test_a_german_spreadsheet_opens_the_file(client: TestClient, reports: Engine) -> None:
    Page("Netz", "2025-10-01").says(
        "Es sind 2,5 km; mehr nicht.",
        "2,5 km",
        kind="measure",
        value="2.5",
        unit="km",
        subject=PROGRAMME,
        span="2 years",
    ).store(reports)
    page = html.fromstring(client.get("/", params={"project": PROGRAMME}).content)
    (link, _) = page.xpath("//a[text()='CSV mit Dezimalkomma']/@href")
    text = client.get(link).content.decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    (row,) = (row for row in rows if row["Einheit"] == "km")
    assert (row["Zahl"], row["Satz"], row["Genauigkeit"]) == ("2,5", "Es sind 2,5 km; mehr nicht.", "")
    assert (row["gültig"], row["Art"], row["Aussage"]) == ("ja", "Maß", "eingetreten")
    assert row["Länge des Zeitraums"] == "2 Jahre"
    assert {row["Zahl"] for row in rows} >= {"73", "1500", "136000000"}
    assert not any(value.startswith("'") for row in rows for value in row.values())
    by_api = client.get("/api/v1/claims", params={"project": PROGRAMME, "format": "csv-de"})
    assert by_api.headers["content-type"].startswith("text/csv") and "2,5" in by_api.text


def test_an_unknown_parameter_gives_no_file(client: TestClient) -> None:
    for path in ("/claims.csv", "/claims.xlsx", "/api/v1/claims", "/api/v1/projects"):
        answer = client.get(path, params={"key": "x"})
        assert answer.status_code == 400 and "key" in answer.text, path
    assert "Einen Parameter „key“ gibt es hier nicht" in client.get("/claims.csv?key=x").text


def test_head_is_answered_as_get_is(client: TestClient, reports: Engine) -> None:
    key = claims(reports, ClaimFilter(status="completed")).claims[0].key
    for path in ("/", f"/claims/{key}", "/api/v1/claims", "/claims.csv", "/static/bilanz.css", "/en/projects"):
        asked, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (200, b""), path
        for name in ("content-type", "etag", "content-length"):
            assert head.headers.get(name) == asked.headers.get(name), (path, name)
    assert client.head("/nothing").status_code == 404
    assert client.head(f"/claims/{key}/review").status_code == 405


def test_a_reference_manager_gets_the_whole_key(client: TestClient, reports: Engine) -> None:
    key = claims(reports, ClaimFilter(status="completed")).claims[0].key
    answer = client.get(f"/claims/{key}/cite.bib")
    assert re.match(rf"@misc{{claim-{key},\n", answer.text)
    assert answer.text.count("{") == answer.text.count("}")
    assert "url = {" in answer.text and "UR  - " in client.get(f"/claims/{key}/cite.ris").text
    assert f"claim-{key}.bib" in answer.headers["content-disposition"]


def test_a_claim_is_opened_by_its_sentence_and_taken_along(
    client: TestClient, reports: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.lookups.settings", lambda: Settings(contact="redaktion@example.org"))
    stored = claims(reports, ClaimFilter(status="completed", since="2024")).claims[0]
    listed = html.fromstring(client.get("/", params={"status": "completed", "year": "2024"}).content)
    (opened,) = listed.xpath("//blockquote/a")
    assert (opened.get("href"), opened.text_content()) == (f"/claims/{stored.key}", stored.claim.sentence)
    page = html.fromstring(client.get(opened.get("href")).content)
    copies = [each.get("data-text") for each in page.xpath("//button[@class='copy quiet']")]
    address = f"http://testserver/claims/{stored.key}"
    assert copies[0].startswith(f"„{stored.claim.sentence}“ (") and stored.url in copies[0]
    assert copies[1] == address and address in copies[2]
    (row,) = csv.DictReader(StringIO(copies[3]), delimiter=";")
    told = [row[name] for name in ("Schlüssel", "Zahl", "Stand", "Aussage", "Adresse der Angabe")]
    assert told == [stored.key, "42", "abgeschlossen", "eingetreten", address]
    english = html.fromstring(client.get(f"/en{opened.get('href')}").content)
    (row,) = csv.DictReader(StringIO(english.xpath("//button[@class='copy quiet']/@data-text")[3]))
    assert (row["key"], row["value"], row["status"]) == (stored.key, "42", "completed")
    assert page.xpath("//a[text()='Im Internet Archive sichern']/@href") == [
        f"https://web.archive.org/save/{stored.url}"
    ]
    (report,) = page.xpath("//a[text()='Dem Betreiber schreiben']/@href")
    assert report.startswith("mailto:redaktion@example.org?subject=Fehler%20") and stored.key in report
    monkeypatch.setattr("web.lookups.settings", lambda: Settings(contact=None))
    # Settings are read when a server starts.
    without = html.fromstring(TestClient(create_app(reports)).get(opened.get("href")).content)
    assert not without.xpath("//a[text()='Dem Betreiber schreiben']")


def test_feeds_keep_protected_spaces(client: TestClient, reports: Engine) -> None:
    sentence = "Es\u00a0sind 5\u202f000 Plätze."
    page = Page("Plätze", "2025-10-01").says(sentence, "5\u202f000 Plätze", value="5000", counted="Platz")
    stored = page.store(reports)
    assert sentence in client.get("/claims.atom", params={"release": stored.release_id}).text


@pytest.mark.parametrize("path", ["/new?day=2025-10-01", "/restatements", "/plans", "/series", "/health"])
def test_every_table_is_to_be_had_for_a_german_spreadsheet(client: TestClient, path: str) -> None:
    page = html.fromstring(client.get(path).content)
    (table,), (german,) = (
        page.xpath(f"//footer//a[text()='{name}']/@href") for name in ("CSV", "CSV mit Dezimalkomma")
    )
    assert german == table.replace("format=csv", "format=csv-de") != table
    answer = client.get(german)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
