"""What is forgotten is gone to the last byte, logged, and not taken up again; what others need stays."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from db.archive.forgotten import forgotten, forgotten_addresses
from db.claims.filters import ClaimFilter
from db.curation.reviews import reviews
from db.releases.queries import releases
from db.tables import (
    Alert,
    Base,
    ClaimRow,
    CueRow,
    Fetch,
    PageReading,
    Reading,
    ReleaseRow,
    Revision,
    SearchTerm,
    SnapshotRow,
    Text,
)
from db.upkeep.forget import forget
from db.upkeep.verify import verify
from db.watching.raising import raise_claim_alerts
from db.watching.watches import add_watch
from inquiries.previous import PreviousStatements
from models.errors import BilanzError
from tests.support.databases import rows
from tests.support.releases import extraction, moment, page, says, store

URL, OTHER = "https://office.example/presse/1", "https://office.example/presse/2"
NOW = datetime(2026, 11, 3, tzinfo=UTC)
GONE = (ReleaseRow, Revision, PageReading, Text, SnapshotRow, Fetch, ClaimRow, Reading, CueRow, SearchTerm)


def told(title: str, done: str, day: str = "2024-03-01"):
    release = page(title, f"Von 20 Projekten sind {done} fertig.", day)
    return release, extraction(release, [says(f"{done} fertig", value=done, counted="Projekt", word="sind")])


def test_release_goes_with_all_its_addresses_and_nothing_else(engine: Engine) -> None:
    store(engine, OTHER, *told("Zwei", "9"))
    before = {table: rows(engine, table) for table in GONE}
    store(engine, URL, *told("Eins", "8"))
    store(engine, URL + "-neu", *told("Eins", "8"), fetched_at=moment("2024-04-01"), html="<p>other bytes</p>")
    store(engine, URL, *told("Eins", "10"), fetched_at=moment("2024-05-01"))
    removed = forget(engine, [URL + "-neu"], "Request", now=NOW)
    assert removed["releases"] == 1
    assert removed["revisions"] == 2
    assert {table: rows(engine, table) for table in GONE} == before
    assert [each.url for each in releases(engine)] == [OTHER]
    assert verify(engine) == []
    log = forgotten_addresses(engine)
    assert [(each.url, each.at, each.reason, each.rows > 10) for each in log] == [
        (URL, NOW, "Request", True),
        (URL + "-neu", NOW, "Request", True),
    ]


def test_what_is_forgotten_is_not_taken_up_again(engine: Engine) -> None:
    store(engine, URL, *told("Eins", "8"))
    forget(engine, [URL], "Request", now=NOW)
    with pytest.raises(BilanzError, match="was forgotten"):
        store(engine, URL, *told("Eins", "8"), fetched_at=moment("2025-01-01"))
    assert forgotten(engine, [URL, OTHER]) == {URL}
    assert forget(engine, [OTHER], "Not yet stored", now=NOW) == {}
    with pytest.raises(BilanzError, match="was forgotten"):
        store(engine, OTHER, *told("Zwei", "9"))
    assert rows(engine, ReleaseRow) == 0


def test_bytes_and_texts_that_others_need_stay(engine: Engine) -> None:
    store(engine, URL, *told("Eins", "8"), html="same")
    store(engine, OTHER, *told("Eins", "8", "2024-03-02"), html="same")
    forget(engine, [URL], "Request", now=NOW)
    assert (rows(engine, SnapshotRow), rows(engine, Text), rows(engine, ReleaseRow)) == (1, 1, 1)
    assert verify(engine) == []
    with engine.connect() as connection:
        keys = connection.scalars(select(ClaimRow.key)).all()
    assert [reviews(engine, key) for key in keys] == [[]]


def test_every_table_that_knows_of_releases_is_reached() -> None:
    """A table that refers to a claim, reading or release by name alone would keep what is to go."""
    named = {"claim_key", "release_id", "reading_id", "revision_id", "whole_key", "before_id", "after_id", "twin_id"}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.name in named:
                assert column.foreign_keys, f"{table.name}.{column.name}"


def test_messages_quote_nothing_of_what_is_forgotten(engine: Engine) -> None:
    add_watch(engine, "claims", "", ClaimFilter(), channel="mail", target="ina@example.org", now=moment("2000-01-01"))
    for number in (1, 2):
        report = page(f"Bericht {number}", f"Von 20 Projekten sind {number} fertig.", "2024-05-01")
        read = extraction(report, [says(f"{number} fertig", value=str(number), counted="Projekt")])
        store(engine, URL if number == 1 else OTHER, report, read, fetched_at=moment("2024-05-02"))
    raise_claim_alerts(engine, PreviousStatements, now=NOW)
    forget(engine, [URL], "Request", now=NOW)
    with engine.connect() as connection:
        (items,) = connection.scalars(select(Alert.items)).all()
    assert [item["release"]["url"] for item in items] == [OTHER]
    forget(engine, [OTHER], "Request", now=NOW)
    assert rows(engine, Alert) == 0
