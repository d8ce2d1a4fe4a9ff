"""What two offices publish on one day in the same words is one announcement."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import Connection, Engine

from db.archive.fetches import is_known
from db.releases.twins import link_twins, twins
from tests.support.releases import store_text

TWIN = "Von 40 Brücken sind 31 saniert. Neun weitere folgen bis 2030, wie das Ministerium mitteilt. " * 4


def test_twins_are_of_one_day_and_two_offices(engine: Engine) -> None:
    def at(source: str, name: str, day: str, text: str = TWIN) -> str:
        return store_text(engine, f"https://{source}.example/{name}", "Brücken", text, day, source)

    one = at("land", "1", "2024-05-01")
    at("land", "2", "2024-05-01", "Etwas ganz anderes steht hier über 7 Schulen und ihre Höfe. " * 4)
    other = at("amt", "1", "2024-05-01", TWIN + "Kontakt: Pressestelle.")
    at("bund", "1", "2024-05-03")
    assert at("amt", "1", "2024-05-01", TWIN + "Kontakt: Pressestelle.") == other
    linked = twins(engine, [one, other])
    assert [twin.release_id for twin in linked[one]] == [other]
    (twin,) = linked[other]
    assert (twin.release_id, twin.source_id, twin.url) == (one, "land", "https://land.example/1")
    assert 0.9 < twin.similarity < 1


def test_release_is_stored_with_its_twin_or_not_at_all(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    one = store_text(engine, "https://land.example/1", "Brücken", TWIN, "2024-05-01", "land")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("db.releases.store.link_twins", killed)
        store_text(engine, "https://amt.example/1", "Brücken", TWIN, "2024-05-01", "amt")
    assert not is_known(engine, "https://amt.example/1")
    other = store_text(engine, "https://amt.example/1", "Brücken", TWIN, "2024-05-01", "amt")
    assert [twin.release_id for twin in twins(engine, [one])[one]] == [other]


def test_twins_that_are_stored_at_once_find_each_other(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = Event()

    def slow(connection: Connection, release_id: str) -> None:
        link_twins(connection, release_id)
        looked.set()
        time.sleep(0.5)

    monkeypatch.setattr("db.releases.store.link_twins", slow)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(store_text, engine, "https://land.example/1", "Brücken", TWIN, "2024-05-01", "land")
        assert looked.wait(10)
        # The first has looked and is not stored yet: the second must not look before it is.
        text = f"{TWIN}Kontakt: Pressestelle."
        second = pool.submit(store_text, engine, "https://amt.example/1", "Brücken", text, "2024-05-01", "amt")
    assert [twin.release_id for twin in twins(engine, [first.result()])[first.result()]] == [second.result()]
