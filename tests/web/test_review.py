"""Reviewing: by token over the API and by form, logged, and safe from other sites."""

import re
from datetime import UTC, date, datetime

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claim, claims
from db.curation.reviewers import add_token, revoke_tokens
from db.curation.reviews import decide
from inquiries.series import make_series
from tests.support.releases import Page
from tests.support.three_reports import PROGRAMME, three_pages


@pytest.fixture
def key(reports: Engine) -> str:
    return claims(reports, ClaimFilter(status="completed", since="2024")).claims[0].key


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def log_in(client: TestClient, token: str) -> str:
    answer = client.post("/review", data={"token": token})
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    found = re.search(r'name="csrf" value="(\w+)"', client.get("/review").text)
    assert found
    return found[1]


def test_reviews_by_api(client: TestClient, reports: Engine, token: str, key: str) -> None:
    path = f"/api/v1/claims/{key}/reviews"
    answer = client.post(path, json={"decision": "rejected", "note": "gilt für 2023"}, headers=bearer(token))
    assert answer.status_code == 201
    assert [(each["decision"], each["author"], each["note"]) for each in answer.json()] == [
        ("rejected", "mira", "gilt für 2023")
    ]
    rejected = client.get("/api/v1/claims", params={"decision": "rejected"}).json()["claims"]
    assert [each["key"] for each in rejected] == [key]
    assert client.delete(path, headers=bearer(token)).status_code == 204
    assert claim(reports, key).decision is None


def test_a_correction_is_shown_and_the_reading_kept(client: TestClient, reports: Engine, token: str, key: str) -> None:
    body = {"decision": "corrected", "corrected": {"value": "43", "status": "continued"}}
    assert client.post(f"/api/v1/claims/{key}/reviews", json=body, headers=bearer(token)).status_code == 201
    shown = client.get(f"/claims/{key}").text
    assert "von Hand berichtigt" in shown and "43" in shown
    assert str(claim(reports, key).claim.value) == "43"


def test_a_correction_never_passes_for_what_was_read_or_said(
    client: TestClient, reports: Engine, token: str, key: str
) -> None:
    decision = {"decision": "corrected", "corrected": {"value": "43"}}
    client.post(f"/api/v1/claims/{key}/reviews", json=decision, headers=bearer(token))
    detail = client.get(f"/api/v1/claims/{key}").json()
    assert (detail["claim"]["value"], detail["claim"]["as_read"]) == ("43", {"value": "42"})
    assert [each["value"] for each in detail["readings"]] == ["42"]
    page = html.fromstring(client.get(f"/claims/{key}").content)
    assert " ".join(page.xpath("string(//p[@class='notice'])").split()).endswith("was die Regeln lasen: Zahl: 42 43")
    log = " ".join(page.xpath("string(//section[@aria-labelledby='log'])").split())
    assert "42 Vorhaben abgeschlossen Fassung" in log and "43 Vorhaben" not in log and "Zahl: 43" in log
    told = client.get("/check", params={"statement": f"Vom {PROGRAMME} sind 43 Vorhaben abgeschlossen."}).text
    assert "43 (abgeschlossen, von Hand berichtigt)" in told
    comparison = client.get("/api/v1/comparison", params={"programme": PROGRAMME}).json()
    proofs = [proof for row in comparison["rows"] for part in row["parts"].values() for proof in part["evidence"]]
    assert {proof["value"] for proof in proofs if proof["corrected"]} == {"43"}
    assert (
        "43 von 73 Vorhaben, abgeschlossen, Modellprogramm Altmark, Ende 2024, von Hand berichtigt"
        in client.get("/claims.atom", params={"decision": "corrected"}).text
    )


