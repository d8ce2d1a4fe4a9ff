"""Files are imported: each release once, with the bytes that prove it, whatever happens on the way."""

import gzip
import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import psutil
import pytest
from sqlalchemy import Engine

from db.archive.imported import imported_sources
from db.claims.changes import changes
from db.claims.queries import ClaimFilter, claims
from db.operation.health import health
from db.operation.runs import due_sources
from db.releases.news import count_fetched, whats_new
from db.releases.queries import release, releases
from db.releases.store import ReleaseReading, store_reading
from db.tables import ChangeRow, Fetch, ReleaseRow, Revision
from db.upkeep.verify import verify
from extractors.claims import extract
from extractors.page import VERSION
from flows.importing.files import open_file
from flows.importing.store import Import, Imported, free_source, import_file
from flows.office.archive import RereadMode, batches, begin, reextract_batch
from models.errors import DatabaseUnusable, InputError
from models.release import Release, Snapshot
from tests.support.databases import full_disk, rows

NOW = datetime.now(UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Both kinds."""
    return str(request.param)


def record(number: int, **fields: object) -> dict[str, object]:
    """A release with one count of its own."""
    text = f"Das Land hat {number + 100} Radwege gebaut. Die Arbeiten dauerten lange."
    day = date(2015, 1, 1) + timedelta(days=number)
    return {"id": f"m-{number}", "published": day.isoformat(), "title": f"Radwege {number}", "text": text} | fields


def lines(path: Path, records: Sequence[object]) -> Path:
    content = "".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in records).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def imported(engine: Engine, path: Path, publisher: str | None = None, published: date | None = None) -> Imported:
    return import_file(engine, Import(open_file(path), "amt", publisher, published))


def values(engine: Engine) -> list[int]:
    found = claims(engine, ClaimFilter(source="amt"), limit=500).claims
    return sorted(int(each.claim.value) for each in found if each.claim.value is not None)


@pytest.mark.parametrize("name", ["amt.jsonl", "amt.jsonl.gz"])
def test_each_line_is_a_release_proven_by_itself(engine: Engine, tmp_path: Path, name: str) -> None:
    path = lines(tmp_path / name, [record(1), "", record(2, url="https://amt.example/2?utm_source=x#top")])
    found = imported(engine, path, "Amt für Radwege")
    assert (found.new, found.claims, found.bad, found.state) == (2, 2, 0, "completed")
    assert imported_sources(engine) == {"amt": "Amt für Radwege"}
    second, first = releases(engine, source="amt")
    assert (first.url, second.url) == ("import:amt/m-1", "https://amt.example/2")
    (revision,) = release(engine, second.id).revisions
    origin = revision.snapshot.origin
    assert origin is not None
    assert (origin.file, origin.line, origin.sha256) == (name, 3, sha256(path.read_bytes()).hexdigest())
    assert json.loads(revision.snapshot.body)["title"] == revision.release.title
    assert release(engine, second.id).urls == ("https://amt.example/2",)
    assert verify(engine) == []


def test_second_run_stores_nothing_and_a_changed_record_is_a_correction(engine: Engine, tmp_path: Path) -> None:
    path = lines(tmp_path / "amt.jsonl", [record(number) for number in range(4)])
    imported(engine, path)
    before = [rows(engine, table) for table in (ReleaseRow, Revision, Fetch)]
    again = imported(engine, path, "Amt")
    assert (again.new, again.known, again.claims) == (0, 4, 0)
    assert [rows(engine, table) for table in (ReleaseRow, Revision, Fetch)] == before
    assert imported_sources(engine) == {"amt": "Amt"}
    lines(path, [record(9), record(0), record(1, text="Das Land hat 7 Radwege gebaut."), record(2)])
    changed = imported(engine, path)
    assert (changed.new, changed.corrected, changed.known) == (1, 1, 2)
    assert values(engine) == [7, 100, 102, 103, 109]
    assert verify(engine) == []


def test_lines_that_cannot_be_used_are_named_and_stop_nothing(engine: Engine, tmp_path: Path) -> None:
    bad = ["kaputt", record(1, title=""), record(2, published="gestern"), {"title": "T", "text": "Drei Wege."}]
    bad += [record(3, url="javascript:alert(1)"), record(0, text="Etwas anderes.")]
    path = lines(tmp_path / "amt.jsonl", [record(0), *bad, *["kaputt"] * 30, record(4)])
    found = imported(engine, path)
    assert (found.new, found.bad, len(found.named), found.state) == (2, 36, 20, "degraded")
    reasons = [each.partition(": ") for each in found.named[:6]]
    assert [place for place, _, _ in reasons] == [f"line {number}" for number in range(2, 8)]
    words = ["no JSON", "no title", "date", "neither id nor url", "no http", "that of line 1"]
    assert all(word in reason for word, (_, _, reason) in zip(words, reasons, strict=True))
    (state,) = health(engine)
    assert (state.state, state.releases) == ("imported", 2), "how an import went says nothing of an office"
    assert imported(engine, lines(tmp_path / "bad.jsonl", ["kaputt"])).state == "failed"


def test_csv_has_the_same_columns_in_any_order(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "amt.csv.gz"
    content = (
        "\ufeffTitle;id;text;published;note\r\n"
        'Radwege;1;"Das Land hat\r\n\r\n17 Radwege; gebaut.";2015-01-01;x\r\n'
        "Nur zwei;Spalten\r\n"
        'Brücken;2;"Zum Bau von ""Neu"": 18 Brücken sind fertig.";2.1.2015;\r\n'
    )
    path.write_bytes(gzip.compress(content.encode()))
    found = imported(engine, path)
    assert (found.new, found.bad) == (2, 1)
    assert found.named[0].startswith("line 5: It has 2 columns")
    assert values(engine) == [17, 18]
    newest = release(engine, releases(engine, source="amt")[0].id).revisions[0]
    assert newest.snapshot.origin is not None
    assert newest.snapshot.origin.line == 6
    assert imported(engine, path).known == 2


def test_folder_of_texts_has_days_in_its_names(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "texte"
    (folder / "alt").mkdir(parents=True)
    (folder / "2015-03-02_wege.txt").write_text("Radwege\n\nDas Land hat 17 Radwege gebaut.", "utf-8")
    (folder / "alt" / "20140101.txt").write_text("Radwege\n\nDas Land hat 16 Radwege gebaut.", "utf-8")
    (folder / "ohne.txt").write_text("Radwege\n\nDas Land hat 15 Radwege gebaut.", "utf-8")
    (folder / "leer.txt").write_text("", "utf-8")
    found = imported(engine, folder, published=date(2013, 1, 1))
    assert (found.new, found.bad, values(engine)) == (3, 1, [15, 16, 17])
    assert found.named == ["leer.txt: It has no title."]
    shown = [(each.url, each.published and each.published.year) for each in releases(engine, source="amt")]
    assert shown == [("import:amt/2015-03-02_wege", 2015), ("import:amt/alt/20140101", 2013), ("import:amt/ohne", 2012)]
    assert imported(engine, folder).known == 3


def test_damaged_archive_gives_what_comes_before_the_damage(engine: Engine, tmp_path: Path) -> None:
    noise = Random(7)
    records = [record(number, note=noise.randbytes(4000).hex()) for number in range(60)]
    whole = lines(tmp_path / "amt.jsonl.gz", records)
    whole.write_bytes(whole.read_bytes()[:-2000])
    file = open_file(whole)
    assert 0 < file.length < 60
    found = import_file(engine, Import(file, "amt"))
    assert found.bad == 1
    assert 0 < found.new < 60
    assert "damaged" in found.named[0]


def test_releases_read_again_stay_what_they_are(engine: Engine, tmp_path: Path) -> None:
    imported(engine, lines(tmp_path / "amt.jsonl", [record(number) for number in range(3)]))
    assert list(batches(engine)) == []
    (ids,) = batches(engine, None, RereadMode.PREVIEW_ALL)
    begin(engine, None, RereadMode.ALL)
    again = reextract_batch(engine, {}, ids, RereadMode.ALL)
    assert [(each.problem, bool(each.changes)) for each in again] == [(None, False)] * 3
    assert rows(engine, ReleaseRow) == rows(engine, Revision) == rows(engine, Fetch) == 3


def test_history_is_no_news(engine: Engine, tmp_path: Path) -> None:
    imported(engine, lines(tmp_path / "amt.jsonl", [record(1, published=NOW.date().isoformat())]))
    span = {"since": NOW - timedelta(days=1), "until": NOW + timedelta(days=1)}
    assert rows(engine, ChangeRow) == 0
    assert changes(engine, **span) == []
    assert count_fetched(engine, **span) == (0, 0)
    assert not whats_new(engine, **span).releases
    assert not whats_new(engine, sources=["amt"], **span).releases, "nor when asked for"
    assert due_sources(engine, [], now=NOW) == []


def test_address_stays_free_for_the_office_that_publishes_there(engine: Engine, tmp_path: Path) -> None:
    url = "https://land.example/1"
    imported(engine, lines(tmp_path / "amt.jsonl", [record(1, url=url)]))
    text = "Radwege 1\n\nDas Land hat 101 Radwege gebaut. Die Arbeiten dauerten lange."
    published = datetime(2015, 1, 2, 12, tzinfo=UTC)
    page = Release("Radwege 1", text, (), published, "minute", "meta")
    came = Snapshot(url, b"<html>", (), 200, NOW)
    found = extract(text, published=None)
    result = store_reading(engine, ReleaseReading("land", url, came, page, found, VERSION))
    assert (result.new_release, result.corrected) == (True, False)
    (twin,) = release(engine, result.release_id).twins
    assert twin.source_id == "amt"
    assert imported(engine, tmp_path / "amt.jsonl").known == 1


def test_source_of_an_office_is_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="press office"):
        free_source("berlin", None)
    with pytest.raises(InputError, match="no id"):
        free_source("Amt 1", None)
    text = "Wege\n\nDrei Wege sind fertig."
    page = Release("Wege", text, (), NOW, "day", "meta")
    came = Snapshot("https://amt.example/1", b"<html>", (), 200, NOW)
    store_reading(engine, ReleaseReading("amt", came.url, came, page, extract(text, published=None), VERSION))
    with pytest.raises(InputError, match="press office"):
        imported(engine, lines(tmp_path / "amt.jsonl", [record(1)]))


@pytest.mark.parametrize("content", ["", "id,text\n1,x\n", "\ufffd"])
def test_file_without_the_columns_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "amt.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match="must name its columns"):
        open_file(path)


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_full_disk_ends_an_import_and_is_no_fault_of_its_records(
    engine: Engine, database: str, tmp_path: Path
) -> None:
    words = " ".join(f"Wort{number}" for number in range(800))
    path = lines(tmp_path / "amt.jsonl", [record(number, text=f"{words} {number}.") for number in range(12)])
    with full_disk(engine), pytest.raises(DatabaseUnusable, match="is full: make room and run the same command again"):
        imported(engine, path)
    assert verify(engine) == []
    rest = imported(engine, path)
    assert (rest.new + rest.known, rest.bad) == (12, 0)


def test_killed_import_goes_on_where_it_was(url: str, engine: Engine, tmp_path: Path) -> None:
    path = lines(tmp_path / "amt.jsonl", [record(number) for number in range(120)])
    code = (
        "import sys\nfrom db.engine import connect\nfrom flows.importing.files import *\n"
        "from flows.importing.store import *\nfrom pathlib import Path\n"
        "if __name__ == '__main__':\n"
        "    import_file(connect(sys.argv[1]), Import(open_file(Path(sys.argv[2])), 'amt'))\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, url, str(path)]) as process:
        while rows(engine, ReleaseRow) < 10:
            assert process.poll() is None
            time.sleep(0.01)
        readers = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGKILL)
    psutil.wait_procs(readers, timeout=60)
    stored = rows(engine, ReleaseRow)
    assert 10 <= stored < 120
    assert stored == rows(engine, Fetch) == rows(engine, Revision) == len(values(engine))
    assert verify(engine) == []
    rest = imported(engine, path)
    assert (rest.new, rest.known) == (120 - stored, stored)
    assert values(engine) == [number + 100 for number in range(120)]
    assert verify(engine) == []
