"""Discovery against simulated sites of every family: what is found, and with which requests."""

import gzip
import json
import re
from datetime import date

import pytest

from models.errors import BlockedResponse, FetchError, Forbidden, LayoutChanged, UnexpectedContent
from models.source import Source
from scrapers.finding.discovery import discover
from scrapers.http.fetch import Fetcher
from scrapers.registry import load_source
from tests.support.simulator import CMS, FAMILIES, Answer, PressOffice, Published, Request, samples
from tests.support.simulator.faults import challenge, redirect

LISTED = tuple(family for family in FAMILIES if family not in {"wordpress", "berlin"})


class Cache(dict):
    """The last answers, as a database would keep them."""

    fresh = False

    def is_fresh(self, url):
        return self.fresh

    def put(self, url, snapshot):
        self[url] = snapshot

    def confirm(self, url, at):
        assert url in self


class Desk:
    """An office of one family, its source, and what has been stored of it so far."""

    def __init__(self, office: PressOffice, cms: CMS, source: Source, fetcher: Fetcher):
        self.office, self.cms, self.source, self.fetcher = office, cms, source, fetcher
        self.stored: set[str] = set()
        self.cache = Cache()

    def run(self, **options):
        """Discovers, stores what was found, and returns the numbers of the releases in their order."""
        self.office.forget()
        found = list(discover(self.source, self.fetcher, known=self.stored.__contains__, cache=self.cache, **options))
        self.stored |= {listing.url for listing in found}
        return self.numbers(listing.url for listing in found)

    def numbers(self, urls):
        by_url = {self.office.url + self.cms.path(release): release.number for release in self.cms.releases}
        return [by_url[url] for url in urls]

    def shows(self, url):
        """What stands at a path, without a request."""
        return self.cms.answer(Request("GET", url, {}, b""), self.office.url)

    def publish(self, count=1):
        newest = max(release.number for release in self.cms.releases)
        for number in range(newest + 1, newest + 1 + count):
            self.cms.releases.insert(0, Published(number, date(2025, 6, 2), f"Neues {number}", ["Text " * 50]))


@pytest.fixture
def desk(offices, fetcher, tmp_path):
    def open_desk(family: str, releases: int = 25, **changes) -> Desk:
        cms = CMS(family, samples(releases))
        office = offices.open(cms)
        return Desk(office, cms, load_source(cms.source_file(office.url, tmp_path, **changes)), fetcher)

    return open_desk


@pytest.mark.parametrize("family", FAMILIES)
def test_a_first_run_finds_all_oldest_first(desk, family):
    office = desk(family)
    found = office.run()
    assert sorted(found) == list(range(1, 26))
    if family in LISTED:
        assert found == list(range(1, 26))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_second_run_asks_only_conditionally_and_finds_nothing(desk, family):
    office = desk(family)
    office.run()
    assert office.run() == []
    asked = [request for request in office.office.requests if request.url != "/robots.txt"]
    assert asked
    assert all("if-none-match" in request.headers for request in asked)


@pytest.mark.parametrize("family", LISTED)
def test_new_releases_are_found_on_the_first_page(desk, family):
    office = desk(family)
    office.run()
    office.publish(2)
    assert office.run() == [26, 27]
    # The second page is asked for, since only one where all is known says that all has been found.
    assert office.office.count() == 2


@pytest.mark.parametrize("family", ["gsb", "wordpress"])
def test_session_ids_in_links_make_no_second_identity(desk, family):
    office = desk(family)
    office.cms.session = 1
    assert len(office.run()) == 25
    assert office.run() == []
    assert office.cms.session > 30


def test_known_releases_are_looked_at_again(desk):
    office = desk("drupal-nrw")
    office.run()
    office.publish()
    assert office.run(lookback=3) == [23, 24, 25, 26]
    assert office.office.count() == 2


def test_unchanged_lists_are_looked_through_all_the_same(desk):
    office = desk("typo3")
    office.run()
    assert office.run(lookback=12) == list(range(14, 26))
    assert all("if-none-match" in request.headers for request in office.office.requests if "seite" in request.url)


