"""Whatever bytes a feed, list, sitemap or endpoint sends, the error is one that a person can read."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from models.errors import BilanzError
from scrapers.finding.discovery import discover
from scrapers.finding.feeds import MOST_ENTRIES
from scrapers.finding.lists import MOST_ITEMS
from scrapers.registry import load_source
from tests.support.simulator import CMS, Answer, Request

PATHS = {
    "gsb": "/liste_node.html",
    "json": "/api/releases?offset=0",
    "wordpress": "/feed/",
    "berlin": "/index/search?startdate=2025-06-01",
}


@pytest.mark.parametrize("family", PATHS)
def test_damaged_answers(offices, fetcher, tmp_path, family):
    cms = CMS(family)
    office = offices.open(cms)
    source = load_source(cms.source_file(office.url, tmp_path))
    path = PATHS[family]
    sound = cms.answer(Request("GET", path, {}, b""), office.url)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(cut=st.integers(0, len(sound.body)), junk=st.binary(max_size=40), gap=st.integers(0, 200))
    @example(cut=0, junk=b"", gap=10**6)
    @example(cut=5, junk=b"\x00" * 40, gap=0)
    def damage(cut: int, junk: bytes, gap: int) -> None:
        body = sound.body[:cut] + junk + sound.body[cut + gap :]
        office.serve(path, Answer(body, headers=sound.headers))
        with suppress(BilanzError):
            urls = [listing.url for listing in discover(source, fetcher, known=lambda url: False)]
            assert len(urls) == len(set(urls))
            assert all(source.owns(url) for url in urls)

    damage()


@pytest.mark.parametrize("entry", ["item", "entry"])
def test_of_a_feed_without_end_the_first_entries_are_read(offices, fetcher, tmp_path, entry):
    cms = CMS("wordpress")
    office = offices.open(cms)
    source = load_source(cms.source_file(office.url, tmp_path))
    items = "".join(
        f"<item><title>M {n}</title><link>{office.url}/foerderung-{n}/</link></item>"
        if entry == "item"
        else f'<entry><title>M {n}</title><link href="{office.url}/foerderung-{n}/"/></entry>'
        for n in range(MOST_ENTRIES + 500)
    )
    whole = f"<rss version='2.0'><channel><title>Amt</title>{items}</channel></rss>"
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Amt</title>{items}</feed>'
    office.serve("/feed/", Answer((whole if entry == "item" else atom).encode()))
    found = [listing.title for listing in discover(source, fetcher, known=lambda _: False) if listing.title]
    assert len([title for title in found if title.startswith("M ")]) == MOST_ENTRIES
    assert f"has more than {MOST_ENTRIES:,} entries" in " ".join(fetcher.notes[source.id])


def test_of_a_list_without_end_the_first_entries_are_read(offices, fetcher, tmp_path):
    cms = CMS("gsb")
    office = offices.open(cms)
    source = load_source(cms.source_file(office.url, tmp_path))
    path = PATHS["gsb"]
    sound = cms.answer(Request("GET", path, {}, b""), office.url)
    before, _, after = sound.body.partition(b"<main>")
    item = b'<div class="teaser"><a href="SharedDocs/Pressemitteilungen/DE/eine.html">Eine</a></div>'
    office.serve(path, Answer(before + b"<main>" + item * MOST_ITEMS + after, headers=sound.headers))
    assert list(discover(source, fetcher, known=lambda _: False))
    assert f"has more than {MOST_ITEMS:,} entries" in " ".join(fetcher.notes[source.id])
