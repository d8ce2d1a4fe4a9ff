"""WARC and WACZ files: what an office answered to others is stored with its proof, or refused by name."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from db.archive.snapshots import archived_body, kept_answers
from db.claims.changes import changes
from db.claims.queries import ClaimFilter, claims
from db.engine import connect
from db.operation.health import health
from db.operation.runs import runs
from db.releases.news import whats_new
from db.releases.queries import release, releases
from db.releases.store import ReleaseReading, store_reading
from db.tables import ChangeRow, ClaimRow, Fetch, PageReading, Reading, ReleaseUrl, Revision, SnapshotRow
from db.upkeep.schema import check_schema
from db.upkeep.verify import verify
from extractors.claims import extract
from extractors.page import VERSION
from flows.importing.warc import WarcImported, import_warc
from flows.office.archive import RereadMode, batches, begin, reextract_batch
from flows.office.pages import read
from models.errors import InputError
from models.release import Snapshot
from models.source import Source
from scrapers.archives.warc import open_warc
from scrapers.http.warc import write_warc
from tests.extractors.document.reports import SEEN, made
from tests.support.databases import rows
from tests.support.years import CHALLENGE, HOST, Kept, at, listing, office, page, wacz, warc

FIRST, LATER = at("2016-05-01T10:00:00"), at("2018-02-03T04:05:06")
NOW = datetime.now(UTC)
PLACE = (Fetch.archive_place, Fetch.retrieved_at)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Both kinds."""
    return str(request.param)


def url(number: int, host: str = f"www.{HOST}", scheme: str = "https") -> str:
    return f"{scheme}://{host}/pm/{number}"


def imported(engine: Engine, path: Path, sources: Sequence[Source] = ()) -> WarcImported:
    return import_warc(engine, open_warc(path), list(sources) or [office()])


def live(engine: Engine, body: bytes, moment: datetime, number: int = 1) -> None:
    """What the office answers to us."""
    snapshot = Snapshot(url(number), body, (("Content-Type", "text/html; charset=utf-8"),), 200, moment)
    found = read(office(), snapshot.url, snapshot)
    day = found.release.published.date() if found.release.published else None
    extraction = extract(found.release.text, published=day, paragraphs=found.release.paragraphs)
    store_reading(engine, ReleaseReading("amt", snapshot.url, snapshot, found.release, extraction, VERSION))


def values(engine: Engine) -> list[int]:
    found = claims(engine, ClaimFilter(source="amt", status="completed"), limit=500).claims
    return sorted(int(each.claim.value) for each in found if each.claim.value is not None)


def test_each_release_knows_who_fetched_it_and_when(engine: Engine, tmp_path: Path) -> None:
    path = warc(tmp_path / "amt.warc.gz", [Kept(url(1), FIRST, page(1, 25)), Kept(url(2), FIRST, page(2, 8))])
    found = imported(engine, path)
    assert (found.new, found.bad, found.passed_over, values(engine)) == (2, 0, 0, [8, 25])
    (shown,) = [each for each in releases(engine, source="amt") if each.url == url(1)]
    (revision,) = release(engine, shown.id).revisions
    archived = revision.snapshot.archived
    assert archived is not None
    assert (archived.archive, archived.address, revision.seen_at) == ("amt.warc.gz", None, FIRST)
    assert archived.place.startswith(f"sha256:{open_warc(path).sha256}#urn:uuid:")
    assert archived.retrieved_at > NOW
    assert shown.published is not None and shown.published.year == 2015
    assert verify(engine) == []


def test_second_time_nothing_is_stored(engine: Engine, tmp_path: Path) -> None:
    path = warc(tmp_path / "amt.warc.gz", [Kept(url(number), FIRST, page(number, number)) for number in range(1, 6)])
    imported(engine, path)
    before = [rows(engine, table) for table in (Fetch, Revision, SnapshotRow, ClaimRow)]
    again = imported(engine, path)
    assert (again.new, again.known) == (0, 5)
    assert [rows(engine, table) for table in (Fetch, Revision, SnapshotRow, ClaimRow)] == before


