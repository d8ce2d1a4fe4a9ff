"""A proposal finds the list behind a home page, names sitemaps where they list releases, and asks for no more."""

from datetime import date

import pytest

from models.errors import InputError
from models.source import Source
from scrapers.finding.discovery import discover
from scrapers.http.fetch import Fetcher
from scrapers.proposing.propose import Proposal, propose
from scrapers.registry import load_source
from tests.support.simulator import CMS, Answer, PressOffice, Request, samples

OTHERS = ("/", "/impressum.html", "/ministerium/leitung.html", "/presse/kontakt.html", "/themen/wasser/index.html")


def sitemap(base: str, *paths: str) -> Answer:
    urls = "".join(f"<url><loc>{base}{path}</loc></url>" for path in paths)
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    return Answer(text.encode(), headers={"Content-Type": "application/xml"})


def index(base: str, *paths: str) -> Answer:
    files = "".join(f"<sitemap><loc>{base}{path}</loc></sitemap>" for path in paths)
    text = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{files}</sitemapindex>'
    return Answer(text.encode(), headers={"Content-Type": "application/xml"})


def robots(office: PressOffice, *lines: str) -> None:
    office.serve("/robots.txt", Answer("\n".join(["User-agent: *", *lines]).encode()))


def found(proposal: Proposal, fetcher: Fetcher, folder) -> tuple[Source, set[str]]:
    path = folder / f"{proposal.id}.yaml"
    path.write_text(proposal.text, encoding="utf-8")
    source = load_source(path)
    return source, {
        listing.url for listing in discover(source, fetcher, known=lambda url: False, since=date(2000, 1, 1))
    }


def test_sitemap_that_robots_txt_names(offices, fetcher, tmp_path):
    cms = CMS("gsb")
    office = offices.open(cms)
    robots(office, f"Sitemap: {office.url}/karte.xml", "Sitemap: https://elsewhere.example/sitemap.xml")
    releases = [cms.path(release) for release in cms.releases]
    office.serve("/karte.xml", sitemap(office.url, *OTHERS, *releases))
    proposal = propose(office.url + "/liste_node.html", fetcher)
    asked = [request.url for request in office.requests]
    assert asked == ["/robots.txt", "/liste_node.html", "/liste_node.html", "/karte.xml", releases[0]]
    source, urls = found(proposal, fetcher, tmp_path)
    assert source.sitemaps == (office.url + "/karte.xml",)
    assert (len(source.lists), urls) == (1, {office.url + path for path in releases})


def test_list_that_the_home_page_links_to(offices, fetcher, tmp_path):
    cms = CMS("gsb", samples(6))
    office = offices.open(cms)
    links = '<a href="/termine.html">Presseempfang</a><a href="/liste_node.html">Alle Pressemitteilungen</a>'
    office.serve("/", cms.html(f"<h1>Amt</h1><p>Willkommen</p><p>{links}</p>"))
    source, urls = found(propose(office.url + "/", fetcher), fetcher, tmp_path)
    assert [part.url for part in source.lists] == [office.url + "/liste_node.html"]
    assert urls == {office.url + cms.path(release) for release in cms.releases}
    assert office.count("/termine.html") == 0


def test_sitemap_at_its_usual_place_without_any_list(offices, fetcher, tmp_path):
    cms = CMS("gsb", samples(6))
    office = offices.open(cms)
    office.serve("/", cms.html("<h1>Amt</h1><p>Willkommen</p>"))
    releases = [f"/presse/pressemitteilungen/2025/{number:02}/pm-{number}.html" for number in range(1, 7)]
    for path, release in zip(releases, cms.releases, strict=True):
        page = cms.answer(Request("GET", cms.path(release), {}, b""), office.url)
        office.serve(path, page)
    office.serve("/sitemap.xml", index(office.url, "/karte-1.xml", "/karte-2.xml", "/karte-3.xml"))
    office.serve("/karte-1.xml", sitemap(office.url, *OTHERS))
    office.serve("/karte-2.xml", sitemap(office.url, *OTHERS, *releases))
    proposal = propose(office.url + "/", fetcher)
    # The sample tells that these are releases; the third file is not needed for that.
    assert (office.count("/sitemap.xml"), office.count("/karte-2.xml"), office.count("/karte-3.xml")) == (1, 1, 0)
    office.serve("/karte-3.xml", sitemap(office.url))
    source, urls = found(proposal, fetcher, tmp_path)
    assert (source.feeds, source.lists, source.sitemaps) == ((), (), (office.url + "/sitemap.xml",))
    assert urls == {office.url + path for path in releases}
    assert propose(office.url + "/sitemap.xml", fetcher).text == proposal.text


def test_part_of_a_sitemap_that_holds_the_releases_of_the_feed(offices, fetcher, tmp_path):
    cms = CMS("wordpress")
    office = offices.open(cms)
    robots(office, f"Sitemap: {office.url}/wp-sitemap.xml")
    office.serve("/", cms.html("<h1>Amt</h1>", '<link rel="alternate" type="application/rss+xml" href="/feed/">'))
    source, urls = found(propose(office.url + "/", fetcher), fetcher, tmp_path)
    # Nothing in an address tells a release from an imprint here, but the parts of the map do.
    assert (source.release_url, source.sitemaps) == (None, (office.url + "/wp-sitemap-posts-1.xml",))
    assert urls == {office.url + cms.path(release) for release in cms.releases[:10]}


NO_SITEMAPS = {
    "other pages only": lambda base: sitemap(base, *OTHERS),
    "a page of regret with status 200": lambda base: Answer(b"<!doctype html><title>Nicht gefunden</title>"),
    "gone": lambda base: Answer(status=404),
    "two releases": lambda base: sitemap(base, *OTHERS, "/presse/pressemitteilungen/1", "/presse/pressemitteilungen/2"),
    "press pages that are no releases": lambda base: sitemap(base, "/presse/kontakt", "/presse/abo", "/presse/fotos"),
}


@pytest.mark.parametrize("answer", NO_SITEMAPS.values(), ids=NO_SITEMAPS.keys())
def test_sitemap_without_releases_is_not_proposed(offices, fetcher, answer):
    cms = CMS("typo3")
    office = offices.open(cms)
    office.serve("/sitemap.xml", answer(office.url))
    for path in ("/presse/kontakt", "/presse/abo", "/presse/fotos"):
        office.serve(path, cms.html("<h1>Pressestelle</h1><div class=text><p>Schreiben Sie uns gern.</p></div>" * 9))
    assert "sitemaps" not in propose(office.url + "/presse/seite-1", fetcher).text
    office.serve("/", cms.html("<h1>Amt</h1><p>Willkommen</p>"))
    with pytest.raises(InputError, match="neither a feed nor a list nor a sitemap"):
        propose(office.url + "/", fetcher)


def test_sitemap_that_robots_txt_forbids_is_left_alone(offices, fetcher):
    office = offices.open(CMS("typo3"))
    robots(office, "Disallow: /sitemap.xml")
    assert "sitemaps" not in propose(office.url + "/presse/seite-1", fetcher).text
    assert office.count("/sitemap.xml") == 0
