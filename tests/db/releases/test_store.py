"""Writes: identity, revisions, corrections, readings; all or nothing, once and for all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from db.archive.fetches import Answered, NotRead, StillValid, Vanished, is_known, known_validators, record_fetch
from db.archive.snapshots import archived_body
from db.releases.store import ReleaseReading, preview_reading
from db.tables import ClaimRow, Fetch, PageReading, Reading, ReleaseRow, ReleaseUrl, Revision, SnapshotRow
from db.upkeep.verify import verify
from models.claim import Cue
from models.errors import BilanzError, EvidenceMissing
from tests.support.databases import rows
from tests.support.releases import extraction, moment, page, says, snapshot, store

URL = "https://office.example/presse/bericht"
REPORT = page("Bericht zur Seenplatte", "Von 20 Projekten sind 8 fertig. Weitere 5 ruhen.", "2024-03-01")
READ = extraction(
    REPORT,
    [
        says("20", value="20", counted="Projekt"),
        says("8 fertig", value="8", of="20", counted="Projekt", status="completed", whole=0),
        says("5 ruhen", value="5", counted="Projekt", status="paused"),
    ],
)


def counts(engine: Engine) -> dict[str, int]:
    tables = (ReleaseRow, ReleaseUrl, Revision, PageReading, SnapshotRow, ClaimRow, Reading)
    return {table.__tablename__: rows(engine, table) for table in tables}


def test_first_reading_stores_everything(engine: Engine) -> None:
    result = store(engine, URL, REPORT, READ)
    assert (result.new_release, result.new_revision, result.corrected, result.new_claims) == (True, True, False, 3)
    assert not result.unchanged
    assert is_known(engine, URL) and not is_known(engine, URL + "2")
    with engine.connect() as connection:
        whole = connection.execute(select(Reading.whole_key, Reading.of).where(Reading.status == "completed")).one()
        assert whole.whole_key == connection.scalar(select(Reading.claim_key).where(Reading.quote == "20"))
        hash_ = connection.scalars(select(SnapshotRow.hash)).one()
        assert archived_body(connection, hash_).decode() == f"<main>{REPORT.text}</main>"


def test_same_text_again_adds_a_fetch_and_nothing_else(engine: Engine) -> None:
    store(engine, URL, REPORT, READ)
    before = counts(engine)
    result = store(engine, URL, REPORT, READ, fetched_at=moment("2024-04-01"), html="<main>other bytes</main>")
    assert result.unchanged and not result.new_revision
    assert counts(engine) == before
    assert rows(engine, Fetch) == 2


def test_same_call_twice_adds_no_row_at_all(engine: Engine) -> None:
    first = store(engine, URL, REPORT, READ)
    before = counts(engine)
    second = store(engine, URL, REPORT, READ)
    assert second.unchanged and second.release_id == first.release_id
    assert counts(engine) == before and rows(engine, Fetch) == 1


def test_correction_adds_a_revision_and_keeps_keys_of_unchanged_sentences(engine: Engine) -> None:
    first = store(engine, URL, REPORT, READ)
    corrected = page(REPORT.title, "Neue Einleitung. Von 20 Projekten sind 9 fertig. Weitere 5 ruhen.", "2024-03-01")
    read = extraction(
        corrected,
        [
            says("20", value="20", counted="Projekt"),
            says("9 fertig", value="9", of="20", counted="Projekt", status="completed", whole=0),
            says("5 ruhen", value="5", counted="Projekt", status="paused"),
        ],
    )
    result = store(engine, URL, corrected, read, fetched_at=moment("2024-03-05"))
    assert result.corrected and result.new_revision and not result.new_release
    assert result.release_id == first.release_id
    paused = next(change.key for change in first.changes.added if change.after and change.after.status == "paused")
    with engine.connect() as connection:
        readings = connection.scalars(select(Reading.current).where(Reading.claim_key == paused)).all()
        assert sorted(readings) == [False, True]
    assert {change.before.value for change in result.changes.superseded if change.before} == {20, 8}


def test_reverted_correction_is_a_third_revision(engine: Engine) -> None:
    other = page(REPORT.title, "Von 20 Projekten sind 9 fertig.", "2024-03-01")
    store(engine, URL, REPORT, READ)
    store(engine, URL, other, extraction(other, []), fetched_at=moment("2024-03-05"))
    result = store(engine, URL, REPORT, READ, fetched_at=moment("2024-03-09"))
    assert result.corrected
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Reading).where(Reading.current)) == 3


def test_new_page_extractor_over_an_old_snapshot_is_no_correction(engine: Engine) -> None:
    store(engine, URL, REPORT, READ)
    better = page(REPORT.title, "Von 20 Projekten sind 8 fertig. Weitere 5 ruhen. Fußnote.", "2024-03-01")
    read = extraction(better, [says("5 ruhen", value="5", counted="Projekt", status="paused")])
    html = f"<main>{REPORT.text}</main>"
    result = store(engine, URL, better, read, html=html, page_version="page-2")
    assert not result.corrected and not result.new_revision
    assert (rows(engine, Revision), rows(engine, PageReading)) == (1, 2)


def test_new_page_extractor_over_a_new_snapshot_is_no_correction_until_both_are_read(engine: Engine) -> None:
    store(engine, URL, REPORT, READ, html="old")
    changed = page(REPORT.title, "Von 20 Projekten sind 9 fertig.", "2024-03-01")
    later = store(
        engine,
        URL,
        changed,
        extraction(changed, []),
        html="new",
        fetched_at=moment("2024-05-01"),
        page_version="page-2",
    )
    assert not later.corrected and rows(engine, Revision) == 1
    reread = store(engine, URL, REPORT, READ, html="old", page_version="page-2")
    assert reread.corrected and rows(engine, Revision) == 2
    with engine.connect() as connection:
        newest = select(Revision.id).order_by(Revision.seen_at.desc()).limit(1).scalar_subquery()
        text_hash = select(PageReading.text_hash).where(PageReading.revision_id == newest)
        assert connection.scalars(text_hash).one() == changed.text_hash


def test_one_extractor_version_must_read_the_same_bytes_alike(engine: Engine) -> None:
    store(engine, URL, REPORT, READ, html="same")
    other = page(REPORT.title, "Anders gelesen.", "2024-03-01")
    with pytest.raises(BilanzError, match="new version"):
        store(engine, URL, other, extraction(other, []), html="same")


def test_moved_domain_attaches_and_doubles_nothing(engine: Engine) -> None:
    first = store(engine, URL, REPORT, READ)
    moved = replace(REPORT, published=moment("2024-03-01", 7), date_precision="minute")
    result = store(engine, "https://new.example/b1", moved, READ, fetched_at=moment("2025-01-01"), html="<p>new</p>")
    assert result.release_id == first.release_id and result.new_url and not result.new_release
    assert (rows(engine, ReleaseRow), rows(engine, ReleaseUrl), rows(engine, Revision), rows(engine, ClaimRow)) == (
        1,
        2,
        1,
        3,
    )
    with engine.connect() as connection:
        assert connection.scalars(select(ReleaseRow.url)).one() == "https://new.example/b1"


def test_same_text_on_another_day_or_from_another_office_is_another_release(engine: Engine) -> None:
    store(engine, URL, REPORT, READ)
    store(engine, URL + "-2", replace(REPORT, published=moment("2024-03-02")), READ)
    store(engine, URL + "-3", REPORT, READ, source_id="other")
    assert rows(engine, ReleaseRow) == 3


def test_redirect_to_the_new_address_keeps_the_release_when_its_text_changes_too(engine: Engine) -> None:
    first = store(engine, URL, REPORT, READ, answered_by="https://new.example/b1")
    changed = page(REPORT.title, "Neu gefasst.", "2024-03-01")
    result = store(engine, "https://new.example/b1", changed, extraction(changed, []), fetched_at=moment("2025-01-01"))
    assert result.release_id == first.release_id and result.corrected


def test_new_rules_append_readings_and_supersede(engine: Engine) -> None:
    store(engine, URL, REPORT, READ)
    newer = extraction(
        REPORT,
        [
            says("20", value="20", counted="Projekt"),
            says("8 fertig", value="8", of="20", counted="Projekt", status="completed", comparator="~", whole=0),
        ],
        version="rules-2",
    )
    preview = preview_reading(
        engine,
        ReleaseReading(
            source_id="land",
            listing_url=URL,
            snapshot=snapshot(URL, f"<main>{REPORT.text}</main>", REPORT.published.replace(hour=18)),  # type: ignore[union-attr]
            release=REPORT,
            extraction=newer,
            page_version="page-1",
        ),
    )
    assert rows(engine, Reading) == 3
    result = store(engine, URL, REPORT, newer)
    assert result.changes == preview.changes
    assert [(c.before.comparator, c.after.comparator) for c in result.changes.altered if c.before and c.after] == [
        ("=", "~")
    ]
    assert [c.before.status for c in result.changes.superseded if c.before] == ["paused"]
    assert rows(engine, Reading) == 5
    assert store(engine, URL, REPORT, READ).new_claims == 1
    assert rows(engine, Reading) == 5


@pytest.mark.parametrize(
    "broken",
    [
        {"quote": "9 fertig"},
        {"start": 1},
        {"end": 100_000},
        {"sentence": "Nie gesagt."},
        {"sentence_start": 0},
        {"whole": 7},
        {"cues": (Cue("status", 5, 5),)},
        {"cues": (Cue("status", 0, 100_000),)},
    ],
    ids=str,
)
def test_claim_without_evidence_is_refused_and_nothing_stored(engine: Engine, broken: dict[str, object]) -> None:
    claims = (READ.claims[0], replace(READ.claims[1], **broken))  # type: ignore[arg-type]
    with pytest.raises(EvidenceMissing):
        store(engine, URL, REPORT, replace(READ, claims=claims))
    assert sum(counts(engine).values()) == 0


def test_database_refuses_what_python_let_pass(engine: Engine) -> None:
    nonsense = replace(READ.claims[0], status="finished")  # type: ignore[arg-type]
    with pytest.raises(Exception, match="ck_readings_status"):
        store(engine, URL, REPORT, replace(READ, claims=(nonsense,)))
    assert sum(counts(engine).values()) == 0


def test_fetches_without_release_are_recorded(engine: Engine) -> None:
    store(engine, URL, REPORT, READ)
    assert known_validators(engine, URL) is None
    again = snapshot(URL, "<main></main>", moment("2024-05-01"), (("ETag", '"a"'),))
    record_fetch(engine, "land", URL, Answered(again, is_new=False))
    record_fetch(engine, "land", URL, StillValid(moment("2024-05-02")))
    validators = known_validators(engine, URL)
    assert validators and validators.etag == '"a"' and validators.last_modified is None
    record_fetch(engine, "land", URL, Vanished(moment("2024-06-01"), 404, "It is not there."))
    with engine.connect() as connection:
        assert connection.scalars(select(ReleaseRow.gone_at)).one() == moment("2024-06-01")
    store(engine, URL, REPORT, READ, fetched_at=moment("2024-07-01"))
    with engine.connect() as connection:
        assert connection.scalars(select(ReleaseRow.gone_at)).one() is None


def test_bytes_of_an_unreadable_page_are_archived(engine: Engine) -> None:
    challenge = snapshot(URL, "<html>challenge</html>", moment("2024-05-01"))
    refused = NotRead("blocked", challenge.fetched_at, 200, "The answer is a challenge page.", challenge)
    record_fetch(engine, "land", URL, refused)
    with engine.connect() as connection:
        assert archived_body(connection, challenge.hash) == challenge.body


def test_a_correction_is_the_newest_though_a_clock_ran_ahead(engine: Engine) -> None:
    now = datetime.now(UTC)
    url = "https://office.example/1"
    for at, boats in ((now + timedelta(days=365), 5), (now + timedelta(days=366), 6), (now, 7)):
        release = page("Boote", f"Es gibt {boats} Boote.", "2025-06-01")
        read = extraction(release, [says(f"{boats} Boote", value=str(boats), counted="Boot")])
        store(engine, url, release, read, fetched_at=at)
    with engine.connect() as connection:
        current = select(Reading.value).where(Reading.current)
        assert [str(value) for value in connection.scalars(current)] == ["7"]
        times = connection.execute(select(Revision.seen_at).order_by(Revision.seen_at)).scalars().all()
    assert len(times) == 3
    assert times[-1] == now
    assert verify(engine) == []
