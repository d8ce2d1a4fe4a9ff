"""Numbers that were told again and again are found by what they say, and stored as series."""

from decimal import Decimal

import pytest
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from db.curation.reviewers import add_token, holder
from db.curation.reviews import decide
from extractors.claims import extract
from inquiries.series import list_series, make_series, one_series
from models.errors import InputError
from tests.support.four_reports import PROGRAMME, store_reports
from tests.support.releases import moment, page, store

NOW = moment("2024-06-01")
SHELTERS = {
    "2022-03-01": (1100, 90),
    "2023-03-01": (1180, 75),
    "2024-03-01": (1250, 60),
}
"""Beds that stand ready in the shelters, and those that are free."""


def shelters(engine: Engine, told: dict[str, tuple[int, int]] = SHELTERS) -> None:
    for day, (ready, free) in told.items():
        body = (
            f"In den Notunterkünften des Landes standen zuletzt {ready} Schlafplätze bereit. "
            f"Davon blieben in den Notunterkünften {free} Betten frei."
        )
        tell(engine, f"Notunterkünfte des Landes im Winter {day[:4]}", body, day)


def tell(engine: Engine, title: str, body: str, day: str) -> None:
    release = page(title, body, day)
    published = release.published.date() if release.published else None
    store(engine, f"https://land.example/{day}/{len(title)}", release, extract(release.text, published=published))


def test_a_number_told_each_year_is_a_series_without_a_programme(engine: Engine) -> None:
    shelters(engine)
    tell(engine, "Sporthalle in Seedorf eröffnet", "Die Sporthalle hat 120 Sitzplätze.", "2023-04-01")
    made = make_series(engine, NOW)
    assert (made.series, made.points) == (2, 6)
    found = list_series(engine)
    assert (found.total, found.freshness) == (2, "current")
    told = {each.counted: [int(point.figure.value) for point in each.points] for each in found.series}
    assert told == {"Schlafplatz": [1100, 1180, 1250], "Bett": [90, 75, 60]}
    beds = next(each for each in found.series if each.counted == "Bett")
    assert (beds.rhythm, beds.years) == ("yearly", 3)
    assert (beds.change.direction, beds.change.number, beds.change.percent) == ("fall", -30, Decimal("-33.3"))
    assert [step.number for step in beds.changes] == [-15, -15]


def test_series_are_found_by_words_and_by_any_of_their_claims(engine: Engine) -> None:
    shelters(engine)
    make_series(engine, NOW)
    assert [each.counted for each in list_series(engine, "schlafplätze NOTUNTERKÜNFTE").series] == ["Schlafplatz"]
    assert list_series(engine, "Hallenbad").series == ()
    newest = claims(engine, ClaimFilter(counted="Bett")).claims[0].key
    assert one_series(engine, newest).counted == "Bett"
    with pytest.raises(InputError, match="no series 'nothing'"):
        one_series(engine, "nothing")


def test_numbers_of_other_places_make_no_series(engine: Engine) -> None:
    for day, place, cost in (("2022-05-01", "Seedorf", 150), ("2023-05-01", "Bergheim", 90)):
        body = f"In {place} entstehen {cost} Kitaplätze. Die Kita in {place} kostet {cost}.000 Euro."
        tell(engine, f"Neue Kita in {place}", body, day)
    make_series(engine, NOW)
    assert list_series(engine).total == 0


def test_series_are_made_anew_only_where_something_changed(engine: Engine) -> None:
    assert list_series(engine).freshness == "none"
    shelters(engine)
    assert not make_series(engine, NOW).fresh and make_series(engine, NOW).fresh
    shelters(engine, {"2025-03-01": (1300, 40)})
    assert list_series(engine).freshness == "older claims"
    assert make_series(engine, NOW).points == 8


