"""From the bytes of one answer to a release, with typed errors only."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from db.releases.store import ReleaseReading
from extractors.page import VERSION as PAGE_VERSION
from extractors.page import digits_kept, read_page, read_record
from models.claim import Extraction
from models.errors import UnreadablePage
from models.release import Release, Snapshot
from models.source import Source
from scrapers.http.gates import check_page

T = TypeVar("T")
log = logging.getLogger(__name__)

# What Python raises where code meets data that it was not written for; whatever else goes wrong
# (memory, disk, database) is no fault of the page.
_UNFORESEEN = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read: `digits` is the share of its digits that the text kept."""

    url: str
    snapshot: Snapshot
    release: Release
    digits: float


def read(source: Source, url: str, snapshot: Snapshot) -> ReadPage:
    """Reads the release that an answer holds.

    Raises:
        BlockedResponse: the answer is no page of the office.
        LayoutChanged: the selectors of the source file do not fit.
        UnreadablePage: no release can be read from it, or the page reader failed on it.
    """
    check_page(snapshot, source, requested=url)
    return read_archived(source, url, snapshot)


def read_archived(source: Source | None, url: str, snapshot: Snapshot) -> ReadPage:
    """Reads an answer that was accepted when it came, or an imported record; without a source, generically.

    Raises:
        LayoutChanged: the selectors of the source file do not fit.
        UnreadablePage: no release can be read from it, or the page reader failed on it.
    """
    if snapshot.origin is not None:
        return guarded(lambda: ReadPage(url, snapshot, read_record(snapshot), 1.0), url)
    content_type = snapshot.header("Content-Type")

    def work() -> ReadPage:
        release = read_page(
            snapshot.body, url=snapshot.url, content_type=content_type, source=source, fetched_at=snapshot.fetched_at
        )
        return ReadPage(url, snapshot, release, digits_kept(snapshot.body, release, content_type=content_type))

    return guarded(work, url)


def to_store(
    source_id: str, page: ReadPage, extraction: Extraction, listed: Collection[str] | None = None
) -> ReleaseReading:
    """A page with its claims, as the database takes it; `listed` is what its office lists now, where that is known."""
    return ReleaseReading(source_id, page.url, page.snapshot, page.release, extraction, PAGE_VERSION, listed)


def guarded(work: Callable[[], T], url: str) -> T:
    """What `work` makes of a page.

    Raises:
        UnreadablePage: it failed in a way that only a fault of this program explains.
    """
    try:
        return work()
    except _UNFORESEEN as error:
        log.exception("%s could not be read", url)
        raise UnreadablePage(
            f"{url} could not be read: the program failed on it ({type(error).__name__}: {error}); please report it."
        ) from error
