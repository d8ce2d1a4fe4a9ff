"""`bilanz reextract`: older readings give way to what the present extractors see."""

import json
import sqlite3
import sys
from pathlib import Path

import pytest

from cli.main import main
from models.settings import settings
from tests.support import reports


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A database whose 2024 report was read by an older extractor: one claim unseen, one otherwise, one too many."""
    engine = reports.database(tmp_path)
    reports.fill_by_older_rules(engine)
    engine.dispose()
    return tmp_path / "bilanz.db"


def readings(database: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as connection:
        return sorted(connection.execute("SELECT claim_key, content_hash, current FROM readings"))


def test_dry_run_tells_what_would_change_and_changes_nothing(bilanz, stored: Path) -> None:
    before = readings(stored)
    checked = bilanz("db", "check")
    assert (checked.returncode, "older rules have read: 1;" in checked.stdout) == (0, True)
    shown = bilanz("reextract", "--dry-run")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "1 pages read again, 1 of them otherwise than before: 1 added, 1 altered, 1 superseded." in shown.stdout
    assert "Nothing was stored." in shown.stdout
    assert "2 pages read again, 1 of them" in bilanz("reextract", "--dry-run", "--all").stdout
    assert readings(stored) == before


def test_where_no_terminal_shows_progress_lines_do(
    stored: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BILANZ_DATABASE_URL", f"sqlite:///{stored}")
    monkeypatch.setattr("cli.progress.LINE_EVERY", 0)
    monkeypatch.setattr(sys, "argv", ["bilanz", "reextract"])
    settings.cache_clear()
    with pytest.raises(SystemExit):
        main()
    settings.cache_clear()
    assert capsys.readouterr().err.splitlines() == ["Reading again: 1 releases ..."]


def test_present_reading_is_stored_and_the_older_one_kept(bilanz, stored: Path) -> None:
    before = readings(stored)
    changes = json.loads(bilanz("reextract", "--format", "json").stdout)
    by_name = {change["change"]: change for change in changes}
    assert len(changes) == len(by_name) == 3
    assert by_name["added"]["after"].startswith("9 of 40 Projekten · in progress")
    assert by_name["altered"]["before"].startswith("31 of 40 Projekten · planned")
    assert by_name["altered"]["after"].startswith("31 of 40 Projekten · completed")
    assert by_name["superseded"]["after"] is None
    kept = {row[:2] for row in readings(stored)}
    assert {row[:2] for row in before} < kept
    assert bilanz("claims", "--status", "planned").returncode == 1
    assert json.loads(bilanz("reextract", "--format", "json").stdout) == []
    (run,) = json.loads(bilanz("runs", "--format", "json").stdout)
    assert (run["kind"], run["state"], run["found"], run["claims"]) == ("reextract", "completed", 1, 1)


def test_corrected_release_keeps_saying_what_it_says_now(bilanz, tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    reports.fill(engine)
    assert reports.correct(engine).corrected
    engine.dispose()
    before = readings(tmp_path / "bilanz.db")
    result = bilanz("reextract", "--all")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "3 pages read again, 0 of them otherwise than before: 0 added, 0 altered, 0 superseded.\n"
    assert readings(tmp_path / "bilanz.db") == before


def test_other_offices_are_left_alone(bilanz, stored: Path) -> None:
    before = readings(stored)
    result = bilanz("reextract", "--source", "berlin")
    assert (result.returncode, result.stderr) == (1, "No release of berlin is stored.\n")
    unknown = bilanz("reextract", "--source", "berlim")
    assert unknown.returncode == 2
    assert unknown.stderr.startswith("No source is called 'berlim'")
    assert readings(stored) == before
    assert bilanz("reextract", "--source", reports.SOURCE, "--format", "csv").stdout.startswith("release_id,url,")


def test_page_that_cannot_be_read_any_more_is_named_and_keeps_its_claims(bilanz, stored: Path) -> None:
    with sqlite3.connect(stored) as connection:
        connection.execute("UPDATE page_readings SET text_hash = (SELECT max(hash) FROM texts)")
    result = bilanz("reextract", "--all")
    assert result.returncode == 1
    assert "reads the same bytes" in result.stderr
    assert "Traceback" not in result.stderr
