"""`bilanz projects`: names are joined and parted by judgement, and every judgement stays in the log."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.support import reports


@pytest.fixture(autouse=True)
def filled(tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    reports.fill_with_alias(engine)
    engine.dispose()


def aliases(bilanz, name: str) -> list[str]:
    """Other names of a project; none where no project is listed under that name."""
    listed = json.loads(bilanz("projects", "list", "--format", "json").stdout)
    return next((project["aliases"] for project in listed if project["name"] == name), [])


def test_projects_are_listed_with_names_and_parts(bilanz) -> None:
    listed = json.loads(bilanz("projects", "list", "--format", "json").stdout)
    assert {"Seenprogramm", "Ruhr-Konferenz"} <= {project["name"] for project in listed}
    (conference,) = (project for project in listed if project["name"] == "Ruhr-Konferenz")
    assert conference["parts"]
    rows = list(csv.DictReader(io.StringIO(bilanz("projects", "list", "--format", "csv").stdout)))
    assert [row["name"] for row in rows] == [project["name"] for project in listed]
    assert "Seenprogramm" in bilanz("projects").stdout


def test_merge_is_undone_by_split_and_both_are_logged(bilanz) -> None:
    merged = bilanz("projects", "merge", "Seenprogramm", "Digitalpakt 2.0", "--by", "Ada", "--note", "a trial")
    assert (merged.returncode, merged.stderr) == (0, "")
    assert "Seenprogramm" in aliases(bilanz, "Digitalpakt 2.0")
    parted = bilanz("projects", "split", "Seenprogramm", "Digitalpakt 2.0", "--by", "Ben")
    assert (parted.returncode, parted.stderr) == (0, "")
    assert "Seenprogramm" not in aliases(bilanz, "Digitalpakt 2.0")
    first, second = json.loads(bilanz("projects", "log", "--format", "json").stdout)
    assert (first["verdict"], first["author"], first["note"], first["retracted_by"]) == (
        "same",
        "Ada",
        "a trial",
        "Ben",
    )
    assert (second["verdict"], second["author"], second["retracted_at"]) == ("different", "Ben", None)


def test_judgements_are_taken_back_and_pairs_left_open(bilanz) -> None:
    bilanz("projects", "merge", "Seenprogramm", "SePro", "--by", "Ada")
    taken_back = bilanz("projects", "undo", "SePro", "Seenprogramm", "--by", "Ben")
    assert (taken_back.returncode, taken_back.stderr) == (0, "")
    assert "SePro" not in aliases(bilanz, "Seenprogramm")
    again = bilanz("projects", "undo", "SePro", "Seenprogramm")
    assert (again.returncode, again.stdout, len(again.stderr.splitlines())) == (2, "", 1)
    left_open = bilanz("projects", "unsure", "Seenprogramm", "SePro", "--by", "Cem", "--note", "ask the office")
    assert (left_open.returncode, left_open.stderr) == (0, "")
    assert bilanz("projects", "suggest").returncode == 1
    log = json.loads(bilanz("projects", "log", "--format", "json").stdout)
    assert [(each["verdict"], each["author"], each["retracted_by"]) for each in log] == [
        ("same", "Ada", "Ben"),
        ("unsure", "Cem", None),
    ]
    assert all(each["made_at"] for each in log) and log[0]["retracted_at"]


def test_names_nobody_knows_and_contradictions_change_nothing(bilanz) -> None:
    unknown = bilanz("projects", "merge", "Seenprogram", "Ruhr-Konferenz")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "Did you mean Seenprogramm" in unknown.stderr
    registered = bilanz("projects", "split", "SiKo Ruhr", "Sicherheitskooperation Ruhr")
    assert (registered.returncode, len(registered.stderr.splitlines())) == (2, 1)
    assert bilanz("projects", "log").returncode == 1


def test_suggestions_end_once_they_are_judged(bilanz) -> None:
    (pair,) = json.loads(bilanz("projects", "suggest", "--format", "json").stdout)
    assert (pair["left"], pair["right"], pair["reason"]) == ("Seenprogramm", "SePro", "stated in a release")
    assert bilanz("projects", "split", pair["left"], pair["right"]).returncode == 0
    remaining = bilanz("projects", "suggest", "--format", "json").stdout or "[]"
    assert (pair["left"], pair["right"]) not in {(each["left"], each["right"]) for each in json.loads(remaining)}


def test_no_cell_is_a_formula_to_a_spreadsheet(bilanz, tmp_path: Path) -> None:
    name = '=HYPERLINK("http://evil.example")'
    engine = reports.database(tmp_path)
    reports.fill_with_alias(engine, name)
    engine.dispose()
    rows = list(csv.DictReader(io.StringIO(bilanz("projects", "list", "--all", "--format", "csv").stdout)))
    assert [row["name"] for row in rows if "HYPERLINK" in row["name"]] == ["'" + name]
    listed = json.loads(bilanz("projects", "list", "--all", "--format", "json").stdout)
    assert name in {project["name"] for project in listed}


def test_names_are_hidden_renamed_and_restored(bilanz) -> None:
    hidden = bilanz("projects", "hide", "Seenprogramm", "--by", "Ada", "--note", "a trial")
    assert (hidden.returncode, hidden.stderr) == (0, "")
    assert "Seenprogramm" not in bilanz("projects").stdout
    assert "Seenprogramm" in bilanz("projects", "list", "--all").stdout
    bilanz("projects", "rename", "Seenprogramm", "Programm für Seen", "--by", "Ben")
    assert "Seenprogramm" in aliases(bilanz, "Programm für Seen")
    restored = bilanz("projects", "restore", "Programm für Seen", "--by", "Cem")
    assert (restored.returncode, restored.stderr) == (0, "")
    log = json.loads(bilanz("projects", "log", "--format", "json").stdout)
    assert [(row["verdict"], row["right"], row["retracted_by"]) for row in log] == [
        ("hidden", None, "Ben"),
        ("listed", "Programm für Seen", "Cem"),
    ]


def test_the_log_speaks_to_people_in_their_language(bilanz) -> None:
    assert bilanz("projects", "merge", "Seenprogramm", "SePro").returncode == 0
    shown = bilanz("--lang", "de", "projects", "log").stdout
    assert "dasselbe" in shown and "same" not in shown
    assert re.search(r"\d\d\.\d\d\.20\d\d, \d\d:\d\d Uhr", shown)
