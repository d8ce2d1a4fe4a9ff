"""Anything at all into the canonicaliser of URLs, the grammars of numbers and periods, and the readers of feeds.

`make test` tries some hundred inputs of each, `make proof` 20,000.
"""

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.rules.periods.calendar import Reference
from extractors.rules.periods.scan import scan as scan_periods
from extractors.rules.quantities.scan import scan as scan_numbers
from models.errors import BilanzError
from models.quantity import days_of
from models.release import Snapshot
from models.source import Source
from scrapers.finding.feeds import read_feed
from scrapers.finding.sitemaps import read_sitemap
from scrapers.finding.visit import Visit
from scrapers.urls import canonical_url
from tests.support.simulator import CMS, Request

FORMS = pytest.mark.parametrize("count", [200, pytest.param(20_000, marks=pytest.mark.long)])
URL = "https://www.amt.example/feed"
SOURCE = Source.model_validate(
    {
        "id": "amt", "publisher": "Amt", "level": "land", "state": "NW", "homepage": "https://www.amt.example/",
        "hosts": ["www.amt.example"], "family": "wordpress", "verified": "never", "feeds": [URL],
    }
)  # fmt: skip
SITE = CMS("wordpress")
DOCUMENTS = [
    answer.body
    for path in ("/feed/", "/wp-sitemap.xml", "/wp-sitemap-posts-1.xml")
    if (answer := SITE.answer(Request("GET", path, {}, b""), "https://www.amt.example"))
]

url_parts = st.one_of(
    st.sampled_from(["/", "//", "..", ".", "?", "&", "=", "#", ";jsessionid=A1", "%2F", "%", "@", ":", "[", "]"]),
    st.sampled_from(["utm_source=x", "gtp=1", "ü", "ß", "\u202e", "😀", "\x00", " ", "\ud800", "xn--", "%zz"]),
    st.text(max_size=6),
)  # fmt: skip
words = st.one_of(
    st.sampled_from(["Von den", "bis", "zwischen", "und", "rund", "Mio.", "Euro", "%", "halbe", "Dutzend", "-"]),
    st.sampled_from(["seit", "Ende", "Mai", "Schuljahr", "Quartal", "im", "Vorjahr", "heute", "Montag"]),
    st.sampled_from(["2024/25", "0", "31.", "Q4", ".", ",", "eine\u00a0halbe"]),
    st.integers(0, 10**25).map(str),
    st.dates().map(lambda day: f"{day.day}.{day.month}.{day.year:04}"),
    st.text(max_size=5),
)  # fmt: skip
texts = st.lists(words, max_size=14).flatmap(
    lambda parts: st.sampled_from([" ", "", "\u00a0"]).map(lambda gap: gap.join(parts))
)
published = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def fuzz(count: int, **inputs: st.SearchStrategy[Any]) -> Any:
    """As many inputs as the form asks for."""
    thorough = settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    return lambda check: thorough(given(**inputs)(check))


@FORMS
def test_a_canonical_url_stays_as_it_is(count: int) -> None:
    @fuzz(
        count,
        parts=st.lists(url_parts, max_size=10),
        start=st.sampled_from(["https://amt.de", "http://", "HTTPS:", ""]),
    )
    def check(parts: list[str], start: str) -> None:
        try:
            canonical = canonical_url(start + "".join(parts))
        except ValueError:
            return
        assert canonical_url(canonical) == canonical

    check()


@FORMS
def test_numbers_stand_in_the_sentence_and_are_exact(count: int) -> None:
    @fuzz(count, text=texts)
    def check(text: str) -> None:
        ends = 0
        for number in scan_numbers(text):
            assert ends <= number.start < number.end <= len(text)
            ends = number.end
            assert number.value.is_finite()
            assert len(number.value.as_tuple().digits) <= 28
            assert number.value_to is None or number.value <= number.value_to
            assert number.value % 1 >= Decimal(-1)

    check()


@FORMS
def test_periods_stand_in_the_sentence_and_are_days(count: int) -> None:
    @fuzz(count, text=texts, day=st.none() | published)
    def check(text: str, day: date | None) -> None:
        for moment in scan_periods(text, Reference(day)):
            assert 0 <= moment.start < moment.end <= len(text)
            first, last = days_of(moment.date)
            assert first <= last

    check()


class Kept:
    """A fetcher whose only page is the one at hand."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.notes: dict[str, list[str]] = defaultdict(list)

    def get(self, url: str, **_: Any) -> Snapshot:
        return Snapshot(url, self.body, (("Content-Type", "text/xml"),), 200, datetime(2025, 6, 2, tzinfo=UTC))


@FORMS
def test_feeds_and_sitemaps_are_read_or_refused(count: int) -> None:
    piece = st.one_of(
        st.binary(max_size=20),
        st.sampled_from([b"<", b"]]>", b"&x;", b"<!ENTITY a 'b'>", b"<link>//[</link>", b"\xff\xfe"]),
    )

    @fuzz(
        count,
        body=st.sampled_from(DOCUMENTS),
        cuts=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), piece), max_size=4),
    )
    def check(body: bytes, cuts: list[tuple[float, float, bytes]]) -> None:
        for at, length, new in cuts:
            first = int(at * len(body))
            body = body[:first] + new + body[first + int(length**4 * len(body)) :]
        visit = Visit(SOURCE, Kept(body))  # type: ignore[arg-type]
        for reader in (read_feed(visit, URL), read_sitemap(visit, URL, None)):
            try:
                pages = list(reader)
            except BilanzError as refusal:
                assert str(refusal).strip()
                continue
            for page in pages:
                assert all(canonical_url(listing.url) == listing.url for listing in page.listings)

    check()
