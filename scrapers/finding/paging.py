"""A list's pages: their addresses, and where they end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count, dropwhile
from typing import Any

from models.errors import LayoutChanged
from models.release import Listing
from models.source import NextLink, NumberedPages, Periods, SinglePage
from scrapers.finding.visit import Announcement, Position


@dataclass(frozen=True, slots=True)
class Entries:
    """What one page of a list holds: how many entries, and the releases that they link to.

    `missing` says for the operator what is amiss where there is no entry.
    """

    url: str
    snapshot: str
    count: int
    listings: tuple[Listing, ...]
    missing: str
    position: Position


def until_end(
    pages: Iterable[Entries], paging: NumberedPages | NextLink | Periods | SinglePage, *, midway: bool = False
) -> Iterator[Announcement]:
    """The pages of a list up to the first empty one or one that only repeats what came before.

    A month or year without a release is no end. One that is read from `midway` on may have ended by now.

    Raises:
        LayoutChanged: the first page has no entries, or no entry of a page has a link.
    """
    seen: set[str] | None = None
    for page in pages:
        if not page.count and not isinstance(paging, Periods):
            if seen is None and not midway:
                raise LayoutChanged(f"{page.url}: {page.missing}.", page.snapshot)
            return
        if page.count and not page.listings:
            raise LayoutChanged(f"{page.url}: no entry of the list links to a release.", page.snapshot)
        addresses = {listing.url for listing in page.listings}
        # Behind its last page an office shows the last, the first or any other page again.
        if seen is not None and page.count and addresses <= seen:
            return
        seen = (seen or set()) | addresses
        yield Announcement(page.listings, position=page.position)


def positions(
    paging: NumberedPages | Periods | SinglePage, today: date, start: Position | None = None
) -> Iterator[Position]:
    """The positions of a list from `start` on, newest first; numbered ones go on for ever."""
    if isinstance(paging, NumberedPages):
        for number in count(int(start[paging.kind]) if start else paging.first, paging.step):
            yield {paging.kind: number}
    elif isinstance(paging, Periods):
        periods = _months(paging, today) if paging.kind == "month" else _years(paging, today)
        yield from dropwhile(lambda period: start is not None and period != start, periods)
    else:
        yield {}


def _years(paging: Periods, today: date) -> Iterator[Position]:
    return ({"year": year} for year in range(today.year, paging.earliest.year - 1, -1))


def _months(paging: Periods, today: date) -> Iterator[Position]:
    first = paging.earliest.year * 12 + paging.earliest.month - 1
    last = today.year * 12 + today.month - 1
    return ({"year": month // 12, "month": month % 12 + 1} for month in range(last, first - 1, -1))


def fill(template: Any, position: Position) -> Any:
    """A template, or JSON with templates in its strings, with the placeholders filled in.

    A string that is nothing but a placeholder becomes a number.
    """
    if isinstance(template, dict):
        return {key: fill(value, position) for key, value in template.items()}
    if isinstance(template, list):
        return [fill(value, position) for value in template]
    if not isinstance(template, str):
        return template
    for name, value in position.items():
        if template == f"{{{name}}}":
            return value
        # Not str.format: addresses may hold braces of their own.
        template = template.replace(f"{{{name}}}", str(value)).replace(f"{{{name}:02}}", f"{value:02}")
    return template