def test_looking_back_reaches_over_pages(desk):
    office = desk("drupal-nrw", 40)
    office.run()
    office.publish()
    assert office.run(lookback=15) == list(range(26, 42))
    assert office.office.count() == 2


def test_since(desk):
    office = desk("typo3", 60)
    # Release 60 is of 1 June, and there is one a day.
    assert office.run(since=date(2025, 5, 18)) == list(range(46, 61))
    assert office.office.count() == 3
    # What is known does not end the way back to an earlier day.
    assert office.run(since=date(2025, 5, 8)) == list(range(36, 46))


def test_since_leaves_out_unchanged_pages_of_a_sitemap(desk):
    office = desk("wordpress", 30)
    assert sorted(office.run(since=date(2025, 5, 30))) == [28, 29, 30]


def test_the_archive_fills_a_gap_that_the_feed_left(desk):
    office = desk("berlin", 12)
    office.run()
    office.publish(15)
    assert sorted(office.run()) == list(range(13, 28))
    assert any("search" in request.url for request in office.office.requests)
    office.publish(2)
    assert office.run() == [28, 29]
    assert office.office.count() == 1


def test_a_run_that_breaks_off_loses_nothing(desk):
    office = desk("typo3", 30)
    office.run()
    office.publish(15)
    found = discover(office.source, office.fetcher, known=office.stored.__contains__, cache=office.cache)
    office.stored |= {next(found).url for _ in range(4)}
    found.close()
    assert office.run() == list(range(35, 46))


def test_an_error_on_a_later_page_gives_nothing_rather_than_a_gap(desk):
    office = desk("drupal-nrw", 30)
    office.run()
    office.publish(15)
    office.office.serve("/pressemitteilungen?page=1", Answer(status=403))
    with pytest.raises(BlockedResponse):
        office.run()
    office.office.serve("/pressemitteilungen?page=1")
    assert office.run() == list(range(31, 46))


def test_a_list_without_end_that_repeats_its_last_page(desk):
    office = desk("drupal-nrw", 15)
    last = office.shows("/pressemitteilungen?page=1")
    for page in range(2, 5):
        office.office.serve(f"/pressemitteilungen?page={page}", last)
    assert office.run() == list(range(1, 16))
    assert office.office.count() == 3


def test_a_list_whose_next_link_leads_back(desk):
    office = desk("typo3", 15)
    page = '<div class="article"><a href="/presse/foerderung-1">A</a></div><a class="next" href="/presse/seite-1">N</a>'
    office.office.serve("/presse/seite-2", Answer(page.encode()))
    assert sorted(office.run()) == [1, *range(6, 16)]
    assert office.office.count() == 2


def test_iso_8859_1(desk):
    office = desk("drupal-nrw", 3)
    office.cms.charset = "iso-8859-1"
    listings = list(discover(office.source, office.fetcher, known=lambda url: False))
    assert [listing.title for listing in listings] == [f"Land fördert {number} Brücken" for number in (1, 2, 3)]
    assert listings[0].published.isoformat() == "2025-05-29T22:00:00+00:00"


