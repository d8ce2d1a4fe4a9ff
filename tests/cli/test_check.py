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
    assert shown.splitlines()[0] == "Outdated"
    assert "stated since is" in shown
    assert "„Von den 40 Projekten des Seenprogramms sind 31 abgeschlossen, 9 befinden sich in Umsetzung.“" in shown
    assert "https://land.example/presse/2024" in shown


def test_statement_without_words_is_refused(bilanz) -> None:
    empty = bilanz("check", " ")
    assert (empty.returncode, empty.stdout) == (2, "")
    assert "characters" in empty.stderr


def test_many_statements_are_answered_a_line_each(bilanz, tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    done = "Von den 40 Projekten des Seenprogramms sind {} abgeschlossen."
    lines = [
        {"id": "a", "statement": done.format(31), "said_on": None},
        {"id": "b", "statement": done.format(25), "said_on": "2024-01-01"},
        {"id": "c", "statement": " "},
    ]
    asked.write_text("".join(json.dumps(each) + "\n" for each in lines), "utf-8")
    result = bilanz("check", "--jsonl", str(asked))
    assert (result.returncode, result.stderr) == (0, "")
    a, b, c = map(json.loads, result.stdout.splitlines())
    assert [each["id"] for each in (a, b, c)] == ["a", "b", "c"]
    verdicts = {each["quote"]: each["verdict"] for each in a["findings"]}
    assert "supported" in verdicts.values()
    assert b["said_on"] == "2024-01-01"
    # What was said then was the latest; by what is known now it is outdated.
    assert [each["verdict"] for each in b["findings"] if "25" in each["quote"]] == ["supported"]
    assert [each["verdict"] for each in b["now"] if "25" in each["quote"]] == ["outdated"]
    assert "characters" in c["error"] and c["findings"] == []


def test_a_longer_text_is_checked_paragraph_by_paragraph(bilanz, tmp_path: Path) -> None:
    speech = tmp_path / "rede.txt"
    done = "Von den 40 Projekten des Seenprogramms sind {} abgeschlossen."
    text = f"Guten Tag.\n\n{done.format(31)}\n\n{done.format(33)}\n"
    speech.write_text(text, "utf-8")
    checked = json.loads(bilanz("check", "--file", str(speech), "--format", "json").stdout)
    assert checked["verdict"] == "differs"
    assert all(text[each["start"] : each["end"]] == each["quote"] for each in checked["findings"])


@pytest.mark.parametrize(
    "arguments", [[], ["a", "--jsonl", "b"], ["a", "--said-on", "gestern"], ["--jsonl", "missing.jsonl"]]
)
def test_what_cannot_be_checked_is_said_in_a_sentence(bilanz, arguments: list[str]) -> None:
    refused = bilanz("check", *arguments)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "Traceback" not in refused.stderr and refused.stderr.count("\n") <= 3
