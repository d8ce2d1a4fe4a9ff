"""`bilanz claims` and `bilanz sources`: what the database adds to what is listed."""

import json
from datetime import UTC, datetime
from pathlib import Path

from db.operation.runs import SourceRecord, record_source, start_run
from tests.support import reports


def test_claim_of_a_release_that_two_offices_published_names_the_other(bilanz, tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    reports.fill(engine)
    reports.repeat(engine)
    engine.dispose()
    listed = json.loads(bilanz("claims", "--format", "json").stdout)
    assert {(claim["url"], claim["twins"]) for claim in listed} == {
        ("https://land.example/presse/2023", "https://portal.example/presse/2023"),
        ("https://portal.example/presse/2023", "https://land.example/presse/2023"),
        ("https://land.example/presse/2024", None),
    }
    table = bilanz("claims", "--source", "land", "--year", "2023", COLUMNS="200").stdout
    assert "same release at portal: https://portal.example/presse/2023" in table
    assert "same release at" not in bilanz("claims", "--year", "2024", COLUMNS="200").stdout


def test_one_claim_is_shown_with_all_that_speaks_for_it(bilanz, tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    reports.fill(engine)
    engine.dispose()
    key = json.loads(bilanz("claims", "--format", "json").stdout)[0]["key"]
    assert key in bilanz("claims").stdout
    shown = bilanz("show", key).stdout
    whole = json.loads(bilanz("show", key, "--format", "json").stdout)
    claim = whole["claim"]
    assert claim["key"] == key and whole["readings"][0]["quote"] == claim["quote"]
    assert all(claim[name] in shown for name in ("url", "sentence", "snapshot", "release_title"))
    unknown = bilanz("show", "0" * 16)
    assert (unknown.returncode, unknown.stderr.strip()) == (2, "There is no claim '0000000000000000'.")


def test_filters_are_named_in_german_too_and_misspelt_ones_are_answered(bilanz, tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    reports.fill(engine)
    engine.dispose()
    english, german = (
        bilanz("claims", "--status", word, "--format", "json") for word in ("completed", "Abgeschlossen")
    )
    assert (english.returncode, english.stdout) == (german.returncode, german.stdout)
    misspelt = bilanz("claims", "--status", "abgeschlosen")
    assert misspelt.returncode == 2 and "did you mean completed?" in " ".join(misspelt.stderr.replace("│", "").split())
    elsewhere = bilanz("claims", "--source", "lamd")
    assert (elsewhere.returncode, elsewhere.stderr.strip()) == (
        1,
        "There is no claim of the source 'lamd'; did you mean land?",
    )
    assert "a year has four digits" in bilanz("claims", "--year", "nineteen").stderr
    assert "did you mean 2024" in bilanz("claims", "--year", "20l4").stderr
    assert "did you mean 2024" in bilanz("claims", "--year", "2204").stderr
    german = bilanz("--lang", "de", "claims", "--year", "1")
    assert "Ein Jahr hat vier Ziffern" in german.stderr


def test_sources_are_listed_with_the_state_of_their_last_run(bilanz, tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    now = datetime(2025, 6, 1, tzinfo=UTC)
    run = start_run(engine, "ingest", now=now)
    for source, state in (("berlin", "failed"), ("bmf", "completed")):
        record_source(engine, SourceRecord(run, source, state, None, {}, now, now))
    engine.dispose()
    listed = json.loads(bilanz("sources", "list", "--format", "json").stdout)
    states = {source["id"]: source["last_run"] for source in listed}
    assert (states["berlin"], states["bmf"], states["bayern"]) == ("failed", "completed", None)
