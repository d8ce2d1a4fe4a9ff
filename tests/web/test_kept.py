"""What was answered serves whoever asks the same, until anything is written; nothing is kept for one reader alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

from db import state
from db.engine import connect
from db.operation.runs import start_run
from tests.support.releases import Page
from web.app import create_app
from web.http import kept
from web.http.reviewers import COOKIE

PAGES = ("/", "/en/projects", "/?q=Vorhaben", "/api/v1/claims?limit=3", "/comparison?programme=Modellprogramm+Altmark")


class Day:
    """A clock that can be put forward."""

    later = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.later


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def client(reports: Engine, day: Day, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    # The reports were written just now, after which nothing is kept for a moment.
    monkeypatch.setattr(state, "_SETTLED", 0)
    client = TestClient(create_app(reports, now=day.now))
    client.get("/health")  # whoever opens a file first makes its log
    return client


@contextmanager
def asked(engine: Engine) -> Iterator[list[str]]:
    """What is asked of the tables meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("path", PAGES)
def test_the_same_page_is_made_once(client: TestClient, reports: Engine, path: str) -> None:
    with asked(reports) as first:
        made = client.get(path)
    with asked(reports) as again:
        kept_answer = client.get(path)
    assert (made.status_code, bool(first), again) == (200, True, [])
    assert (kept_answer.content, dict(kept_answer.headers)) == (made.content, dict(made.headers))
    assert client.get(path, headers={"if-none-match": made.headers["etag"]}).status_code == 304
    other = client.get(path, headers={"host": "andere.example"})
    assert path.startswith("/api/") or "http://testserver" not in other.text


def test_what_is_written_is_shown_at_once_whoever_writes_it(client: TestClient, reports: Engine) -> None:
    elsewhere = connect(str(reports.url))
    for number in range(3):
        assert f"{number} neue Fähren" not in client.get("/").text
        client.get("/")
        page = Page(f"Fähren {number}", f"2026-01-0{number + 1}")
        page.says(f"Es gibt {number} neue Fähren.", f"{number} neue Fähren", value=str(number), counted="Fähre")
        page.store(elsewhere)
        assert f"{number} neue Fähren" in client.get("/").text
    elsewhere.dispose()


def test_nothing_is_kept_of_who_is_logged_in_nor_for_them(client: TestClient, reports: Engine, token: str) -> None:
    reader = client.get("/").text
    with asked(reports) as mine:
        reviewed = client.get("/", headers={"cookie": f"{COOKIE}={token}"}).text
    assert mine
    assert reviewed != reader
    assert client.get("/").text == reader
    with asked(reports) as by_token:
        client.get("/api/v1/claims", headers={"authorization": f"Bearer {token}"})
        client.get("/api/v1/claims", headers={"authorization": f"Bearer {token}"})
    assert len(by_token) >= 2


@pytest.mark.parametrize("path", ["/health", "/metrics", "/api/v1/health", "/check?statement=Es+sind+5+Boote."])
def test_what_hangs_on_more_than_the_database_is_made_anew(client: TestClient, reports: Engine, path: str) -> None:
    client.get(path)
    with asked(reports) as again:
        client.get(path)
    assert again


def test_another_day_makes_another_page(client: TestClient, day: Day) -> None:
    before = client.get("/new").text
    day.later = timedelta(days=2)
    assert client.get("/new").text != before


def test_a_database_that_was_just_written_is_not_believed_to_be_still(reports: Engine) -> None:
    client = TestClient(create_app(reports))
    start_run(reports, "ingest", now=datetime.now(UTC))
    client.get("/")
    with asked(reports) as again:
        client.get("/")
    assert again


def test_what_is_kept_is_bounded(client: TestClient, reports: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "LARGEST", 10)
    client.get("/")
    with asked(reports) as too_large:
        client.get("/")
    assert too_large
    monkeypatch.undo()
    monkeypatch.setattr(state, "_SETTLED", 0)
    length = len(client.get("/?year=2021").content)
    little = TestClient(create_app(reports))
    layer = next(each for each in little.app.user_middleware if each.cls is kept.KeptAnswers)
    layer.kwargs["most"] = int(1.5 * length)
    for year in (2021, 2022):
        little.get(f"/?year={year}")
    with asked(reports) as oldest:
        little.get("/?year=2021")
    with asked(reports) as newest:
        little.get("/?year=2021")
    assert (bool(oldest), newest) == (True, [])
