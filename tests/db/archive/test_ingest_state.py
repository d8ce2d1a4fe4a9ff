"""What an ingestion asks of both databases: kept lists, unread pages, an office's rhythm, documents, twins."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import Connection, Engine

from db.archive.attachments import Document, asked_for, attachments_of, record_attachment
from db.archive.fetches import Answered, Failure, NotRead, Vanished, is_known, record_fetch
from db.archive.to_fetch import StoredPages, ToRetry, to_retry
from db.releases.publication_rate import PageParts, latest_pages, newest_release, published_since
from db.releases.twins import link_twins, twins
from models.release import Attachment, Snapshot
from tests.support.releases import SOURCE, extraction, moment, page, store

FEED = "https://land.example/feed"
NOW = moment("2024-06-01")


def put(engine: Engine, url: str, title: str, body: str, day: str | None, source: str = SOURCE) -> str:
    """Stores a release without claims; its id."""
    release = page(title, body, day)
    return store(engine, url, release, extraction(release, []), source_id=source).release_id


def answer(body: bytes, hours: int = 0) -> Snapshot:
    return Snapshot(
        FEED, body, (("ETag", '"1"'), ("Set-Cookie", "a"), ("Set-Cookie", "b")), 200, NOW + timedelta(hours=hours)
    )


def test_last_answer_of_a_list_is_kept_with_its_headers(engine: Engine) -> None:
    pages = StoredPages(engine, SOURCE)
    assert pages.get(FEED) is None
    for hours, body in enumerate((b"<rss>1</rss>", b"<rss>2</rss>")):
        pages.put(FEED, answer(body, hours))
    pages.confirm(FEED, NOW + timedelta(hours=2))
    assert pages.get(FEED) == answer(b"<rss>2</rss>", 1)


def test_unread_pages_are_those_whose_last_answer_was_no_release(engine: Engine) -> None:
    def in_vain(name: str, failure: Failure, hours: int) -> None:
        at = NOW + timedelta(hours=hours)
        record_fetch(engine, SOURCE, f"{FEED}/{name}", NotRead(failure, at, None, "It did not work."))

    in_vain("blocked", "blocked", 1)
    in_vain("mended", "failed", 1)
    record_fetch(engine, SOURCE, f"{FEED}/mended", Answered(answer(b"", 2), is_new=True))
    record_fetch(engine, SOURCE, f"{FEED}/gone", Vanished(NOW + timedelta(hours=1), 404, "It is not there."))
    in_vain("broken", "layout_changed", 0)
    in_vain("old", "failed", -50)
    in_vain("old", "failed", 3)
    release_id = put(engine, f"{FEED}/1", "Titel", "Es sind 3 Wege.", "2024-05-01")
    document = Document(f"{FEED}/a.pdf", release_id)
    record_attachment(engine, SOURCE, document, NotRead("failed", NOW + timedelta(hours=4), None, "It did not work."))
    since = NOW - timedelta(hours=24)
    pages = (f"{FEED}/broken", f"{FEED}/blocked")
    assert to_retry(engine, SOURCE, since=since, limit=9) == ToRetry(pages, (document,))
    assert to_retry(engine, SOURCE, since=since, limit=1) == ToRetry(pages[:1], ())
    assert to_retry(engine, "bund", since=since, limit=9) == ToRetry((), ())
    assert asked_for(engine, [f"{FEED}/a.pdf", f"{FEED}/b.pdf"]) == {f"{FEED}/a.pdf"}


def test_documents_that_the_newest_texts_name(engine: Engine) -> None:
    def linking(name: str, body: str, *documents: str) -> str:
        links = tuple(Attachment(f"{FEED}/{document}", "Bericht") for document in documents)
        release = replace(page("Titel", body, "2024-05-01"), attachments=links)
        return store(engine, f"{FEED}/{name}", release, extraction(release, []), source_id=SOURCE).release_id

    one = linking("1", "Es sind 3 Wege.", "a.pdf", "b.pdf")
    two = linking("2", "Es sind 4 Wege.")
    assert linking("1", "Es sind 5 Wege.", "c.pdf") == one
    assert attachments_of(engine, SOURCE) == {two: [], one: [f"{FEED}/c.pdf"]}
    assert attachments_of(engine, SOURCE, [two]) == {two: []}
    assert attachments_of(engine, "bund") == {}
    many = [f"{FEED}/{number}.pdf" for number in range(1200)]
    assert asked_for(engine, many) == set()


def test_rhythm_of_an_office(engine: Engine) -> None:
    assert (newest_release(engine, SOURCE), latest_pages(engine, SOURCE, 5)) == (None, [])
    for number, day in enumerate(("2024-05-01", "2024-05-20", None)):
        release_id = put(engine, f"{FEED}/{number}", f"Titel {number}", f"Es sind {number} Wege.", day)
        assert attachments_of(engine, SOURCE, [release_id]) == {release_id: []}
    assert newest_release(engine, SOURCE) == moment("2024-05-20")
    assert published_since(engine, SOURCE, moment("2024-05-10")) == 1
    assert sorted(parts.dated for parts in latest_pages(engine, SOURCE, 5)) == [False, True, True]
    assert len(latest_pages(engine, SOURCE, 2)) == 2
    assert all(isinstance(parts, PageParts) and parts.with_body for parts in latest_pages(engine, SOURCE, 5))


def test_twins_are_of_one_day_and_two_offices(engine: Engine) -> None:
    body = "Von 40 Brücken sind 31 saniert. Neun weitere folgen bis 2030, wie das Ministerium mitteilt. " * 4

    def at(source: str, name: str, day: str, text: str = body) -> str:
        return put(engine, f"https://{source}.example/{name}", "Brücken", text, day, source)

    one = at("land", "1", "2024-05-01")
    at("land", "2", "2024-05-01", "Etwas ganz anderes steht hier über 7 Schulen und ihre Höfe. " * 4)
    other = at("amt", "1", "2024-05-01", body + "Kontakt: Pressestelle.")
    at("bund", "1", "2024-05-03")
    assert at("amt", "1", "2024-05-01", body + "Kontakt: Pressestelle.") == other
    linked = twins(engine, [one, other])
    assert [twin.release_id for twin in linked[one]] == [other]
    (twin,) = linked[other]
    assert (twin.release_id, twin.source_id, twin.url) == (one, "land", "https://land.example/1")
    assert 0.9 < twin.similarity < 1


TWIN = "Von 40 Brücken sind 31 saniert. Neun weitere folgen bis 2030, wie das Ministerium mitteilt. " * 4


def test_release_is_stored_with_its_twin_or_not_at_all(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    one = put(engine, "https://land.example/1", "Brücken", TWIN, "2024-05-01", "land")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("db.releases.store.link_twins", killed)
        put(engine, "https://amt.example/1", "Brücken", TWIN, "2024-05-01", "amt")
    assert not is_known(engine, "https://amt.example/1")
    other = put(engine, "https://amt.example/1", "Brücken", TWIN, "2024-05-01", "amt")
    assert [twin.release_id for twin in twins(engine, [one])[one]] == [other]


def test_twins_that_are_stored_at_once_find_each_other(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = Event()

    def slow(connection: Connection, release_id: str) -> None:
        link_twins(connection, release_id)
        looked.set()
        time.sleep(0.5)

    monkeypatch.setattr("db.releases.store.link_twins", slow)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(put, engine, "https://land.example/1", "Brücken", TWIN, "2024-05-01", "land")
        assert looked.wait(10)
        # The first has looked and is not stored yet: the second must not look before it is.
        text = f"{TWIN}Kontakt: Pressestelle."
        second = pool.submit(put, engine, "https://amt.example/1", "Brücken", text, "2024-05-01", "amt")
    assert [twin.release_id for twin in twins(engine, [first.result()])[first.result()]] == [second.result()]
