"""What an ingestion asks before it fetches: kept lists, pages to ask for again, documents that texts name."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine

from db.archive.attachments import LinkedDocument, asked_for, attachments_of, record_attachment
from db.archive.fetches import Answered, Failure, NotRead, Vanished, record_fetch
from db.archive.to_fetch import StoredPages, ToRetry, to_retry
from models.release import Attachment, Snapshot
from tests.support.releases import SOURCE, extraction, moment, page, store, store_text

FEED = "https://land.example/feed"
NOW = moment("2024-06-01")


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
    release_id = store_text(engine, f"{FEED}/1", "Titel", "Es sind 3 Wege.", "2024-05-01")
    document = LinkedDocument(f"{FEED}/a.pdf", release_id)
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
