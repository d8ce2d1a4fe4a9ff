"""Where the day of publication is found, and what is no such day."""

from datetime import UTC, datetime

import pytest

from extractors.page import page_record, read_page
from extractors.page.dates import Day, days_in_url, parse_date
from models.calendar import BERLIN
from models.release import Release

TEXT = "<p>Das Land beteiligt sich mit 12,5 Millionen Euro am Ausbau des Hafens, der am 3. März 2020 begonnen hat.</p>"


def read(markup: str, head: str = "", url: str = "https://m.example/a", fetched_at: datetime | None = None) -> Release:
    document = f"<html><head><title>Hafen wächst</title>{head}</head><body>{markup}</body></html>"
    return read_page(document.encode(), url=url, fetched_at=fetched_at)


@pytest.mark.parametrize(
    ("written", "moment", "precision"),
    [
        ("2024-05-21", "2024-05-20T22:00", "day"),
        ("2024-05-21T08:00:00+02:00", "2024-05-21T06:00", "minute"),
        ("2024-05-21T00:00:00+02:00", "2024-05-20T22:00", "day"),
        ("2024-01-21 16:50", "2024-01-21T15:50", "minute"),
        ("Mon Oct 11 14:57:21 CEST 2021", "2021-10-11T12:57", "minute"),
        ("Tue, 21 May 2024 08:00:00 +0200", "2024-05-21T06:00", "minute"),
        ("21.05.2024", "2024-05-20T22:00", "day"),
        ("21. 5. 2024", "2024-05-20T22:00", "day"),
        ("Dienstag, 21. Mai 2024", "2024-05-20T22:00", "day"),
        ("1. März 2024, 9:30 Uhr", "2024-03-01T08:30", "minute"),
        ("26. Jan 2022", "2022-01-25T23:00", "day"),
        ("26. Jan. 2022 - 14 Uhr", "2022-01-26T13:00", "minute"),
    ],
)
def test_dates_are_read_as_berlin_time(written: str, moment: str, precision: str) -> None:
    assert parse_date(written) == Day(datetime.fromisoformat(moment).replace(tzinfo=UTC), precision)


@pytest.mark.parametrize("written", ["", "gestern", "32.13.2024", "2024-02-30", "21.05.", "Tel. 0211 21.05.20240"])
def test_what_is_no_date(written: str) -> None:
    assert parse_date(written) is None


def test_formats_of_a_source_go_first() -> None:
    found = parse_date("Mai 21, 2024", ("%B %d, %Y",))
    assert found == Day(datetime(2024, 5, 20, 22, tzinfo=UTC), "day")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://m.example/2022/01/26/hafen", "2022-01-26"),
        ("https://m.example/detail/~02-01-2022-land-zahlt", "2022-01-02"),
        ("https://m.example/20220124-hafen.html", "2022-01-24"),
        ("https://m.example/Presse2022/220126_PM.html", "2022-01-26"),
        ("https://m.example/2022/01/260122-Hafen.html", "2022-01-26"),
        ("https://m.example/220126_PM.html", None),
        ("https://m.example/item/20221399/1", None),
    ],
)
def test_days_in_addresses(url: str, day: str | None) -> None:
    found = next(days_in_url(url), None)
    assert (found.moment.astimezone(BERLIN).date().isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("markup", "head", "published", "method"),
    [
        ("<time datetime='2024-05-21'>x</time><h1>Hafen wächst</h1>", "", "2024-05-21", "time[datetime]"),
        ("<time>21. Mai 2024</time><h1>Hafen wächst</h1>", "", "2024-05-21", "time"),
        ("<h1>Hafen wächst</h1>", "<meta property='article:published_time' content='2024-05-21'>", "2024-05-21",
         "meta:article:published_time"),
        ("<h1>Hafen wächst</h1>", "<script type='application/ld+json'>{\"datePublished\": \"2024-05-21\"}</script>",
         "2024-05-21", "json-ld"),
        ("<h1>Hafen wächst</h1><ul><li><b>Datum:</b> 21. Mai 2024</li></ul>", "", "2024-05-21", "label"),
        ("<h1>Hafen wächst</h1><div>Pressemitteilung Nr. 12 vom 21.05.2024</div>", "", "2024-05-21", "label"),
        ("<h3>21.05.2024</h3><h1>Hafen wächst</h1>", "", "2024-05-21", "near headline"),
        ("<p>21.05.2024 - Meldung - Verkehr</p><h1>Hafen wächst</h1>", "", "2024-05-21", "near headline"),
        ("<span>Bonn, 21.05.2024</span><h1>Hafen wächst</h1>", "", "2024-05-21", "near headline"),
        ("<h1>Hafen wächst</h1>", "<meta name='dcterms.date' content='2024-05-21'>", "2024-05-21", "meta:dcterms.date"),
        ("<h1>Hafen wächst</h1><p>Bonn, 21. Mai 2024 – Der Hafen der Stadt wächst um neun Liegeplätze.</p>",
         "", "2024-05-21", "dateline"),
    ],
)  # fmt: skip
def test_places_of_the_date(markup: str, head: str, published: str, method: str) -> None:
    release = read(f"<main>{markup}{TEXT}</main>", head)
    assert (page_record(release)["published"], release.date_method) == (published, method)


