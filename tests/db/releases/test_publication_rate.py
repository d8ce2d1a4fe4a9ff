"""How often an office publishes, and what its latest pages hold."""

from sqlalchemy import Engine

from db.archive.attachments import attachments_of
from db.releases.publication_rate import PageParts, latest_pages, newest_release, published_since
from tests.support.releases import SOURCE, moment, store_text

FEED = "https://land.example/feed"
NOW = moment("2024-06-01")


def test_rhythm_of_an_office(engine: Engine) -> None:
    assert (newest_release(engine, SOURCE), latest_pages(engine, SOURCE, 5)) == (None, [])
    for number, day in enumerate(("2024-05-01", "2024-05-20", None)):
        release_id = store_text(engine, f"{FEED}/{number}", f"Titel {number}", f"Es sind {number} Wege.", day)
        assert attachments_of(engine, SOURCE, [release_id]) == {release_id: []}
    assert newest_release(engine, SOURCE) == moment("2024-05-20")
    assert published_since(engine, SOURCE, moment("2024-05-10")) == 1
    assert sorted(parts.dated for parts in latest_pages(engine, SOURCE, 5)) == [False, True, True]
    assert len(latest_pages(engine, SOURCE, 2)) == 2
    assert all(isinstance(parts, PageParts) and parts.with_body for parts in latest_pages(engine, SOURCE, 5))
