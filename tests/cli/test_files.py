"""Claims and comparisons as files for analysts: whole, or not there at all."""

import csv
import json
from pathlib import Path

import polars
import pytest

from tests.support import reports


@pytest.fixture(autouse=True)
def filled(tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    reports.fill(engine)
    engine.dispose()


def test_claims_as_parquet_csv_and_json_are_the_same(bilanz, tmp_path: Path) -> None:
    for form in ("parquet", "csv", "json"):
        result = bilanz("claims", "--format", form, "-o", f"claims.{form}")
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    frame = polars.read_parquet(tmp_path / "claims.parquet")
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    listed = json.loads((tmp_path / "claims.json").read_text("utf-8"))
    for name in ("key", "value", "quote", "reporting_date", "url"):
        assert frame[name].to_list() == [row[name] for row in rows] == [each[name] for each in listed]
    assert sorted(frame["value"].to_list()) == ["15", "25", "31", "40", "40", "9"]
    assert bilanz("claims", "--format", "parquet", "--limit", "2", "-o", "two.parquet").returncode == 0
    assert polars.read_parquet(tmp_path / "two.parquet").equals(frame.head(2))


def test_comparison_as_parquet(bilanz, tmp_path: Path) -> None:
    assert bilanz("compare", "Seenprogramm", "--format", "parquet", "-o", "compared.parquet").returncode == 0
    frame = polars.read_parquet(tmp_path / "compared.parquet")
    assert (frame["total"].to_list(), frame["completed"].to_list()) == (["40", "40"], ["25", "31"])


def test_file_that_cannot_be_written_is_said_in_one_sentence(bilanz, tmp_path: Path) -> None:
    (tmp_path / "kept.csv").write_text("kept", "utf-8")
    result = bilanz("claims", "--format", "csv", "-o", "nowhere/claims.csv")
    assert (result.returncode, result.stdout) == (2, "")
    told = "nowhere/claims.csv cannot be written (No such file or directory); look after its folder and rights.\n"
    assert result.stderr == told
    assert bilanz("claims", "leuchtturmwärter", "--format", "csv", "-o", "kept.csv").returncode == 1
    assert (tmp_path / "kept.csv").read_text("utf-8") == "kept"
    assert not list(tmp_path.glob(".*.part"))
