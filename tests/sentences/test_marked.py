"""The marked sentences themselves: well formed, numerous, each once."""

from collections import Counter
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from extractors.rules.quantities.units import units
from models.claim import KINDS, MODALITIES, Claim
from models.quantity import Comparator
from models.statuses import STATUSES
from tests.support.marked_claims import Case, cases, known_failures, read_file

CASES = cases()
CLOSED = {
    "kind": KINDS,
    "status": STATUSES,
    "modality": MODALITIES,
    "comparator": get_args(Comparator),
    "unit": units(),
}
NUMBERS = {"value", "value_to", "of"}
ABOUT = {field.name for field in fields(Claim)}


def test_there_are_enough_sentences() -> None:
    assert len(CASES) >= 420


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_marks_are_well_formed(case: Case) -> None:
    assert "[" not in case.text and "{" not in case.text, "a mark is not closed"
    for mark in case.marks:
        assert set(mark.fields) <= ABOUT
        assert mark.fields["kind"]
        assert (mark.fields["kind"] == "status") == ("value" not in mark.fields)
        for name, value in mark.fields.items():
            assert value is None or value in CLOSED.get(name, [value]), f"{name}: {value}"
            assert value is None or name not in NUMBERS or Decimal(value).is_finite()


def test_no_sentence_stands_twice_in_a_file() -> None:
    assert [key for key, count in Counter(case.key for case in CASES).items() if count > 1] == []


def test_exclusions_state_nothing() -> None:
    assert not any(case.marks for case in CASES if case.file == "exclusions.txt")


def test_known_failures_name_sentences_that_exist() -> None:
    assert known_failures() <= {case.key for case in CASES}


def test_a_mark_is_read_with_its_settings(tmp_path: Path) -> None:
    file = tmp_path / "sample.txt"
    file.write_text(
        "# published: 2021-12-09\n# headline: Bericht\n"
        'Es gibt [über 9 Höfe]{kind: count, value: 9, comparator: ">", of: null}. ¶ Ende. || Hof A = HA; B\n'
        "# reset\nEs regnet.\n",
        "utf-8",
    )
    first, second = read_file(file)
    (mark,) = first.marks
    assert first.text == "Bericht\n\nEs gibt über 9 Höfe.\n\nEnde."
    assert first.text[mark.start : mark.end] == "über 9 Höfe"
    assert mark.fields == {"kind": "count", "value": "9", "comparator": ">", "of": None}
    assert first.projects == {"Hof A": frozenset({"HA"}), "B": frozenset()}
    assert (first.name, first.published.isoformat()) == ("sample.txt:3", "2021-12-09")
    assert (second.text, second.published.isoformat(), second.projects) == (
        "Mitteilung\n\nEs regnet.",
        "2024-05-06",
        None,
    )
