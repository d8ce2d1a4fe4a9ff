"""What one reader may cost all others: bounded answers, a turn for each request, no failure while tables change."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select, text
from starlette.types import Receive, Scope, Send

from db.engine import connect
from db.tables import ClaimRow
from db.upkeep.schema import check_schema
from tests.support.releases import extraction, page, says, store
from web.app import create_app
from web.http.turns import Turns

LARGEST = 1_000_000
"""Bytes of an answer."""
RELEASES = 450
VALUES = {"programme": "Ruhr-Konferenz", "statement": "Es sind 5 Boote.", "q": "Boote"}


@pytest.fixture(scope="module")
def crowded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One day on which far more came than fits on a page; to be read only."""
    engine = connect(f"sqlite:///{shutil.copy(sqlite_template, tmp_path_factory.mktemp('crowded') / 'bilanz.db')}")
    for number in range(RELEASES):
        release = page(f"Meldung {number}", f"Es gibt {number} Boote und {number} Häfen in Ort {number}.", "2025-06-01")
        boats, ports = f"{number} Boote", f"{number} Häfen"
        told = [
            says(boats, value=str(number), counted="Boot", subject="Ruhr-Konferenz"),
            says(ports, value=str(number), counted="Hafen"),
        ]
        store(engine, f"https://office.example/{number}", release, extraction(release, told))
    yield engine
    engine.dispose()


def test_no_answer_is_larger_than_it_may_be(crowded: Engine) -> None:
    client = TestClient(create_app(crowded))
    release = client.get("/api/v1/releases").json()["releases"][0]["id"]
    claim = client.get("/api/v1/claims").json()["claims"][0]["key"]
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    asked = []
    for path, operations in paths.items():
        if "get" not in operations:
            continue
        given = operations["get"].get("parameters", [])
        names = {each["name"]: each["schema"] for each in given if each["in"] == "query"}
        most = {"limit": str(names["limit"]["maximum"])} if "limit" in names else {}
        wanted = {each["name"]: VALUES[each["name"]] for each in given if each["required"] and each["in"] == "query"}
        address = path.format(
            key=claim,
            release_id=release,
            name=VALUES["programme"],
            token="a" * 30,
            snapshot="0" * 64,
            revision_id="0" * 16,
            number=1,
        )
        answer = client.get(address, params=most | wanted)
        assert len(answer.content) <= LARGEST, address
        asked.append(answer.status_code)
    assert asked.count(200) >= 10 and max(asked) < 500
    for shown in ("/", "/new", "/claims", "/projects", "/releases", "/health", "/comparison?programme=Ruhr-Konferenz"):
        assert len(client.get(shown).content) <= LARGEST, shown


def test_a_day_is_read_page_by_page(crowded: Engine) -> None:
    client = TestClient(create_app(crowded))
    with crowded.connect() as connection:
        day = connection.execute(select(func.min(ClaimRow.first_seen))).scalar_one().date().isoformat()
    claims: list[str] = []
    releases: list[str] = []
    after: str | None = ""
    while after is not None:
        answer = client.get("/api/v1/new", params={"day": day, "after": after}).json()
        claims += [each["key"] for each in answer["claims"]]
        releases += [each["id"] for each in answer["releases"]]
        after = answer["next"]
    assert len(claims) == len(set(claims)) == 2 * RELEASES
    assert len(releases) == len(set(releases)) == RELEASES
    assert f"{2 * RELEASES}" in client.get("/new", params={"day": day}).text


class Readers:
    """Readers at one moment; who is answered keeps the turn until `done`."""

    def __init__(self, at_once: int, costly_at_once: int = 1) -> None:
        self.done = asyncio.Event()
        self._turns = Turns(self._slow, at_once, costly_at_once, patience=0.05)

    async def _slow(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await self.done.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def ask(self, path: str, method: str = "GET") -> list[Any]:
        """What is sent in answer."""
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            return {"type": "http.request"}

        await self._turns({"type": "http", "path": path, "method": method}, receive, send)
        return sent

    async def begin(self, path: str) -> asyncio.Task[list[Any]]:
        """A request that now has its turn, or waits for it."""
        task = asyncio.create_task(self.ask(path))
        await asyncio.sleep(0)
        return task


def test_whoever_waits_too_long_for_the_turn_is_told_to_come_again() -> None:
    async def meet() -> tuple[list[Any], list[Any], list[Any]]:
        readers = Readers(at_once=1)
        answering = await readers.begin("/claims")
        busy = await readers.ask("/api/v1/claims")
        readers.done.set()
        return await answering, busy, await readers.ask("/claims")

    first, busy, third = asyncio.run(meet())
    assert [answer[0]["status"] for answer in (first, busy, third)] == [200, 503, 200]
    assert (b"retry-after", b"3") in busy[0]["headers"]
    assert b"Too many readers" in busy[1]["body"]


@pytest.mark.parametrize("costly", ["/comparison", "/en/comparison", "/api/v1/comparisons", "/api/v1/check"])
def test_beside_what_takes_long_all_else_is_answered(costly: str) -> None:
    async def meet() -> list[int]:
        readers = Readers(at_once=2, costly_at_once=1)
        comparing = await readers.begin(costly)
        sent_away = await readers.ask(costly)
        reading = await readers.begin("/api/v1/claims")
        readers.done.set()
        return [answer[0]["status"] for answer in (await comparing, sent_away, await reading)]

    assert asyncio.run(meet()) == [200, 503, 200]


def test_an_assistant_that_only_listens_holds_no_turn() -> None:
    async def meet() -> int:
        listening, sent = asyncio.Event(), []

        async def app(scope: Scope, _receive: Receive, send: Send) -> None:
            if scope["path"] == "/mcp/":
                await listening.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})

        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            return {"type": "http.request"}

        turns = Turns(app, at_once=1, patience=0.05)
        stream = asyncio.create_task(turns({"type": "http", "path": "/mcp/", "method": "GET"}, receive, send))
        await asyncio.sleep(0)
        await turns({"type": "http", "path": "/claims", "method": "GET"}, receive, send)
        listening.set()
        await stream
        return int(sent[0]["status"])

    assert asyncio.run(meet()) == 200


def test_while_tables_are_changed_readers_are_told_to_wait(engine: Engine) -> None:
    client = TestClient(create_app(engine), raise_server_exceptions=False)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE readings RENAME TO readings_before"))
    for path in ("/", "/api/v1/claims"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        assert ("being changed" if path.startswith("/api/") else "ist gerade beschäftigt") in answer.text
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE readings_before RENAME TO readings"))
    assert client.get("/api/v1/claims").status_code == 200


def test_what_ails_the_database_is_told_to_its_operator_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'bilanz.db'}")
    check_schema(engine)
    client = TestClient(create_app(engine), raise_server_exceptions=False)
    assert client.get("/projects").status_code == 200
    engine.dispose()
    (tmp_path / "bilanz.db").write_bytes(b"Das ist keine Datenbank. " * 1000)
    for path in ("/projects", "/api/v1/projects"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        assert str(tmp_path) not in answer.text
    assert f"{tmp_path}/bilanz.db is no database, or is damaged" in caplog.text


def test_any_etag_is_asked_for_with_a_star(engine: Engine) -> None:
    assert TestClient(create_app(engine)).get("/projects", headers={"If-None-Match": "*"}).status_code == 304
