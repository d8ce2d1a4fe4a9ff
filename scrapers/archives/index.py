"""Indices of archives in their dialects: how they are asked, and what their answers mean."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlencode, urljoin

from models.archive import Archive, Capture, Query
from models.errors import UnexpectedContent

ROWS = 5000
"""Captures in one answer of a Wayback index: without a limit it names no place to go on from."""

_FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
"""Without the first of them a Wayback index goes on from the wrong place and leaves out years."""

_STAMP = re.compile(r"\d{14}")
_ENTRY = re.compile(r"<([^>]*)>\s*((?:;\s*[\w-]+\s*=\s*(?:\"[^\"]*\"|[^\s,;]+)\s*)*)")
_PARAMETER = re.compile(r";\s*([\w-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s,;]+))")
_CRAWL = re.compile(r"CC-MAIN-(\d{4})")


@dataclass(frozen=True, slots=True)
class IndexPage:
    """One answer of an index: copies, and where to go on; None at the end."""

    captures: tuple[Capture, ...]
    resume: str | None = None


def address_of(archive: Archive, query: Query, resume: str | None) -> str:
    """Where the index is asked, from the beginning or from where a page has ended."""
    if archive.dialect == "timemap":
        return resume or archive.index.url.replace("{url}", query.url)
    if archive.dialect == "wayback":
        return _wayback_address(archive, query, resume)
    parameters = {"url": query.url, "matchType": query.match, "from": f"{query.since:%Y%m%d}", "output": "json"}
    return f"{archive.index.url}?{urlencode(parameters)}"


def crawl_address(api: str, query: Query, page: int) -> str:
    """Where one monthly index is asked."""
    parameters = {"url": query.url, "matchType": query.match, "output": "json", "page": str(page)}
    return f"{api}?{urlencode(parameters)}"


def read_page(archive: Archive, body: bytes, address: str, query: Query) -> IndexPage:
    """What an answer of an index says.

    Raises:
        UnexpectedContent: it is none.
    """
    text = body.decode("utf-8", "replace")
    try:
        page = {"wayback": _read_wayback, "timemap": _read_timemap}.get(archive.dialect, _read_lines)(text, address)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnexpectedContent(f"{address} gives no index that can be read ({error}).", address) from error
    begin = datetime(query.since.year, query.since.month, query.since.day, tzinfo=UTC)
    return IndexPage(tuple(each for each in page.captures if each.archived_at >= begin), page.resume)


def read_crawls(body: bytes, address: str, since: date) -> list[tuple[str, str]]:
    """Id and address of each monthly index from a year on, the newest first.

    Raises:
        UnexpectedContent: the answer lists none.
    """
    try:
        listed = [(str(each["id"]), str(each["cdx-api"])) for each in json.loads(body)]
    except (ValueError, KeyError, TypeError) as error:
        raise UnexpectedContent(f"{address} lists no indices ({error!r}).", address) from error
    dated = ((_CRAWL.match(name), name, api) for name, api in listed)
    return [(name, api) for match, name, api in dated if match and int(match[1]) >= since.year]


def _wayback_address(archive: Archive, query: Query, resume: str | None) -> str:
    parameters: list[tuple[str, str]] = [
        ("url", query.url),
        ("matchType", query.match),
        ("from", f"{query.since:%Y%m%d}"),
        ("fl", ",".join(_FIELDS)),
        # What was refused, was gone or led elsewhere is no text; of what repeats another copy nothing is said.
        ("filter", "!statuscode:[345].."),
        ("limit", str(ROWS)),
        ("showResumeKey", "true"),
    ]
    # The key comes as it is to be sent back.
    following = "" if resume is None else f"&resumeKey={resume}"
    return f"{archive.index.url}?{urlencode(parameters)}{following}"


def _read_wayback(text: str, _address: str) -> IndexPage:
    rows, _, rest = text.partition("\n\n")
    captures: list[Capture] = []
    for row in rows.splitlines():
        fields = row.split(" ")
        if len(fields) != len(_FIELDS):
            raise ValueError(f"a row has {len(fields)} fields: {row[:80]!r}")
        named = dict(zip(_FIELDS, fields, strict=True))
        captures += _capture(
            named["original"], named["timestamp"], named["digest"], named["statuscode"], named["mimetype"]
        )
    key = rest.strip()
    return IndexPage(tuple(captures), (key if key == quote(key, safe="%+()!,*~'-._") else quote(key)) or None)


def _read_lines(text: str, _address: str) -> IndexPage:
    captures: list[Capture] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        row: dict[str, Any] = json.loads(line)
        record = " ".join(str(row[name]) for name in ("filename", "offset", "length")) if "filename" in row else None
        captures += _capture(
            row["url"], row["timestamp"], row.get("digest", "-"), row.get("status", "-"), row.get("mime", "-"), record
        )
    return IndexPage(tuple(captures))


def _capture(
    original: str, stamp: str, digest: str, status: str, mime: str, record: str | None = None
) -> Iterator[Capture]:
    """A row as a capture; none where its time is none."""
    if not _STAMP.fullmatch(stamp):
        return
    try:
        moment = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return
    yield Capture(
        original,
        moment,
        None if digest == "-" else digest.removeprefix("sha1:"),
        int(status) if status.isdigit() else None,
        None if mime in ("-", "warc/revisit", "unk") else mime,
        record,
    )


def _read_timemap(text: str, address: str) -> IndexPage:
    original, following = address, None
    captures: list[datetime] = []
    for target, told in _ENTRY.findall(text):
        parameters = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(told)}
        relations = parameters.get("rel", "").split()
        if "original" in relations:
            original = target
        elif "memento" in relations and "datetime" in parameters:
            captures.append(parsedate_to_datetime(parameters["datetime"]).astimezone(UTC))
        elif "timemap" in relations and "self" not in relations and urljoin(address, target) != address:
            following = urljoin(address, target)
    if text.strip() and not captures and following is None and 'rel="original"' not in text:
        raise ValueError("it is no TimeMap")
    return IndexPage(tuple(Capture(original, moment) for moment in sorted(set(captures))), following)
