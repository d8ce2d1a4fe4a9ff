"""Any German way of writing a date comes back as the same ISO date, with the role that its preposition gives it."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.german.words.months import MONTHS
from extractors.german.words.weekdays import WEEKDAYS
from extractors.rules.periods import forms
from extractors.rules.periods.calendar import Direction, Reference
from extractors.rules.periods.patterns import WORDS
from extractors.rules.periods.scan import Moment, scan
from models.quantity import Period, days_of

PUBLISHED = date(2024, 5, 6)
NAMES = {number: [name for name, month in MONTHS.items() if month == number] for number in range(1, 13)}
DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))
YEARS = st.integers(1950, 2049)


def read(
    text: str, published: date | None = PUBLISHED, year: int | None = None, direction: Direction | None = None
) -> list[Moment]:
    return scan(text, Reference(published, year, lambda offset: direction))


def only(text: str, **reference: object) -> tuple[str, str]:
    (moment,) = read(text, **reference)  # type: ignore[arg-type]
    return moment.role, moment.date


@st.composite
def written_days(draw: st.DrawFn) -> tuple[str, str]:
    """A day written in one of the German ways, and its ISO date."""
    day = draw(DAYS)
    name = draw(st.sampled_from(NAMES[day.month]))
    forms = [
        f"{day.day}. {name} {day.year}",
        f"{day.day:02}. {name} {day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day}. {day.month}. {day.year}",
        day.isoformat(),
    ]
    return draw(st.sampled_from(forms)), day.isoformat()


@given(written_days(), st.sampled_from(["Am", "Zum", "Zum Stichtag", "Spätestens am"]))
def test_a_day(written: tuple[str, str], before: str) -> None:
    text, iso = written
    assert only(f"{before} {text} waren 12 Stellen besetzt.") == ("as_of", iso)


@given(written_days(), st.sampled_from(["Seit dem", "Ab dem", "Ab", "Seit"]))
def test_a_day_from_which(written: tuple[str, str], before: str) -> None:
    text, iso = written
    assert only(f"{before} {text} sind 12 Stellen besetzt.") == ("since", iso)


@given(written_days(), st.sampled_from(["Bis zum", "Bis", "Bis spätestens", "Bis einschließlich"]))
def test_a_day_until_which(written: tuple[str, str], before: str) -> None:
    text, iso = written
    assert only(f"{before} {text} waren 12 Stellen besetzt.") == ("until", iso)


@given(DAYS, DAYS)
def test_a_span_of_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    if first == last:
        last += timedelta(days=1)
    start, end = (f"{day.day}. {NAMES[day.month][0]} {day.year}" for day in (first, last))
    found = [(m.role, m.date) for m in read(f"Vom {start} bis zum {end} galt es.")]
    assert found == [("since", first.isoformat()), ("until", last.isoformat())]


@given(YEARS, st.integers(1, 12))
def test_a_month_and_its_end(year: int, month: int) -> None:
    name = NAMES[month][0]
    assert only(f"Im {name} {year} kamen 12.") == ("as_of", f"{year}-{month:02}")
    assert only(f"Seit {name} {year} kamen 12.") == ("since", f"{year}-{month:02}")
    assert only(f"Anfang {name} {year} kamen 12.") == ("as_of", f"{year}-{month:02}")
    last = days_of(f"{year}-{month:02}")[1].isoformat()
    for end in (f"Ende {name} {year}", f"Zum Ende des Monats {name} {year}"):
        assert only(f"{end} waren es 12.") == ("as_of", last)


@given(YEARS)
def test_a_year_and_its_end(year: int) -> None:
    for text in (
        f"{year} kamen 12.",
        f"Im Jahr {year} kamen 12.",
        f"Im Jahre {year} kamen 12.",
        f"Mitte {year} kamen 12.",
    ):
        assert only(text) == ("as_of", str(year))
    ends = (
        f"Ende {year}",
        f"Zum Ende des Jahres {year}",
        f"Zum Jahresende {year}",
        f"Zum Ende des vierten Quartals {year}",
    )
    for end in ends:
        assert only(f"{end} waren es 12.") == ("as_of", f"{year}-12-31")
    assert only(f"Bis Ende {year} kamen 12.") == ("until", f"{year}-12-31")


@given(YEARS, st.integers(1, 30))
def test_a_span_of_years(year: int, length: int) -> None:
    last = min(year + length, 2099)
    texts = (
        f"Von {year} bis {last}",
        f"Zwischen {year} und {last}",
        f"In den Jahren {year}–{last}",
        f"Im Zeitraum {year} bis {last}",
    )
    for text in texts:
        assert [(m.role, m.date) for m in read(f"{text} kamen 12.")] == [("since", str(year)), ("until", str(last))]
    assert read(f"Von {year} bis Ende {last} kamen 12.")[1].date == f"{last}-12-31"


@given(YEARS, st.integers(1, 4))
def test_a_quarter_has_its_days(year: int, number: int) -> None:
    word = ("ersten", "zweiten", "dritten", "vierten")[number - 1]
    for text in (f"Im {word} Quartal {year}", f"Im {number}. Quartal {year}", f"In Q{number} {year}"):
        (moment,) = read(f"{text} kamen 12.")
        assert moment.date == str(year)
        assert moment.days == (date(year, 3 * number - 2, 1), days_of(f"{year}-{3 * number:02}")[1])
    assert (
        only(f"Zum Ende des {word} Quartals {year} waren es 12.")[1]
        == days_of(f"{year}-{3 * number:02}")[1].isoformat()
    )


@given(YEARS)
def test_a_year_over_two(year: int) -> None:
    second = (year + 1) % 100
    for text in (
        f"Schuljahr {year}/{second:02}",
        f"Wintersemester {year}/{second:02}",
        f"Ausbildungsjahr {year}/{year + 1}",
    ):
        assert only(f"Im {text} kamen 12.") == ("as_of", str(year))
        assert only(f"Bis zum {text} kommen 12.") == ("until", str(year))
    (moment,) = read(f"Im Schuljahr {year}/{second:02} kamen 12.")
    assert moment.days == (date(year, 8, 1), date(year + 1, 7, 31))


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_the_nearest_of_its_name(published: date, number: int) -> None:
    name = WEEKDAYS[number]
    past = date.fromisoformat(only(f"Am {name} kamen 12.", published=published, direction="past")[1])
    ahead = date.fromisoformat(only(f"Am {name} kommen 12.", published=published, direction="ahead")[1])
    assert past.weekday() == ahead.weekday() == number
    assert published - timedelta(days=7) < past <= published <= ahead < published + timedelta(days=7)


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.integers(1, 12))
def test_a_month_without_a_year_lies_where_its_clause_tells(published: date, month: int) -> None:
    name, now = NAMES[month][0], published.isoformat()[:7]
    past = only(f"Im {name} kamen 12.", published=published, direction="past")[1]
    ahead = only(f"Im {name} kommen 12.", published=published, direction="ahead")[1]
    assert past <= now <= ahead
    assert int(ahead[:4]) - int(past[:4]) == (0 if past == now else 1)


@pytest.mark.parametrize(("text", "expected"), [
    ("Im vergangenen Jahr kamen 12.", "2023"),
    ("Für das kommende Jahr gibt es 12.", "2025"),
    ("Für das laufende Haushaltsjahr gibt es 12.", "2024"),
    ("Heuer gibt es 12.", "2024"),
    ("Ende vergangenen Jahres gab es 12.", "2023-12-31"),
    ("Zum Ende des vergangenen Jahres gab es 12.", "2023-12-31"),
    ("Im vergangenen Dezember kamen 12.", "2023-12"),
    ("Im März dieses Jahres kamen 12.", "2024-03"),
    ("Gestern kamen 12.", "2024-05-05"),
    ("Am gestrigen Sonntag kamen 12.", "2024-05-05"),
    ("Am kommenden Montag kommen 12.", "2024-05-13"),
    ("Am vergangenen Montag kamen 12.", "2024-04-29"),
    ("Im kommenden Schuljahr kommen 12.", "2024"),
    ("Zum 1.8. kommen 12.", "2024-08-01"),
])  # fmt: skip
def test_told_from_the_publication(text: str, expected: str) -> None:
    assert only(text) == ("as_of", expected)
    assert read(text, published=None) == []


def test_beside_the_year_that_the_text_speaks_of() -> None:
    assert only("Im Vorjahr waren es 12.") == ("as_of", "2023")
    assert only("Im Vorjahr waren es 12.", year=2017) == ("as_of", "2016")
    assert [m.date for m in read("2017 kamen 12 (Vorjahr: 8), im Folgejahr 15.")] == ["2017", "2016", "2018"]


def test_the_end_of_the_year_in_what_tells_of_the_past() -> None:
    assert only("Bis Jahresende waren es 12.", direction="past") == ("until", "2023-12-31")
    assert only("Bis Jahresende waren es 12.", direction="past", year=2021) == ("until", "2021-12-31")
    assert only("Bis Jahresende sollen es 12 sein.", direction="ahead") == ("until", "2024-12-31")


@pytest.mark.parametrize("season", WORDS.seasons)
def test_a_season_is_its_year(season: str) -> None:
    assert only(f"Im {season} 2021 kamen 12.") == ("as_of", "2021")


@pytest.mark.parametrize("text", [
    "Derzeit gibt es 12.",
    "Seit drei Jahren gibt es 12.",
    "In den vergangenen Jahren kamen 12.",
    "Das sind 12 mehr als im Vorjahr.",
    "Das sind 12 mehr als ein Jahr zuvor.",
    "Gegenüber dem Vorjahr sind es 12 mehr.",
    "Bezogen auf das Basisjahr 2019 sind es 12 mehr.",
    "Im Vergleich zum Jahr 2019 sind es 12 mehr.",
    "Der Beschluss vom 3. Mai 2019 nennt 12 Orte.",
    "Von Montag bis Freitag kommen 12.",
    "Es kostet 2020 Euro.",
    "August Macke malte 12 Bilder.",
    "Am 31. Februar 2023 kamen 12.",
    "Die Leitung 3.1. hat 12 Meter.",
])  # fmt: skip
def test_no_date_of_a_claim(text: str) -> None:
    assert read(text) == []


def test_the_days_of_a_period() -> None:
    def interval(prefix: str) -> tuple[date, date]:
        return Period("as_of", prefix, 0, 1, 0, 0).interval

    assert interval("2024") == (date(2024, 1, 1), date(2024, 12, 31))
    assert interval("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert interval("2024-02-03") == (date(2024, 2, 3), date(2024, 2, 3))
    half = (date(2023, 1, 1), date(2023, 6, 30))
    assert Period("as_of", "2023", 0, 1, 0, 0, days=half).interval == half


def test_the_look_at_first_letters_hides_no_date() -> None:
    everywhere = re.compile(rf"(?<![\w.])(?:{forms.joined()})")
    sentences = (Path(__file__).parents[2] / "sentences").glob("*.txt")
    for text in [*(path.read_text("utf-8") for path in sentences), *(f"{day} Heuer" for day in WEEKDAYS)]:
        assert [m.span() for m in forms.pattern().finditer(text)] == [m.span() for m in everywhere.finditer(text)]
