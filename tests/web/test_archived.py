"""Pages and API say of what an archive handed on who fetched it when, and link to both addresses."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from db.releases.queries import releases
from db.releases.store import ReleaseReading, store_reading
from extractors.claims import extract
from extractors.page import VERSION
from flows.importing.warc import import_warc
from flows.office.past import read_past
from models.archived import Archived
from models.release import Snapshot
from scrapers.archives.warc import open_warc
from tests.support.years import Kept, at, office, page, warc
from web.app import create_app
from web.assistants.tools import get_claim

URL = "https://www.amt.example/pm/1"
COPY = f"https://web.archive.org/web/20160501100000/{URL}"


@pytest.fixture
def archived(engine: Engine, tmp_path: Path) -> TestClient:
    """A release that a file shows in 2015 and a web archive, corrected, in 2016."""
    path = warc(tmp_path / "amt.warc.gz", [Kept(URL, at("2015-04-01"), page(1, 8))])
    import_warc(engine, open_warc(path), [office()])
    handed_on = Archived("Internet Archive", COPY, at("2026-11-01T12:00:00"))
    headers = (("Content-Type", "text/html"),)
    snapshot = Snapshot(URL, page(1, 25), headers, 200, at("2016-05-01T10:00:00"), handed_on)
    release = read_past(engine, office(), URL, snapshot).release
    found = extract(release.text, published=None, paragraphs=release.paragraphs)
    store_reading(engine, ReleaseReading("amt", URL, snapshot, release, found, VERSION))
    return TestClient(create_app(engine), follow_redirects=False)


def words(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(" ".join(html.fromstring(answer.content).xpath("//main//text()")).split())


def test_claim_shows_both_addresses_and_both_times(engine: Engine, archived: TestClient) -> None:
    (stored,) = [each for each in claims(engine, ClaimFilter()).claims if each.claim.value == 25]
    shown = words(archived, f"/claims/{stored.key}")
    assert "Archiviert 1. Mai 2016" in shown
    assert "Archiv Internet Archive" in shown
    assert "Von uns geholt 1. November 2026" in shown
    links = html.fromstring(archived.get(f"/claims/{stored.key}").content).xpath("//main//a/@href")
    assert {URL, COPY} <= set(links)
    assert "Archived" in words(archived, f"/en/claims/{stored.key}")
    proof = archived.get(f"/api/v1/claims/{stored.key}").json()["proof"]
    assert proof == {
        "fetched_at": "2016-05-01T12:00:00+02:00",
        "fetched_from": URL,
        "archive": "Internet Archive",
        "archive_place": COPY,
        "retrieved_at": "2026-11-01T13:00:00+01:00",
    }


def test_assistants_are_told_of_both_addresses(engine: Engine, archived: TestClient) -> None:
    (stored,) = [each for each in claims(engine, ClaimFilter()).claims if each.claim.value == 25]
    told = get_claim(archived.app.state.site, "https://bilanz.example", stored.key)  # type: ignore[attr-defined]
    assert (told["source_url"], told["archive_url"], told["archive"]) == (URL, COPY, "Internet Archive")
    assert told["archived_on"].startswith("2016-05-01T10:00:00")


def test_change_is_said_to_lie_between_two_copies(engine: Engine, archived: TestClient) -> None:
    (summary,) = releases(engine)
    shown = words(archived, f"/releases/{summary.id}")
    assert "zwischen 1. April 2015" in shown
    assert "und 1. Mai 2016" in shown
    assert "archiviert von Internet Archive , von uns geholt am 1. November 2026" in shown
    assert "amt.warc.gz sha256:" in shown
    first, second = archived.get(f"/api/v1/releases/{summary.id}").json()["revisions"]
    assert (first["unchanged_until"], first["archive"]) == (None, "amt.warc.gz")
    assert (second["unchanged_until"], second["archive_place"]) == ("2015-04-01T02:00:00+02:00", COPY)
    facts = words(archived, f"/releases/{summary.id}/revisions/{second['id']}")
    assert "Archiviert 1. Mai 2016" in facts
    assert "HTTP 200" in facts
