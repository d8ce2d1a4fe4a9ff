"""People say on pages and over the API what became of a promise; their name stands beside it."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from tests.support.three_reports import PROGRAMME
from tests.web.test_review import bearer, log_in

RATING = {"state": "partly", "reason": "30 Stellen sind besetzt.", "source": "https://land.example/bericht"}


@pytest.fixture
def promise(reports: Engine) -> str:
    return claims(reports, ClaimFilter(modality="planned")).claims[0].key


def test_a_promise_is_rated_over_the_api(client: TestClient, token: str, promise: str) -> None:
    path = f"/api/v1/claims/{promise}/promise"
    assert client.get(path).json() == []
    assert client.post(path, json=RATING).status_code == 401
    answer = client.post(path, json=RATING, headers=bearer(token))
    assert answer.status_code == 201
    (rated,) = client.get(path).json()
    assert (rated["state"], rated["author"], rated["retracted_at"]) == ("partly", "mira", None)
    page = client.get("/comparison", params={"programme": PROGRAMME}).text
    assert "teilweise gehalten" in page and "sagt mira" in page
    assert client.delete(path, headers=bearer(token)).status_code == 204
    assert client.get(path).json()[0]["retracted_by"] == "mira"
    assert "teilweise gehalten" not in client.get("/comparison", params={"programme": PROGRAMME}).text


@pytest.mark.parametrize("wrong", [{"state": "super"}, {"reason": ""}, {"source": ""}])
def test_a_rating_says_what_why_and_where(client: TestClient, token: str, promise: str, wrong: dict[str, str]) -> None:
    answer = client.post(f"/api/v1/claims/{promise}/promise", json=RATING | wrong, headers=bearer(token))
    assert answer.status_code == 422 or answer.status_code == 400


def test_a_promise_is_rated_on_its_page(client: TestClient, token: str, promise: str) -> None:
    assert "noch niemand beurteilt" in client.get(f"/claims/{promise}").text
    form = {"csrf": log_in(client, token), "do": "rate", "promise": "stalled"} | RATING
    assert client.post(f"/claims/{promise}/promise", data=form | {"csrf": "0"}).status_code == 403
    assert client.post(f"/claims/{promise}/promise", data=form).headers["location"] == f"/claims/{promise}"
    shown = client.get(f"/claims/{promise}").text
    assert "steht still" in shown and "mira" in shown and RATING["reason"] in shown and RATING["source"] in shown
    client.post(f"/claims/{promise}/promise", data=form | {"do": "retract"})
    assert "zurückgenommen (mira)" in client.get(f"/claims/{promise}").text


def test_what_announces_nothing_has_no_rating(client: TestClient, reports: Engine, token: str) -> None:
    done = claims(reports, ClaimFilter(status="completed")).claims[0].key
    assert "Was daraus wurde" not in client.get(f"/claims/{done}").text
    answer = client.post(f"/api/v1/claims/{done}/promise", json=RATING, headers=bearer(token))
    assert answer.status_code == 400 and "announces nothing" in answer.text