def test_date_of_a_teaser_is_not_the_pages_own() -> None:
    teaser = "<ul><li><a href='/b'>Schleuse</a> <time datetime='2024-05-30'>30.05.</time></li></ul>"
    release = read(f"<main><h1>Hafen wächst</h1><p>21.05.2024</p>{TEXT}{teaser}</main>")
    assert page_record(release)["published"] == "2024-05-21"


def test_day_of_an_event_in_text_or_headline_is_not_taken() -> None:
    markup = "<main><h1>Hafenfest am 9. Juni 2024</h1><p>Das Fest am <time datetime='2024-06-09'>9. Juni</time>"
    release = read(f"{markup} lockt Gäste aus dem ganzen Land an.</p>{TEXT}<p>Stand: 21.05.2024</p></main>")
    assert (page_record(release)["published"], release.date_method) == ("2024-05-21", "label:stand")


def test_the_address_is_asked_after_the_page() -> None:
    assert read(f"<h1>Hafen wächst</h1>{TEXT}", url="https://m.example/2022/01/26/x").date_method == "url"
    dated = read(f"<h1>Hafen wächst</h1><p>21.05.2024</p>{TEXT}", url="https://m.example/2022/01/26/x")
    assert page_record(dated)["published"] == "2024-05-21"


def test_last_change_is_no_publication() -> None:
    release = read(
        f"<main><h1>Hafen wächst</h1><p>21.05.2024</p>{TEXT}</main>",
        "<meta property='og:updated_time' content='2024-05-25'>",
    )
    assert page_record(release)["published"] == "2024-05-21"


def test_future_dates_are_refused_and_the_next_place_is_looked_at() -> None:
    markup = f"<main><time datetime='2042-05-21'>x</time><h1>Hafen wächst</h1><p>21.05.2024</p>{TEXT}</main>"
    release = read(markup, fetched_at=datetime(2024, 5, 22, tzinfo=UTC))
    assert page_record(release)["published"] == "2024-05-21"
    assert any("2042-05-21" in warning for warning in release.warnings)


def test_a_week_ahead_is_allowed() -> None:
    markup = f"<main><time datetime='2024-05-28'>x</time><h1>Hafen wächst</h1>{TEXT}</main>"
    assert read(markup, fetched_at=datetime(2024, 5, 22, tzinfo=UTC)).published is not None
    assert read(markup, fetched_at=datetime(2024, 5, 20, tzinfo=UTC)).published is None


def test_without_any_date_there_is_a_warning() -> None:
    release = read(
        "<main><h1>Hafen wächst</h1><p>Das Land beteiligt sich mit viel Geld am Ausbau des Hafens.</p></main>"
    )
    assert (release.published, release.date_precision, release.date_method) == (None, "none", "none")
    assert any("date" in warning for warning in release.warnings)


def test_time_of_day_is_kept() -> None:
    release = read(f"<main><h1>Hafen wächst</h1><time datetime='2024-05-21T09:30:00+02:00'>x</time>{TEXT}</main>")
    assert release.published == datetime(2024, 5, 21, 7, 30, tzinfo=UTC)
    assert page_record(release)["published"] == "2024-05-21T09:30:00+02:00"
