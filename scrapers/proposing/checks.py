"""Checks a source file against the live site: what works, what differs, and what the file should say instead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from bs4 import BeautifulSoup

from models.errors import BilanzError, FetchError, Forbidden, LayoutChanged
from models.release import Listing, Snapshot
from models.source import Endpoint, Layout, ListPage, PageSelectors, Selector, Source
from scrapers.finding.endpoints import read_endpoint
from scrapers.finding.feeds import read_feed
from scrapers.finding.lists import read_list
from scrapers.finding.sitemaps import read_sitemap
from scrapers.finding.visit import Announcement, Visit
from scrapers.http.fetch import Fetcher
from scrapers.http.gates import check_page
from scrapers.http.robots import Robots
from scrapers.proposing.remedies import Remedies

Severity = Literal["sound", "differs", "broken"]

_LEAST_SHARE = 0.6
"""Share of the text in a page's paragraphs that the selector of the body finds; less of it looks like half a text."""


@dataclass(frozen=True, slots=True)
class SiteFinding:
    """One thing that was looked at: "robots", "feed", "list", "paging", "portal", "release", or a selector.

    `proposed` says in words what the file should say instead, where that is known.
    """

    what: str
    url: str
    sound: bool
    message: str
    proposed: str = ""


@dataclass(slots=True)
class Diagnosis:
    """What a check of one office came to.

    Attributes:
        severity: "broken" where no release can be found or read, on no portal either, "differs" where something is not
            as the file says.
        patch: keys of the source file with the values that they should have; empty where nothing is known to be better.
        samples: the pages of releases that the selectors were tried on.
    """

    source: str
    findings: list[SiteFinding] = field(default_factory=list)
    patch: Mapping[str, Any] = field(default_factory=dict)
    samples: list[Snapshot] = field(default_factory=list)

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        if not any(finding.what in ("release", "portal") and finding.sound for finding in self.findings):
            return "broken"
        return "sound" if all(finding.sound for finding in self.findings) else "differs"


class PagesOfOneCheck(dict[str, Snapshot]):
    """Keeps what was read, so that nothing is asked for twice in one check."""

    def is_fresh(self, _url: str) -> bool:
        """See PageCache."""
        return True

    def put(self, url: str, snapshot: Snapshot) -> None:
        """See PageCache."""
        self[url] = snapshot

    def confirm(self, url: str, at: Any) -> None:
        """See PageCache; what was read in this check is never asked for again."""


def check_source(source: Source, fetcher: Fetcher, *, samples: int = 3) -> Diagnosis:
    """Looks at robots.txt, the first page of every way, the second of every list, and some of the releases.

    Args:
        samples: how many releases are fetched to try the layouts on.

    Raises:
        InputError: the fetcher has no contact and the office is a real one.
    """
    visit = Visit(source, fetcher, PagesOfOneCheck())
    remedies = Remedies(visit)
    listings: dict[str, Listing] = {}
    found = Diagnosis(source.id, [])
    try:
        rules = fetcher.rules(source.homepage, source)
    except FetchError as error:
        found.findings.append(SiteFinding("robots", source.homepage, False, str(error)))
        return found  # who gives no robots.txt is asked for nothing else
    found.findings.append(_check_robots(visit, rules, remedies))
    for part in _ways(source):
        found.findings.extend(_check_way(visit, part, remedies, listings))
    listings = remedies.listings | listings
    for sitemap in rules.sitemaps if not listings else ():  # what is read where no way of the file is open
        found.findings.extend(_check_way(visit, sitemap, remedies, listings))
        if listings:
            break
    for listing in islice(listings.values(), samples):
        found.findings.extend(_check_release(visit, listing, remedies, found.samples))
    if source.carried_by and not listings:
        told = f"no way of its own; its releases stand in {source.carried_by} too, which is read instead"
        found.findings.append(SiteFinding("portal", source.homepage, True, told))
    found.patch = remedies.patch
    return found


def _ways(source: Source) -> list[str | ListPage | Endpoint]:
    return [*source.feeds, *source.lists, *source.endpoints, *source.sitemaps]


def _check_robots(visit: Visit, rules: Robots, remedies: Remedies) -> SiteFinding:
    source = visit.source
    ways = [part if isinstance(part, str) else part.url for part in _ways(source)]
    own = [url for url in ways if source.owns(url)]
    try:
        shut = [url for url in own if not visit.fetcher.rules(url, source).allows(url)]
    except FetchError as error:
        return SiteFinding("robots", source.homepage, False, str(error))
    verdict = "open" if not shut else "shut" if len(shut) == len(own) else "partly"
    sound = verdict == source.robots or (verdict, source.robots) == ("open", "unknown")
    delay = f"asks for {rules.delay:g} s between two requests, " if rules.delay else ""
    told = "shuts " + ", ".join(shut) if shut else "leaves all ways open"
    known = ", as the file says" if shut and sound else ""
    named = f"; names {len(rules.sitemaps)} sitemaps" if rules.sitemaps else ""
    hint = "" if sound else remedies.of_robots(verdict)
    return SiteFinding("robots", source.homepage, sound, f"{delay}{told}{known}{named}", hint)


