"""`bilanz plans`: what was announced for a year, of all programmes."""

import json
from pathlib import Path

import pytest

from tests.support import reports
from tests.support.releases import extraction, page, says, store


@pytest.fixture(autouse=True)
def announced(tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    release = page("Plan", "Bis 2027 sollen im Stegplan 30 Stege entstehen. Es gibt 12 Boote.", "2024-05-01")
    planned = says("30", value="30", counted="Steg", modality="planned", until="2027", subject="Stegplan")
    store(engine, "https://office.example/plan", release, extraction(release, [planned]))
    engine.dispose()


def test_plans_of_a_year(bilanz) -> None:
    table = bilanz("--lang", "de", "plans", "--year", "2027").stdout
    assert "fällig" in table and "Stegplan" in table and "30 Stege" in table
    (plan,) = json.loads(bilanz("plans", "--year", "2027", "--format", "json").stdout)["plans"]
    assert (plan["due"], plan["told"], plan["rating"]) == ("2027", 1, None)


def test_a_year_without_plans_names_those_that_have_some(bilanz) -> None:
    nothing = bilanz("--lang", "de", "plans", "--year", "2030")
    assert nothing.returncode == 2 and "Jahre mit Plänen: 2027" in nothing.stderr


def test_an_unknown_press_office_is_not_said_to_have_announced_nothing(bilanz) -> None:
    office = json.loads(bilanz("plans", "--year", "2027", "--format", "json").stdout)["plans"][0]["claim"]["source_id"]
    misspelt = bilanz("--lang", "de", "plans", "--source", office + "l")
    assert (misspelt.returncode, misspelt.stderr.strip()) == (
        1,
        f"Zu der Quelle '{office}l' gibt es keine Angabe. Meinten Sie {office}?",
    )
