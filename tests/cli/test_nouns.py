"""`bilanz nouns`: nouns that count one thing are joined for a comparison, and parted again."""

import json
from pathlib import Path

import pytest

from tests.support import reports


@pytest.fixture(autouse=True)
def filled(tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    reports.fill_with_two_nouns(engine)
    engine.dispose()


def compared(bilanz) -> set[str]:
    """The dates of what is compared: of the reports that count the same thing as the newest."""
    found = json.loads(bilanz("compare", "Seenprogramm", "--format", "json").stdout)
    return {row["date"] for row in found["rows"]}


def test_joined_nouns_are_compared_until_one_is_parted_again(bilanz) -> None:
    assert compared(bilanz) == {"2024"}
    joined = bilanz("nouns", "join", "Projekt", "Badestelle", "--programme", "Seenprogramm", "--by", "Ada")
    assert (joined.returncode, joined.stdout) == (0, "Badestelle counts as Projekt in Seenprogramm now.\n")
    assert compared(bilanz) == {"2023", "2024"}
    parted = bilanz("nouns", "undo", "Badestelle", "--programme", "Seenprogramm", "--by", "Ben")
    assert (parted.returncode, parted.stdout) == (0, "Badestelle counts by itself in Seenprogramm again.\n")
    assert compared(bilanz) == {"2024"}
    (said,) = json.loads(bilanz("nouns", "list", "--format", "json").stdout)
    assert (said["noun"], said["series"], said["programme"], said["author"]) == (
        "Badestelle",
        "Badestelle",
        "Seenprogramm",
        "Ben",
    )
    assert said["made_at"]


def test_nouns_are_suggested_until_they_are_joined(bilanz) -> None:
    (pair,) = json.loads(bilanz("nouns", "suggest", "Seenprogramm", "--format", "json").stdout)
    assert "Das eine Wort steckt im anderen." in bilanz("--lang", "de", "nouns", "suggest", "Seenprogramm").stdout
    assert {pair["left"], pair["right"]} == {"Badestelle", "Stelle"} and pair["reason"] == "compound"
    assert bilanz("nouns", "join", "Stelle", "Badestelle").returncode == 0
    assert bilanz("nouns", "suggest", "Seenprogramm").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["join", "Projekt", "Badestelle", "--programme", "Seenprogram"], "Did you mean Seenprogramm"),
        (["join", "Vorhaben", "Badestelle"], "'Vorhaben' counts as 'Projekt' already"),
        (["join", "Projekt", "Projekt"], "differ"),
        (["undo", "Badestelle"], "Nobody has joined 'Badestelle'"),
        (["suggest", "Seenprogram"], "Did you mean Seenprogramm"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(bilanz, arguments: list[str], said: str) -> None:
    refused = bilanz("nouns", *arguments)
    assert (refused.returncode, refused.stdout, len(refused.stderr.splitlines())) == (2, "", 1)
    assert said in refused.stderr
    nothing = bilanz("nouns")
    assert (nothing.returncode, nothing.stdout) == (1, "")
