"""XML sitemaps and sitemap indexes, plain or gzipped."""

import gzip
import io
import zlib
from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree

from models.calendar import BERLIN
from models.errors import FetchError, Forbidden, Gone, UnexpectedContent
from models.release import Snapshot
from scrapers.finding.dates import read_date
from scrapers.finding.visit import Announcement, Visit
from scrapers.finding.xml import parse_xml

MAX_DEPTH = 3


def read_sitemap(visit: Visit, url: str, since: date | None) -> Iterator[Announcement]:
    """The releases of a sitemap, last changed first, a page for each file.

    A sitemap says when a page was changed, not when it was published: listings have no date. With
    `since`, entries that were last changed before are left out.

    Raises:
        UnexpectedContent: the content is no sitemap, or indexes are nested too deep.
    """
    for file, addresses in sitemap_files(visit, url, since):
        listings = (visit.listing(address, file) for address in addresses)
        yield Announcement(tuple(listing for listing in listings if listing), newest_first=False)


def sitemap_files(visit: Visit, url: str, since: date | None = None, depth: int = 0) -> Iterator[tuple[str, list[str]]]:
    """The files of a sitemap, each fetched when it is asked for: its address, and those that it lists.

    Raises:
        UnexpectedContent: the content is no sitemap, or indexes are nested too deep.
    """
    if depth > MAX_DEPTH:
        raise UnexpectedContent(f"{url}: sitemap indexes are nested deeper than {MAX_DEPTH}.", url)
    snapshot = visit.read(url)
    root = parse_xml(_plain(snapshot, visit.source.politeness.max_bytes), url)
    kind = etree.QName(root).localname
    entries = [(address, changed) for address, changed in _entries(root) if _is_recent(changed, since)]
    entries.sort(key=lambda entry: entry[1].timestamp() if entry[1] else 0.0, reverse=True)
    addresses = [address for address, _ in entries]
    if kind == "sitemapindex":
        yield from _indexed(visit, addresses, since, depth)
    elif kind == "urlset":
        yield url, addresses
    else:
        raise UnexpectedContent(f"{url} is no sitemap: its root is <{kind}>.", url)


def _indexed(visit: Visit, addresses: list[str], since: date | None, depth: int) -> Iterator[tuple[str, list[str]]]:
    """The files of an index; one that cannot be read is told and costs no other."""
    failures: list[FetchError] = []
    for address in addresses:
        try:
            yield from sitemap_files(visit, address, since, depth + 1)
        except (UnexpectedContent, Gone, Forbidden) as error:
            failures.append(error)
    if failures and len(failures) == len(addresses):
        raise failures[0]
    for failure in failures:
        visit.note(f"A sitemap was passed over: {failure}")


def _plain(snapshot: Snapshot, max_bytes: int) -> bytes:
    if not snapshot.body.startswith(b"\x1f\x8b"):
        return snapshot.body
    try:
        content = gzip.GzipFile(fileobj=io.BytesIO(snapshot.body)).read(max_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnexpectedContent(f"{snapshot.url} is no valid gzip file ({error}).", snapshot.url) from error
    if len(content) > max_bytes:
        raise FetchError(f"{snapshot.url} unpacks to more than {max_bytes} bytes.", snapshot.url)
    return content


def _entries(root: etree._Element) -> Iterator[tuple[str, datetime | None]]:
    for element in root:
        location = element.findtext("{*}loc")
        if location:
            yield location.strip(), read_date(element.findtext("{*}lastmod") or "")


def _is_recent(changed: datetime | None, since: date | None) -> bool:
    return since is None or changed is None or changed.astimezone(BERLIN).date() >= since
