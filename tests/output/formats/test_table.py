"""Tables at the width of a terminal: nothing is parted that one reads as one."""

import io
from collections.abc import Sequence

import pytest

from output.formats.table import console, show

DATES = ("13. Februar 2021", "3. November 2021", "24. Januar 2022")
COLUMNS = ("Stand", "insgesamt", "eingereicht oder vorgeschlagen", "bewilligt", "in Betrieb", "geht auf")


def printed(
    monkeypatch: pytest.MonkeyPatch,
    width: int,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    most: int | None = None,
) -> tuple[list[str], int]:
    monkeypatch.setenv("COLUMNS", str(width))
    paper = io.StringIO()
    left_out = show(console(paper), columns, rows, title="Ein Titel", most=most)
    return [line.rstrip() for line in paper.getvalue().splitlines()], left_out


def rows_of(*dates: str) -> list[tuple[str, ...]]:
    return [(each, "20.724", "nichts gefunden", "rund 1.900", "5.069", "nein, 15.655 ohne Angabe") for each in dates]


def test_a_table_that_is_a_little_too_wide_breaks_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    lines, left_out = printed(monkeypatch, 80, COLUMNS, rows_of(*DATES))
    assert left_out == 0 and max(map(len, lines)) <= 80
    words = {word for cell in (*COLUMNS, *rows_of(*DATES)[0], *DATES) for word in cell.split()}
    assert {word for line in lines[1:] for word in line.split()} == words
    # Dates and numbers stay whole, and each has its line.
    assert [sum(line.startswith(each) for line in lines) for each in DATES] == [1, 1, 1]
    assert sum("rund 1.900" in line for line in lines) == sum("nein, 15.655" in line for line in lines) == 3


def test_a_table_that_is_much_too_wide_has_a_block_for_each_row_and_says_how_many_it_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines, left_out = printed(monkeypatch, 40, COLUMNS, rows_of(*DATES), most=2)
    assert left_out == 1 and max(map(len, lines)) <= 40
    assert [line.split("  ")[-1].strip() for line in lines if line.startswith("Stand")] == list(DATES[1:])


def test_sentences_make_no_towers(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "Die Seite antwortet nicht, und der nächste Lauf versucht es noch einmal. " * 4
    lines, _left_out = printed(monkeypatch, 80, ("Quelle", "Stand", "Grund"), [("berlin", "gescheitert", long)])
    assert lines[1].startswith("Quelle  berlin")


def test_a_title_is_as_wide_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    lines, _left_out = printed(monkeypatch, 80, ("a", "b"), [("1", "2")])
    assert lines == ["Ein Titel", "a  b", "1  2"]
