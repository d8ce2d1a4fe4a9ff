"""Pages of imported releases say where these stood, and link to nothing that is no address."""

import csv
import json
import re
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from db.engine import connect
from db.releases.queries import releases
from flows.importing.files import open_file
from flows.importing.store import Import, import_file
from web.app import create_app

TITLE = "Radwege <b>im Land</b>"
LONG = "Die Arbeiten dauerten lange. " * 300
RECORDS = [
    {"id": "1", "title": TITLE, "text": f"{LONG}Das Land hat 17 Radwege gebaut. {LONG}", "published": "2015-01-01"},
    {"url": "https://amt.example/2", "title": "Brücken", "text": "Es sind 18 Brücken.", "published": "2016-01-01"},
]


@pytest.fixture(scope="module")
def engine(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with the records, which all tests only read."""
    folder = tmp_path_factory.mktemp("imported")
    path = folder / "alt.jsonl"
    path.write_text("\n".join(map(json.dumps, RECORDS)), "utf-8")
    made = connect(f"sqlite:///{shutil.copy(sqlite_template, folder / 'bilanz.db')}")
    import_file(made, Import(open_file(path), "alt", "Amt für Radwege"))
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def imported(engine: Engine) -> TestClient:
    return TestClient(create_app(engine), follow_redirects=False)


def links(client: TestClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return [str(link) for link in html.fromstring(answer.content).xpath("//main//a/@href")]


def test_release_says_where_it_stood(engine: Engine, imported: TestClient) -> None:
    second, first = releases(engine, source="alt")
    page = imported.get(f"/releases/{first.id}").text
    assert "importiert aus alt.jsonl, Zeile 1" in page
    assert "Amt für Radwege" in page
    assert "imported from alt.jsonl, line 1" in imported.get(f"/en/releases/{first.id}").text
    assert not [link for link in links(imported, f"/releases/{first.id}") if not link.startswith("/")]
    assert "https://amt.example/2" in links(imported, f"/releases/{second.id}")
    assert "importiert aus alt.jsonl, Zeile 2" in imported.get(f"/releases/{second.id}").text


def test_archived_record_is_shown_as_it_stands(engine: Engine, imported: TestClient) -> None:
    release = imported.get(f"/api/v1/releases/{releases(engine, source='alt')[1].id}").json()
    place = f"/releases/{release['release']['id']}/revisions/{release['revisions'][0]['id']}"
    facts = imported.get(place).text
    assert "Datensatz, wie importiert" in facts and "Archivierte Seite" not in facts
    assert "HTTP" not in html.fromstring(facts).xpath("string(//main)")
    assert imported.get(f"{place}/bytes").content == json.dumps(RECORDS[0]).encode()
    (shown,) = html.fromstring(imported.get(f"{place}/page").content).xpath("//pre")
    assert shown.text == json.dumps(RECORDS[0])


def test_claim_in_one_long_paragraph_is_shown_with_what_stands_around_it(engine: Engine, imported: TestClient) -> None:
    (claim,) = claims(engine, ClaimFilter(source="alt", kind="count")).claims[-1:]
    assert claim.url == "import:alt/1"
    path = f"/claims/{claim.key}"
    assert not [link for link in links(imported, path) if link.startswith("import:")]
    page = html.fromstring(imported.get(path).content)
    (quoted,) = page.xpath("//blockquote[@class='verbatim']")
    (sheet,) = page.xpath("//div[@class='sheet']")
    for shown in (quoted, sheet):
        before, _, after = shown.text_content().partition("17 Radwege")
        assert 100 < len(before) < 4000
        assert 100 < len(after) < 4000
    (copied,) = page.xpath("//button[contains(., 'Zitat mit Quelle')]/@data-text")
    assert copied == (
        f"„Das Land hat 17 Radwege gebaut.“ ({TITLE}, Pressemitteilung, 1. Januar 2015, "
        "aus der Sammlung „Amt für Radwege“; wer die einzelne Meldung herausgab, nennt der Import nicht)"
    )
    ris, bib = (imported.get(f"{path}/cite.{form}") for form in ("ris", "bib"))
    assert (ris.status_code, bib.status_code) == (200, 200)
    # What has no address on the web is found by that of its claim.
    assert f"UR  - http://testserver{path}\r\n" in ris.text
    assert f"url = {{http://testserver{path}}}" in bib.text


def test_no_office_is_named_where_a_collection_was_imported(engine: Engine, imported: TestClient) -> None:
    claim = claims(engine, ClaimFilter(source="alt", kind="count")).claims[-1]
    path = f"/claims/{claim.key}"
    page = html.fromstring(imported.get(path).content)
    (said_by,) = page.xpath("//dt[.='Gesagt von']/following-sibling::dd")
    assert said_by.text_content().strip() == "der Meldung; welche Pressestelle sie schrieb, nennt der Import nicht"
    for shown in (path, f"/releases/{claim.release_id}"):
        text = " ".join(html.fromstring(imported.get(shown).content).xpath("//main")[0].text_content().split())
        assert (
            "Import „Amt für Radwege“" in text and "Wer die einzelne Meldung herausgab, nennt der Import nicht." in text
        ), shown
    (cited, _english) = page.xpath("//p[@class='citation']")
    assert "Amt für Radwege:" not in cited.text_content()
    assert (
        "aus der Sammlung „Amt für Radwege“; wer die einzelne Meldung herausgab, nennt der Import nicht"
        in cited.text_content()
    )
    data = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
    assert "author" not in data and "publisher" not in data["appearance"]
    assert data["appearance"]["isPartOf"]["name"] == "Amt für Radwege"
    ris, bib = (imported.get(f"{path}/cite.{form}").text for form in ("ris", "bib"))
    assert "AU  -" not in ris and "T2  - Amt für Radwege\r\n" in ris and "nennt der Import nicht" in ris
    assert "author" not in bib and "howpublished = {aus der Sammlung „Amt für Radwege“" in bib
    stated = imported.get(f"/api/v1{path}").json()["claim"]
    assert (stated["source"], stated["collection"]) == ("alt", "Amt für Radwege")
    release = imported.get(f"/api/v1/releases/{claim.release_id}").json()["release"]
    assert release["collection"] == "Amt für Radwege"
    (row, *_) = csv.DictReader(StringIO(imported.get("/claims.csv?source=alt&format=csv-de").text[1:]), delimiter=";")
    assert (row["Herausgeber"], row["Sammlung"]) == ("im Import nicht genannt", "Amt für Radwege")
    (row, *_) = csv.DictReader(StringIO(imported.get("/claims.csv?source=alt").text[1:]))
    assert row["collection"] == "Amt für Radwege"


@pytest.mark.parametrize(
    "path", ["/", "/?source=alt", "/health", "/new", "/projects", "/new.atom", "/claims.atom", "/metrics"]
)
def test_all_other_pages_show_them(imported: TestClient, path: str) -> None:
    answer = imported.get(path)
    assert answer.status_code == 200
    assert "import:" not in answer.text.replace("importiert", "")
    if path in ("/health", "/?source=alt"):
        assert "Amt für Radwege" in answer.text


def test_an_import_says_nothing_of_how_an_office_can_be_read(imported: TestClient) -> None:
    (row,) = html.fromstring(imported.get("/health").content).xpath("//tbody/tr")
    assert "importiert" in row.text_content() and "in Ordnung" not in row.text_content()
    assert "1. Januar 2016" in row.text_content()
    assert re.search(r"vor [\d.]+ Tagen", row.text_content()), "how old the newest release is"
    assert row.xpath("string(td[@data-label='Zuletzt neu'])").strip() == "", "an import is no news"
    assert not row.xpath(".//a[contains(@href, 'topic=sources')]")
    assert "nie; alles hier ist importiert" in imported.get("/health").text
    (source,) = imported.get("/api/v1/health").json()["sources"]
    assert (source["state"], source["newest_published"][:16]) == ("imported", "2015-12-31T23:00")
    found = {each: imported.get("/api/v1/claims", params={"health": each}).json() for each in ("imported", "completed")}
    assert found["imported"]["claims"] and not found["completed"]["claims"]
