"""Guesses where things stand on an unknown page: entries of a list, the next page, headline, date and text."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from posixpath import commonpath
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from scrapers.finding.dates import read_date

_HEADLINE = 20
"""Characters that a headline has at least; links to sections and languages are shorter."""

_LEAST_ENTRIES = 3
_FEW = 12
"""Elements that one selector of the text may find: parts of it, as editors set them."""
_FURNITURE = ("nav", "aside", "form")
_HIDDEN = {"aural", "navskip", "visuallyhidden", "visually-hidden", "sr-only", "invisible"}
_NEXT = (
    "a[rel~=next]", "link[rel~=next]", "li.next > a", "li.forward > a", ".pager__item--next a", "a.next",
    "[class*=pagination] [class*=next] a", "a[class*=pagination][class*=next]",
    "a[aria-label*=nächste i]", "a[aria-label*=next i]", "a[title*=nächste i]",
)  # fmt: skip
_DATES: tuple[tuple[str, str | None], ...] = (
    ("meta[property='article:published_time']", "content"),
    ("meta[name='dcterms.date']", "content"),
    ("meta[name='date']", "content"),
    ("meta[itemprop='datePublished']", "content"),
    ("time[datetime]", "datetime"),
    ("[class*=date]", None),
    ("[class*=datum]", None),
    (".publish-info", None),
    ("p.docData", None),
)
_STATES = re.compile(
    r"(?:odd|even|first|last|active|current|selected|alt|new|hover|(?:views-)?row-?\d+|item-?\d+"
    r"|nth-?\d+)",
    re.I,
)
"""Classes that say where an entry stands among others, or how it looks at the moment."""
_WHOLE_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PERIOD = re.compile(r"(?:19|20)\d\d|[01]?\d")


def list_selectors(soup: BeautifulSoup) -> dict[str, str] | None:
    """Selectors of the longest list of dated or else undated headlines, or None."""
    groups: dict[str, list[Tag]] = defaultdict(list)
    for link in soup.select("a[href]"):
        if len(link.get_text(strip=True)) >= _HEADLINE and not _is_furniture(link):
            for item in [link, *link.parents][:5]:
                if css := simple_css(item):
                    groups[css].append(item)
    candidates = [(css, _distinct(items)) for css, items in groups.items()]
    candidates = [(css, items) for css, items in candidates if len(items) >= _LEAST_ENTRIES]
    if not candidates:
        return None
    css, items = max(
        candidates, key=lambda candidate: (_dated(candidate[1]), len(candidate[1]), _is_tight(candidate[1]))
    )
    selectors = {"item": css}
    if items[0].name != "a":
        heading = next(
            (name for name in ("h2", "h3", "h4") if all(item.select_one(f"{name} a") for item in items)), None
        )
        selectors["link"] = f"{heading} a" if heading else "a"
    return selectors | _entry_date(items)


def next_selector(soup: BeautifulSoup) -> str | None:
    """The selector of the link to the next page of a list, or None."""
    return next((css for css in _NEXT if soup.select_one(css)), None)


def title_selector(soup: BeautifulSoup) -> str | None:
    """A selector that the headline alone fits, or None."""
    for headline in soup.select("h1"):
        if _is_furniture(headline) or _HIDDEN & {str(name).lower() for name in headline.get("class") or ()}:
            continue
        parent = simple_css(headline.parent) if headline.parent else None
        candidates = ("h1", "main h1", "article h1", simple_css(headline), f"{parent} > h1" if parent else None)
        unique = (css for css in candidates if css and soup.select(css) == [headline])
        return next(unique, None)
    return None


def date_selector(soup: BeautifulSoup) -> dict[str, str] | None:
    """A selector of the first element that holds a readable date, or None."""
    for css, attribute in _DATES:
        found = soup.select(css)
        shown = (str(found[0].get(attribute) or "") if attribute else found[0].get_text(" ")) if found else ""
        # A day that is written without its century, or no day at all, would be refused on each page.
        if _WHOLE_DAY.search(shown) and read_date(shown):
            count = {"count": "1" if len(found) == 1 else "1+"}
            return {"css": css} | ({"attribute": attribute} if attribute else {}) | count
    return None


def body_selector(soup: BeautifulSoup) -> dict[str, Any] | None:
    """A selector that the element with most text in paragraphs of its own fits and few others, or None."""
    weights: dict[int, int] = defaultdict(int)
    parents: dict[int, Tag] = {}
    for paragraph in soup.select("p"):
        parent = paragraph.parent
        if parent is not None and not _is_furniture(paragraph):
            parents[id(parent)] = parent
            weights[id(parent)] += len(paragraph.get_text(strip=True))
    if not weights:
        return None
    parent = parents[max(weights, key=weights.__getitem__)]
    css = next((css for css in _paths(parent) if _means(soup, css, parent)), None)
    if css is None:
        return None
    return {"css": css, "count": "1" if len(soup.select(css)) == 1 else "1+"}


def _paths(tag: Tag) -> Iterator[str]:
    """Selectors of an element, the plainest first: its id, its class, these below the nearest holder that has one."""
    own = _named(tag)
    if own:
        yield own
    for holder in islice(tag.parents, 6):
        if (above := _named(holder)) is not None:
            yield f"{above} {own or tag.name}"
            yield f"{above} > {own or tag.name}"


def _named(tag: Tag) -> str | None:
    name = str(tag.get("id") or "")
    # Ids with numbers are made anew for each page.
    if re.fullmatch(r"[A-Za-z][A-Za-z_-]{2,40}", name):
        return f"#{name}"
    return simple_css(tag) if tag.get("class") else None


def _means(soup: BeautifulSoup, css: str, tag: Tag) -> bool:
    """Whether a selector finds the element, and no element around it that holds the rest of the page too."""
    found = soup.select(css)
    return tag in found and len(found) <= _FEW and not any(other in tag.parents for other in found)


def link_pattern(urls: list[str]) -> str | None:
    """The folder that all addresses have in common, as a regular expression; None where it is the root."""
    paths = [urlsplit(url).path for url in urls]
    folder = commonpath(paths) if len(paths) >= _LEAST_ENTRIES else "/"
    # Behind a year or month nothing would be found any more once it is over.
    while _PERIOD.fullmatch(folder.rpartition("/")[2]):
        folder = folder.rpartition("/")[0] or "/"
    return f"{re.escape(folder)}/" if folder != "/" and folder not in paths else None


def simple_css(tag: Tag) -> str | None:
    """The tag's name with its first class that a selector can be made of, or None."""
    classes = [str(name) for name in tag.get("class") or ()]
    name = next(
        (name for name in classes if re.fullmatch(r"[A-Za-z][\w-]*", name) and not _STATES.fullmatch(name)), None
    )
    if name:
        return f"{tag.name}.{name}"
    if tag.name == "tr" and tag.parent is not None and tag.parent.name == "tbody":
        return "tbody tr"
    return tag.name if tag.name in {"article", "li", "tr"} else None


