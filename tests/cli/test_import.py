"""`bilanz import`: what it says, and how it ends."""

import json
import sys
from pathlib import Path

import pytest

from cli.main import main
from models.settings import settings

GOOD = {"id": "1", "title": "Radwege", "text": "Das Land hat 17 Radwege gebaut.", "published": "2015-01-01"}


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in records), "utf-8")
    return path


def test_imported_releases_are_listed_searched_verified_and_read_again(bilanz, tmp_path: Path) -> None:
    write(tmp_path / "Alte Meldungen.jsonl", GOOD)
    result = bilanz("import", "Alte Meldungen.jsonl", "--publisher", "Amt für Radwege")
    assert (result.returncode, result.stderr) == (0, "")
    counts = "1 new releases, 0 corrected, 0 known already; 1 new claims."
    told, hint = result.stdout.splitlines()
    assert told == f"Alte Meldungen.jsonl is imported as alte-meldungen: {counts}"
    assert hint == "`bilanz relate --all` makes series of its numbers, as every report does."
    again = bilanz("import", "Alte Meldungen.jsonl").stdout
    assert "0 new releases, 0 corrected, 1 known already" in again and "relate" not in again
    office = json.loads(bilanz("sources", "list", "--format", "json").stdout)[-1]
    assert (office["id"], office["publisher"], office["level"]) == ("alte-meldungen", "Amt für Radwege", "imported")
    (alone,) = json.loads(bilanz("sources", "list", "--format", "json", BILANZ_BUNDLED="no").stdout)
    assert alone == office
    (claim,) = json.loads(bilanz("claims", "--source", "alte-meldungen", "--format", "json").stdout)
    assert (claim["value"], claim["url"]) == ("17", "import:alte-meldungen/1")
    assert bilanz("db", "verify").returncode == 0
    assert "1 pages read again, 0 of them otherwise" in bilanz("reextract", "--all").stdout
    (state,) = json.loads(bilanz("health", "--format", "json").stdout)
    assert (state["source"], state["state"], state["releases"]) == ("alte-meldungen", "imported", 1)
    assert {run["kind"] for run in json.loads(bilanz("runs", "--format", "json").stdout)} == {"import", "reextract"}
    archived = bilanz("db", "export", "archive.warc.gz")
    assert (archived.returncode, archived.stderr) == (0, "")


def test_bad_lines_are_named_and_a_file_without_good_ones_fails(bilanz, tmp_path: Path) -> None:
    write(tmp_path / "some.jsonl", GOOD, *["kaputt [rot]"] * 25)
    result = bilanz("import", "some.jsonl")
    assert result.returncode == 0
    first, *named, more = result.stderr.splitlines()
    assert first == "25 of 26 records could not be used:"
    assert (len(named), named[0], more) == (20, "  line 2: It is no JSON.", "  and 5 more.")
    write(tmp_path / "none.jsonl", "kaputt")
    assert bilanz("import", "none.jsonl").returncode == 2
    write(tmp_path / "empty.jsonl")
    result = bilanz("import", "empty.jsonl")
    assert (result.returncode, result.stderr) == (1, "There is no release in it.\n")


def test_where_no_terminal_shows_progress_lines_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "some.jsonl", GOOD, GOOD | {"id": "2"})
    monkeypatch.setenv("BILANZ_DATABASE_URL", f"sqlite:///{tmp_path / 'bilanz.db'}")
    monkeypatch.setattr("cli.progress.LINE_EVERY", 0)
    monkeypatch.setattr(sys, "argv", ["bilanz", "import", str(path)])
    settings.cache_clear()
    with pytest.raises(SystemExit):
        main()
    settings.cache_clear()
    assert capsys.readouterr().err.splitlines() == [f"Reading some.jsonl: {number} records ..." for number in (1, 2)]


def test_a_record_without_a_day_is_stored_and_told(bilanz, tmp_path: Path) -> None:
    write(tmp_path / "some.jsonl", GOOD, {"id": "2", "title": "Häfen", "text": "Das Land hat 18 Häfen gebaut."})
    told = "1 of the new releases name no day (published), so that their claims have none."
    assert told in bilanz("import", "some.jsonl").stdout
    assert told not in bilanz("import", "some.jsonl").stdout


def test_a_night_without_any_press_office_says_so(bilanz, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    night = bilanz("ingest", "--due", BILANZ_SOURCES=str(tmp_path / "own"), BILANZ_BUNDLED="no")
    assert (night.returncode, night.stdout) == (2, "")
    assert night.stderr.startswith("No press office is to be read")


def test_an_import_that_fails_calls_nobody(bilanz, tmp_path: Path) -> None:
    write(tmp_path / "none.jsonl", "kaputt")
    assert bilanz("import", "none.jsonl").returncode == 2
    assert bilanz("health").returncode == 0


def test_what_cannot_be_imported_is_said_in_one_sentence(bilanz, tmp_path: Path) -> None:
    write(tmp_path / "berlin.jsonl", GOOD)
    (tmp_path / "page.html").write_text("<p>", "utf-8")
    for arguments, word in (
        (["berlin.jsonl"], "press office"),
        (["page.html"], "should be JSON lines"),
        (["none.jsonl"], "cannot be read"),
        (["berlin.jsonl", "--source", "Ä"], "no id"),
    ):
        result = bilanz("import", *arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert word in result.stderr
        assert len(result.stderr.splitlines()) == 1
