"""What readers should know: method, limits, the operator's imprint, and what people corrected."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import Engine

from db.archive.imported import note_import
from db.claims.queries import ClaimFilter, claims
from db.curation.reviewers import holder
from db.curation.reviews import decide, retract_review
from models.settings import Settings
from output.catalogue import messages
from output.reliability import MEASURED
from tests.support.releases import Page
from web.app import create_app

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize("language", ["", "/en"])
def test_texts_lead_to_pages_of_their_language(client: TestClient, reports: Engine, language: str) -> None:
    for name in ("method", "limits", "imprint"):
        answer = client.get(f"{language}/{name}")
        page = html.fromstring(answer.content)
        assert len(page.xpath("//main//h1")) == 1
        for link in page.xpath("//main//article//a/@href"):
            assert link.startswith(f"{language}/") and client.get(link).status_code == 200, link


@pytest.mark.parametrize("language", ["", "/en"])
def test_how_reliable_readings_are_is_told_with_what_was_measured(client: TestClient, language: str) -> None:
    page = html.fromstring(client.get(f"{language}/method").content)
    assert f" {MEASURED.releases} " in page.text_content()
    assert ("Gemessen im November 2026" in page.text_content()) == (not language)
    rows = [[cell.text_content() for cell in row.xpath("td")] for row in page.xpath("//article//table/tbody/tr")]
    assert rows == [[each.words("en" if language else "de"), f"{each.share} %"] for each in MEASURED.shares]
    assert [each.share for each in MEASURED.shares] == [95, 85, 67, 62, 70, 51, 74, 54, 61, 72]


def test_what_is_told_of_plans_is_what_the_documents_say() -> None:
    limits = (Path(__file__).parents[2] / "docs" / "limits.md").read_text("utf-8")
    assert "about ten were no plan of that time" in limits and MEASURED.plans == 90


def test_how_an_error_is_reported_is_only_said_where_claims_say_so(
    client: TestClient, reports: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = f"/claims/{claims(reports).claims[0].key}"
    for contact, form in ((None, False), ("post@example.org", False), (None, True)):
        monkeypatch.setattr("web.lookups.settings", partial(Settings, contact=contact, objections=form))
        promised = form or contact is not None
        assert ("„Fehler melden“" in client.get("/limits").text) == promised
        assert ("“Report an error”" in client.get("/en/limits").text) == promised
        shown = client.get(f"{claim}?for={contact}{form}").text
        assert (">Dem Betreiber schreiben</a>" in shown) == (contact is not None)
        assert ("<textarea" in shown) == form
        told = client.get(f"/corrections?for={contact}{form}").text
        assert ("Der Betreiber dieser Seiten hat keine Adresse dafür angegeben" in told) != promised


@pytest.mark.parametrize("path", ["/imprint", "/watch", "/review", "/series", "/new"])
def test_readers_are_not_told_the_names_of_settings_and_commands(client: TestClient, path: str) -> None:
    for language in ("", "/en"):
        shown = client.get(language + path).text
        assert "BILANZ_" not in shown and "<code>bilanz" not in shown


def test_the_api_is_described_in_the_language_of_the_page(client: TestClient, reports: Engine) -> None:
    described = client.get("/api/v1/openapi.json").json()["paths"].values()
    operations = [each for methods in described for each in methods.values()]
    english = {each["description"] for each in operations}
    english |= {
        each["description"] for one in operations for each in one.get("parameters", []) if "description" in each
    }
    assert len(english) > 40
    assert english <= messages("web", "de").keys()
    german, told = (html.fromstring(client.get(path).content).text_content() for path in ("/api", "/en/api"))
    assert [each for each in english if each in german and each not in messages("web", "de")[each]] == []
    # Backticks become a tag.
    assert all(" ".join(each.replace("`", "").split()) in " ".join(told.split()) for each in english)


def test_an_imprint_is_the_operators_or_said_to_be_missing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "kein Impressum hinterlegt" in client.get("/imprint").text
    assert "has not set an imprint" in client.get("/en/imprint").text
    file = tmp_path / "impressum.md"
    file.write_text(
        "# Impressum\n\nVerein Muster, *Gasse 1* <script>alert(1)</script> [x](javascript:alert(1))", "utf-8"
    )
    monkeypatch.setattr("web.pages.about.settings", lambda: Settings(imprint=file, contact="post@example.org"))
    shown = client.get("/imprint").text
    assert "Verein Muster, <em>Gasse 1</em>" in shown and "mailto:post@example.org" in shown
    assert "<script>alert" not in shown and 'href="javascript' not in shown
    monkeypatch.setattr("web.pages.about.settings", lambda: Settings(imprint=tmp_path / "fehlt.md"))
    assert "kein Impressum hinterlegt" in client.get("/imprint").text


def test_corrections_are_listed_while_they_stand(client: TestClient, reports: Engine, token: str) -> None:
    assert "Bisher wurde nichts berichtigt." in client.get("/corrections").text
    first, second, third = claims(reports, ClaimFilter(status="completed")).claims
    reviewer = holder(reports, token)
    assert reviewer is not None
    by = {"user_id": reviewer.user_id, "now": NOW}
    decide(reports, first.key, "corrected", corrected={"value": "41"}, note="nachgezählt", **by)
    decide(reports, second.key, "rejected", **by)
    decide(reports, third.key, "confirmed", **by)
    page = html.fromstring(client.get("/corrections").content)
    listed = [" ".join(each.text_content().split()) for each in page.xpath("//main//ul[@class='log']/li")]
    assert len(listed) == 2
    assert "Zahl: 42 41" in listed[1] and "nachgezählt" in listed[1] and "mira" in listed[1]
    assert "von Hand verworfen" in listed[0]
    retract_review(reports, second.key, now=NOW)
    assert len(html.fromstring(client.get("/en/corrections").content).xpath("//main//ul[@class='log']/li")) == 1


def test_nights_are_told_of_where_press_offices_are_read(client: TestClient) -> None:
    assert "Jede Nacht" in client.get("/method").text


def test_an_archive_says_that_it_is_one_and_how_old_its_newest_release_is(engine: Engine) -> None:
    archive = TestClient(create_app(engine))
    note_import(engine, "archiv", "Archiv")
    Page("Alte Brücken", "2024-10-01").store(engine, source_id="archiv")
    told = archive.get("/method").text
    assert "Jede Nacht" not in told and "vom 1. Oktober 2024" in told
    health = html.fromstring(archive.get("/health").content).text_content()
    assert "1. Oktober 2024" in health and "noch nie" in health