def test_news_tell_what_was_read_not_what_a_reviewer_made_of_it(
    client: TestClient, reports: Engine, token: str
) -> None:
    release = Page("Deiche", date.today().isoformat(), url="https://land.example/heute", projects=["Deichpakt"])
    release.says("Im Deichpakt sind 31 Deiche fertig.", "31 Deiche", value="31", counted="Deich", subject="Deichpakt")
    release.store(reports)
    (stated,) = claims(reports, ClaimFilter(project="Deichpakt")).claims
    decision = {"decision": "corrected", "corrected": {"value": "33"}}
    assert client.post(f"/api/v1/claims/{stated.key}/reviews", json=decision, headers=bearer(token)).status_code == 201
    assert "31 Deiche" in (news := client.get("/new.atom").text) and "33 Deiche" not in news


def test_a_second_correction_leaves_the_first(client: TestClient, reports: Engine, token: str, key: str) -> None:
    csrf = log_in(client, token)
    for fields in ({"value": "43", "value-was": "42"}, {"status": "continued", "status-was": "completed"}):
        form = {"csrf": csrf, "decision": "corrected", **fields}
        assert client.post(f"/claims/{key}/review", data=form).status_code == 303
    stated = claim(reports, key).claim
    assert (str(stated.value), stated.status) == ("43", "continued")


def test_forms_take_what_people_type(client: TestClient, reports: Engine, token: str, key: str) -> None:
    csrf = log_in(client, token)
    fields = {"value": "1.500,5", "reporting_date": "31.03.2025", "unit": "Euro", "since": "März 2024"}
    form = {"csrf": csrf, "decision": "corrected", **fields}
    assert client.post(f"/claims/{key}/review", data=form).status_code == 303
    stated = claim(reports, key).claim
    assert (str(stated.value), stated.reporting_date, stated.unit) == ("1500.5", "2025-03-31", "EUR")
    assert stated.since == "2024-03"
    shown = html.fromstring(client.get(f"/claims/{key}").content)
    written = {name: shown.xpath(f"string(//input[@name='{name}']/@value)") for name in fields}
    assert written == fields | {"value": "1500,5", "unit": "€", "since": "03.2024"}


def test_what_was_typed_survives_an_error(client: TestClient, reports: Engine, token: str, key: str) -> None:
    csrf = log_in(client, token)
    form = {"csrf": csrf, "decision": "corrected", "value": "viele", "value-was": "42", "note": "nachgezählt"}
    answer = client.post(f"/claims/{key}/review", data=form)
    shown = html.fromstring(answer.content)
    assert answer.status_code == 422
    assert shown.xpath("//*[@role='alert']//li/text()") == ["Zahl: „viele“ ist keine Zahl wie 1.500 oder 2,5."]
    assert shown.xpath("string(//input[@name='value']/@value)") == "viele"
    assert shown.xpath("string(//textarea[@name='note'])") == "nachgezählt"
    assert shown.xpath("//details[@open]")
    release = claim(reports, key).release_id
    missed = {"csrf": csrf, "quote": "2029", "kind": "duration", "value": "4", "unit": "Äpfel", "speaker": "Mai"}
    answer = client.post(f"/en/releases/{release}/claims", data=missed)
    shown = html.fromstring(answer.content)
    assert answer.status_code == 422
    assert shown.xpath("//*[@role='alert']//li/text()") == ["Unit: “Äpfel” is no known unit like €, %, km or years."]
    assert shown.xpath("string(//input[@name='speaker']/@value)") == "Mai"
    assert shown.xpath("//select[@name='kind']/option[@selected]/@value") == ["duration"]
    elsewhere = missed | {"unit": "Jahre", "quote": "steht nicht da"}
    assert "stehen so nicht im neuesten Text" in client.post(f"/releases/{release}/claims", data=elsewhere).text
    assert claim(reports, key).decision is None


@pytest.mark.parametrize(
    "corrected",
    [{"value": "viele"}, {"value": None}, {"status": "fertig"}, {"sentence": "anders"}, {"since": "gestern"}, {}],
)
def test_corrections_must_be_sound(client: TestClient, token: str, key: str, corrected: dict[str, str]) -> None:
    body = {"decision": "corrected", "corrected": corrected}
    answer = client.post(f"/api/v1/claims/{key}/reviews", json=body, headers=bearer(token))
    assert answer.status_code in (400, 422)


