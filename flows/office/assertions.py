"""The bounds that a source file asserts: below one the run stops and publishes nothing, above one it warns."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine

from db.archive.fetches import is_known
from db.releases.publication_rate import latest_pages, longest_pause, newest_release, published_since
from flows.office.pages import ReadPage
from models.calendar import berlin_day
from models.errors import AssertionViolated
from models.release import Listing
from models.source import Source

WINDOW = 20
"""Pages that a share is taken of: those just read, and as many of the latest stored ones as are missing."""

LEAST = 5
"""Fewer pages say nothing about a site."""

_MONTH = timedelta(days=30)

_PATIENCE, _LEAST_PATIENCE = 31, 7
"""Days without a release: of an office whose rhythm is not known yet, and of any."""


def check_frequency(engine: Engine, source: Source, listings: Sequence[Listing], now: datetime) -> str | None:
    """Judges how many releases the office published in the last thirty days.

    Returns:
        A warning where there are too many.

    Raises:
        AssertionViolated: there are too few; an office whose list is cut short looks like that.
    """
    bounds, since = source.assertions, now - _MONTH
    if not bounds.min_releases_a_month and bounds.max_releases_a_month is None:
        return None
    unknown = [listing for listing in listings if not is_known(engine, listing.url)]
    dated = sum(listing.published is not None and listing.published >= since for listing in unknown)
    dated += published_since(engine, source.id, since)
    undated = sum(listing.published is None for listing in unknown)
    if dated + undated < bounds.min_releases_a_month:
        raise AssertionViolated(
            f"{dated + undated} releases in 30 days, {bounds.min_releases_a_month} at least are asserted "
            "(min_releases_a_month); nothing was published."
        )
    if bounds.max_releases_a_month is not None and dated > bounds.max_releases_a_month:
        return f"{dated} releases in 30 days, {bounds.max_releases_a_month} at most are asserted (max_releases_a_month)"
    return None


def check_pages(engine: Engine, source: Source, pages: Sequence[ReadPage]) -> tuple[str, ...]:
    """Judges what was found on the pages just read, before anything of them is published.

    Returns:
        Warnings, where too few pages are known to tell a fault of the site from one of a page.

    Raises:
        AssertionViolated: dates, texts or digits are missing on too many pages.
    """
    if not pages:
        return ()
    earlier = latest_pages(engine, source.id, max(0, WINDOW - len(pages)))
    dated = [page.release.published is not None for page in pages] + [page.dated for page in earlier]
    with_body = [bool(page.release.paragraphs) for page in pages] + [page.with_body for page in earlier]
    bounds = source.assertions
    found = [
        _judged("pages with a date", dated, bounds.min_share_with_date, "min_share_with_date"),
        _judged("pages with a text", with_body, bounds.min_share_with_body, "min_share_with_body"),
        _judged("digits kept", [page.digits for page in pages], bounds.min_digits_share, "min_digits_share"),
    ]
    return tuple(warning for warning in found if warning)


def check_freshness(engine: Engine, source: Source, now: datetime) -> str | None:
    """A warning where the office's newest release is older than it asserts, or else than its own rhythm lets expect."""
    newest = newest_release(engine, source.id)
    if newest is None:
        return None
    days, asserted = (now - newest).days, source.assertions.freshness_days
    silent = f"no release since {berlin_day(newest)}, {days} days ago"
    if asserted is not None:
        return f"{silent}; {asserted} are asserted (freshness_days)" if days > asserted else None
    pause = longest_pause(engine, source.id)
    if pause is None:
        return f"{silent}; {_PATIENCE} days without one are usual for any office" if days > _PATIENCE else None
    return f"{silent}; its longest pause of late was {_days(pause)}" if days > max(_LEAST_PATIENCE, 2 * pause) else None


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _judged(what: str, shares: Sequence[float], bound: float, name: str) -> str | None:
    share = sum(shares) / len(shares)
    if share >= bound:
        return None
    sentence = f"{what}: {share:.0%} of {len(shares)} pages, {bound:.0%} at least are asserted ({name})"
    if len(shares) >= LEAST:
        raise AssertionViolated(f"{sentence}; nothing of these pages was published.")
    return sentence
