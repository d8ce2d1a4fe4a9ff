"""The list of programmes is kept on pages: renamed, hidden, merged and restored by who has a token."""

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from db.curation.judgements import judgements
from db.curation.listings import listing_log
from db.curation.nouns import joined_nouns
from tests.support.releases import Page
from tests.web.test_review import log_in

PROGRAMME = "Modellprogramm Altmark"


def test_a_programme_is_renamed_hidden_and_merged(client: TestClient, reports: Engine, token: str) -> None:
    path = f"/projects/{PROGRAMME}/names"
    assert client.post(path, data={"do": "hide"}).status_code == 401
    assert 'name="do"' not in client.get(f"/projects/{PROGRAMME}").text
    form = {"csrf": log_in(client, token), "name": "Altmark-Programm", "note": "so heißt es"}
    assert 'value="rename"' in client.get(f"/projects/{PROGRAMME}").text
    assert client.post(path, data=form | {"csrf": "0", "do": "hide"}).status_code == 403
    assert client.post(path, data=form | {"do": "rename"}).status_code == 303
    assert "Altmark-Programm" in client.get("/projects").text
    assert client.post(path, data=form | {"do": "restore"}).status_code == 303
    assert client.post(path, data=form | {"do": "hide"}).status_code == 303
    assert PROGRAMME not in client.get("/projects").text
    assert client.get(f"/projects/{PROGRAMME}").status_code == 200
    assert client.post(path, data=form | {"do": "merge", "name": "Ruhr-Konferenz"}).status_code == 303
    assert client.post(path, data=form | {"do": "merge", "name": "Nirgendpakt"}).status_code == 404
    assert client.post(path, data=form | {"do": "sell"}).status_code == 400
    assert [each.shown_as for each in listing_log(reports)] == ["Altmark-Programm", None]
    assert [each.author for each in judgements(reports)] == ["mira"]


def test_the_desk_is_for_reviewers(client: TestClient, reports: Engine) -> None:
    for path in ("/review/names", "/review/nouns"):
        assert client.get(path).status_code == 401
        assert client.post(path, data={"do": "undo"}).status_code == 401


def test_suggested_names_stand_beside_their_evidence_until_judged(
    client: TestClient, reports: Engine, token: str
) -> None:
    again = Page("Noch ein Bericht", "2025-07-01", projects=["Modelprogramm Altmark"])
    sentence = "Das Modelprogramm Altmark hat 7 Stellen."
    again.says(sentence, "7 Stellen", value="7", counted="Stelle", subject="Modelprogramm Altmark")
    again.store(reports)
    csrf = log_in(client, token)
    shown = client.get("/review/names").text
    assert sentence in shown and f"{PROGRAMME}</h3>" in shown
    assert "Beide werden ähnlich geschrieben." in shown
    pair = {"csrf": csrf, "left": PROGRAMME, "right": "Modelprogramm Altmark"}
    assert client.post("/review/names", data=pair | {"csrf": "0", "do": "same"}).status_code == 403
    for verdict in ("unsure", "different", "same"):
        assert client.post("/review/names", data=pair | {"do": verdict, "note": "gelesen"}).status_code == 303
        assert [each.verdict for each in judgements(reports)] == [verdict]
        assert "Hier wartet nichts." in client.get("/review/names").text
    assert "auch: " in client.get(f"/projects/{PROGRAMME}").text.lower()
    assert client.post("/review/names", data=pair | {"do": "undo"}).status_code == 303
    assert judgements(reports) == []
    log = client.get("/review/names").text
    assert log.count("zurückgenommen") == 3 and "gelesen" in log
    assert "Hier wartet nichts." not in log


def test_names_by_hand_are_listed_hidden_and_brought_back(client: TestClient, reports: Engine, token: str) -> None:
    form = {"csrf": log_in(client, token), "left": PROGRAMME}
    post = lambda **given: client.post("/review/names", data=form | given)  # noqa: E731
    assert post(do="rename", right="Altmark-Programm").status_code == 303
    assert "in der Liste als „Altmark-Programm“" in client.get("/review/names").text
    assert post(do="restore").status_code == 303
    assert post(do="hide").status_code == 303
    assert [each.shown_as for each in listing_log(reports) if each.retracted_at is None] == [None]
    refused = post(do="same", right="Modellprogramm Altmarkt")
    assert refused.status_code == 422
    assert "Ähnlich heißen: Modellprogramm Altmark" in refused.text
    assert 'value="Modellprogramm Altmarkt"' in refused.text
    assert post(do="rename", right="Ruhr-Konferenz").status_code == 422
    assert post(do="sell").status_code == 400
    post(do="same", right="Ruhr-Konferenz")
    contradiction = client.post(
        "/review/names", data=form | {"do": "different", "left": "Ruhr Konferenz", "right": PROGRAMME}
    )
    assert contradiction.status_code in (303, 422)


def test_nouns_are_joined_and_parted(client: TestClient, reports: Engine, token: str) -> None:
    more = Page("Stellen", "2025-07-01", projects=[PROGRAMME])
    more.says("Es gibt 9 Modellvorhaben.", "9 Modellvorhaben", value="9", counted="Modellvorhaben", subject=PROGRAMME)
    more.store(reports)
    csrf = log_in(client, token)
    shown = client.get("/review/nouns", params={"programme": PROGRAMME}).text
    assert "Es gibt 9 Modellvorhaben." in shown
    assert "Das eine Wort steckt im anderen." in shown
    form = {"csrf": csrf, "programme": PROGRAMME, "noun": "Modellvorhaben", "series": "Vorhaben"}
    assert client.post("/review/nouns", data=form | {"do": "join"}).status_code == 303
    assert [(each.noun, each.series, each.author) for each in joined_nouns(reports)] == [
        ("Modellvorhaben", "Projekt", "mira")
    ]
    assert "zählt als" in client.get("/review/nouns").text
    assert client.post("/review/nouns", data=form | {"do": "undo"}).status_code == 303
    assert "steht für sich" in client.get("/review/nouns").text
    assert client.post("/review/nouns", data=form | {"do": "undo"}).status_code == 422
    assert "Gemeint sein könnte" in client.get("/review/nouns", params={"programme": "Modellprogram"}).text


def test_why_the_program_joined_names_is_told_in_the_language_of_the_page(
    client: TestClient, reports: Engine, token: str
) -> None:
    note = "one office says both, and they differ only in ending, year, class word or place"
    form = {"csrf": log_in(client, token), "left": PROGRAMME, "right": "Ruhr-Konferenz", "note": note}
    assert client.post("/review/names", data=form | {"do": "same"}).status_code == 303
    german, english = client.get("/review/names").text, client.get("/en/review/names").text
    assert "Eine Pressestelle sagt beides" in german and note not in german
    assert note in english
