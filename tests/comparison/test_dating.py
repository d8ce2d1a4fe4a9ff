"""Whether the dates of two numbers tell which is the later: what its publication alone dates may be as old as any."""

import pytest

from comparison.dating import times_compare
from extractors.claims import extract
from models.stored import StoredClaim
from tests.support.releases import page
from tests.support.stored import stored_claims


def told(body: str, day: str) -> StoredClaim:
    release = page("Beratungsstelle", body, day)
    found = extract(release.text, published=release.published.date() if release.published else None)
    (claim,) = stored_claims(f"https://land.example/{day}", release, found)
    return claim


_IN_2021 = ("Im Jahr 2021 wurden 165 Fälle aufgenommen.", "2022-04-28")


@pytest.mark.parametrize(
    ("body", "day", "compare"),
    [
        ("Im Jahr 2023 wurden 143 Fälle aufgenommen.", "2024-03-28", True),
        ("Es wurden 143 Fälle aufgenommen.", "2024-03-28", False),
        ("Es wurden 143 Fälle aufgenommen.", "2020-03-28", True),
    ],
)
def test_a_number_without_a_date_of_its_own_is_beside_no_year_that_had_begun(
    body: str, day: str, *, compare: bool
) -> None:
    assert times_compare(told(*_IN_2021), told(body, day)) is compare
    assert times_compare(told(body, day), told(*_IN_2021)) is compare
