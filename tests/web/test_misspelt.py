"""Addresses with a misspelt name, state, year or press office: what may be meant is proposed, wherever they lead."""

import pytest
from fastapi.testclient import TestClient
from lxml import html

_ENDS = ["claims", "facets", "releases", "new", "plans"]


def proposed(client: TestClient, address: str) -> tuple[int, str, list[str]]:
    answer = client.get(address)
    told = html.fromstring(answer.content).xpath("//p[@role='status']")
    assert told, address
    return answer.status_code, " ".join(told[0].text_content().split()), told[0].xpath("a/@href")


@pytest.mark.parametrize("part", _ENDS)
def test_the_api_names_the_press_offices_that_may_be_meant(client: TestClient, part: str) -> None:
    answer = client.get(f"/api/v1/{part}?source=bmass")
    assert answer.status_code in (400, 404)
    assert answer.json()["detail"].startswith("No press office is called 'bmass'; did you mean bmas")
    assert client.get(f"/api/v1/{part}?source=bmas").status_code == 200


@pytest.mark.parametrize("path", ["/claims.csv", "/claims.atom", "/claims.xlsx", "/watch.atom"])
def test_a_file_of_an_unknown_press_office_or_programme_is_no_empty_file(client: TestClient, path: str) -> None:
    status, told, links = proposed(client, f"{path}?source=bmass&kind=count")
    assert status == 400 and told.startswith("Pressestelle: „bmass“. Meinten Sie:")
    assert f"{path}?kind=count&source=bmas" in links
    if path != "/watch.atom":  # where a name is awaited that no release has told yet
        status, told, links = proposed(client, f"{path}?project=Ruhr-Konferens")
        assert status == 400 and f"{path}?project=Ruhr-Konferenz" in links


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("status=completd", "did you mean completed?"),
        ("status=abgeschlosen", "did you mean completed?"),
        ("state=Berlinn", "did you mean BE?"),
        ("health=gescheitrt", "did you mean failed?"),
        ("kind=mony", "did you mean money?"),
        ("year=24", "did you mean 2024?"),
        ("year=20l4", "did you mean 2024"),
    ],
)
def test_a_misspelt_value_brings_that_which_is_spelt_like_it(client: TestClient, misspelt: str, meant: str) -> None:
    answer = client.get(f"/api/v1/claims?{misspelt}")
    assert answer.status_code == 422 and meant in answer.json()["detail"]
    status, told, links = proposed(client, f"/?{misspelt}")
    assert status == 422 and "Meinten Sie:" in told
    assert client.get(links[0]).status_code == 200


def test_a_year_or_a_speaker_of_no_claim_brings_those_of_some(client: TestClient) -> None:
    status, told, links = proposed(client, "/?year=2204&kind=count")
    assert (status, told.split(". ")[0]) == (200, "Keine gespeicherte Angabe hat „2204“ als Jahr")
    assert "/?kind=count&year=2024" in links
    assert not html.fromstring(client.get("/?year=2024").content).xpath("//p[@role='status']")


def test_plans_of_an_unknown_press_office_are_no_plans_that_are_missing(client: TestClient) -> None:
    status, told, links = proposed(client, "/plans?source=bmass&year=2025")
    assert status == 404 and told.startswith("Keine bekannte Pressestelle heißt „bmass“.")
    assert "/plans?source=bmas&year=2025" in links
    assert "nichts Angekündigtes" not in client.get("/plans?source=bmass").text


def test_a_watch_of_an_unknown_press_office_says_so(client: TestClient) -> None:
    _status, told, links = proposed(client, "/watch?source=bmass")
    assert told.startswith("Keine bekannte Pressestelle") and any("source=bmas" in each for each in links)


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/projects/Ruhr-Konferens", "/projects/Ruhr-Konferenz"),
        ("/en/projects/Ruhr-Konferens", "/en/projects/Ruhr-Konferenz"),
        ("/projects?q=Ruhrkonverenz", "/projects?q=Ruhr-Konferenz"),
        ("/embed/comparison?programme=Ruhr-Konferens", "/embed/comparison?programme=Ruhr-Konferenz"),
        ("/comparison/chart.svg?programme=Ruhr-Konferens", "/comparison/chart.svg?programme=Ruhr-Konferenz"),
    ],
)
def test_a_misspelt_programme_brings_the_same_of_that_which_is_meant(
    client: TestClient, address: str, meant: str
) -> None:
    assert meant in proposed(client, address)[2]
