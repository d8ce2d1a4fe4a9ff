"""What an answer must be before anything is read from it."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from bs4 import BeautifulSoup

from models.errors import BlockedResponse
from models.release import Snapshot
from models.source import Source
from scrapers.urls import canonical_url

_HEAD = 65_536
_TITLE = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
_HTML = {"text/html", "application/xhtml+xml"}


@dataclass(frozen=True, slots=True)
class _Fingerprint:
    name: str
    title: re.Pattern[str] | None
    markup: re.Pattern[str] | None
    header: str | None


def check_page(
    snapshot: Snapshot, source: Source, *, requested: str | None = None, min_bytes: int | None = None
) -> None:
    """Lets an answer pass that can be a web page of the office.

    Args:
        requested: the address that was asked for, to notice that it has been sent to the home page.
        min_bytes: instead of the source's own.

    Raises:
        BlockedResponse: it is no HTML, too short, a challenge, block or error page, the home page
            instead of the page asked for, or lacks what every page of the office has.
    """
    _refuse_other_types(snapshot)
    least = source.gate.min_bytes if min_bytes is None else min_bytes
    if len(snapshot.body) < least:
        raise _blocked(snapshot, f"has {len(snapshot.body)} bytes only; {least} at least are asserted (gate.min_bytes)")
    refuse_blocks(snapshot)
    if requested is not None and _is_home(snapshot.url, source) and not _is_home(requested, source):
        raise _blocked(snapshot, f"is the home page, and came instead of {requested}")
    must_have = source.gate.must_have
    if must_have and not BeautifulSoup(snapshot.body, "lxml").select_one(must_have):
        raise _blocked(snapshot, f"lacks {must_have!r}, which every page of {source.id} has")


def refuse_blocks(snapshot: Snapshot) -> None:
    """Refuses challenge, block and error pages that are known by their title, markup or a header.

    Raises:
        BlockedResponse: the answer is one.
    """
    markup = snapshot.body[:_HEAD].decode("utf-8", errors="replace")
    found = _TITLE.search(markup)
    title = " ".join(html.unescape(found[1]).split()) if found else ""
    for fingerprint in _fingerprints():
        if (
            (fingerprint.title and fingerprint.title.search(title))
            or (fingerprint.markup and fingerprint.markup.search(markup))
            or (fingerprint.header and snapshot.header(fingerprint.header) is not None)
        ):
            raise _blocked(snapshot, f"is {fingerprint.name}")


def _refuse_other_types(snapshot: Snapshot) -> None:
    kind = (snapshot.header("Content-Type") or "").partition(";")[0].strip().lower()
    if kind not in _HTML:
        raise _blocked(snapshot, f"is {kind or 'of no stated type'} and no web page")


def _is_home(url: str, source: Source) -> bool:
    return urlsplit(url).path in {"", "/"} or canonical_url(url, source.drop_parameters) == canonical_url(
        source.homepage, source.drop_parameters
    )


def _blocked(snapshot: Snapshot, what: str) -> BlockedResponse:
    message = f"{snapshot.url} {what} (snapshot {snapshot.hash[:12]})."
    return BlockedResponse(message, snapshot.url, snapshot.status)


@lru_cache(maxsize=1)
def _fingerprints() -> tuple[_Fingerprint, ...]:
    entries = yaml.safe_load(Path(__file__).with_name("fingerprints.yaml").read_text(encoding="utf-8"))
    return tuple(
        _Fingerprint(entry["name"], _pattern(entry, "title"), _pattern(entry, "markup"), entry.get("header"))
        for entry in entries
    )


def _pattern(entry: dict[str, str], key: str) -> re.Pattern[str] | None:
    return re.compile(entry[key], re.IGNORECASE) if key in entry else None
