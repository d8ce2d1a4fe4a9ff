"""Readers report an error by the form on a claim's page; reviewers see it beside the claim and answer."""

import re
from functools import partial

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from db.curation.objections import open_objections
from models.objections import Objection
from models.settings import Settings
from tests.web.test_review import log_in

REPORT = {"fault": "value", "sentence": "Der Bericht nennt 43.", "sender": "leser@example.org"}


@pytest.fixture
def key(reports: Engine) -> str:
    return claims(reports, ClaimFilter(status="completed", since="2024")).claims[0].key


def waiting(engine: Engine) -> list[Objection]:
    with engine.connect() as connection:
        return open_objections(connection)


def text(content: bytes) -> str:
    return " ".join(html.fromstring(content).text_content().split())


def test_an_error_is_reported_and_corrected_and_told_among_the_corrections(
    client: TestClient, reports: Engine, token: str, key: str
) -> None:
    form = html.fromstring(client.get(f"/claims/{key}").content)
    assert form.xpath("//section[@aria-labelledby='report']//select/option/@value") == [
        "", "value", "thing", "status", "date", "quotation", "other",
    ]  # fmt: skip
    told = client.post(f"/claims/{key}/objections", data=REPORT)
    assert told.status_code == 200 and "Danke, die Meldung ist gespeichert" in told.text
    (objection,) = waiting(reports)
    assert (objection.claim_key, objection.sentence, objection.sender) == (key, *list(REPORT.values())[1:])
    assert REPORT["sentence"] not in client.get(f"/claims/{key}").text
    assert "bilanz_objections_open 1.0" in client.get("/metrics").text
    assert "Offene Fehlermeldungen1" in text(client.get("/health").content)

    csrf = log_in(client, token)
    queue = client.get("/review/claims", params={"queue": "objected"})
    assert REPORT["sentence"] in queue.text and "mailto:leser%40example.org" in queue.text
    answers = html.fromstring(queue.content).xpath("string(//input[@name='answers']/@value)")
    fields = {"csrf": csrf, "decision": "corrected", "value": "43", "value-was": "42", "answers": answers}
    assert client.post(f"/claims/{key}/review", data=fields).status_code == 303
    assert waiting(reports) == []
    assert "nach einer Meldung: die Zahl" in (shown := text(client.get("/corrections").content))
    assert REPORT["sentence"] not in shown and "leser@example.org" not in shown


def test_what_is_wrong_is_chosen_by_who_reports(client: TestClient, key: str) -> None:
    page = html.fromstring(client.get(f"/claims/{key}").content)
    (choice,) = page.xpath("//select[@name='fault']")
    assert choice.get("required") is not None
    assert choice.xpath("option[1]/@value") == [""]
    assert choice.xpath("option[@selected]") == []


def test_a_report_is_dismissed_with_a_reason(client: TestClient, reports: Engine, token: str, key: str) -> None:
    client.post(f"/claims/{key}/objections", data=REPORT)
    (objection,) = waiting(reports)
    path = f"/objections/{objection.id}/dismissal"
    assert client.post(path, data={"reason": "Stimmt so."}).status_code == 401
    csrf = log_in(client, token)
    assert client.post(path, data={"reason": "Stimmt so.", "csrf": "0"}).status_code == 403
    assert client.post(path, data={"reason": " ", "csrf": csrf}).status_code == 400
    shown = html.fromstring(client.get(f"/claims/{key}").content)
    assert shown.xpath(f"//form[@action='{path}']") and not shown.xpath("//button[@value='confirmed']")
    answer = client.post(path, data={"reason": "Stimmt so.", "csrf": csrf, "queue": "objected"})
    assert answer.headers["location"] == "/review/claims?queue=objected"
    assert waiting(reports) == []


