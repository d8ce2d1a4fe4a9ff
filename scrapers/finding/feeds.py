"""RSS and Atom feeds."""

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

import feedparser
from bs4 import BeautifulSoup

from models.errors import UnexpectedContent
from models.release import Listing, Snapshot
from scrapers.finding.dates import read_date
from scrapers.finding.visit import Announcement, Visit
from scrapers.finding.xml import refuse_entities
from scrapers.http.gates import refuse_blocks
from scrapers.urls import absolute_url

log = logging.getLogger(__name__)

MOST_ENTRIES = 2_000
"""That a feed may have: more take the parser minutes and hundreds of megabytes."""
_ENTRY = re.compile(rb"<(?:item|entry)[\s>]", re.IGNORECASE)


def read_feed(visit: Visit, url: str) -> Iterator[Announcement]:
    """The releases that a feed announces, as one page.

    Raises:
        UnexpectedContent: the address holds no feed; the message names feeds that it links to.
        BlockedResponse: it holds a challenge or error page.
    """
    snapshot = visit.read(url)
    entries, cut = _entries(snapshot)
    if cut:
        visit.note(f"{url} has more than {MOST_ENTRIES:,} entries, of which the first were read.")
    listings = [listing for entry in entries if (listing := _listing(visit, entry, snapshot.url))]
    if unread := [_stated(entry) for entry in entries if _stated(entry) and _published(entry) is None]:
        visit.note(f"{len(unread)} dates of {url} cannot be read, such as {unread[0]!r}.")
    if entries and not listings:
        log.warning("%s: none of the %d entries of %s is a release", visit.source.id, len(entries), url)
    yield Announcement(tuple(listings))


def _entries(snapshot: Snapshot) -> tuple[list[feedparser.FeedParserDict], bool]:
    """The first entries, and whether there are more."""
    if _is_html(snapshot.body):
        refuse_blocks(snapshot)
        raise _no_feed(snapshot)
    refuse_entities(snapshot.body, snapshot.url)
    following = next(islice(_ENTRY.finditer(snapshot.body), MOST_ENTRIES, None), None)
    body = snapshot.body if following is None else snapshot.body[: following.start()] + _closed(snapshot.body)
    try:
        feed = feedparser.parse(
            body,
            response_headers={"content-type": snapshot.header("Content-Type") or "", "content-location": snapshot.url},
            sanitize_html=False,
        )
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # The parser means to read whatever comes, but fails on some of what is badly broken.
        broken = f"{snapshot.url} is too broken to be read as a feed ({error!r})."
        raise UnexpectedContent(broken, snapshot.url) from error
    if not feed.get("version"):
        raise UnexpectedContent(f"{snapshot.url} is no RSS or Atom feed.", snapshot.url)
    if feed.bozo:
        log.warning("%s is not well-formed and was read as far as possible (%s)", snapshot.url, feed.bozo_exception)
    entries: list[feedparser.FeedParserDict] = feed.entries
    return entries, following is not None


def _closed(body: bytes) -> bytes:
    """What ends a feed that is cut behind an entry."""
    return (
        b"</feed>" if b"<feed" in body[:2000] else b"</rdf:RDF>" if b"<rdf:RDF" in body[:2000] else b"</channel></rss>"
    )


def _is_html(body: bytes) -> bool:
    return body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))


def _no_feed(snapshot: Snapshot) -> UnexpectedContent:
    soup = BeautifulSoup(snapshot.body, "lxml")
    links = soup.select('link[rel~=alternate][type*=xml][href], a[href*=rss i], a[href*=feed i], a[href$=".xml" i]')
    feeds = list(dict.fromkeys(filter(None, (absolute_url(snapshot.url, str(link["href"])) for link in links))))
    hint = f"it links to {', '.join(feeds[:5])}" if feeds else "it links to none"
    return UnexpectedContent(f"{snapshot.url} is a web page and no feed; {hint}.", snapshot.url)


def _listing(visit: Visit, entry: feedparser.FeedParserDict, base: str) -> Listing | None:
    if not entry.get("link"):
        return None
    return visit.listing(
        entry.link,
        base,
        title=_plain(entry.get("title") or ""),
        published=_published(entry),
        teaser=_plain(entry.get("summary") or ""),
    )


def _published(entry: feedparser.FeedParserDict) -> datetime | None:
    # As it is written: the parser knows neither German names nor zones, and makes days of what it does not know.
    return read_date(_stated(entry))


def _stated(entry: feedparser.FeedParserDict) -> str:
    # Dublin Core's date and Atom's are kept as that of the last change, which is better than none.
    return str(dict.get(entry, "published") or dict.get(entry, "updated") or dict.get(entry, "created") or "")


def _plain(markup: str) -> str:
    return " ".join(BeautifulSoup(markup, "lxml").get_text(" ").split()) if "<" in markup or "&" in markup else markup