def test_a_missed_claim_is_added_by_its_words(client: TestClient, reports: Engine, token: str, key: str) -> None:
    release = claim(reports, key).release_id
    path = f"/api/v1/releases/{release}/claims"
    missed = {"quote": "2029", "kind": "duration", "value": "4", "unit": "year"}
    answer = client.post(path, json=missed, headers=bearer(token))
    assert answer.status_code == 201
    added = claim(reports, answer.json()["key"])
    assert (added.claim.quote, added.decision) == ("2029", "added")
    assert added.claim.sentence == "Das Modellprogramm Altmark wurde bis 2029 verlängert."
    assert client.post(path, json=missed, headers=bearer(token)).status_code == 400
    assert client.post(path, json=missed | {"quote": "steht nicht da"}, headers=bearer(token)).status_code == 400


def test_reviews_by_form(client: TestClient, reports: Engine, token: str, key: str) -> None:
    assert "Durchsehen" not in client.get(f"/claims/{key}").text
    csrf = log_in(client, token)
    form = client.get(f"/claims/{key}").text
    assert "Bestätigen" in form and csrf in form
    fields = {"csrf": csrf, "decision": "corrected", "value": "43", "value-was": "42", "note": "nachgezählt"}
    assert client.post(f"/claims/{key}/review", data=fields).status_code == 303
    assert str(claim(reports, key).claim.value) == "43"
    assert client.post(f"/claims/{key}/review", data={"csrf": csrf, "decision": "retracted"}).status_code == 303
    assert str(claim(reports, key).claim.value) == "42"
    release = claim(reports, key).release_id
    missed = {
        "csrf": csrf,
        "quote": "2029",
        "kind": "duration",
        "value": "4",
        "unit": "Jahre",
        "counted": "",
        "note": "",
    }
    assert client.post(f"/releases/{release}/claims", data=missed).status_code == 303
    assert client.post("/review/end", data={"csrf": csrf}).status_code == 303
    assert client.post(f"/claims/{key}/review", data=fields).status_code == 401


def test_other_sites_cannot_send_forms(client: TestClient, reports: Engine, token: str, key: str) -> None:
    csrf = log_in(client, token)
    path = f"/claims/{key}/review"
    assert client.post(path, data={"decision": "rejected"}).status_code == 403
    assert client.post(path, data={"decision": "rejected", "csrf": "0" * 64}).status_code == 403
    foreign = {"sec-fetch-site": "cross-site"}
    assert client.post(path, data={"decision": "rejected", "csrf": csrf}, headers=foreign).status_code == 403
    assert client.post("/review", data={"token": token}, headers=foreign).status_code == 403
    assert claim(reports, key).decision is None
    # The cookie alone opens nothing in the API.
    assert client.post(f"/api/v1/claims/{key}/reviews", json={"decision": "rejected"}).status_code == 401


def test_tokens_that_open_nothing(client: TestClient, reports: Engine, token: str, key: str) -> None:
    now = datetime.now(UTC)
    reader = add_token(reports, "lena", scopes=["read"], label="test", now=now)
    path, body = f"/api/v1/claims/{key}/reviews", {"decision": "confirmed"}
    assert client.post(path, json=body).status_code == 401
    assert client.post(path, json=body, headers=bearer("falsch")).status_code == 401
    assert client.post(path, json=body, headers=bearer(reader)).status_code == 403
    revoke_tokens(reports, "mira", now=now)
    assert client.post(path, json=body, headers=bearer(token)).status_code == 401


def test_guessing_tokens_comes_to_an_end(client: TestClient, token: str, key: str) -> None:
    path, body = f"/api/v1/claims/{key}/reviews", {"decision": "confirmed"}
    answers = [client.post(path, json=body, headers=bearer(f"guess-{n}")).status_code for n in range(12)]
    assert answers == [401] * 10 + [429] * 2
    # Whoever has a token that is right has not guessed it, though someone at the same address has.
    assert client.post(path, json=body, headers=bearer(token)).status_code == 201
    assert client.post("/review", data={"token": "guess"}).status_code == 429


