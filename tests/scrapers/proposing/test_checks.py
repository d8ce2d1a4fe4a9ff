"""Checking a source against its site, and proposing one for a site that is new."""

import pytest
from bs4 import BeautifulSoup

from models.errors import BlockedResponse, InputError
from models.source import Source
from scrapers.finding.discovery import discover
from scrapers.office import Office
from scrapers.proposing.checks import check_source
from scrapers.proposing.outline import body_selector, date_selector, link_pattern, list_selectors, title_selector
from scrapers.proposing.propose import propose
from scrapers.registry import load_source
from tests.support.simulator import CMS, FAMILIES, Answer
from tests.support.simulator.faults import challenge

START = {
    "gsb": "/liste_node.html",
    "drupal-nrw": "/pressemitteilungen",
    "typo3": "/presse/seite-1",
    "wordpress": "/feed/",
}


@pytest.fixture
def described(offices, tmp_path):
    def open_office(family):
        cms = CMS(family)
        office = offices.open(cms)
        return office, cms, load_source(cms.source_file(office.url, tmp_path))

    return open_office


@pytest.mark.parametrize("family", FAMILIES)
def test_a_sound_source(described, fetcher, family):
    office, _, source = described(family)
    findings = check_source(source, fetcher, samples=2).findings
    assert [finding for finding in findings if not finding.sound] == []
    assert sum(finding.what == "release" for finding in findings) == 2
    assert len(findings) >= 3 + 2 * 2 * bool(source.layouts)
    assert office.count() <= len(findings)


def test_a_layout_that_changed(described, fetcher):
    office, cms, source = described("gsb")
    path = cms.path(cms.releases[0])
    office.serve(path, Answer(b"<main id=content><h1>Neu</h1><div class=text>Text</div></main>" + b" " * 500))
    findings = {finding.what: finding for finding in check_source(source, fetcher, samples=1).findings}
    assert findings["current.title"].sound
    assert not findings["current.body"].sound
    assert "fits 0 times, expected 1+" in findings["current.body"].message


def test_an_office_that_blocks(described, fetcher):
    office, _, source = described("berlin")
    office.serve("/index/feed", challenge())
    findings = check_source(source, fetcher).findings
    assert [finding.what for finding in findings[:3]] == ["robots", "feed", "list"]
    assert not findings[1].sound
    assert "Cloudflare" in findings[1].message


@pytest.mark.parametrize("family", START)
def test_a_proposal_finds_the_releases(offices, fetcher, tmp_path, family):
    cms = CMS(family)
    office = offices.open(cms)
    proposal = propose(office.url + START[family], fetcher)
    path = tmp_path / f"{proposal.id}.yaml"
    path.write_text(proposal.text, encoding="utf-8")
    source = load_source(path)
    assert isinstance(source, Source)
    found = {listing.url for listing in discover(source, fetcher, known=lambda url: False)}
    expected = 25 if family in {"gsb", "typo3"} else 10  # a feed, and a list whose pages are not linked, give ten
    assert found == {office.url + cms.path(release) for release in cms.releases[:expected]}
    assert all(listing.published for listing in discover(source, fetcher, known=lambda url: False))
    assert proposal.sample is not None
    findings = check_source(source, fetcher, samples=2).findings
    assert all(finding.sound for finding in findings), findings
    assert {"current.title", "current.body", "current.date"} <= {finding.what for finding in findings}


def test_a_page_links_to_its_feed(offices, fetcher):
    cms = CMS("wordpress")
    office = offices.open(cms)
    office.serve("/", cms.html("<h1>Amt</h1>", '<link rel="alternate" type="application/rss+xml" href="/feed/">'))
    proposal = propose(office.url + "/", fetcher)
    assert f"feeds:\n- {office.url}/feed/" in proposal.text


def test_a_generator_tells_the_family(offices, fetcher):
    office = offices.open(CMS("gsb"))
    page = CMS("gsb").html(
        "<ul>" + "".join(f'<li><a href="/pm/{n}">Das Land fördert Brücke {n}</a></li>' for n in range(5)) + "</ul>",
        '<meta name="generator" content="TYPO3 CMS">',
    )
    assert "family: typo3" in propose(office.serve("/presse", page), fetcher).text