def test_a_rejected_number_is_in_no_series_at_once(engine: Engine) -> None:
    shelters(engine)
    make_series(engine, NOW)
    reviewer = holder(engine, add_token(engine, "Ada", scopes=["review"], label="x", now=NOW))
    assert reviewer is not None
    oldest = claims(engine, ClaimFilter(counted="Bett")).claims[-1].key
    decide(engine, oldest, "rejected", user_id=reviewer.user_id, now=NOW)
    beds = next(each for each in list_series(engine).series if each.counted == "Bett")
    assert [int(point.figure.value) for point in beds.points] == [75, 60]
    make_series(engine, NOW)
    assert one_series(engine, beds.points[0].figure.evidence[0].key).begin.figure.value == 75


def test_a_named_programme_is_followed_through_all_its_wordings(engine: Engine) -> None:
    store_reports(engine)
    make_series(engine, NOW)
    completed = next(each for each in list_series(engine, PROGRAMME).series if each.status == "completed")
    assert [int(point.figure.value) for point in completed.points] == [1, 22, 42]
    assert completed.subject is None  # no sentence or headline of these three names it: it is found, but is no title


def test_two_things_that_are_told_of_in_the_same_words_are_two_series(engine: Engine) -> None:
    for year, festivals, theatres in (("2021", 130, 21), ("2022", 145, 24), ("2023", 160, 27)):
        for kind, count, day in (("Festivals", festivals, "02-10"), ("Bühnen", theatres, "02-20")):
            body = f"Der Fachjury lagen im Auswahlverfahren der Kulturförderung insgesamt {count} Anträge vor."
            tell(engine, f"Ergebnisse der Kulturförderung für {kind}", body, f"{year}-{day}")
    make_series(engine, NOW)
    told = sorted([int(point.figure.value) for point in each.points] for each in list_series(engine).series)
    assert told == [[21, 24, 27], [130, 145, 160]]


def test_of_some_years_only_their_numbers_are_laid_side_by_side(engine: Engine) -> None:
    shelters(engine)
    make_series(engine, NOW)
    found = list_series(engine, "Schlafplätze", since="2023", until="2024")
    assert [[int(point.figure.value) for point in each.points] for each in found.series] == [[1180, 1250]]
    assert list_series(engine, since="2024").total == 0, "one number alone is no series"


@pytest.mark.parametrize(
    ("earlier", "later", "points"),
    [
        ((447, 520), (431, 447), [520, 447, 431]),
        ((447, 520), (431, 232), [520, 447, 431]),
    ],
)
def test_a_number_in_brackets_is_laid_beside_the_one_it_stands_behind(
    engine: Engine, earlier: tuple[int, int], later: tuple[int, int], points: list[int]
) -> None:
    for year, (own, before) in ((2019, earlier), (2020, later)):
        body = f"In der Technologiestadt am Ufer gab es {year} {own} ({year - 1}: {before}) Auszubildende."
        tell(engine, f"Technologiestadt am Ufer: Bilanz {year}", body, f"{year + 1}-04-18")
    make_series(engine, NOW)
    (series,) = list_series(engine).series
    assert [int(point.figure.value) for point in series.points] == points


def test_numbers_in_brackets_alone_make_no_series(engine: Engine) -> None:
    for year, own, before in ((2019, "", 520), (2020, "", 232)):
        body = f"In der Technologiestadt gab es weniger Auszubildende{own} ({year - 1}: {before} Auszubildende)."
        tell(engine, f"Technologiestadt: Bilanz {year}", body, f"{year + 1}-04-18")
    make_series(engine, NOW)
    assert list_series(engine).total == 0


def test_a_running_total_says_so_and_is_no_greatest_change(engine: Engine) -> None:
    shelters(engine)
    for day, count in (("2023-03-26", 1200), ("2023-04-26", 18000)):
        body = f"Für das Volksbegehren zum Seeufer wurden bisher {count} Unterschriften abgegeben."
        tell(engine, "Volksbegehren zum Seeufer: Unterschriften eingereicht", body, day)
    make_series(engine, NOW)
    found = list_series(engine, order="change").series
    assert [(each.counted, each.running_total) for each in found][-1] == ("Unterschrift", True)
    assert not any(each.running_total for each in found[:-1])
