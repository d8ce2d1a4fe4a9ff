"""Addresses and lists of real offices, as others have seen them: the source files take releases for releases."""

import re

import pytest
from bs4 import BeautifulSoup

from scrapers.finding.lists import read_items
from scrapers.finding.visit import Visit
from scrapers.http.fetch import Fetcher
from scrapers.registry import all_sources, source

RELEASES = [
    ("bmds", "https://bmds.bund.de/aktuelles/pressemitteilungen/detail/wildberger-stellt-plan-vor"),
    ("bmbfsfj", "https://www.bmbfsfj.bund.de/bmbfsfj/aktuelles/pressemitteilungen/kita-qualitaet-255012"),
    ("bmf", "https://www.bundesfinanzministerium.de/Content/DE/Pressemitteilungen/Finanzpolitik/2026/03/2026-03-02-x.html"),
    ("bremen", "https://www.senatspressestelle.bremen.de/pressemitteilungen/haushalt-beschlossen-471123"),
    ("sachsen-anhalt", "https://presse.sachsen-anhalt.de/ministerium-der-finanzen/2026/06/01/steuerschaetzung"),
    ("thueringen", "https://finanzen.thueringen.de/medienservice/medieninformationen/medieninformation/haushalt"),
    ("nrw-im", "https://www.im.nrw/mehr-polizistinnen-und-polizisten-auf-streife"),
    ("nrw-mwike", "https://www.wirtschaft.nrw/land-foerdert-neue-batteriefabrik"),
    ("nrw-jm", "https://www.justiz.nrw/presse/2026-05-12"),
    ("nrw-fm", "https://www.finanzverwaltung.nrw.de/uebersicht-rubrik-aktuelles-und-presse/pressemitteilungen/mehr-geld"),
    ("niedersachsen-kultus", "https://www.mk.niedersachsen.de/startseite/aktuelles/presseinformationen/mehr-lehrkraefte-1.html"),
    ("niedersachsen", "https://www.stk.niedersachsen.de/startseite/service/presse/presseinformationen/kabinett-2.html"),
    ("rheinland-pfalz-bildung", "https://bm.rlp.de/service/pressemitteilungen/detail/neue-schulen"),
    ("baden-wuerttemberg-verkehr", "https://vm.baden-wuerttemberg.de/de/service/presse/pressemitteilung/pid/mehr-zuege"),
    ("bgh", "https://www.bundesgerichtshof.de/SharedDocs/Pressemitteilungen/DE/2026/2026100.html"),
    ("hamburg", "https://www.hamburg.de/politik-und-verwaltung/x/presseservice/pressemeldungen/neue-bruecke-1234567"),
    ("hessen-wirtschaft", "https://wirtschaft.hessen.de/presse/neue-foerderung"),
]  # fmt: skip
OTHERS = [
    ("bmds", "https://bmds.bund.de/aktuelles/pressemitteilungen?currentPage=2&cHash=1"),
    ("nrw-im", "https://www.im.nrw/impressum"),
    ("nrw-fm", "https://www.finanzverwaltung.nrw.de/uebersicht-rubrik-aktuelles-und-presse/pressemitteilungen"),
    ("sachsen-anhalt", "https://www.sachsen-anhalt.de/lj/politik-und-verwaltung/service/pressemitteilungen"),
    ("bundesnetzagentur", "https://www.bundesnetzagentur.de/DE/Allgemeines/Presse/start.html"),
]

