"""What a press office may do to an ingestion: what is stored, what is reported, which requests are made.

Every fault meets the whole way from the feed to the database. Counted are the requests for the page or
list in question, retries included.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.tables import Fetch, ReleaseRow, ReleaseUrl, Revision
from flows.office.steps import USUAL, Extent, ingest_source
from flows.runs.outcome import SourceReport
from models.source import Source
from scrapers.http.fetch import Fetcher
from scrapers.registry import load_source
from tests.support.databases import rows
from tests.support.simulator import CMS, FAMILIES, FakeClock, PressOffice, Published, samples
from tests.support.simulator.faults import (
    busy,
    challenge,
    cut_off,
    gzip_bomb,
    hang_up,
    huge,
    redirect,
    slow_body,
)
from tests.support.simulator.server import Answer, Request

COUNT = 6
RETRIES = 2


@dataclass
class Desk:
    """An office of one family, and what reading it came to."""

    engine: Engine
    cms: CMS
    office: PressOffice
    source: Source
    clock: FakeClock

    def ingest(self, extent: Extent = USUAL) -> SourceReport:
        self.office.forget()
        self.clock.pass_by(3600)
        return ingest_source(self.engine, self.source, Fetcher(clock=self.clock), extent)

    def page(self, number: int) -> str:
        return self.cms.path(self.cms.releases[number])

    def sound(self, path: str) -> Answer:
        found = self.cms.answer(Request("GET", path, {}, b""), self.office.url)
        assert found is not None
        return found

    def fetched(self, path: str) -> Any:
        """The newest entry for a path in the log of fetches."""
        newest = select(Fetch).where(Fetch.url == self.office.url + path).order_by(Fetch.fetched_at.desc(), Fetch.id)
        with self.engine.connect() as connection:
            return connection.execute(newest).first()


@pytest.fixture
def desk(engine: Engine, offices, tmp_path: Path) -> Callable[..., Desk]:
    random.seed(1)

    def open_desk(family: str = "wordpress", count: int = COUNT, timeout: int = 60) -> Desk:
        cms = CMS(family, samples(count))
        office = offices.open(cms)
        limits = {"spacing": 0, "retries": RETRIES, "timeout": timeout}
        return Desk(
            engine,
            cms,
            office,
            load_source(cms.source_file(office.url, tmp_path, politeness=limits)),
            FakeClock(),
        )

    return open_desk


ONCE, AGAIN = 1, RETRIES + 1

PDF = Answer(b"%PDF-1.7 " * 200, headers={"Content-Type": "application/pdf"})

BAD_PAGES = {
    "503 that stays": (busy(status=503), "failed", "answers 503", AGAIN),
    "cut connection": (cut_off(), "failed", "the connection broke off", AGAIN),
    "hang-up": (hang_up(), "failed", "the connection broke off", AGAIN),
    "slow bytes": (slow_body(), "failed", "did not answer within 2 s", AGAIN),
    "challenge with status 200": (challenge(), "blocked", "Cloudflare", ONCE),
    "gzip bomb": (gzip_bomb(30), "failed", "larger than 20000000 bytes", ONCE),
    "30 MB": (huge(30, announced=False), "failed", "larger than 20000000 bytes", ONCE),
    "redirect loop": (redirect("/kreis"), "failed", "redirected in a circle", ONCE),
    "redirect elsewhere": (redirect("https://example.org/"), "failed", "outside the hosts", ONCE),
    "PDF for a page": (
        Answer(b"%PDF-1.7 " * 200, headers={"Content-Type": "application/pdf"}),
        "blocked",
        "no web page",
        ONCE,
    ),
}


@pytest.mark.parametrize(("answer", "outcome", "words", "requests"), BAD_PAGES.values(), ids=BAD_PAGES.keys())
def test_bad_page_is_reported_and_the_others_stored(desk, answer, outcome, words, requests) -> None:
    # Only where an answer never ends someone must wait for it; elsewhere a busy machine may take its time.
    office = desk(timeout=2) if "within 2 s" in words else desk()
    path = office.page(4)
    office.office.serve(path, answer)
    office.office.serve("/kreis", redirect(path))
    report = office.ingest()
    assert (report.state, report.outcome.new, rows(office.engine, ReleaseRow)) == ("degraded", COUNT - 1, COUNT - 1)
    assert report.outcome.blocked + report.outcome.broken == 1
    assert words in str(report.reason)
    assert not any(name in str(report.reason) for name in ("urllib3", "HTTPConnection", "object at 0x"))
    logged = office.fetched(path)
    assert (logged.outcome, logged.release_id) == (outcome, None)
    assert words in logged.reason
    # Bytes that came are kept with the reason, to be looked at.
    assert (logged.snapshot_hash is not None) == (outcome == "blocked")
    assert office.office.count(path) == requests
    assert office.office.count(office.page(5)) == 1


SPELLS = {
    "429 with Retry-After": ([busy("120")], 120),
    "503 twice": ([busy(status=503), busy(status=503)], 2),
    "cut once": ([cut_off()], 0.5),
}


@pytest.mark.parametrize(("faults", "waited"), SPELLS.values(), ids=SPELLS.keys())
def test_spell_is_waited_out(desk, faults, waited) -> None:
    office = desk()
    path = office.page(4)
    office.office.serve(path, *faults, office.sound(path))
    report = office.ingest()
    assert (report.state, report.outcome.new) == ("completed", COUNT)
    assert office.office.count(path) == len(faults) + 1
    assert office.clock.slept >= waited
    assert office.fetched(path).outcome == "stored"


BAD_FEEDS = {
    "challenge": (challenge(), "Cloudflare", ONCE),
    "403": (Answer(status=403), "answers 403", ONCE),
    "503 that stays": (busy(status=503), "answers 503", AGAIN),
    "hours of Retry-After": (busy("7200"), "left alone", ONCE),
}


@pytest.mark.parametrize(("answer", "words", "requests"), BAD_FEEDS.values(), ids=BAD_FEEDS.keys())
def test_bad_feed_fails_and_keeps_what_was_stored(desk, answer, words, requests) -> None:
    office = desk()
    assert office.ingest().outcome.new == COUNT
    office.office.serve("/feed/", answer)
    report = office.ingest()
    assert (report.state, report.outcome.found) == ("failed", 0)
    assert words in str(report.reason)
    assert rows(office.engine, ReleaseRow) == COUNT
    assert office.office.count("/feed/") == requests
    assert office.office.count() == requests


DEAD_FEEDS = {
    "XML bomb": (Answer(b'<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0">&a;</rss>'), "XML entities"),
    "web page": (Answer(b"<!doctype html><title>Presse</title><p>Neu</p>"), "a web page and no feed"),
    "gone": (Answer(status=410), "answers 410"),
}


@pytest.mark.parametrize(("answer", "words"), DEAD_FEEDS.values(), ids=DEAD_FEEDS.keys())
def test_dead_feed_beside_a_sitemap_is_passed_over_and_told(desk, answer, words) -> None:
    office = desk()
    office.office.serve("/feed/", answer)
    report = office.ingest()
    assert (report.state, report.outcome.new) == ("degraded", COUNT)
    assert words in str(report.reason)
    assert office.office.count("/feed/") == ONCE


@pytest.mark.parametrize(
    ("robots", "state", "words", "requests"),
    [
        (Answer(b"User-agent: *\nDisallow: /\n"), "failed", "robots.txt of", 1),
        (busy(status=503), "failed", "gives no robots.txt at the moment", AGAIN),
        (Answer(status=404), "completed", None, 1),
    ],
)
def test_robots_txt_decides(desk, robots, state, words, requests) -> None:
    office = desk()
    office.office.serve("/robots.txt", robots)
    report = office.ingest()
    assert report.state == state
    assert words is None or words in str(report.reason)
    assert office.office.count("/robots.txt") == requests
    assert (office.office.count() == 0) == (state == "failed")


def test_forbidden_pages_are_left_out_and_said(desk) -> None:
    office = desk()
    office.office.serve("/robots.txt", Answer(f"User-agent: *\nDisallow: {office.page(4)}\n".encode()))
    report = office.ingest()
    assert (report.state, report.outcome.new) == ("degraded", COUNT - 1)
    assert "robots.txt" in str(report.reason)
    assert office.office.count(office.page(4)) == 0


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_is_paged_through_once_and_then_asked_on_condition(desk, family) -> None:
    office = desk(family, 25)
    first = office.ingest()
    assert (first.outcome.new, rows(office.engine, ReleaseRow)) == (25, 25)
    second = office.ingest(Extent(lookback=5))
    assert (second.outcome.found, second.outcome.unchanged, second.outcome.new) == (5, 5, 0)
    requests = [request for request in office.office.requests if request.url != "/robots.txt"]
    assert all("if-none-match" in request.headers for request in requests)
    assert len(requests) <= 5 + 5  # the releases, and feeds, lists or sitemaps until five known ones were met


@pytest.mark.parametrize("family", ["gsb", "drupal-nrw", "typo3"])
def test_list_whose_layout_changed_overnight_fails_with_its_snapshot(desk, family) -> None:
    office = desk(family)
    office.ingest()
    (listed,) = office.source.lists
    url = listed.url.removeprefix(office.office.url).replace("{page}", "0")
    office.office.serve(url, office.cms.html("<main><ul><li>alles neu</li></ul></main>" + " " * 600))
    report = office.ingest()
    assert (report.state, rows(office.engine, ReleaseRow)) == ("failed", COUNT)
    logged = office.fetched(url)
    assert f"(snapshot {logged.snapshot_hash[:12]})" in str(report.reason)
    assert office.office.count() == 1


def test_corrected_release_is_a_second_revision(desk) -> None:
    office = desk()
    office.ingest()
    old = office.cms.releases[2]
    office.cms.releases[2] = replace(old, paragraphs=[*old.paragraphs, "Berichtigung: Es sind 99 Bescheide."])
    report = office.ingest()
    assert (report.state, report.outcome.corrected, report.outcome.unchanged) == ("completed", 1, COUNT - 1)
    assert (rows(office.engine, ReleaseRow), rows(office.engine, Revision)) == (COUNT, COUNT + 1)
    assert office.office.count(office.page(2)) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_deleted_release_is_marked_and_kept(desk, status) -> None:
    office = desk()
    office.ingest()
    path = office.page(2)
    office.office.serve(path, Answer(status=status))
    report = office.ingest()
    assert (report.state, report.outcome.gone, rows(office.engine, ReleaseRow)) == ("completed", 1, COUNT)
    assert (office.fetched(path).outcome, office.fetched(path).status) == ("gone", status)
    assert office.office.count(path) == 1
    with office.engine.connect() as connection:
        gone = connection.scalars(select(ReleaseRow.url).where(ReleaseRow.gone_at.is_not(None))).all()
    assert gone == [office.office.url + path]


def test_moved_release_has_two_addresses_and_one_identity(desk) -> None:
    office = desk()
    office.ingest()
    old = office.page(2)
    page = office.sound(old)
    office.cms.releases[2] = replace(office.cms.releases[2], number=777)
    office.office.serve(old, redirect(office.page(2), 301))
    office.office.serve(office.page(2), page)
    report = office.ingest()
    assert (report.state, report.outcome.new, rows(office.engine, ReleaseRow)) == ("completed", 0, COUNT)
    assert rows(office.engine, ReleaseUrl) == COUNT + 1


def schools(old: Published, number: int) -> Published:
    """A release of which one number is wrong or right, with an address of its own."""
    told = [
        f"Im Land werden zurzeit {number} Schulen gebaut, an weiteren 17 beginnen die Arbeiten im kommenden Jahr.",
        "Die Schulen werden um Mensen und Turnhallen ergänzt. Für den Bau stehen 310 Millionen Euro bereit, von denen "
        "der Bund die Hälfte trägt; über die übrigen Schulen entscheidet der Landtag im Herbst.",
    ]
    return replace(old, number=700 + number, title=f"{number} Schulen werden gebaut", paragraphs=told)


def test_a_number_put_right_under_another_address_is_a_correction(desk) -> None:
    office = desk()
    office.cms.releases[2] = schools(office.cms.releases[2], 42)
    office.ingest()
    office.cms.releases[2] = schools(office.cms.releases[2], 43)
    report = office.ingest()
    assert (report.outcome.new, report.outcome.corrected) == (0, 1)
    assert (rows(office.engine, ReleaseRow), rows(office.engine, Revision)) == (COUNT, COUNT + 1)
    assert rows(office.engine, ReleaseUrl) == COUNT + 1
    assert office.ingest().outcome.corrected == 0


def test_releases_that_are_listed_side_by_side_are_two(desk) -> None:
    office = desk()
    office.cms.releases[2] = schools(office.cms.releases[2], 42)
    office.ingest()
    office.cms.releases.insert(2, schools(office.cms.releases[2], 43))
    report = office.ingest()
    assert (report.outcome.new, report.outcome.corrected, rows(office.engine, ReleaseRow)) == (1, 0, COUNT + 1)


@pytest.mark.parametrize("family", ["gsb", "wordpress"])
def test_session_ids_in_links_double_nothing(desk, family) -> None:
    office = desk(family)
    office.cms.session = 1
    assert office.ingest().outcome.new == COUNT
    report = office.ingest()
    assert (report.outcome.new, report.outcome.unchanged, rows(office.engine, ReleaseRow)) == (0, COUNT, COUNT)
    assert not [request for request in office.office.requests if "jsessionid" in request.url]


def test_iso_8859_1_is_stored_with_its_umlauts(desk) -> None:
    office = desk("drupal-nrw")
    office.cms.charset = "iso-8859-1"
    assert office.ingest().state == "completed"
    with office.engine.connect() as connection:
        titles = set(connection.scalars(select(ReleaseRow.title)))
    assert titles == {release.title for release in office.cms.releases}
    assert all("fördert" in title for title in titles)
