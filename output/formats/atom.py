"""Atom feeds: a query as something to subscribe to."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from models.calendar import BERLIN
from models.origin import web_address
from models.stored import StoredClaim

_ATOM = "http://www.w3.org/2005/Atom"
Entry = tuple[StoredClaim, str, str, datetime]
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no form for."""
MEDIA_TYPE = "application/atom+xml; charset=utf-8"


def atom(  # noqa: PLR0913 - parts of a feed, each by its name
    title: str,
    address: str,
    own_address: str,
    entries: Sequence[Entry],
    *,
    asked: datetime,
    note: str | None = None,
    following: str | None = None,
) -> bytes:
    """A feed of claims.

    Args:
        title: of the feed.
        address: of the page with the same claims.
        own_address: of the feed.
        entries: each claim with its title, its address, and when it was found or changed.
        asked: since when a feed without any entry is as it is.
        note: what readers of the feed should know.
        following: address of the entries behind these.
    """
    ET.register_namespace("", _ATOM)
    feed = _element(None, "feed")
    _element(feed, "title", title)
    if note:
        _element(feed, "subtitle", note)
    _element(feed, "id", own_address)
    _element(feed, "link", rel="self", href=own_address)
    _element(feed, "link", rel="alternate", type="text/html", href=address)
    if following:
        _element(feed, "link", rel="next", href=following)
    seen = [when for *_, when in entries]
    _element(feed, "updated", _moment(max(seen, default=asked)))
    _element(_element(feed, "author"), "name", "Zwischenbilanz")
    for stored, heading, url, when in entries:
        entry = _element(feed, "entry")
        _element(entry, "title", heading)
        _element(entry, "id", url)
        _element(entry, "link", rel="alternate", type="text/html", href=url)
        if original := web_address(stored.url):
            _element(entry, "link", rel="via", href=original)
        _element(entry, "updated", _moment(when))
        if stored.published:
            # As of Germany: many readers show the day that stands here.
            _element(entry, "published", stored.published.astimezone(BERLIN).isoformat(timespec="seconds"))
        _element(entry, "summary", stored.claim.sentence)
    document: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def _element(parent: ET.Element | None, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    name = f"{{{_ATOM}}}{tag}"
    made = ET.Element(name, attributes) if parent is None else ET.SubElement(parent, name, attributes)
    made.text = _allowed(text) if text else None
    return made


def _allowed(text: str) -> str:
    return _UNWRITABLE.sub("", text)


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds")
