"""The addresses of a list's pages."""

from datetime import date
from itertools import islice

from models.source import NumberedPages, Periods, SinglePage
from scrapers.finding.paging import fill, positions

TODAY = date(2025, 2, 14)


def addresses(template, paging, count=4):
    return [fill(template, position) for position in islice(positions(paging, TODAY), count)]


def test_numbers_and_offsets():
    assert addresses("/p?page={page}", NumberedPages(kind="page"), 3) == ["/p?page=0", "/p?page=1", "/p?page=2"]
    offsets = NumberedPages(kind="offset", first=10, step=20)
    assert addresses("/p?o={offset}&f[{]}", offsets, 2) == ["/p?o=10&f[{]}", "/p?o=30&f[{]}"]


def test_months_and_years_go_back_to_the_earliest():
    months = Periods(kind="month", earliest=date(2024, 12, 24))
    assert addresses("/{year}-{month:02}/{month}", months) == ["/2025-02/2", "/2025-01/1", "/2024-12/12"]
    assert addresses("/{year}", Periods(kind="year", earliest=date(2024, 5, 1))) == ["/2025", "/2024"]


def test_a_single_page():
    assert addresses("/liste", SinglePage()) == ["/liste"]


def test_a_placeholder_alone_becomes_a_number():
    body = {"page": "{page}", "nested": [{"text": "Seite {page}"}], "limit": 10, "open": None}
    assert fill(body, {"page": 3}) == {"page": 3, "nested": [{"text": "Seite 3"}], "limit": 10, "open": None}