def test_all_ways_to_write_a_body_down_are_read(engine: Engine, tmp_path: Path) -> None:
    first = Kept(url(1), FIRST, page(1, 1))
    records = [
        first,
        Kept(url(2), FIRST, page(2, 2), encoding="gzip"),
        Kept(url(3), FIRST, page(3, 3), chunked=True),
        Kept(url(4), FIRST, page(4, 4), encoding="gzip", chunked=True),
        Kept(url(5), FIRST, page(5, 5).replace(b"f\xc3\xbcr", b"f\xfcr"), content_type="text/html; charset=latin-1"),
        Kept(url(6), LATER, repeats=first),
    ]
    for name in ("amt.warc.gz", "amt.warc"):
        found = imported(engine, warc(tmp_path / name, records))
        assert (found.bad, found.named) == (0, [])
    assert values(engine) == [1, 2, 3, 4, 5]
    with engine.connect() as connection:
        bodies = {archived_body(connection, each) for each in connection.scalars(select(SnapshotRow.hash))}
    assert bodies == {record.body for record in records[:5]}


def test_twins_of_an_address_are_one_release(engine: Engine, tmp_path: Path) -> None:
    addresses = [
        url(1), url(1, HOST), url(1, HOST, "http"), f"http://www.{HOST}:80/pm/1", f"{url(1)};jsessionid=4F2A",
    ]  # fmt: skip
    records = [Kept(each, FIRST + timedelta(days=day), page(1, 25)) for day, each in enumerate(addresses)]
    found = imported(engine, warc(tmp_path / "amt.warc.gz", records))
    assert (found.new, found.known) == (1, 4)
    assert (rows(engine, ReleaseUrl), rows(engine, Revision), rows(engine, SnapshotRow)) == (1, 1, 1)


def test_what_cannot_be_believed_is_refused_by_name(engine: Engine, tmp_path: Path) -> None:
    records = [
        Kept(url(1), FIRST, page(1, 1)),
        Kept(url(2), FIRST, page(2, 2)),
        Kept(url(3), FIRST, page(3, 3), fields={"WARC-Truncated": "length"}),
        Kept(url(4), FIRST, page(4, 4)[:300], headers=(("Content-Length", "900"),)),
        Kept(url(5), FIRST, page(5, 5), encoding="br"),
        Kept(url(6), FIRST, CHALLENGE),
        Kept(url(7), FIRST, page(7, 7), headers=(("cf-mitigated", "challenge"),)),
        Kept(url(8), FIRST, page(8, 8), headers=(("x-amzn-waf-action", "challenge"),)),
    ]
    found = imported(engine, warc(tmp_path / "amt.warc.gz", records, damaged=frozenset({1})))
    assert (found.new, found.bad, values(engine), found.state) == (1, 7, [1], "degraded")
    reasons = {each.partition(", ")[2].partition(": ")[0]: each for each in found.named}
    words = ["digest", "WARC-Truncated: length", "cut off", "compressed with br"]
    words += ["Cloudflare's challenge", "Cloudflare's challenge", "AWS's challenge"]
    assert all(word in reasons[url(number)] for number, word in enumerate(words, start=2))


def test_only_pages_of_the_office_that_are_releases_are_taken(engine: Engine, tmp_path: Path) -> None:
    records = [
        Kept("https://andere.example/pm/1", FIRST, page(1, 9)),
        Kept(f"https://www.{HOST}/impressum", FIRST, page(99, 9)),
        Kept(f"https://www.{HOST}/pm", FIRST, listing(1, 2)),
        Kept(url(3), FIRST, b"", status="404 Not Found"),
        Kept(url(4), FIRST, b"", status="301 Moved", headers=(("Location", url(5)),)),
        Kept(url(5), FIRST, page(5, 5)),
    ]
    found = imported(engine, warc(tmp_path / "amt.warc.gz", records))
    assert (found.new, found.passed_over, found.bad, values(engine)) == (1, 5, 0, [5])


