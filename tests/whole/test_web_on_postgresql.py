"""The same pages over PostgreSQL, with its own limit on the time of a query."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from db.claims.queries import ClaimFilter, claims
from db.engine import connect
from tests.support.three_reports import PROGRAMME
from web.app import create_app
from web.pages import news


@pytest.fixture
def database() -> str:
    return "postgresql"


def test_pages_and_api(reports: Engine) -> None:
    client = TestClient(create_app(reports))
    stored = claims(reports, ClaimFilter(status="completed")).claims[0]
    for path in (
        "/", "/?q=Vorhaben&year=2024", f"/claims/{stored.key}", f"/releases/{stored.release_id}", "/projects",
        f"/comparison?programme={PROGRAMME}", f"/projects/{PROGRAMME}", "/new?day=2025-06-01", "/health",
        "/api/v1/claims", "/api/v1/facets", f"/api/v1/comparison?programme={PROGRAMME}",
    ):  # fmt: skip
        assert client.get(path).status_code == 200, path


def test_a_query_that_takes_too_long_is_broken_off(reports: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    own = connect(reports.url.render_as_string(hide_password=False))

    def sleeps(engine: Engine, **_: object) -> None:
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_sleep(30)"))

    monkeypatch.setattr(news, "whats_new", sleeps)
    answer = TestClient(create_app(own, query_seconds=0.2)).get("/new")
    own.dispose()
    assert answer.status_code == 503
