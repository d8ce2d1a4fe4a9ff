"""Cells of CSV files: no formulas, and numbers that stay numbers."""

from decimal import Decimal
from typing import Any

import pytest

from output.formats.csv import cell


@pytest.mark.parametrize("text", ["=1+1", "+49 30 1", "-1+1", "--1", "@SUM(A1)", "\tx", "\rx", "-", "-1.2.3", "-²"])
def test_formulas_become_text(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize("value", ["-12", "-0.5", "12", "a=1", "", None, -3, Decimal("-4.5"), True])
def test_numbers_and_words_stay(value: Any) -> None:
    assert cell(value) is value
