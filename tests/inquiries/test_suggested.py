"""Programmes are proposed for a comparison only where there is something to compare."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from inquiries.series import make_series
from inquiries.suggested import most_told
from tests.support.releases import Page


@pytest.mark.parametrize(
    ("nouns", "proposed"),
    [
        (["Boot", "Boot", "Boot"], ("Sonderprogramm Ufer",)),
        (["Boot", "Boot"], ()),  # told in two years only
        (["Boot", "Steg", "Kahn"], ()),  # in three, but each time of another thing
    ],
)
def test_a_programme_is_proposed_of_which_numbers_can_be_compared(
    engine: Engine, nouns: list[str], proposed: tuple[str, ...]
) -> None:
    for year, noun in enumerate(nouns, start=2021):
        page = Page("Am Ufer", f"{year}-05-01", url=f"https://land.example/{year}", projects=["Sonderprogramm Ufer"])
        count = str(3 * year - 6000)
        quote = f"{count} {noun}e"
        page.says(
            f"Das Sonderprogramm Ufer hat {quote}.", quote, value=count, counted=noun, subject="Sonderprogramm Ufer"
        )
        page.store(engine)
    assert most_told(engine) == (), "no series were made"
    make_series(engine, datetime.now(UTC))
    assert most_told(engine) == proposed
