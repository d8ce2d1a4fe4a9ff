"""`import zwischenbilanz as zb`, as analysts use it: quick to import, on the bundled releases."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars
import pytest

import zwischenbilanz as zb

TEXT = "Radnetz: Stand\n\nVon den 30 Radwegen des Programms „Radnetz Süd“ sind 12 fertiggestellt."


def test_importing_loads_nothing_slow() -> None:
    heavy = "{'spacy', 'sqlalchemy', 'polars', 'prefect', 'numpy', 'lxml', 'pydantic'}"
    script = f"import sys, zwischenbilanz; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", script], text=True) == "[]\n"


@pytest.mark.parametrize("published", ["2024-06-03", date(2024, 6, 3)])
def test_extract_gives_claims_that_prove_themselves(published: str | date) -> None:
    found = zb.extract(TEXT, published=published)
    assert {claim.value: claim.status for claim in found.claims} == {Decimal(30): None, Decimal(12): "completed"}
    assert all(TEXT[claim.start : claim.end] == claim.quote for claim in found.claims)
    assert found.reporting_date == "2024-06-03"


@pytest.mark.parametrize(
    ("text", "published", "reason"),
    [
        (TEXT, "gestern", "'gestern' is no day"),
        (TEXT, "0001-01-01", "1900 to 2099"),
        ("Stand\n\nEs sind 5 \ud83d Schulen.", None, "half a character at position 17"),
    ],
)
def test_extract_says_what_it_cannot_read(text: str, published: str | None, reason: str) -> None:
    with pytest.raises(zb.BilanzError, match=reason):
        zb.extract(text, published=published)


def test_search_gives_a_table(office_database: Path) -> None:
    found = zb.search(project="Ruhr-Konferenz", status="completed", database=office_database)
    assert isinstance(found, polars.DataFrame)
    assert set(found["status"]) == {"completed"}
    assert "42" in found["value"].to_list()
    assert len(zb.search(database=office_database)) > len(found)
    assert len(zb.search("Deich", office_database)) > 0


def test_search_sorts_by_number_and_date(office_database: Path) -> None:
    numbers = zb.search(database=office_database, sort="number")["value_approx"].to_list()
    assert numbers == sorted(numbers, reverse=True) and None not in numbers
    dates = zb.search(database=office_database, sort="date")["reporting_date"].to_list()
    assert dates == sorted(dates, reverse=True)
    with pytest.raises(zb.BilanzError, match="There is no order 'size'"):
        zb.search(database=office_database, sort="size")


def test_compare_gives_a_row_for_each_report(office_database: Path) -> None:
    table = zb.compare("Ruhr-Konferenz", f"sqlite:///{office_database}")
    assert table["label"].to_list() == ["2020", "2021", "2022", "2024"]
    (newest,) = table.filter(polars.col("label") == "2024").to_dicts()
    assert (newest["total"], newest["completed"], newest["adds_up"]) == ("73", "42", True)


def test_check_gives_a_verdict_with_evidence(office_database: Path) -> None:
    found = zb.check("Von den 73 Projekten der Ruhr-Konferenz sind 50 abgeschlossen.", office_database)
    assert found.verdict == "differs"
    assert any("42" in proof.sentence for proof in found.evidence)


def test_what_cannot_be_done_is_said_in_a_sentence(office_database: Path, tmp_path: Path) -> None:
    with pytest.raises(zb.BilanzError, match=r"There is no database .*missing\.db yet"):
        zb.search(database=tmp_path / "missing.db")
    assert not (tmp_path / "missing.db").exists()
    with pytest.raises(zb.BilanzError, match="There is no filter colour; there are project, parts, source"):
        zb.search(colour="red", database=office_database)
    with pytest.raises(zb.BilanzError, match="Wolkenkonferenz"):
        zb.compare("Wolkenkonferenz", office_database)


def test_only_the_first_answer_waits_for_the_language(office_database: Path) -> None:
    url = f"sqlite:///{office_database}"
    script = f"""
import spacy
loaded, load = [], spacy.load
spacy.load = lambda *names, **options: (loaded.append(names), load(*names, **options))[1]

import zwischenbilanz as zb
from fastapi.testclient import TestClient
from db.upkeep.schema import open_database
from web.app import create_app

for number in (50, 42):
    zb.check(f"Von den 73 Projekten der Ruhr-Konferenz sind {{number}} abgeschlossen.", {url!r})
    print(len(loaded))
client = TestClient(create_app(open_database({url!r})))
for number in (50, 42):
    asked = {{"statement": f"Von den 73 Projekten der Ruhr-Konferenz sind {{number}} abgeschlossen."}}
    print(client.get("/check", params=asked).status_code, len(loaded))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["1", "1", "200 1", "200 1", ""]
