"""The same pages over PostgreSQL, with its own limit on the time of a query."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from db.claims.queries import ClaimFilter, claims
from db.engine import connect
from db.operation.runs import start_run
from db.state import state_of
from tests.support.releases import Page
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


def test_a_page_is_kept_until_anything_is_written(reports: Engine) -> None:
    client, elsewhere = TestClient(create_app(reports)), connect(reports.url.render_as_string(hide_password=False))
    before = state_of(reports)
    client.get("/")
    assert before is not None
    assert state_of(reports) == before == state_of(elsewhere)
    start_run(elsewhere, "ingest", now=datetime.now(UTC))
    assert state_of(reports) != before
    assert "neue Fähren" not in client.get("/").text
    page = Page("Fähren", "2026-01-01").says("Es gibt 3 neue Fähren.", "3 neue Fähren", value="3", counted="Fähre")
    page.store(elsewhere)
    assert "3 neue Fähren" in client.get("/").text
    elsewhere.dispose()
