"""From the bytes of a page to a release: by the selectors of a source file, else by what all pages have in common.

Everything here is pure: the same bytes, address and source give the same release.
"""

from datetime import datetime
from hashlib import sha256

from extractors.page.completeness import LEFT_OUT
from extractors.page.digits import digits_kept
from extractors.page.imported import read_record
from extractors.page.layout import LayoutReader
from extractors.page.markup import decode
from extractors.page.read import read_generic
from extractors.page.record import page_record
from models.calendar import BERLIN
from models.errors import LayoutChanged
from models.release import Release
from models.source import Layout, Source

__all__ = ["LEFT_OUT", "VERSION", "digits_kept", "page_record", "read_page", "read_record"]

VERSION = "4"
"""Changes whenever the same bytes may give another text."""


def read_page(
    body: bytes,
    *,
    url: str,
    content_type: str | None = None,
    source: Source | None = None,
    fetched_at: datetime | None = None,
) -> Release:
    """Read the release that a page holds.

    Args:
        body: the page as it was fetched.
        url: its address, which relative links and some dates come from.
        content_type: the header of that name, for the encoding.
        source: the press office; without it, or where it describes no layouts, the page is read generically.
        fetched_at: when it was fetched (aware); picks the layout and refuses dates that lie far in its future.

    Returns:
        The release; `generic` says that no selectors were used. `published` is in UTC, a day without
        time being midnight in Berlin.

    Raises:
        UnreadablePage: the bytes are no HTML page, or no running text is in it.
        LayoutChanged: the selectors of no layout fit, and the source's newest layout forbids a generic reading.
    """
    text = decode(body, content_type)
    if source is None or not source.layouts:
        return read_generic(text, url=url, fetched_at=fetched_at)
    layouts = _layouts(source, fetched_at)
    snapshot = sha256(body).hexdigest()
    failures = []
    for layout in layouts:
        try:
            return LayoutReader(text, layout, url=url, snapshot=snapshot).read(fetched_at)
        except LayoutChanged as failure:
            failures.append(failure)
    if not layouts[0].generic_fallback:
        raise failures[0]
    return read_generic(text, url=url, fetched_at=fetched_at, warnings=(f"Read generically: {failures[0]}",))


def _layouts(source: Source, fetched_at: datetime | None) -> tuple[Layout, ...]:
    if fetched_at is None:
        return source.layouts
    return source.layouts_at(fetched_at.astimezone(BERLIN).date()) or source.layouts[:1]
