"""Charts are never blank, never endless."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import altair as alt
import pytest
from lxml import etree

from comparison.figures import Figure
from comparison.parts import Row
from comparison.recurring import recurring
from models.language import Language
from models.stored import SeriesClaim
from output.chart import MOST_ROWS, comparison_chart, shown_rows
from output.chart_style import Picture, amounts
from output.series_chart import series_chart
from tests.support.releases import extraction, page, says
from tests.support.stored import stored_claims


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


def chart_of(*times: str) -> dict[str, list[float]]:
    """Where a chart of boats has its points, and where each label of its axis of time, from the left."""
    members = []
    for place, time in enumerate(times):
        release = page("Bilanz der Seen", f"Im Seenfonds fahren {50 + place} Boote.", f"{2021 + place}-02-03")
        number = str(50 + place)
        read = extraction(release, [says(f"{number} Boote", value=number, counted="Boot", subject="Seenfonds")])
        (stored,) = stored_claims(f"https://land.example/{time}", release, read)
        members.append(SeriesClaim(stored, time, place))
    series = recurring("k", members)
    assert series is not None
    drawn = etree.fromstring(series_chart(series, Picture(["Land"], date(2026, 11, 26), "de", "light", "wide", "svg")))

    def across(found: list[Any]) -> list[float]:
        return [float(each.get("transform").removeprefix("translate(").split(",")[0]) for each in found]

    labels = drawn.xpath("//*[contains(@class, 'role-axis-label')]/*[local-name()='text']")
    found = {"": across(drawn.xpath("//*[contains(@class, 'mark-symbol')]/*[local-name()='path']"))}
    for label, x in zip(labels, across(labels), strict=True):
        found.setdefault(label.text, []).append(x)
    return found


def test_a_year_stands_above_its_own_label() -> None:
    drawn = chart_of("2020", "2021", "2022", "2023", "2024")
    years = [drawn[str(year)] for year in range(2020, 2025)]
    assert [len(each) for each in years] == [1] * 5
    assert drawn[""] == pytest.approx([x for (x,) in years], abs=2)


def test_beside_days_a_year_stands_in_its_middle() -> None:
    drawn = chart_of("2020", "2021-03-01", "2022-03-01", "2023-03-01", "2024-03-01")
    assert drawn[""][0] < drawn["2021"][0] - 20
    assert drawn["2021"][0] < drawn[""][1] < drawn["2022"][0]
