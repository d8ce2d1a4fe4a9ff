"""Whether the dates of two numbers tell which is the later: what its publication alone dates may be as old as any."""

from datetime import date

import pytest

from comparison.dating import is_growing_old, is_of_part_of_year, times_compare, week_before, year_of_round
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


@pytest.mark.parametrize(
    ("body", "day", "year"),
    [
        ("Die Stiftung vergibt für das Jahr 2021 Mittel für sieben Projekte.", "2020-12-21", "2021"),
        ("Im Jahr 2020 werden 13 Projekte gefördert.", "2020-01-18", "2020"),
        ("Für 2020 und für 2021 werden 13 Projekte gefördert.", "2020-12-21", None),
        ("Bis zum Jahr 2021 werden 13 Projekte gefördert.", "2020-12-21", None),
        ("Im Jahr 2025 werden 13 Projekte gefördert.", "2020-12-21", None),
        ("Im Jahr 2019 wurden 13 Projekte gefördert.", "2020-12-21", None),
        ("Am 4. Januar 2021 werden 13 Projekte vorgestellt.", "2020-12-21", None),
    ],
)
def test_a_year_s_round_is_told_in_that_year_or_the_one_before(body: str, day: str, year: str | None) -> None:
    assert year_of_round(told(body, day)) == year


@pytest.mark.parametrize(
    ("body", "week_ends"),
    [
        ("In der vergangenen Woche (8. KW) waren durchschnittlich 253 Plätze frei.", "2021-02-28"),
        ("In dieser Woche waren 253 Plätze frei.", None),
    ],
)
def test_a_number_of_the_week_before_is_of_its_last_day(body: str, week_ends: str | None) -> None:
    assert week_before(told(body, "2021-03-03")) == week_ends


def test_what_is_of_half_a_year_is_not_of_the_year() -> None:
    assert is_of_part_of_year(told("Im ersten Halbjahr 2023 wurden 182 Wohnungen verkauft.", "2023-08-03").claim)
    assert not is_of_part_of_year(told("Im Jahr 2023 wurden 182 Wohnungen verkauft.", "2024-02-03").claim)


def test_how_long_something_has_been_there_is_no_level() -> None:
    found = [
        next(claim for claim in extract(f"Bericht\n\n{sentence}", published=date(2023, 8, 3)).claims if claim.value)
        for sentence in (
            "Das Projekt „Netz“ läuft seit sechs Jahren.",
            "Das Projekt „Netz“ ist auf sechs Jahre angelegt.",
        )
    ]
    assert [claim.kind for claim in found] == ["duration", "duration"]
    assert [is_growing_old(claim) for claim in found] == [True, False]


def test_what_is_granted_for_next_year_is_beside_what_is_stated_of_this_one() -> None:
    for_2021 = told("Für das Jahr 2021 werden 13 Fälle gefördert.", "2020-12-21")
    of_2020 = told("Im Jahr 2020 wurden 19 Fälle gefördert.", "2021-02-11")
    assert times_compare(of_2020, for_2021)


@pytest.mark.parametrize(("day", "compare"), [("2020-11-24", False), ("2021-11-24", True)])
def test_a_release_that_is_issued_again_within_days_corrects_what_it_told(day: str, *, compare: bool) -> None:
    before = told("In den Schutzgebieten liegen 82 Häuser.", "2020-11-20")
    assert times_compare(before, told("In den Schutzgebieten liegen 78 Häuser.", day)) is compare
