"""`bilanz check`: a verdict never comes without the sentence that proves it."""

import json
from pathlib import Path

import pytest

from tests.support import reports


@pytest.fixture(autouse=True)
def filled(tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    reports.fill(engine)
    engine.dispose()


@pytest.mark.parametrize(
    ("statement", "verdict", "status"),
    [
        ("Von den 40 Projekten des Seenprogramms sind 31 abgeschlossen.", "supported", 0),
        ("Von den 40 Projekten des Seenprogramms sind 25 abgeschlossen.", "outdated", 0),
        ("Von den 40 Projekten des Seenprogramms sind 33 abgeschlossen.", "differs", 0),
        ("Von den 40 Projekten des Seenprogramms waren 2023 bereits 31 abgeschlossen.", "contradicted", 0),
        ("2 Projekte des Seenprogramms wurden eingestellt.", "not_comparable", 1),
        ("In der Hauptstadt stehen 17 Leuchttürme.", "unknown", 1),
        ("Hier steht keine Zahl.", "unknown", 1),
    ],
)
def test_verdict_evidence_and_exit_status(bilanz, statement: str, verdict: str, status: int) -> None:
    result = bilanz("check", statement, "--format", "json")
    assert (result.returncode, result.stderr) == (status, "")
    checked = json.loads(result.stdout)
    assert checked["verdict"] == verdict
    assert bool(checked["evidence"]) == (verdict not in ("unknown", "not_comparable"))
    for proof in checked["evidence"]:
        assert proof["quote"] in proof["sentence"]
        assert proof["url"].startswith("https://land.example/presse/")
    assert bilanz("check", "-", "--format", "json", stdin=f"{statement}\n").stdout == result.stdout


def test_people_read_verdict_reason_and_sentence(bilanz) -> None:
    shown = bilanz("check", "Von den 40 Projekten des Seenprogramms sind 25 abgeschlossen.").stdout
    assert shown.splitlines()[0] == "outdated"
    assert "the latest that is stated is" in shown
    assert "„Von den 40 Projekten des Seenprogramms sind 31 abgeschlossen, 9 befinden sich in Umsetzung.“" in shown
    assert "https://land.example/presse/2024" in shown


def test_statement_without_words_is_refused(bilanz) -> None:
    empty = bilanz("check", " ")
    assert (empty.returncode, empty.stdout) == (2, "")
    assert "characters" in empty.stderr