def test_lists_of_the_file_tell_releases_where_addresses_do_not(engine: Engine, tmp_path: Path) -> None:
    records = [
        Kept(url(1), FIRST, page(1, 1)),
        Kept(url(2), FIRST, page(2, 2)),
        Kept(f"http://{HOST}/pm", FIRST, listing(2)),
    ]
    found = imported(engine, warc(tmp_path / "amt.warc.gz", records), [office(release_url=None)])
    assert (found.new, found.passed_over, values(engine)) == (1, 2, [2])


def test_documents_of_the_file_become_documents_of_their_releases(engine: Engine, tmp_path: Path) -> None:
    report = made(replace(SEEN[0], projects=5))
    linked = page(1, 1).replace(
        b"</article>", b"<a href='/bericht.pdf'>Bericht</a> <a href='/fehlt.pdf'>x</a></article>"
    )
    records = [
        Kept(url(1), FIRST, linked),
        Kept(f"https://www.{HOST}/bericht.pdf", FIRST, report.body, content_type="application/pdf"),
        Kept(f"https://www.{HOST}/anderes.pdf", FIRST, report.body, content_type="application/pdf"),
    ]
    found = imported(engine, warc(tmp_path / "amt.warc.gz", records))
    assert (found.new, found.documents) == (1, 1)
    linking = next(each for each in releases(engine) if each.url == url(1))
    (document,) = release(engine, linking.id).documents
    assert document.url == f"https://www.{HOST}/bericht.pdf" and document.release_id is not None
    rows_of_it = [each.claim for each in release(engine, document.release_id).claims if each.claim.rule == "row/status"]
    assert {each.subject: each.status for each in rows_of_it} == report.states
    assert verify(engine) == []