def test_who_reported_reads_by_a_number_what_became_of_it(
    client: TestClient, reports: Engine, token: str, key: str
) -> None:
    path, bearer = f"/claims/{key}/objections", {"authorization": f"Bearer {token}"}
    assert "kein Fehler gemeldet" in client.get(path).text
    told = html.fromstring(client.post(path, data=REPORT).content)
    (first,) = told.xpath("//dt[.='Nummer der Meldung']/following-sibling::dd/a/@href")
    second = html.fromstring(client.post(path, data=REPORT | {"fault": "date"}).content).xpath(
        "string(//dt[.='Nummer der Meldung']/following-sibling::dd/a/@href)"
    )
    assert first != second
    for shown in (first, path, f"/en{first}"):
        answer = client.get(shown)
        assert answer.status_code == 200 and ("noch nicht beantwortet" in answer.text or "/en" in shown)
        assert REPORT["sentence"] not in answer.text and REPORT["sender"] not in answer.text
    assert client.get("/objections/999").status_code == 404

    assert client.get("/api/v1/objections").status_code == 401
    waits = client.get("/api/v1/objections", headers=bearer).json()
    assert [(each["fault"], each["sentence"], each["sender"]) for each in waits] == [
        (fault, REPORT["sentence"], REPORT["sender"]) for fault in ("value", "date")
    ]
    dismissal = f"/api/v1{first}/dismissal"
    assert client.post(dismissal, json={"reason": "Stimmt so."}).status_code == 401
    declined = client.post(dismissal, json={"reason": "Stimmt so."}, headers=bearer)
    assert (declined.status_code, declined.json()["answer"]) == (200, "dismissed")
    assert client.post(dismissal, json={"reason": "Stimmt so."}, headers=bearer).status_code == 400
    assert client.post("/api/v1/objections/999/dismissal", json={"reason": "x"}, headers=bearer).status_code == 404
    assert "abgelehnt: Stimmt so." in text(client.get(first).content)
    known = client.get(f"/api/v1{first}").json()
    assert (known["answer"], known["reason"]) == ("dismissed", "Stimmt so.") and not {"sentence", "sender"} & set(known)

    decision = {"decision": "rejected", "answers": [int(second.rpartition("/")[2])]}
    assert client.post(f"/api/v1/claims/{key}/reviews", json=decision, headers=bearer).status_code == 201
    assert "angenommen: Die Angabe wurde verworfen." in text(client.get(second).content)
    assert client.get("/api/v1/objections", headers=bearer).json() == []


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"fault": "alles"}, "aus der Liste"),
        ({"sentence": "  "}, "höchstens 1.000 Zeichen"),
        ({"sentence": "x" * 1001}, "höchstens 1.000 Zeichen"),
        ({"sentence": "43\u202e34"}, "höchstens 1.000 Zeichen"),
        ({"sender": "leser"}, "keine E-Mail-Adresse"),
        ({"sender": f"{'x' * 200}@example.org"}, "keine E-Mail-Adresse"),
    ],
)
def test_what_cannot_be_kept_is_shown_again(
    client: TestClient, reports: Engine, key: str, typed: dict[str, str], fault: str
) -> None:
    answer = client.post(f"/claims/{key}/objections", data=REPORT | typed)
    page = html.fromstring(answer.content)
    assert answer.status_code == 422 and fault in page.xpath("string(//*[@role='alert'])")
    (form,) = page.xpath("//section[@aria-labelledby='report']/details[@open]//form")
    assert form.xpath("string(.//textarea)") == (REPORT | typed)["sentence"]
    assert waiting(reports) == []


def test_nobody_floods_the_desk_and_no_other_site_reports(client: TestClient, reports: Engine, key: str) -> None:
    path = f"/claims/{key}/objections"
    assert client.post(path, data=REPORT, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post("/claims/0000000000000000/objections", data=REPORT).status_code == 404
    answers = [client.post(path, data=REPORT | {"sentence": f"Es sind {n}."}).status_code for n in range(7)]
    assert answers == [200] * 5 + [422] * 2
    assert len(waiting(reports)) == 5


def test_words_of_readers_are_text_to_reviewers(client: TestClient, token: str, key: str) -> None:
    client.post(f"/claims/{key}/objections", data=REPORT | {"sentence": "<script>alert(1)</script>"})
    log_in(client, token)
    for path in ("/review/claims?queue=objected", f"/claims/{key}"):
        assert "<script>alert" not in client.get(path).text


@pytest.mark.parametrize("language", ["", "/en"])
def test_where_no_form_is_offered_that_is_said(
    client: TestClient, reports: Engine, key: str, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    told = "the operator has switched the form off" if language else "Der Betreiber hat das Formular abgeschaltet"
    monkeypatch.setattr("web.lookups.settings", partial(Settings, objections=False))
    assert told in client.get(f"{language}/claims/{key}").text
    assert "<textarea" not in client.get(f"{language}/claims/{key}").text
    answer = client.post(f"{language}/claims/{key}/objections", data=REPORT)
    assert answer.status_code == 422 and told in answer.text
    monkeypatch.undo()
    monkeypatch.setattr("web.lookups.may_object", lambda _engine: False)
    stored = re.compile("speichern zur Zeit nichts|store nothing at present")
    assert stored.search(client.get(f"{language}/claims/{key}?now").text)
    assert stored.search(client.post(f"{language}/claims/{key}/objections", data=REPORT).text)
    assert waiting(reports) == []