LISTS = {
    "bmi": '<ul><li class="c-search-teaser__li"><div><a class="c-search-teaser__true-link" '
           'href="SharedDocs/pressemitteilungen/DE/2026/02/'
    'a.html"><span class="c-search-teaser__headline">Kopf</span></a><span class="c-search-teaser__date">'
    '12.02.2026</span></div></li></ul>',
    "bmftr": '<div><a class="c-teaser-search-result__link-main" '
             'href="/SharedDocs/Pressemitteilungen/DE/2026/03/a.html">Kopf</a></div>',
    "bmjv": '<div class="c-teaser"><a class="c-teaser__link-main" '
            'href="SharedDocs/Pressemitteilungen/DE/2026/a.html">Kopf</a></div>',
    "bmleh": '<div class="c-searchteaser"><h2 class="c-searchteaser__h"><a '
             'href="/SharedDocs/Pressemitteilungen/DE/2026/1.html">Kopf</a></h2>'
    '<p class="c-searchteaser__meta"><time datetime="2026-02-12">12.02.2026</time></p></div>',
    "bmukn": '<div class="c-articles-list"><div class="c-articles-list__item"><a href="/pressemitteilung/a"><span '
             'itemprop="name">Kopf</span>'
    '</a><time datetime="2026-02-12">12.02.2026</time></div></div>',
    "bmwe": '<ul class="card-list"><li class="card-list-item"><a '
            'href="/Redaktion/DE/Pressemitteilungen/2026/02/a.html">Kopf</a>'
    '<span class="date">12.02.2026</span></li></ul>',
    "bmv": '<a class="card-link" href="/SharedDocs/DE/Pressemitteilungen/2026/012-a.html">Kopf</a>',
    "bmf": '<ul><li class="bmf-list-entry"><a href="/Content/DE/Pressemitteilungen/Finanzpolitik/2026/03/a.html">'
           'Kopf</a>'
    '<div class="bmf-entry-footer"><time datetime="2026-02-12">12.02.2026</time></div></li></ul>',
    "bmds": '<ul><li class="search-result teaser"><p class="date-text">12.02.2026, Pressemitteilung</p><a '
            'class="teaser-link" '
    'href="/aktuelles/pressemitteilungen/detail/a">Kopf</a></li></ul><a '
    'href="/aktuelles/pressemitteilungen?currentPage=2&amp;cHash=1">2</a>',
    "bremen": '<table><tr><td>12.02.2026</td><td><a href="/pressemitteilungen/haushalt-beschlossen-471123">Kopf</a>'
              '</td><td>Finanzen</td></tr>'
    "</table><a href='?skip=20'>weiter</a>",
    "bgh": '<table class="textualData links"><thead><tr><th>Nr.</th><th>Datum</th></tr></thead><tbody><tr '
           'class="odd"><td><a '
    'href="/SharedDocs/Pressemitteilungen/DE/2026/2026100.html">Kopf</a></td><td>12.02.2026</td></tr></tbody></table>',
    "bundesnetzagentur": '<table class="textualData links"><tr><td>12.02.2026</td><td><a class="titleLink" href="'
    'SharedDocs/Pressemitteilungen/DE/2026/a.html">Kopf</a></td></tr></table>',
    "nrw-fm": '<main><a href="/uebersicht-rubrik-aktuelles-und-presse/pressemitteilungen/mehr-geld"><h3>Kopf</h3>'
              '12.02.2026</a></main>',
}  # fmt: skip
UNDATED = {"bmftr", "bmjv", "bmv", "nrw-fm"}


@pytest.mark.parametrize(("office", "url"), RELEASES)
def test_a_known_release_is_one(office: str, url: str) -> None:
    described = source(office)
    assert described.owns(url)
    assert re.search(described.release_url or "", url)


@pytest.mark.parametrize(("office", "url"), OTHERS)
def test_other_pages_are_none(office: str, url: str) -> None:
    assert not re.search(source(office).release_url or "", url)


@pytest.mark.parametrize("office", LISTS)
def test_a_known_list_is_read(office: str) -> None:
    described = source(office)
    soup = BeautifulSoup(LISTS[office], "lxml")
    visit = Visit(described, Fetcher())
    for listed in described.lists:
        if found := read_items(visit, soup.select(listed.selectors.item), listed.selectors, described.homepage):
            break
    else:
        pytest.fail("no list of the file finds the entry")
    (entry,) = found
    assert "Kopf" in (entry.title or "")
    assert (entry.published is None) == (office in UNDATED)


def test_ways_that_robots_may_shut_have_others_beside_them() -> None:
    for office in all_sources():
        ways = [*office.feeds, *(part.url for part in (*office.lists, *office.endpoints)), *office.sitemaps]
        shut = [url for url in ways if "/SiteGlobals/" in url]
        assert len(shut) < len(ways) or not shut, f"{office.id} has no way that robots.txt leaves open"


def test_what_is_only_guessed_says_so() -> None:
    for office in all_sources():
        if office.known_from in ("pages", "readers") and not office.local:
            assert office.seen, f"{office.id} does not say when it was seen"
