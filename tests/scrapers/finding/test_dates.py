"""Dates of lists and feeds."""

import pytest

from scrapers.finding.dates import read_date


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("21.11.2025", "2025-11-20T23:00:00+00:00"),
        ("21.11.25", "2025-11-20T23:00:00+00:00"),
        ("12. Oktober 2018", "2018-10-11T22:00:00+00:00"),
        ("Freitag, 1. Mär. 2024 | Pressemitteilung", "2024-02-29T23:00:00+00:00"),
        ("12. März 2021, 14:30 Uhr", "2021-03-12T13:30:00+00:00"),
        ("Pressemitteilung vom 01.07.2021 16.50 Uhr", "2021-07-01T14:50:00+00:00"),
        ("2021-07-01 16:50", "2021-07-01T14:50:00+00:00"),
        ("2021-07-01T16:50:00Z", "2021-07-01T16:50:00+00:00"),
        ("2021-07-01T16:50:00.000+0200", "2021-07-01T14:50:00+00:00"),
        ("2021-07-01", "2021-06-30T22:00:00+00:00"),
    ],
)
def test_dates_are_read(text, moment):
    found = read_date(text)
    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize("text", ["", "heute", "Nr. 12.2021", "31.02.2021", "3. Förderrunde 2021", "2021-13-01"])
def test_what_is_no_date(text):
    assert read_date(text) is None
