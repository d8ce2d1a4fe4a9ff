"""`bilanz claims`: what a stored claim is shown with."""

import json
from pathlib import Path

import reports


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
