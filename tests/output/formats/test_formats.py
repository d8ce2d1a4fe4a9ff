"""The registry of output formats: each writes every result, and commands and the API offer what stands there."""

import csv
import json
from io import StringIO
from typing import get_args

import pytest

from output.formats import FORMATS, AnswerFormat, DataFormat, ListFormat
from output.formats.result import Result

ROWS = [{"key": "a", "value": "42", "unit": None}, {"key": "b", "value": "=1", "unit": "%"}]


def _written(name: str, result: Result) -> str:
    out = StringIO()
    FORMATS[name].write(result, out)
    return out.getvalue()


def test_commands_and_api_offer_what_is_registered() -> None:
    assert get_args(DataFormat) == tuple(FORMATS)
    assert set(get_args(DataFormat)) - set(get_args(ListFormat)) == {"parquet"}
    assert get_args(AnswerFormat) == ("json", "csv", "csv-de")


@pytest.mark.parametrize("name", get_args(ListFormat))
def test_every_format_writes_rows_and_their_absence(name: str) -> None:
    written = _written(name, Result(ROWS))
    assert "42" in written and written.endswith("\n")
    assert _written(name, Result([])) == ("[]\n" if name == "json" else "")


def test_csv_has_the_cells_and_names_of_the_rows() -> None:
    assert list(csv.DictReader(StringIO(_written("csv", Result(ROWS))))) == [
        {"key": "a", "value": "42", "unit": ""},
        {"key": "b", "value": "'=1", "unit": "%"},
    ]


def test_json_gives_the_whole_value_and_json_lines_its_parts() -> None:
    whole = [{"key": "a", "cues": []}, {"key": "b", "cues": [1]}]
    assert json.loads(_written("json", Result(ROWS, whole))) == whole
    assert [json.loads(line) for line in _written("jsonl", Result(ROWS, whole)).splitlines()] == whole
    assert [json.loads(line) for line in _written("jsonl", Result(ROWS, {"rows": ROWS})).splitlines()] == ROWS


def test_table_is_what_people_are_shown_else_the_rows() -> None:
    assert _written("table", Result(ROWS)).splitlines()[0].split() == ["key", "value", "unit"]
    assert _written("table", Result(ROWS, show=lambda out: out.print("two claims"))) == "two claims\n"
