"""The bundled press office, asked over real HTTP."""

import re
from collections.abc import Iterator

import feedparser
import pytest
import requests
from bs4 import BeautifulSoup
from protego import Protego

from models.errors import InputError
from scrapers.office import Office
from scrapers.office.site import releases
from scrapers.registry import source


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with Office() as running:
        yield running


def page(url: str) -> BeautifulSoup:
    answer = requests.get(url, timeout=5)
    answer.raise_for_status()
    return BeautifulSoup(answer.content, "lxml")


def test_list_leads_through_all_releases(office: Office) -> None:
    path: str | None = "/presse/pressemitteilungen"
    found = []
    while path:
        listing = page(office.url + path)
        found += [str(link["href"]) for link in listing.select(".press-list__link")]
        following = listing.select_one("a[rel=next]")
        path = f"/presse/pressemitteilungen{following['href']}" if following else None
    assert found == [release.path for release in releases()]
    assert len(found) >= 10


def test_feed_announces_the_newest_with_their_teasers(office: Office) -> None:
    feed = feedparser.parse(requests.get(f"{office.url}/presse/feed.xml", timeout=5).content)
    assert not feed.bozo
    assert [entry.link for entry in feed.entries] == [office.url + release.path for release in releases()[:8]]
    assert feed.entries[0].summary == releases()[0].lead
    assert feed.entries[0].published == "Wed, 26 Nov 2025 12:00:00 +0100"


def test_robots_forbids_the_search_and_asks_for_a_pause(office: Office) -> None:
    rules = Protego.parse(requests.get(f"{office.url}/robots.txt", timeout=5).text)
    assert rules.can_fetch(office.url + releases()[0].path, "any")
    assert not rules.can_fetch(f"{office.url}/suche?q=Ruhr", "any")
    assert 0 < (rules.crawl_delay("any") or 0) < 1


@pytest.mark.parametrize("path", ["/presse/feed.xml", "/presse/pressemitteilungen?page=1", releases()[3].path])
def test_unchanged_pages_are_answered_without_body(office: Office, path: str) -> None:
    first = requests.get(office.url + path, timeout=5)
    conditions: list[dict[str, str]] = [
        {"If-None-Match": first.headers["ETag"]},
        {"If-None-Match": f'"other", W/{first.headers["ETag"]}'},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ]
    for condition in conditions:
        again = requests.get(office.url + path, headers=condition, timeout=5)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    "condition",
    [
        {"If-None-Match": '"old"'},
        {"If-None-Match": '"old"', "If-Modified-Since": "Wed, 01 Jan 2031 00:00:00 GMT"},
        {"If-Modified-Since": "Wed, 01 Jan 2003 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ],
)
def test_changed_or_unclear_conditions_bring_the_page(office: Office, condition: dict[str, str]) -> None:
    answer = requests.get(office.url + releases()[0].path, headers=condition, timeout=5)
    assert answer.status_code == 200
    assert releases()[0].title in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/presse/pressemitteilung/gibt-es-nicht",
        "/presse/pressemitteilungen?page=99",
        "/presse/pressemitteilungen?page=-1",
        f"/presse/pressemitteilungen?page={'9' * 5000}",
        "/presse/downloads/anderes.pdf",
    ],
)
def test_unknown_addresses_are_not_found(office: Office, path: str) -> None:
    answer = requests.get(office.url + path, timeout=5)
    assert answer.status_code == 404
    assert "Seite nicht gefunden" in answer.text


def test_progress_reports_can_be_downloaded(office: Office) -> None:
    release = next(release for release in releases() if release.attachments)
    link = page(office.url + release.path).select_one(".downloads a")
    assert link is not None
    answer = requests.get(office.url + str(link["href"]), timeout=5)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    start = int(re.findall(rb"startxref\n(\d+)", answer.content)[0])
    assert answer.content[start:].startswith(b"xref")


def test_a_taken_port_is_reported(office: Office) -> None:
    taken = int(office.url.rpartition(":")[2])
    with pytest.raises(InputError, match=f"port {taken}"), Office(taken):
        pass


def test_the_source_file_fits_every_page(office: Office) -> None:
    portal = source("uebungsportal")
    selectors = portal.layouts[0].selectors
    for release in releases():
        shown = page(office.url + release.path)
        for selector in (selectors.title, selectors.body, selectors.date, selectors.lead, selectors.contact):
            assert selector is not None
            assert selector.allows(len(shown.select(selector.css)))
        assert portal.gate.must_have is not None
        assert shown.select_one(portal.gate.must_have)
