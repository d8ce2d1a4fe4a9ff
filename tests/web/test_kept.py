"""What was answered serves whoever asks the same, until anything is written; nothing is kept for one reader alone."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db import state
from db.engine import connect
from db.operation.runs import start_run
from tests.support.releases import Page
from web.app import create_app
from web.http import kept
from web.http.reviewers import COOKIE
from web.http.turns import Turns

DAY = date(2026, 1, 5)
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


def test_a_database_that_was_just_written_is_not_believed_to_be_still(
    reports: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = TestClient(create_app(reports))
    start_run(reports, "ingest", now=datetime.now(UTC))
    monkeypatch.setattr(kept, "_MOMENT", 0)
    monkeypatch.setattr(state, "_SETTLED", 60 * 10**9)
    client.get("/")
    with asked(reports) as again:
        client.get("/")
    assert again


class Slow:
    """Answers after a moment, and counts how often it was asked."""

    def __init__(self, status: int = 200, length: int = 1) -> None:
        self.asked, self._status, self._length = 0, status, length

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        self.asked += 1
        await asyncio.sleep(0.2)
        await send({"type": "http.response.start", "status": self._status, "headers": []})
        await send({"type": "http.response.body", "body": b"x" * self._length})


async def twenty_readers(site: ASGIApp, paths: Sequence[str] = ("/plans",) * 20) -> list[int]:
    """The statuses of the answers to readers who all come at once."""
    statuses: list[int] = []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "scheme": "http", "headers": [], "query_string": b""}
    await asyncio.gather(*(site({**scope, "path": path}, receive, send) for path in paths))
    return statuses


@pytest.mark.parametrize("written_just_now", [False, True])
def test_what_many_ask_for_at_once_is_made_once_and_nobody_is_sent_away(
    reports: Engine, monkeypatch: pytest.MonkeyPatch, *, written_just_now: bool
) -> None:
    if written_just_now:
        start_run(reports, "ingest", now=datetime.now(UTC))
    else:
        monkeypatch.setattr(state, "_SETTLED", 0)
    slow = Slow()
    behind = Turns(slow, at_once=1, patience=0.01)
    statuses = asyncio.run(twenty_readers(kept.KeptAnswers(behind, reports, lambda: DAY)))
    assert (statuses, slow.asked) == ([200] * 20, 1)


@pytest.mark.parametrize("slow", [Slow(status=404), Slow(length=kept.LARGEST + 1)], ids=["faulty", "large"])
def test_what_cannot_be_kept_is_waited_for_once(reports: Engine, monkeypatch: pytest.MonkeyPatch, slow: Slow) -> None:
    monkeypatch.setattr(state, "_SETTLED", 0)
    began = time.monotonic()
    asyncio.run(twenty_readers(kept.KeptAnswers(slow, reports, lambda: DAY)))
    assert slow.asked == 20
    assert time.monotonic() - began < 20 * 0.2


def test_readers_of_other_pages_do_not_wait(reports: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "_SETTLED", 0)
    slow = Slow()
    asyncio.run(twenty_readers(kept.KeptAnswers(slow, reports, lambda: DAY), ("/plans", "/series", "/plans")))
    assert slow.asked == 2


def test_a_page_that_could_not_be_made_keeps_nobody_waiting(reports: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "_SETTLED", 0)

    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ZeroDivisionError

    site = kept.KeptAnswers(broken, reports, lambda: DAY)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            asyncio.run(twenty_readers(site, ("/plans",)))


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