def _is_furniture(tag: Tag) -> bool:
    """Whether it stands around the content; the header of an article is content."""
    if tag.find_parent(_FURNITURE):
        return True
    frame = tag.find_parent(("header", "footer"))
    return frame is not None and frame.find_parent(("main", "article")) is None


def _distinct(items: list[Tag]) -> list[Tag]:
    return list({id(item): item for item in items}.values())


def _dated(items: list[Tag]) -> int:
    return sum(
        read_date(item.get_text(" ")) is not None or item.select_one("time[datetime]") is not None for item in items
    )


def _is_tight(items: list[Tag]) -> int:
    # Of two elements around the same entry the inner one is meant.
    return -sum(len(item.find_all(True)) for item in items)


def _entry_date(items: list[Tag]) -> dict[str, str]:
    if all(item.select_one("time[datetime]") for item in items):
        return {"date": "time[datetime]", "date_attribute": "datetime"}
    for element in items[0].find_all(True):
        css = simple_css(element) or (element.name if element.name in {"time", "span"} else None)
        if element.name == "td":
            css = f"td:nth-of-type({len(element.find_previous_siblings('td')) + 1})"
        if (
            css
            and element.name != "a"
            and all((one := item.select_one(css)) and read_date(one.get_text(" ")) for item in items)
        ):
            return {"date": css}
    return {}
