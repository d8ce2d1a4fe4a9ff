"""Reviewing: by token over the API and by form, logged, and safe from other sites."""

import re
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claim, claims
from db.curation.reviewers import add_token, revoke_tokens


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
    missed = {"csrf": csrf, "quote": "2029", "kind": "duration", "value": "4", "unit": "year", "counted": ""}
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
