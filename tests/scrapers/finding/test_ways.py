"""Several ways to the same releases: one that is shut is passed over with a word, and others stand in."""

from datetime import date
from typing import Any

import pytest

from models.errors import Forbidden, InputError, LayoutChanged, Spent
from models.source import Source
from scrapers.finding.discovery import discover
from scrapers.http.fetch import Fetcher
from tests.support.simulator import Answer

LIST = (
    '<main><div class=e><a href="/pm/2">Zwei</a><span class=date>2 Mrz 2025</span></div>'
    '<div class=e><a href="/pm/1">Eins</a><span class=date>01.03.2025</span></div>'
    '<div class=e><a href="#">Nach oben</a></div></main>'
)
ENTRIES = {"item": "div.e", "link": "a", "date": ".date"}
ROBOTS = "User-agent: *\nDisallow: /SiteGlobals/\nCrawl-delay: {delay}\nSitemap: {base}/sitemap.xml\n"
HTML = {"Content-Type": "text/html"}
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'


class Way:
    """An office with a list, a sitemap and a robots.txt, read by a source that says how."""

    def __init__(self, office: Any, fetcher: Fetcher, make_source: Any) -> None:
        self.office, self.fetcher, self._make = office, fetcher, make_source
        office.serve("/liste", Answer(LIST.encode(), headers=HTML))
        self.robots(0)

    def robots(self, delay: int) -> None:
        self.office.serve("/robots.txt", Answer(ROBOTS.format(delay=delay, base=self.office.url).encode()))

    def sitemap(self, *paths: str) -> None:
        urls = "".join(f"<url><loc>{self.office.url}{path}</loc></url>" for path in paths)
        self.office.serve("/sitemap.xml", Answer(SITEMAP.format(urls).encode(), headers={"Content-Type": "text/xml"}))

    def source(self, **changes: Any) -> Source:
        made: Source = self._make(self.office, **{"release_url": "/pm/", "feeds": [], **changes})
        return made

    def find(self, source: Source, **options: Any) -> list[str]:
        found = discover(source, self.fetcher, known=lambda url: False, **options)
        return [listing.url.removeprefix(self.office.url) for listing in found]


@pytest.fixture
def way(office: Any, fetcher: Fetcher, make_source: Any) -> Way:
    return Way(office, fetcher, make_source)


def listed(way: Way, path: str = "/liste", **changes: Any) -> dict[str, Any]:
    return {"url": way.office.url + path, "selectors": ENTRIES, **changes}


def test_a_way_that_robots_shut_is_passed_over_with_a_word(way: Way) -> None:
    source = way.source(feeds=[f"{way.office.url}/SiteGlobals/feed.xml"], lists=[listed(way)])
    assert way.find(source) == ["/pm/1", "/pm/2"]
    assert [note for note in way.fetcher.notes["uebung"] if "passed over" in note and "/SiteGlobals/feed.xml" in note]
    assert way.office.count("/SiteGlobals/feed.xml") == 0


@pytest.mark.parametrize("answer", [Answer(b"<h1>404</h1>", 404), Answer(b"<html>Presse</html>", headers=HTML)])
def test_a_dead_way_is_passed_over(way: Way, answer: Answer) -> None:
    way.office.serve("/feed.xml", answer)
    assert way.find(way.source(feeds=[f"{way.office.url}/feed.xml"], lists=[listed(way)])) == ["/pm/1", "/pm/2"]
    assert len(way.fetcher.notes["uebung"]) == 1


def test_what_stands_in_is_read_only_where_no_other_way_is_open(way: Way) -> None:
    way.office.serve("/zweite", Answer(LIST.replace("/pm/", "/pm/x").encode(), headers=HTML))
    ways = [listed(way), listed(way, "/zweite", fallback=True)]
    assert way.find(way.source(lists=ways)) == ["/pm/1", "/pm/2"]
    way.office.serve("/liste", Answer(status=404))
    assert way.find(way.source(lists=ways)) == ["/pm/x1", "/pm/x2"]


def test_the_sitemap_that_robots_names_is_the_last_way(way: Way) -> None:
    way.sitemap("/pm/1", "/pm/7", "/impressum")
    shut = way.source(lists=[listed(way, "/SiteGlobals/liste")])
    assert sorted(way.find(shut)) == ["/pm/1", "/pm/7"]
    assert way.fetcher.notes["uebung"]


