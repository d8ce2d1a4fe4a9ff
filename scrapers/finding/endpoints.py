"""JSON addresses that list releases."""

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from models.errors import LayoutChanged, UnexpectedContent
from models.release import Listing, Snapshot
from models.source import Endpoint
from scrapers.finding.dates import read_date
from scrapers.finding.lists import read_items
from scrapers.finding.paging import Entries, fill, positions, until_end
from scrapers.finding.visit import Announcement, Position, Visit


def read_endpoint(visit: Visit, endpoint: Endpoint, start: Position | None = None) -> Iterator[Announcement]:
    """The pages of a JSON list from `start` on, newest first, each fetched when it is asked for.

    Raises:
        UnexpectedContent: the answer is no JSON.
        LayoutChanged: there is no list; else see `scrapers.finding.paging.until_end`.
    """
    return until_end(_entries(visit, endpoint, start), endpoint.paging, midway=start is not None)


def _entries(visit: Visit, endpoint: Endpoint, start: Position | None) -> Iterator[Entries]:
    for position in positions(endpoint.paging, visit.fetcher.clock.now().date(), start):
        url = fill(endpoint.url, position)
        snapshot = visit.read(url, fill(endpoint.body, position))
        items = at_path(_content(snapshot, endpoint.after), endpoint.items)
        if not isinstance(items, list):
            raise LayoutChanged(f"{url}: there is no list at {endpoint.items!r}.", snapshot.hash)
        listings = tuple(listing for item in items for listing in _listings(visit, item, endpoint))
        missing = f"the list at {endpoint.items!r} is empty"
        yield Entries(url, snapshot.hash, len(items), listings, missing, position)


def at_path(content: Any, path: str) -> Any:
    """The value at a dotted path ("result.items"), or None."""
    for step in path.split(".") if path else ():
        content = content.get(step) if isinstance(content, dict) else None
    return content


def _content(snapshot: Snapshot, after: str | None) -> Any:
    try:
        if after is None:
            return json.loads(snapshot.body)
        _, found, rest = snapshot.body.decode("utf-8", "replace").partition(after)
        if not found:
            raise LayoutChanged(f"{snapshot.url}: {after!r} stands nowhere on the page.", snapshot.hash)
        return json.JSONDecoder().raw_decode(rest.lstrip(" =\n\r\t"))[0]
    except (ValueError, RecursionError) as error:
        raise UnexpectedContent(f"{snapshot.url} is no JSON ({error}).", snapshot.url) from error


def _listings(visit: Visit, item: Any, endpoint: Endpoint) -> tuple[Listing, ...]:
    if endpoint.selectors and endpoint.html:
        soup = BeautifulSoup(str(at_path(item, endpoint.html) or ""), "lxml")
        entries: list[Tag] = soup.select(endpoint.selectors.item)
        return read_items(visit, entries, endpoint.selectors, visit.source.homepage)
    href = at_path(item, endpoint.link or "")
    if not isinstance(href, str):
        return ()
    listing = visit.listing(
        href,
        visit.source.homepage,
        title=_text(item, endpoint.title),
        published=read_date(_text(item, endpoint.date)),
        teaser=_text(item, endpoint.teaser),
    )
    return (listing,) if listing else ()


def _text(item: Any, path: str | None) -> str:
    value = at_path(item, path) if path else None
    return " ".join(str(value).split()) if value is not None else ""