def test_what_a_feed_says(desk):
    office = desk("berlin", 1)
    listing = next(discover(office.source, office.fetcher, known=lambda url: False))
    assert listing.title == "Land fördert 1 Brücken"
    assert listing.teaser == "Kurz: Land fördert 1 Brücken"
    assert listing.published.isoformat() == "2025-06-01T08:00:00+00:00"


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("<dc:date>2025-06-16T10:00:00+02:00</dc:date>", "2025-06-16T08:00:00+00:00"),
        ("<pubDate>Fr, 11 Okt 2024 11:14:11 +0200</pubDate>", "2024-10-11T09:14:11+00:00"),
        ("<pubDate>16 Juin 2025</pubDate>", None),
    ],
)
def test_dates_of_feeds_are_read_or_told(desk, stated, day):
    office = desk("berlin", 1)
    feed = office.cms.feed(office.office.url).body.decode()
    dated = re.sub("<pubDate>.*?</pubDate>", stated, feed)
    dated = dated.replace("<rss ", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" ')
    office.office.serve("/index/feed", Answer(dated.encode(), headers={"Content-Type": "application/rss+xml"}))
    (listing,) = discover(office.source, office.fetcher, known=lambda url: False)
    assert (listing.published.isoformat() if listing.published else None) == day
    assert bool(office.fetcher.notes["uebung"]) == (day is None)


def test_a_feed_whose_date_stands_in_no_calendar(desk):
    office = desk("berlin", 1)
    feed = office.cms.feed(office.office.url).body
    dated = re.sub(rb"<pubDate>.*?</pubDate>", b"<pubDate>0000-01-02T10:00:00Z</pubDate>", feed)
    office.office.serve("/index/feed", Answer(dated, headers={"Content-Type": "application/rss+xml"}))
    listing = next(discover(office.source, office.fetcher, known=lambda url: False))
    assert (listing.title, listing.published) == ("Land fördert 1 Brücken", None)


# what must not pass for "0 releases"


@pytest.mark.parametrize("family", ["gsb", "drupal-nrw", "typo3"])
def test_a_list_whose_layout_changed_overnight(desk, family):
    office = desk(family)
    office.run()
    url = office.source.lists[0].url.removeprefix(office.office.url).replace("{page}", "0")
    office.office.serve(url, Answer(b'<html><div class="new-teaser"><a href="/x">Neu</a></div></html>' + b" " * 900))
    with pytest.raises(LayoutChanged, match="nothing fits") as caught:
        office.run()
    assert len(caught.value.snapshot) == 64


def test_a_list_whose_links_lead_elsewhere(desk):
    office = desk("drupal-nrw")
    office.office.serve(
        "/pressemitteilungen?page=0",
        Answer(b'<main><article><h3><a href="/veranstaltung/fest">Fest</a></h3></article></main>'),
    )
    with pytest.raises(LayoutChanged, match="no entry of the list links to a release"):
        office.run()


@pytest.mark.parametrize("family", ["gsb", "berlin"])
def test_a_challenge_page_is_no_empty_list(desk, family):
    office = desk(family)
    url = (office.source.feeds or [listed.url for listed in office.source.lists])[0]
    office.office.serve(url.removeprefix(office.office.url), challenge())
    with pytest.raises(BlockedResponse, match="Cloudflare"):
        office.run()


def test_a_page_that_lists_feeds_is_no_feed(desk):
    office = desk("berlin")
    hub = b'<!DOCTYPE html><html><a href="/index/rss.xml">RSS</a></html>'
    office.office.serve("/index/feed", Answer(hub))
    with pytest.raises(UnexpectedContent, match=r"no feed; it links to http://127.0.0.1:\d+/index/rss.xml"):
        office.run()


@pytest.mark.parametrize("content", [b"", b"hello", b"<?xml version='1.0'?><books/>"])
def test_other_content_is_no_feed(desk, content):
    office = desk("berlin")
    office.office.serve("/index/feed", Answer(content, headers={"Content-Type": "application/rss+xml"}))
    with pytest.raises(UnexpectedContent, match="no RSS or Atom feed"):
        office.run()


@pytest.mark.parametrize("name", [b"u\x80f-8", b"utf-8\x00"])
def test_a_feed_that_the_parser_fails_on(desk, name):
    office = desk("berlin")
    content = b"<?xml version='1.0' encoding='" + name + b"'?><rss version='2.0'><channel/></rss>"
    office.office.serve("/index/feed", Answer(content, headers={"Content-Type": "application/rss+xml"}))
    with pytest.raises(UnexpectedContent, match="too broken"):
        office.run()


def billion_laughs(encoding: str) -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE rss [<!ENTITY l0 "lol">{entities}]>'
        '<rss version="2.0"><channel><item><title>&l9;</title></item></channel></rss>'
    )
    return text.encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("path", ["/feed/", "/wp-sitemap.xml"])
