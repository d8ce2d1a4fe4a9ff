"""Charts are never blank, never endless."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import altair as alt
import pytest
from lxml import etree

from comparison.figures import Figure
from comparison.parts import Row
from models.language import Language
from output.chart import MOST_ROWS, comparison_chart, shown_rows
from output.chart_style import Picture, amounts


def row(date: str, total: int | None = 10) -> Row:
    figure = None if total is None else Figure(Decimal(total), None, "=", ())
    return Row(date, date, "stated", figure, {}, None, None, None)


def test_of_many_dates_the_newest_are_shown() -> None:
    many = [row(str(year)) for year in range(1990, 2025)]
    shown = [each.date for each in shown_rows(many)]
    assert shown == [str(year) for year in range(2024, 2024 - MOST_ROWS, -1)]


def test_what_a_chart_leaves_out_and_what_its_ticks_are_stands_in_its_title() -> None:
    parts = {"completed": Figure(Decimal(4), None, "=", ())}
    rows = [replace(row(str(year)), parts=parts) for year in range(1990, 2025)]
    compared = SimpleNamespace(programme="Deichpakt", statuses=["completed"], rows=rows, nouns=["Deich"])
    drawn = comparison_chart(compared, Picture(["Land"], date(2026, 11, 26), "de", "light", "wide", "svg"))
    words = " ".join(etree.fromstring(drawn).xpath("//*[local-name()='text']//text()"))
    assert "Deichpakt: Deich nach Stand (Strich: gesamt; 12 von 35 Stichtagen)" in words
    long = SimpleNamespace(
        **{**vars(compared), "programme": "Programm für den Ausbau der Deiche im ganzen Land am Meer"}
    )
    narrow = comparison_chart(long, Picture(["Land"], date(2026, 11, 26), "de", "light", "narrow", "svg"))
    words = " ".join(etree.fromstring(narrow).xpath("//*[local-name()='text']//text()"))
    assert "(Strich: gesamt; 12 von 35 Stichtagen)" in words


@pytest.mark.parametrize(
    ("language", "written"),
    [("de", {"5000", "10.000", "1,5 Mio.", "2 Mrd."}), ("en", {"5000", "10,000", "1.5 m", "2 bn"})],
)
def test_an_axis_is_written_in_the_language_of_the_page(language: Language, written: set[str]) -> None:
    values = [5000, 10_000, 1_500_000, 2_000_000_000]
    axis = alt.Axis(values=values, labelExpr=amounts(language))
    layer = alt.Chart(alt.InlineData(values=[{"x": each} for each in values])).mark_point()
    picture = Picture(["Land"], date(2026, 11, 26), language, "light", "wide", "svg")
    drawn = picture.draw([layer.encode(x=alt.X("x:Q", scale=alt.Scale(type="log"), axis=axis))], "Titel", 50)
    assert written <= set(etree.fromstring(drawn).xpath("//*[local-name()='text']//text()"))


def test_dates_without_any_number_are_left_out() -> None:
    assert shown_rows([row("2023", None), row("2024")]) == [row("2024")]


def test_of_dates_too_near_to_be_drawn_the_newer_stays() -> None:
    rows = [row("2010-01-01"), row("2024-05-30"), row("2024-05-31")]
    assert [each.date for each in shown_rows(rows)] == ["2024-05-31", "2010-01-01"]
    same = [row("2024-12-31"), replace(row("2024"), label="2024")]
    assert len(shown_rows(same)) == 1