def test_the_bundled_office_is_described_as_far_as_a_page_tells(fetcher, tmp_path):
    with Office() as office:
        proposal = propose(office.url + "/", fetcher)
        path = tmp_path / f"{proposal.id}.yaml"
        path.write_text(proposal.text, encoding="utf-8")
        source = load_source(path)
        findings = {finding.what: finding.sound for finding in check_source(source, fetcher).findings}
    parts = ("robots", "feed", "list", "paging", "release", "current.title", "current.body", "current.date")
    assert findings == dict.fromkeys(parts, True)


def test_nothing_to_propose(offices, fetcher):
    office = offices.open(CMS("gsb"))
    with pytest.raises(InputError, match="neither a feed nor a list nor a sitemap"):
        propose(office.serve("/impressum", Answer(b"<html><p>Impressum</p></html>")), fetcher)
    with pytest.raises(InputError, match="is no address"):
        propose("amt.example", fetcher)
    with pytest.raises(BlockedResponse):
        propose(office.serve("/presse", challenge()), fetcher)


def test_headlines_that_are_not_seen_are_no_titles():
    page = (
        '<body><h1 class="navSkip">Hauptnavigation</h1><header><h1 class="logo">Amt</h1></header>'
        '<div class="inhalt"><h1>Land fördert Brücken</h1></div><h1 class="aural">Fußbereich</h1></body>'
    )
    assert title_selector(BeautifulSoup(page, "lxml")) == "div.inhalt > h1"


def test_where_the_date_stands():
    soup = BeautifulSoup('<p class="date">heute</p><time datetime="2025-06-02">2. Juni</time>', "lxml")
    assert date_selector(soup) == {"css": "time[datetime]", "attribute": "datetime", "count": "1"}
    assert date_selector(BeautifulSoup("<p>2. Juni 2025</p>", "lxml")) is None


TABLE = "<table class=links><thead><tr><th>Titel</th><th>Datum</th></tr></thead><tbody>{rows}</tbody></table>"


def test_a_table_is_proposed_with_all_its_rows_and_their_days():
    rows = "".join(
        f'<tr class="{"odd" if n % 2 else "even"}"><td><a href="/DE/2026/{n}.html">Das Gericht hat Sache {n} '
        f"entschieden</a></td>"
        f"<td>{n + 1}.07.2026</td></tr>"
        for n in range(10)
    )
    soup = BeautifulSoup(TABLE.format(rows=rows), "lxml")
    proposed = list_selectors(soup)
    assert proposed == {"item": "tbody tr", "link": "a", "date": "td:nth-of-type(2)"}
    assert len(soup.select(proposed["item"])) == 10


def test_years_and_months_are_no_part_of_a_pattern():
    urls = [f"https://amt.example/Pressemitteilungen/DE/2026/07/{n}.html" for n in range(4)]
    assert link_pattern(urls) == "/Pressemitteilungen/DE/"
    assert link_pattern([f"https://amt.example/2026/{n}.html" for n in range(4)]) is None


@pytest.mark.parametrize(
    ("markup", "selector"),
    [
        ('<div><div id="inhalt">{}</div></div>', {"css": "#inhalt", "count": "1"}),
        ('<div id="x1234567"><div class="text">{}</div></div>', {"css": "div.text", "count": "1"}),
        ('<div class="b"><div class="b">{}</div></div>', {"css": "div.b div.b", "count": "1"}),
        ("<div><div>{}</div><div><p>Fuß</p></div></div>", None),
        ('<main id="main"><div><div>{}</div></div></main>', None),
    ],
)
def test_a_text_is_never_proposed_by_its_tag_alone(markup, selector):
    text = "".join(f"<p>Absatz {n} des Textes der Mitteilung, der lang genug ist.</p>" for n in range(4))
    assert body_selector(BeautifulSoup(f"<body>{markup.format(text)}</body>", "lxml")) == selector


@pytest.mark.parametrize(
    ("markup", "css"),
    [
        ('<meta name="date" content="07.09.2023">', "meta[name='date']"),
        ('<p class="publish-info">04.02.2026, 11:05 Uhr</p>', ".publish-info"),
        ('<p class="docData"><b>Datum</b> 23.04.2024</p>', "p.docData"),
        ('<p class="date-box">04.02.</p>', None),
        ('<p class="date-box">04.02.26</p>', None),
    ],
)
def test_days_are_proposed_where_they_can_be_read(markup, css):
    found = date_selector(BeautifulSoup(markup, "lxml"))
    assert (found["css"] if found else None) == css
