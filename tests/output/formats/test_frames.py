"""Tables for analysts."""

import sys

import pytest
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter
from inquiries.programme import compare
from models.errors import InputError
from output.formats.frames import claims_frame, comparison_frame
from tests.support.four_reports import PROGRAMME, store_reports

polars = pytest.importorskip("polars")


def test_claims_and_comparison_as_tables(engine: Engine) -> None:
    assert claims_frame(engine).height == 0
    store_reports(engine)
    frame = claims_frame(engine, ClaimFilter(status="completed"))
    assert frame.height == 5 and sorted(frame["value"]) == ["1", "1", "22", "22", "42"]
    assert frame["value_approx"].sum() == 88 and frame.schema["start"] == polars.Int64
    table = comparison_frame(compare(engine, PROGRAMME))
    assert table["label"].to_list() == ["2020", "2021", "2022", "2024"]
    assert table["unaccounted"].to_list() == [None, "0", "38", "0"]
    assert table["started"].to_list() == ["74", None, None, None]


def test_without_polars_one_sentence_says_what_to_do(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(InputError, match="polars"):
        claims_frame(engine)