def test_xml_bombs_do_not_go_off(desk, path, encoding):
    office = desk("wordpress")
    office.office.serve(path, Answer(billion_laughs(encoding), headers={"Content-Type": "application/xml"}))
    assert office.run(), "the other way to the releases is open"
    assert "declares XML entities" in office.fetcher.notes["uebung"][0]


def test_a_sitemap_may_be_gzipped_and_is_bounded(desk):
    office = desk("wordpress", 3, feeds=[])
    plain = office.shows("/wp-sitemap-posts-1.xml").body
    office.office.serve("/wp-sitemap-posts-1.xml", Answer(gzip.compress(plain)))
    assert sorted(office.run()) == [1, 2, 3]
    office.office.serve("/wp-sitemap-posts-1.xml", Answer(gzip.compress(b" " * 21_000_000)))
    with pytest.raises(FetchError, match="unpacks to more than 20000000 bytes"):
        office.run()


def test_a_sitemap_index_of_itself(desk):
    office = desk("wordpress", 3, feeds=[])
    index = f"<sitemapindex><sitemap><loc>{office.office.url}/wp-sitemap.xml</loc></sitemap></sitemapindex>"
    office.office.serve("/wp-sitemap.xml", Answer(index.encode()))
    with pytest.raises(UnexpectedContent, match="nested deeper"):
        office.run()
    assert office.office.count() == 4


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"<html>", UnexpectedContent, "is no JSON"),
        (b"[" * 100_000, UnexpectedContent, "is no JSON"),
        (b'{"result": {}}', LayoutChanged, "there is no list at 'result.items'"),
        (b'{"result": {"items": []}}', LayoutChanged, "is empty"),
        (b'{"result": {"items": [{"href": "/x"}]}}', LayoutChanged, "no entry"),
    ],
)
def test_json_that_is_not_as_described(desk, content, error, words):
    office = desk("json")
    office.office.serve("/api/releases?offset=0", Answer(content, headers={"Content-Type": "application/json"}))
    with pytest.raises(error, match=words):
        office.run()


def test_lists_behind_robots_txt_are_not_read(desk):
    office = desk("gsb")
    office.office.serve("/robots.txt", Answer(b"User-agent: *\nDisallow: /liste_node.html"))
    with pytest.raises(Forbidden):
        office.run()
    assert office.office.count() == 0


def test_a_list_that_moved_is_followed(desk):
    office = desk("typo3")
    office.office.serve("/presse/seite-1", redirect("/presse/seite-01", 301))
    assert office.run() == list(range(1, 26))


def test_a_post_search(offices, fetcher, make_source):
    office = offices.open()
    when = '<time datetime="2025-06-0{n}T10:00:00+02:00"></time>'
    teaser = '<div class="t"><a class="l" href="/pm/{n}">Titel {n}</a>' + when + "</div>"
    pages = [{"result": {"items": [{"payload": teaser.replace("{n}", str(n))}]}} for n in (2, 1)]
    office.serve("/suche!json", *(Answer(json.dumps(page).encode()) for page in (*pages, {"result": {"items": []}})))
    source = make_source(
        office,
        feeds=[],
        endpoints=[
            {
                "url": office.url + "/suche!json",
                "paging": {"kind": "page", "first": 1},
                "body": {"search": {"page": "{page}", "sortOrder": "sortDate desc"}, "filters": []},
                "items": "result.items",
                "html": "payload",
                "selectors": {"item": "div.t", "link": "a.l", "date": "time", "date_attribute": "datetime"},
            }
        ],
    )
    found = list(discover(source, fetcher, known=lambda url: False))
    assert [(listing.title, listing.published.isoformat()) for listing in found] == [
        ("Titel 1", "2025-06-01T08:00:00+00:00"),
        ("Titel 2", "2025-06-02T08:00:00+00:00"),
    ]
    posts = [json.loads(request.body) for request in office.requests if request.method == "POST"]
    assert [post["search"]["page"] for post in posts] == [1, 2, 3]