def _check_way(
    visit: Visit, part: str | ListPage | Endpoint, remedies: Remedies, listings: dict[str, Listing]
) -> Iterator[SiteFinding]:
    what, url, pages = _opened(visit, part)
    try:
        page = next(pages, None)
    except BilanzError as error:
        if not isinstance(error, FetchError | LayoutChanged):
            raise
        if isinstance(error, Forbidden) and visit.source.owns(error.url) and visit.source.robots in ("partly", "shut"):
            yield SiteFinding(what, url, True, f"passed over, as the file says: {error}")
            return
        yield SiteFinding(what, url, False, str(error), remedies.of_way(part, error))
        return
    found = page.listings if page else ()
    listings |= {listing.url: listing for listing in found}
    dated = sum(listing.published is not None for listing in found)
    if not found:
        yield SiteFinding(what, url, False, "0 releases", remedies.of_way(part, None))
        return
    lost = isinstance(part, ListPage) and part.selectors.date is not None and not dated
    hint = remedies.of_dates(part) if lost and isinstance(part, ListPage) else ""
    yield SiteFinding(what, url, not lost, f"{len(found)} releases, {dated} of them dated", hint)
    if isinstance(part, ListPage) and part.paging.kind != "single":
        yield _check_paging(part, pages, found, remedies)


def _check_paging(
    part: ListPage, pages: Iterator[Announcement], first: tuple[Listing, ...], remedies: Remedies
) -> SiteFinding:
    try:
        second = next(pages, None)
    except (FetchError, LayoutChanged) as error:
        return SiteFinding("paging", part.url, False, str(error), remedies.of_paging(part))
    new = {listing.url for listing in second.listings} - {listing.url for listing in first} if second else set()
    if new or (second and part.paging.kind in ("month", "year")):
        return SiteFinding("paging", part.url, True, f"{len(new)} more releases on the second page")
    # A list that fits on one page has no other; one that links to a next page has.
    hint = remedies.of_paging(part)
    return SiteFinding("paging", part.url, not hint, "no second page", hint)


def check_layout(snapshot: Snapshot, layout: Layout) -> Iterator[SiteFinding]:
    """Compares how often each selector of a layout finds something with how often it should."""
    soup = BeautifulSoup(snapshot.body, "lxml")
    for name in PageSelectors.model_fields:
        selector = getattr(layout.selectors, name)
        if isinstance(selector, Selector):
            found = len(soup.select(selector.css))
            message = f"{selector.css!r} fits {found} times, expected {selector.count}"
            yield SiteFinding(f"{layout.name}.{name}", snapshot.url, selector.allows(found), message)
    if (share := _share_of_text(soup, layout)) < _LEAST_SHARE:
        message = f"holds {share:.0%} of the text in the page's paragraphs"
        yield SiteFinding(f"{layout.name}.body", snapshot.url, False, message)


def _share_of_text(soup: BeautifulSoup, layout: Layout) -> float:
    """Share (0 to 1) of the characters in long paragraphs around the headline that stand in body or lead."""
    area = soup.select_one("main, article, [role=main]")
    if area is None:
        return 1.0
    selectors = [layout.selectors.body, layout.selectors.lead, layout.selectors.contact]
    chosen = {id(tag) for selector in selectors if selector for tag in soup.select(selector.css)}
    whole = kept = 0
    for paragraph in area.select("p"):
        length = len(paragraph.get_text(" ", strip=True))
        if length < 80 or paragraph.find_parent(("nav", "aside", "footer", "form")):
            continue
        whole += length
        kept += length if any(id(tag) in chosen for tag in (paragraph, *paragraph.parents)) else 0
    return kept / whole if whole else 1.0


def _opened(visit: Visit, part: str | ListPage | Endpoint) -> tuple[str, str, Iterator[Announcement]]:
    if isinstance(part, ListPage):
        return "list", part.url, read_list(visit, part)
    if isinstance(part, Endpoint):
        return "endpoint", part.url, read_endpoint(visit, part)
    if part in visit.source.feeds:
        return "feed", part, read_feed(visit, part)
    return "sitemap", part, read_sitemap(visit, part, None)


def _check_release(
    visit: Visit, listing: Listing, remedies: Remedies, samples: list[Snapshot]
) -> Iterator[SiteFinding]:
    source = visit.source
    try:
        snapshot = visit.read(listing.url)
        check_page(snapshot, source, requested=listing.url)
    except FetchError as error:
        yield SiteFinding("release", listing.url, False, str(error))
        return
    samples.append(snapshot)
    yield SiteFinding("release", listing.url, True, f"{len(snapshot.body)} bytes")
    layouts = source.layouts_at(snapshot.fetched_at.date())
    attempts = [list(check_layout(snapshot, layout)) for layout in layouts]
    # An older page may still have an older layout; what counts is that one of them fits.
    fitting = next((attempt for attempt in attempts if all(finding.sound for finding in attempt)), None)
    for attempt in [fitting] if fitting else attempts:
        yield from attempt
    if layouts and not fitting and (hint := remedies.of_layout(layouts[0], snapshot)):
        yield SiteFinding(f"{layouts[0].name}", listing.url, False, "no layout fits this page", hint)
