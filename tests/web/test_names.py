"""The list of programmes is kept on pages: renamed, hidden, merged and restored by who has a token."""

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from db.curation.judgements import judgements
from db.curation.listings import listing_log
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