def test_where_no_way_is_open_the_run_says_why(way: Way) -> None:
    with pytest.raises(Forbidden, match=r"robots\.txt"):
        way.find(way.source(lists=[listed(way, "/SiteGlobals/liste")]))


def test_a_portal_that_stands_in_is_named(way: Way) -> None:
    with pytest.raises(Forbidden, match=r"robots\.txt .* stand in portal too"):
        way.find(way.source(lists=[listed(way, "/SiteGlobals/liste")], carried_by="portal"))
    with pytest.raises(InputError, match="its releases come with portal"):
        way.find(way.source(carried_by="portal"))


def test_a_way_that_breaks_off_in_the_middle_is_no_open_one(way: Way) -> None:
    pages = {"kind": "next", "css": "a.next"}
    first = LIST.replace("</main>", '<a class=next href="/SiteGlobals/2">weiter</a></main>')
    way.office.serve("/liste", Answer(first.encode(), headers=HTML))
    with pytest.raises(Forbidden):
        way.find(way.source(lists=[listed(way, paging=pages), listed(way)]))


def test_json_inside_a_script_is_a_way(way: Way) -> None:
    listed_there = '{"result": {"items": [{"to": "/pm/5", "day": "Mon, 16 Jun 2025 10:00:00 +0200"}]}}; more = {}'
    page = f"<script>BPA.initialSearchResultsJson = {listed_there}</script>"
    way.office.serve("/aktuelles", Answer(page.encode(), headers=HTML))
    endpoint = {
        "url": way.office.url + "/aktuelles", "after": "initialSearchResultsJson", "items": "result.items",
        "link": "to", "date": "day",
    }  # fmt: skip
    (found,) = discover(way.source(endpoints=[endpoint]), way.fetcher, known=lambda url: False)
    assert (found.url, found.published and found.published.hour) == (f"{way.office.url}/pm/5", 8)
    way.office.serve("/aktuelles", Answer(b"<p>Neu</p>", headers=HTML))
    with pytest.raises(LayoutChanged, match="stands nowhere"):
        way.find(way.source(endpoints=[endpoint]))


def test_a_page_that_comes_again_ends_a_list(way: Way) -> None:
    other = LIST.replace("/pm/", "/pm/x")
    way.office.serve("/l?p=0", Answer(LIST.encode(), headers=HTML))
    way.office.serve("/l?p=1", Answer(other.encode(), headers=HTML))
    for number in range(2, 9):
        way.office.serve(f"/l?p={number}", Answer((other if number % 2 else LIST).encode(), headers=HTML))
    source = way.source(lists=[listed(way, "/l?p={page}", paging={"kind": "page"})])
    assert len(way.find(source)) == 4
    assert way.office.count() == 3


def test_one_flaw_in_a_sitemap_costs_one_sitemap(way: Way) -> None:
    names = "".join(f"<sitemap><loc>{way.office.url}/s{number}.xml</loc></sitemap>" for number in range(3))
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{names}</sitemapindex>'
    way.office.serve("/index.xml", Answer(index.encode()))
    way.office.serve("/s0.xml", Answer(b"<urlset><url><loc>"))
    way.office.serve("/s2.xml", Answer(SITEMAP.format(f"<url><loc>{way.office.url}/pm/3</loc></url>").encode()))
    assert way.find(way.source(sitemaps=[f"{way.office.url}/index.xml"])) == ["/pm/3"]
    assert len(way.fetcher.notes["uebung"]) == 2


def test_a_night_ends_although_the_host_wants_long_pauses(way: Way) -> None:
    way.robots(180)
    for number in range(200):
        page = LIST.replace("/pm/", f"/pm/{number}-")
        way.office.serve(f"/l?p={number}", Answer(page.encode(), headers=HTML))
    source = way.source(lists=[listed(way, "/l?p={page}", paging={"kind": "page"})])
    with pytest.raises(Spent, match="requests a run"):
        way.find(source, since=date(2000, 1, 1))
    assert way.office.count() == 119  # and robots.txt: 120 pauses of three minutes are six hours


def test_both_spellings_of_a_host_are_one_address(way: Way) -> None:
    source = way.source(hosts=["127.0.0.1", "www.amt.example"], lists=[listed(way)])
    assert source.at_home("https://amt.example/pm/1") == "https://www.amt.example/pm/1"
    assert source.at_home("https://www.amt.example/pm/1") == "https://www.amt.example/pm/1"
    assert source.at_home("https://other.example/pm/1") == "https://other.example/pm/1"