def test_a_queue_has_the_implausible_first(client: TestClient, reports: Engine, token: str) -> None:
    about = {"subject": PROGRAMME}
    Page("Meldung", "2026-03-01", projects=[PROGRAMME]).says(
        "Gebaut sind 130 Prozent der Strecke.", "130 Prozent", kind="share", value="130", unit="%", **about
    ).says(
        "Die Kosten stiegen um 130 Prozent.", "130 Prozent", kind="share", value="130", unit="%", aspect="change"
    ).says("Von 20 Schulen sind 21 saniert.", "21 saniert", value="21", of="20", counted="Schule").says(
        "Die Halle eröffnete am 1. Mai 2027.", "eröffnete", kind="status", status="operating", as_of="2027-05-01",
    ).says(
        "Die Halle soll am 1. Mai 2027 öffnen.", "öffnen", kind="status", status="operating", as_of="2027-05-01",
        modality="planned", **about
    ).store(reports)  # fmt: skip
    make_series(reports, datetime(2026, 6, 1, tzinfo=UTC))
    assert client.get("/review/claims").status_code == 401
    csrf = log_in(client, token)
    shown = html.fromstring(client.get("/review/claims").content)
    reasons = {
        card.xpath("string(.//mark)"): card.xpath(".//*[@class='flag']/text()")
        for card in shown.xpath("//*[@class='queued']")
    }
    assert reasons == {
        "130 Prozent": ["Anteil über 100 %"],
        "21 saniert": ["Teil größer als das Ganze"],
        "eröffnete": ["Datum nach der Veröffentlichung"],
        "22 abgeschlossen": ["Zehnfaches oder Zehntel der Zahl davor"],
    }
    assert "0 von 4 durchgesehen" in shown.text_content()
    form = shown.xpath("//*[@class='queued']//form")[0]
    sent = {"csrf": csrf, "queue": "doubtful", "decision": "confirmed"}
    answer = client.post(form.get("action"), data=sent)
    key = form.get("action").split("/")[2]
    assert (answer.status_code, answer.headers["location"]) == (303, f"/review/claims?queue=doubtful&decided={key}")
    decided = html.fromstring(client.get(answer.headers["location"]).content)
    assert "1 von 4 durchgesehen" in decided.text_content()
    undo = decided.xpath("//form[contains(@class, 'undo')]")[0]
    assert "von Hand bestätigt" in undo.text_content()
    back = client.post(undo.get("action"), data={**sent, "decision": "retracted"})
    assert back.headers["location"] == "/review/claims?queue=doubtful"
    assert "0 von 4 durchgesehen" in client.get(back.headers["location"]).text
    correcting = client.get(f"/claims/{key}?queue=doubtful").text
    assert '<details id="correct" open>' in correcting and 'name="queue" value="doubtful"' in correcting
    client.post(form.get("action"), data=sent)
    new = client.get("/en/review/claims?queue=new")
    assert "1 of 18 reviewed" in new.text and len(new.content) < 60_000


def test_a_change_asks_for_another_review(client: TestClient, reports: Engine, token: str, reviewer_id: int) -> None:
    key = claims(reports, ClaimFilter(status="completed", until="2021")).claims[0].key
    decide(reports, key, "confirmed", user_id=reviewer_id, now=datetime.now(UTC))
    page = three_pages()[0]
    page.body, page.reporting_date = f"{page.body}\n\nNachtrag.", "2022-03-31"
    page.store(reports, fetched_at=datetime.now(UTC))
    log_in(client, token)
    shown = html.fromstring(client.get("/review/claims?queue=changed").content)
    assert "1 abgeschlossen" in shown.xpath("//*[@class='queued']//mark/text()")
    decide(reports, key, "confirmed", user_id=reviewer_id, now=datetime.now(UTC))
    assert "1 von 3 durchgesehen" in client.get("/review/claims?queue=changed").text
