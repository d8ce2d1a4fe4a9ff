"""Pages of reports: project by project, rows counted, the page of the document with its mark."""

import re

from fastapi.testclient import TestClient

PROGRAMME = "Ruhr-Konferenz"


def test_the_rows_of_the_bundled_reports_and_their_releases_say_the_same(office_client: TestClient) -> None:
    found = office_client.get("/api/v1/reports", params={"programme": PROGRAMME}).json()
    assert [(each["reporting_date"], each["agrees"], each["unread"]) for each in found["reports"]] == [
        ("2021-11-30", True, []),
        ("2022-12-31", True, []),
        ("2024-12-31", True, []),
    ]
    newest = {check["status"]: check["rows"] for check in found["reports"][-1]["checks"]}
    assert newest == {None: 73, "in_progress": 16, "completed": 42, "discontinued": 15}
    # What no release states is not said to agree.
    silent = next(check for check in found["reports"][1]["checks"] if check["status"] == "in_progress")
    assert (silent["rows"], silent["stated"], silent["agrees"]) == (38, [], None)
    assert len(found["projects"]) == 73
    path = next(each for each in found["projects"] if each["name"] == "Telemedizin für Pflegeheime")
    assert [state["status"] for state in path["states"]] == ["in_progress", "in_progress", "discontinued"]
    lines = office_client.get("/api/v1/reports", params={"programme": PROGRAMME, "format": "csv"}).text.splitlines()
    assert len(lines) == 1 + 3 * 73


def test_projects_of_reports_come_page_by_page(office_client: TestClient) -> None:
    asked = {"programme": PROGRAMME, "limit": 50}
    first = office_client.get("/api/v1/reports", params=asked)
    second = office_client.get(first.links["next"]["url"])
    assert "next" not in second.links and second.json()["reports"] == first.json()["reports"]
    names = [each["name"] for answer in (first, second) for each in answer.json()["projects"]]
    assert len(first.json()["projects"]) == 50 and len(set(names)) == len(names) == 73
    assert office_client.get("/api/v1/reports", params=asked | {"after": 99}).json()["projects"] == []


def test_a_programme_lists_its_projects_from_report_to_report(office_client: TestClient) -> None:
    page = office_client.get(f"/projects/{PROGRAMME}").text
    assert page.count('<th scope="row" lang="de"><a href="/projects/') == 73
    assert "stimmt überein" in page and "weicht ab" not in page
    assert "stimmt überein" in office_client.get("/comparison", params={"programme": PROGRAMME}).text


def test_a_claim_of_a_report_shows_its_page_with_the_words_marked(office_client: TestClient) -> None:
    found = office_client.get("/api/v1/reports", params={"programme": PROGRAMME}).json()
    state = found["projects"][70]["states"][2]
    page = office_client.get(f"/claims/{state['claim']}").text
    assert f'<img src="/claims/{state["claim"]}/page.svg"' in page
    assert re.search(r'alt="Seite 3 von 3, markiert: nicht weiterverfolgt"', page)
    picture = office_client.get(f"/claims/{state['claim']}/page.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert picture.text.count("<rect") == 1 and "script-src" not in picture.headers["content-security-policy"]
    assert "default-src 'none'" in picture.headers["content-security-policy"]


def test_a_claim_of_a_web_page_has_no_page_of_a_document(office_client: TestClient) -> None:
    claim = office_client.get("/api/v1/claims", params={"q": "Professuren"}).json()["claims"][0]["key"]
    assert "page.svg" not in office_client.get(f"/claims/{claim}").text
    assert office_client.get(f"/claims/{claim}/page.svg").status_code == 404


def test_release_and_document_lead_to_each_other(office_client: TestClient) -> None:
    report = office_client.get("/api/v1/reports", params={"programme": PROGRAMME}).json()["reports"][-1]
    release = office_client.get(f"/api/v1/releases/{report['release_id']}").json()
    assert [each["release_id"] for each in release["documents"]] == [report["id"]]
    assert f'href="/releases/{report["id"]}"' in office_client.get(f"/releases/{report['release_id']}").text
    page = office_client.get(f"/releases/{report['id']}").text
    assert "Dokument zur Meldung" in page and f'href="/releases/{report["release_id"]}"' in page
    revision = re.search(r"/revisions/(\w+)", page)
    assert revision is not None
    place = f"/releases/{report['id']}/revisions/{revision[1]}"
    assert office_client.get(f"{place}/bytes").content.startswith(b"%PDF-")
    shown = office_client.get(f"{place}/page").text
    assert "Radschnellverbindung Emscher-Nord | Verkehr | abgeschlossen" in shown
