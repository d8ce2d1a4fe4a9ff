"""What is kept is found out once for all who ask, and never older than what is stored."""

import time
from concurrent.futures import ThreadPoolExecutor

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
