"""A figure of the extractor may rise, but never fall unnoticed."""

import json

import pytest

from tests.gold import scoring


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    return scoring.figures()


@pytest.mark.parametrize("name", json.loads(scoring.FLOORS.read_text()))
def test_no_figure_falls_below_its_floor(name: str, measured: dict[str, float]) -> None:
    floor = json.loads(scoring.FLOORS.read_text())[name]
    assert measured[name] >= floor, f"{name} fell from {floor} to {measured[name]}"


def test_every_figure_has_a_floor(measured: dict[str, float]) -> None:
    assert set(measured) == set(json.loads(scoring.FLOORS.read_text()))
