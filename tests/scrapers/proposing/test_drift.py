"""A site that is not as its file says: each kind of drift is told, and the patch that is proposed mends it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from models.source import Source
from scrapers.http.fetch import Fetcher
from scrapers.http.slots import LocalSlots
from scrapers.proposing.checks import Diagnosis, check_source
from scrapers.proposing.doctor import check_offices, markdown, patch_text, records
from tests.support.simulator import Answer, FakeClock
from tests.support.simulator.faults import challenge, redirect

HTML = {"Content-Type": "text/html; charset=utf-8"}
COUNT = 4
TEXT = "".join(
    f"<p>Absatz {n} der Mitteilung sagt, dass {n + 10} von {n + 20} Brücken im Land saniert sind und die übrigen "
    f"folgen.</p>"
    for n in range(4)
)


class Site:
    """An office with a feed, a list of two pages and releases, whose parts a test changes before it is checked."""

    def __init__(self, office: Any) -> None:
        self.office = office
        self.item, self.folder, self.next_css, self.day = "entry", "/presse/mitteilungen", "weiter", "0{n}.06.2025"
        self.release = (
            '<main><h1 class="titel">Land saniert Brücke {n}</h1><time datetime="2025-06-0{n}">{n}. Juni</time>'
            f'<div class="text">{TEXT}</div></main>'
        )
        self.list_path, self.feed_path = "/presse/liste", "/feed.xml"
        self.links = ""

    def serve(self) -> None:
        for start, path in ((1, self.list_path), (1 + COUNT, f"{self.list_path}?seite=2")):
            entries = "".join(
                f'<div class="{self.item}"><a href="{self.folder}/bruecke-{n}.html">Land saniert die Brücke {n}</a>'
                f'<span class="tag">{self.day.format(n=n)}</span></div>'
                for n in range(start, start + COUNT)
            )
            more = (
                f'<a class="{self.next_css}" rel="next" href="{self.list_path}?seite=2">weiter</a>'
                if start == 1
                else ""
            )
            self._page(path, f"<main>{entries}{more}</main>")
        items = "".join(
            f"<item><title>Brücke {n}</title><link>{self.office.url}{self.folder}/bruecke-{n}.html</link>"
            f"<pubDate>Mon, 0{n} Jun 2025 08:00:00 +0200</pubDate></item>"
            for n in range(1, COUNT)
        )
        feed = f'<rss version="2.0"><channel><title>Amt</title>{items}</channel></rss>'
        self.office.serve(self.feed_path, Answer(feed.encode(), headers={"Content-Type": "application/rss+xml"}))
        for n in range(1, 1 + 2 * COUNT):
            self._page(f"{self.folder}/bruecke-{n}.html", self.release.format(n=n))
        self._page("/", f'<main><a href="{self.list_path}">Pressemitteilungen</a></main>')

    def _page(self, path: str, body: str) -> None:
        page = f"<html><head><title>Amt</title>{self.links}</head><body>{body}{' ' * 500}</body></html>"
        self.office.serve(path, Answer(page.encode(), headers=HTML))


@pytest.fixture
def site(office: Any) -> Site:
    return Site(office)


@pytest.fixture
def described(office: Any, make_source: Any) -> Source:
    made: Source = make_source(
        office,
        release_url="/presse/mitteilungen/",
        lists=[
            {
                "url": f"{office.url}/presse/liste",
                "paging": {"kind": "next", "css": "a.weiter"},
                "selectors": {"item": "div.entry", "link": "a", "date": ".tag"},
            }
        ],
        layouts=[
            {
                "name": "now",
                "selectors": {
                    "title": "h1.titel",
                    "body": "div.text",
                    "date": {"css": "time[datetime]", "attribute": "datetime"},
                },
            }
        ],
    )
    return made


def check(described: Source) -> Diagnosis:
    return check_source(described, Fetcher(clock=FakeClock()))


def patched(described: Source, diagnosis: Diagnosis) -> Source:
    """The source with the keys of the patch in place of its own, as the report shows them."""
    changes = yaml.safe_load(patch_text(diagnosis))
    whole = described.model_dump(mode="json", exclude_defaults=True) | changes
    for layout in whole.get("layouts", []):
        old = next((each for each in described.layouts if each.name == layout["name"]), None)
        if old is not None and "selectors" not in layout:
            layout["selectors"] = old.selectors.model_dump(mode="json", exclude_defaults=True)
    return Source.model_validate(whole)


def test_a_site_that_is_as_its_file_says(site: Site, described: Source) -> None:
    site.serve()
    diagnosis = check(described)
    assert (diagnosis.severity, diagnosis.patch) == ("sound", {})
    assert {finding.what for finding in diagnosis.findings} >= {
        "robots",
        "feed",
        "list",
        "paging",
        "release",
        "now.body",
    }
    assert site.office.count() == 6  # the feed, two pages of the list, three releases


def move(site: Site) -> None:
    site.list_path = "/presse/pressemitteilungen"


def rename_feed(site: Site) -> None:
    site.feed_path = "/neu.rss"
    site.links = '<link rel="alternate" type="application/rss+xml" href="/neu.rss">'


MENDED: dict[str, tuple[Callable[[Site], Any], str, set[str]]] = {
    "entries of the list are named otherwise": (lambda s: setattr(s, "item", "teaser"), "list", {"lists"}),
    "the list has moved": (move, "list", {"lists"}),
    "the feed has moved": (rename_feed, "feed", {"feeds"}),
    "releases lie elsewhere": (lambda s: setattr(s, "folder", "/meldungen/2025"), "list", {"release_url"}),
    "pages are turned otherwise": (lambda s: setattr(s, "next_css", "vor"), "paging", {"lists"}),
    "the headline is named otherwise": (
        lambda s: setattr(s, "release", s.release.replace('"titel"', '"kopf"')), "now.title", {"layouts"},
    ),
    "the text is named otherwise": (
        lambda s: setattr(s, "release", s.release.replace('"text"', '"inhalt"')), "now.body", {"layouts"},
    ),
    "the day stands elsewhere": (
        lambda s: setattr(
            s, "release", s.release.replace('<time datetime="2025-06-0{n}">{n}. '
                                            'Juni</time>', '<p class="date">0{n}.06.2025</p>')
        ),
        "now.date",
        {"layouts"},
    ),
    "half of the text stands in another box": (
        lambda s: setattr(
            s, "release", s.release.replace(f'<div class="text">{TEXT}', f'<div id="alles"><div class="text"><p>'
                                                                         f'Kurz.</p></div>{TEXT}')
        ),
        "now.body",
        {"layouts"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("drift", "what", "keys"), MENDED.values(), ids=MENDED.keys())
def test_drift_is_told_and_the_patch_mends_it(
    site: Site, described: Source, drift: Callable[[Site], Any], what: str, keys: set[str]
) -> None:
    drift(site)
    site.serve()
    diagnosis = check(described)
    assert what in {finding.what for finding in diagnosis.findings if not finding.sound}
    assert diagnosis.severity != "sound"
    assert set(diagnosis.patch) == keys
    assert any(finding.proposed for finding in diagnosis.findings)
    again = check(patched(described, diagnosis))
    wrong = [finding for finding in again.findings if not finding.sound]
    assert wrong == [], patch_text(diagnosis)


def test_dates_that_a_list_lost_are_told(site: Site, described: Source) -> None:
    site.day = "heute"
    site.serve()
    (wrong,) = [finding for finding in check(described).findings if not finding.sound]
    assert (wrong.what, "0 of them dated" in wrong.message) == ("list", True)


def test_robots_that_shut_ways_and_want_pauses_are_told(site: Site, described: Source) -> None:
    site.serve()
    site.office.serve("/robots.txt", Answer(b"User-agent: *\nDisallow: /feed\nCrawl-delay: 180\n"))
    diagnosis = check(described)
    robots = diagnosis.findings[0]
    assert (robots.what, robots.sound) == ("robots", False)
    assert "asks for 180 s" in robots.message
    assert "/feed.xml" in robots.message
    assert diagnosis.severity == "differs"


def robots(site: Site, *lines: str) -> None:
    site.office.serve("/robots.txt", Answer("\n".join(["User-agent: *", "Crawl-delay: 180", *lines]).encode()))


def test_what_robots_shut_as_the_file_says_is_no_difference(site: Site, described: Source) -> None:
    site.serve()
    robots(site, "Disallow: /feed")
    diagnosis = check(described)
    assert diagnosis.patch == {"robots": "partly"}
    again = check(patched(described, diagnosis))
    assert again.severity == "sound"
    assert any(finding.what == "feed" and "passed over" in finding.message for finding in again.findings)
    robots(site)
    assert check(patched(described, diagnosis)).patch == {"robots": "open"}


def test_where_robots_shut_all_ways_their_sitemap_is_tried(site: Site, described: Source) -> None:
    site.serve()
    robots(site, "Disallow: /feed", "Disallow: /presse/liste", f"Sitemap: {site.office.url}/sitemap.xml")
    urls = "".join(f"<url><loc>{site.office.url}{site.folder}/bruecke-{n}.html</loc></url>" for n in (1, 2, 3))
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    site.office.serve("/sitemap.xml", Answer(sitemap.encode(), headers={"Content-Type": "text/xml"}))
    diagnosis = check(described)
    assert (diagnosis.severity, diagnosis.patch) == ("differs", {"robots": "shut"})
    assert [finding.what for finding in diagnosis.findings if finding.what in ("sitemap", "release")] == [
        "sitemap", "release", "release", "release",
    ]  # fmt: skip


def test_a_portal_that_stands_in_is_told(site: Site, described: Source) -> None:
    site.serve()
    robots(site, "Disallow: /")
    carried = described.model_copy(update={"carried_by": "bundesregierung"})
    assert check(described).severity == "broken"
    diagnosis = check(carried)
    assert diagnosis.severity == "differs"
    assert "bundesregierung" in diagnosis.findings[-1].message
    assert site.office.count() == 0


def test_a_host_that_has_moved_is_proposed(site: Site, described: Source) -> None:
    site.serve()
    site.office.serve("/presse/liste", redirect("https://www.neues-amt.example/presse/liste", 301))
    diagnosis = check(described)
    assert "www.neues-amt.example" in diagnosis.patch["hosts"]


@pytest.mark.parametrize("answer", [challenge(), Answer(status=403), Answer(status=503)])
def test_an_office_that_shuts_us_out_is_broken(site: Site, described: Source, answer: Answer) -> None:
    for path in ("/presse/liste", "/feed.xml", "/"):
        site.office.serve(path, answer)
    diagnosis = check(described)
    assert (diagnosis.severity, diagnosis.patch) == ("broken", {})


def test_who_gives_no_robots_txt_is_asked_for_nothing_else(site: Site, described: Source) -> None:
    site.serve()
    site.office.serve("/robots.txt", Answer(status=503))
    diagnosis = check(described)
    assert (diagnosis.severity, len(diagnosis.findings)) == ("broken", 1)
    assert site.office.count() == 0


def test_many_offices_are_told_in_one_report(offices: Any, make_source: Any, site: Site, described: Source) -> None:
    site.serve()
    gone = make_source(offices.open(), id="fort", feeds=["http://127.0.0.1:9/feed.xml"])
    other = described.model_copy(update={"id": "anders", "release_url": "/nirgends/"})
    slots, clock = LocalSlots(), FakeClock()
    diagnoses = list(check_offices([described, other, gone], lambda: Fetcher(slots, clock)))
    told = records(diagnoses)
    assert [(each["source"], each["severity"]) for each in told] == [
        ("fort", "broken"), ("anders", "differs"), ("uebung", "sound"),
    ]  # fmt: skip
    assert json.loads(json.dumps(told)) == told
    text = markdown(diagnoses)
    assert "| anders | differs |" in text
    assert "release_url: /presse/mitteilungen/" in text
    assert "## uebung" not in text