def test_damaged_file_gives_what_comes_before_the_damage(engine: Engine, tmp_path: Path) -> None:
    path = warc(tmp_path / "amt.warc.gz", [Kept(url(number), FIRST, page(number, number)) for number in range(1, 20)])
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] + b"\0" * 40 + content[len(content) // 2 + 40 :])
    found = imported(engine, path)
    assert 0 < found.new < 19
    assert found.bad >= 1
    assert verify(engine) == []


def test_wacz_is_read_and_its_hashes_are_checked(engine: Engine, tmp_path: Path) -> None:
    inner = warc(tmp_path / "data.warc.gz", [Kept(url(1), FIRST, page(1, 25))])
    found = imported(engine, wacz(tmp_path / "amt.wacz", inner))
    assert (found.new, values(engine)) == (1, [25])
    with pytest.raises(InputError, match="is not what"):
        open_warc(wacz(tmp_path / "bad.wacz", inner, tampered=True))
    (tmp_path / "no.wacz").write_bytes(b"PK\5\6nothing")
    with pytest.raises(InputError, match="cannot be read"):
        open_warc(tmp_path / "no.wacz")


def test_years_before_a_live_release_are_its_earlier_revisions(engine: Engine, tmp_path: Path) -> None:
    seen = at("2026-01-01T00:00:00.5")
    live(engine, page(1, 40), seen)
    records = [
        Kept(url(1), at("2016-01-01"), page(1, 10)),
        Kept(url(1), at("2017-01-01"), page(1, 10).replace(b"<main>", b"<main> ")),
        Kept(url(1), at("2018-01-01"), page(1, 40)),
    ]
    found = imported(engine, warc(tmp_path / "amt.warc.gz", records))
    assert (found.new, found.corrected, found.known, values(engine)) == (0, 2, 1, [40])
    (summary,) = releases(engine, source="amt")
    assert (summary.revisions, summary.url) == (2, url(1))
    first, then, now = release(engine, summary.id).revisions
    assert [each.seen_at for each in (first, then, now)] == [at("2016-01-01"), at("2018-01-01"), seen]
    assert [each.repeats for each in (first, then, now)] == [False, False, True]
    assert then.unchanged_until == at("2017-01-01")
    assert verify(engine) == []
    # Another file shows that it changed twice in between.
    imported(engine, warc(tmp_path / "more.warc.gz", [Kept(url(1), at("2020-01-01"), page(1, 30))]))
    assert [each.repeats for each in release(engine, summary.id).revisions] == [False] * 4
    assert (releases(engine, source="amt")[0].revisions, values(engine)) == (4, [40])
    assert verify(engine) == []


def test_history_is_no_news_and_says_nothing_of_how_the_office_is(engine: Engine, tmp_path: Path) -> None:
    live(engine, page(2, 1, NOW.date().isoformat()), NOW, number=2)
    told = rows(engine, ChangeRow)
    imported(engine, warc(tmp_path / "amt.warc.gz", [Kept(url(1), NOW - timedelta(days=1), page(1, 25))]))
    span = {"since": NOW - timedelta(hours=1), "until": NOW + timedelta(hours=1)}
    assert rows(engine, ChangeRow) == told > 0
    assert all(each.claim.url == url(2) for each in changes(engine, **span))
    assert [each.url for each in whats_new(engine, **span).releases] == [url(2)]
    assert [(each.kind, each.state) for each in runs(engine)] == [("history", "completed")]
    assert [each.state for each in health(engine)] == [None]


def test_what_older_rules_read_is_read_again_first(engine: Engine, tmp_path: Path, monkeypatch) -> None:
    live(engine, page(1, 40), NOW)
    monkeypatch.setattr("flows.importing.warc.PAGE_VERSION", "another")
    with pytest.raises(InputError, match="reextract --source amt"):
        imported(engine, warc(tmp_path / "amt.warc.gz", [Kept(url(1), FIRST, page(1, 25))]))


def test_releases_from_an_archive_read_again_stay_what_they_are(engine: Engine, tmp_path: Path) -> None:
    imported(
        engine, warc(tmp_path / "amt.warc.gz", [Kept(url(1), FIRST, page(1, 25)), Kept(url(1), LATER, page(1, 30))])
    )
    (ids,) = batches(engine, None, RereadMode.PREVIEW_ALL)
    begin(engine, None, RereadMode.ALL)
    again = reextract_batch(engine, {"amt": office()}, ids, RereadMode.ALL)
    assert [(each.problem, bool(each.changes)) for each in again] == [(None, False)] * 2
    assert (rows(engine, Revision), rows(engine, Fetch)) == (2, 2)


def test_an_export_of_ours_comes_back_as_it_was(engine: Engine, tmp_path: Path) -> None:
    live(engine, page(1, 10), at("2025-01-01T00:00:00.25"))
    live(engine, page(1, 40), at("2025-03-01T00:00:00.125"))
    live(engine, page(2, 5), at("2025-03-01T00:00:00.5"), number=2)
    records = [Kept(url(1), FIRST, page(1, 7)), Kept(url(3), FIRST, page(3, 3), encoding="gzip")]
    imported(engine, warc(tmp_path / "amt.warc.gz", records))
    with (tmp_path / "export.warc.gz").open("wb") as stream:
        assert write_warc(stream, kept_answers(engine)) == 5
    other = connect(f"sqlite:///{tmp_path / 'other.db'}")
    check_schema(other)
    found = import_warc(other, open_warc(tmp_path / "export.warc.gz"), [office()])
    assert (found.new, found.corrected, found.bad) == (3, 2, 0)
    assert content(other) == content(engine)
    assert verify(other) == []
    other.dispose()


def content(engine: Engine, *, own: bool = True) -> dict[str, list[tuple[object, ...]]]:
    """All that stands for releases, but numbers of rows and when they were written.

    Without `own` also when copies were fetched is left out.
    """
    columns = {
        "fetches": [
            Fetch.url,
            Fetch.answered_by,
            Fetch.fetched_at,
            Fetch.archive,
            Fetch.archive_place,
            Fetch.body_hash,
        ],
        "snapshots": [SnapshotRow.hash, SnapshotRow.size, SnapshotRow.digest],
        "revisions": [Revision.id, Revision.release_id, Revision.snapshot_hash, Revision.seen_at, Revision.repeats],
        "urls": [ReleaseUrl.url, ReleaseUrl.release_id],
        "pages": [PageReading.revision_id, PageReading.text_hash, PageReading.title, PageReading.published],
        "claims": [ClaimRow.key, ClaimRow.release_id],
        "readings": [Reading.claim_key, Reading.quote, Reading.start, Reading.value, Reading.current],
    }
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.execute(select(*wanted)).all()), key=repr)
            for name, wanted in columns.items()
        }
