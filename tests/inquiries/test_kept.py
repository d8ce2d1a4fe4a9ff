"""What is kept is found out once for all who ask, and never older than what is stored."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Connection, Engine, text

from db.engine import write
from inquiries.kept import kept

SETTLED = 0.2
"""Seconds after which a write is told from the next one."""


def test_many_who_ask_at_once_make_the_work_of_one(engine: Engine) -> None:
    asked: list[str] = []

    @kept
    def find(_engine: Engine, what: str) -> int:
        asked.append(what)
        time.sleep(SETTLED)
        return len(asked)

    time.sleep(SETTLED)
    with ThreadPoolExecutor(8) as readers:
        assert set(readers.map(lambda _: find(engine, "a"), range(8))) == {1}
    assert (find(engine, "b"), find(engine, "a")) == (2, 1)

    def work(connection: Connection) -> None:
        connection.execute(text("INSERT INTO sources (id, paused) VALUES ('office', false)"))

    write(engine, work)
    time.sleep(SETTLED)
    assert find(engine, "a") == 3


def test_who_asks_for_something_else_does_not_wait(engine: Engine) -> None:
    both = Barrier(2)

    @kept
    def find(_engine: Engine, what: str) -> str:
        both.wait(timeout=60)  # goes on only where two are at it at once
        return what

    time.sleep(SETTLED)
    with ThreadPoolExecutor(2) as readers:
        assert list(readers.map(lambda what: find(engine, what), "ab")) == ["a", "b"]


def test_what_could_not_be_found_out_is_tried_by_the_next(engine: Engine) -> None:
    asked: list[str] = []

    @kept
    def find(_engine: Engine, what: str) -> str:
        asked.append(what)
        if len(asked) == 1:
            raise ZeroDivisionError
        return what

    time.sleep(SETTLED)
    with pytest.raises(ZeroDivisionError):
        find(engine, "a")
    assert [find(engine, "a"), find(engine, "a"), asked] == ["a", "a", ["a", "a"]]
