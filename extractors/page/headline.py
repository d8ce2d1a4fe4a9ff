"""The headline of a page: the heading that the page's own metadata call its title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from extractors.page.blocks import BlockReader, is_heading
from extractors.page.boilerplate import Pruner, is_hidden_heading
from extractors.page.dates import DATE
from extractors.page.marks import counted_up
from extractors.page.markup import Element, clean

_SEPARATOR = re.compile(r"\s+[-–—|·»:]+\s+|:\s+")
_KICKER_CLASS = re.compile(
    r"(?:^|[\s_-])(?:kicker|dachzeile|top-?line|roof-?line|over-?line|eyebrow|rubri[kc]|spitzmarke|pre-?title)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:headline|title|titel|(?:haupt)?(?:ü|ue)berschrift)(?:$|[\s_-])", re.IGNORECASE
)
_LARGE = frozenset({"4", "5", "6", "7", "+1", "+2", "+3", "+4"})
_LONGEST_LINE = 250
_META_TITLES = frozenset({"og:title", "twitter:title", "dcterms.title", "dc.title", "title"})
_LONGEST = 500
_FEWEST_WORDS = 3
_SHORTEST = 8
"""Characters that a heading and a page title must share before they are taken for the same."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, the element it stands in (None where only the metadata know it), and the words above it.

    `dated` is what was split off because it dates the release, which some sites write into the heading.
    """

    text: str
    element: Element | None
    kicker: str | None = None
    dated: str = ""


@dataclass(frozen=True, slots=True)
class _Title:
    """A title that the page gives itself, whole and cut at its separators, in small letters; the longest part first."""

    whole: str
    parts: tuple[str, ...]

    @staticmethod
    def of(text: str) -> "_Title":
        low = text.lower()
        cuts = [0, *(cut for match in _SEPARATOR.finditer(low) for cut in match.span()), len(low)]
        spans = ((first, last) for first in range(0, len(cuts), 2) for last in range(len(cuts) - 1, first, -2))
        parts = sorted((low[cuts[first] : cuts[last]] for first, last in spans), key=len, reverse=True)
        return _Title(low, tuple(part for part in parts if len(part) >= _SHORTEST))


_DOCUMENT_TYPE = (
    r"\b(?:(?:Presse|Medien)(?:mitteilung|meldung|information|info|erklärung|dienst)(?:en)?"
    r"|Pressemeldungen?)(?![^\W\d_])"
)
_SECTION = re.compile(
    rf"""(?:alle\s|aktuelle\s|unsere\s)?(?:{_DOCUMENT_TYPE}|Presse|Medien|Aktuelles|Meldung(?:en)?|News|Nachricht(?:en)?|Pressearchiv|Presseportal|Detail(?:s|ansicht|seite)?|Einzelansicht|Willkommen)
    (?:\s*(?:Nr\.?|Nummer)?\s*[\d./-]+)?(?:[\s,|:–-]*(?:vom|am)?\s*{DATE})?(?:\s*\|.{{0,40}})?[\s:.|–-]*""",
    re.VERBOSE | re.IGNORECASE,
)
_DATED = re.compile(
    rf"(?:(?:Datum|Erscheinungs(?:tag|datum)|Veröffentlicht(?:\sam)?|vom"
    rf"|am)[\s:]*)?(?:\w{{2,10}},\s(?:den\s)?)?{DATE}(?:[,|\s]*\d\d?[:.]\d\d(?:\sUhr)?)?",
    re.IGNORECASE,
)
_HOME = re.compile(r"(?:https?://[^/]+)?/(?:(?:de|start|home|startseite|index)(?:\.\w+)?/?)?", re.IGNORECASE)
_LOOSE_ENDS = re.compile(r"(?<!\w)(?:vom|am|vom:)(?!\w)")
_MOST_PARTS = 30
"""Elements of a heading that are looked at for a kicker; on a damaged page it may hold thousands, one in another."""


def find_headline(root: Element) -> Headline:
    """Find the headline; its text is empty where the page has none at all."""
    return _without_day(_found(root))


def _found(root: Element) -> Headline:
    named = _page_titles(root)
    titles = [_Title.of(name) for name in named]
    best: tuple[int, Headline] | None = None
    first: Headline | None = None
    lower: Headline | None = None
    skipped = False
    for heading in _in_reading_order(root):
        text = heading_text(heading)
        if not text:
            continue
        if _names_section(text) or _leads_home(heading):
            skipped = skipped or first is None
            continue
        found = Headline(text, heading)
        if first is None and (heading.tag == "h1" or (skipped and _stands_in_text(heading))):
            first = found
        if lower is None and heading.tag != "h1" and _tells_something(heading, text):
            lower = found
        shared = max((_shared(text, title) for title in titles), key=len, default="")
        if shared and (best is None or len(shared) > best[0]):
            best = len(shared), _without_kicker(found, shared)
    if (repeated := _hidden_headline(root)) is not None:
        return _with_kicker_above(repeated)
    if best is not None:
        return _with_kicker_above(best[1])
    if first is not None:
        return _with_kicker_above(_without_kicker_child(first))
    if lower is not None:
        return _with_kicker_above(_without_kicker_child(lower))
    if (large := _large_line(root, titles)) is not None:
        return large
    return Headline(max(_SEPARATOR.split(named[0]), key=len) if named else "", None)


def heading_text(heading: Element) -> str:
    """What a reader sees of a heading, without parts for screen readers."""
    if not len(heading) and is_heading(heading):  # nearly all are, and there are many on a page
        return clean(counted_up(heading) or heading.text or "")
    return clean(" ".join(block.text for block in BlockReader(Pruner(None)).read(heading)))


def _page_titles(root: Element) -> list[str]:
    found = [
        clean(meta.get("content", ""))
        for meta in root.iter("meta")
        if (meta.get("property") or meta.get("name") or "").lower() in _META_TITLES
    ]
    found += [clean(title.text or "") for title in root.iterfind("./head/title")]
    return [title[:_LONGEST] for title in dict.fromkeys(found) if title]


def _in_reading_order(root: Element) -> Iterator[Element]:
    """The headings that are shown: all of the first level, then those of the others."""
    for levels in (("h1",), ("h2", "h3")):
        for heading in root.iter(*levels):
            if not is_hidden_heading(heading):
                yield heading


def _names_section(text: str) -> bool:
    """Whether a heading names the kind of document, its number and day, and not what it is about."""
    return len(text) <= 120 and _SECTION.fullmatch(text) is not None


def _leads_home(heading: Element) -> bool:
    """Whether a heading is the name of the site, which is a link to its home page."""
    link = heading.find(".//a[@href]")
    return link is not None and _HOME.fullmatch(link.get("href", "").strip()) is not None


def _stands_in_text(heading: Element) -> bool:
    return any(ancestor.tag in ("main", "article") for ancestor in heading.iterancestors()) or (
        "h1" in heading.get("class", "").split()
    )


def _tells_something(heading: Element, text: str) -> bool:
    """Whether a heading of a lower level may be the headline of a page that has no first one."""
    prune = Pruner(None)
    return (
        len(text.split()) >= _FEWEST_WORDS
        and heading.find(".//a[@href]") is None
        and not any(prune(element) for element in (heading, *heading.iterancestors()))
    )


def _hidden_headline(root: Element) -> Headline | None:
    """The headline where the heading for screen readers repeats it and what is shown is no first heading."""
    main = root.find(".//main")
    for heading in (root if main is None else main).iter("h1"):
        text = heading_text(heading)
        if not is_hidden_heading(heading) or len(text) < _SHORTEST:
            continue
        for element in islice(heading.itersiblings(), _MOST_PARTS):
            for shown in islice(element.iter("h2", "h3", "span", "p", "div"), _MOST_PARTS):
                if shown.text and not is_hidden_heading(shown) and heading_text(shown) == text:
                    return Headline(text, shown)
    return None


def _large_line(root: Element, titles: list[_Title]) -> Headline | None:
    """What old pages without headings show as one: the line in large letters that a title repeats, else the first."""
    large: Headline | None = None
    for element in root.iter("font", "p", "div", "span", "td", "b", "strong"):
        size = element.get("size", "") if element.tag == "font" else ""
        if not (size in _LARGE or _HEADLINE_CLASS.search(element.get("class", ""))) or is_hidden_heading(element):
            continue
        text = heading_text(element)
        if not _SHORTEST <= len(text) <= _LONGEST_LINE:
            continue
        if any(_shared(text, title) for title in titles):
            return Headline(text, element)
        large = large or Headline(text, element)
    return large


def _shared(heading: str, title: _Title) -> str:
    """The longest part of a page title that is the heading or stands in it, as the heading writes it."""
    low = heading.lower()
    if len(heading) >= _SHORTEST and (low in title.whole or low.startswith(title.whole.rstrip(" .…"))):
        return heading
    if low == title.whole:
        return heading
    part = next((part for part in title.parts if part in low), "")
    start = low.find(part)
    return heading[start : start + len(part)]


def _without_kicker(headline: Headline, shared: str) -> Headline:
    """Split words off that the page title lacks and that stand in an element of their own inside the heading."""
    element = headline.element
    start = headline.text.lower().find(shared.lower())
    if element is None or start < 0 or len(shared) == len(headline.text):
        return headline
    end = start + len(shared)
    before, after = headline.text[:start].rstrip(" :|-–"), headline.text[end:].lstrip(" :|-–")
    children = (child for child in element.iterdescendants() if isinstance(child.tag, str))
    inner = [heading_text(child) for child in islice(children, _MOST_PARTS)]
    rest = [part for part in (before, after) if part]
    if not all(any(part.startswith(text) or text.startswith(part) for text in inner if text) for part in rest):
        return headline
    return Headline(headline.text[start:end], element, _kicker(" ".join(rest)))


def only_dates(text: str) -> bool:
    """Whether words say nothing but the kind, number and day of a document."""
    return re.search(DATE, text) is not None and _kicker(text) is None


def _without_kicker_child(headline: Headline) -> Headline:
    """Split off what an element of the heading calls the words above it."""
    element = headline.element
    for child in () if element is None else islice(element.iter("span", "em", "small", "div", "p"), _MOST_PARTS):
        part = heading_text(child)
        if (
            part
            and _KICKER_CLASS.search(child.get("class", ""))
            and headline.text.startswith(part)
            and headline.text != part
        ):
            return Headline(headline.text.removeprefix(part).strip(" :|-–"), element, _kicker(part))
    return headline


def _kicker(text: str) -> str | None:
    """The words above a headline without dates and numbers of releases."""
    rest = re.sub(
        rf"{DATE}|{_DOCUMENT_TYPE}|\b(?:Datum|Dokumenttyp|Erscheinungs(?:tag|datum)):?|(?<![^\W\d_])Nr\.|\b\d[\d./-]*",
        "",
        text,
    )
    rest = clean(_LOOSE_ENDS.sub("", rest))
    if rest[:1].islower():  # "Medienmitteilung der Direktion": whose document it is stands behind its kind
        rest = clean(re.sub(DATE, "", text))
    return rest.strip(" |:,–-") or None


def _without_day(headline: Headline) -> Headline:
    """Split off the day of publication that stands in an element of its own in the heading."""
    element = headline.element
    if element is None:
        return headline
    text = headline.text
    for child in islice((each for each in element.iterdescendants() if isinstance(each.tag, str)), _MOST_PARTS):
        part = heading_text(child)
        if not part or part == text or not (_DATED.fullmatch(part) or only_dates(part)):
            continue
        if text.endswith(part) or text.startswith(part):
            rest = text.removesuffix(part).removeprefix(part).strip(" |:,–-")
            return replace(headline, text=rest, dated=part) if rest else headline
    return headline


def _with_kicker_above(headline: Headline) -> Headline:
    if headline.kicker or headline.element is None:
        return headline
    parent = headline.element.getparent()
    if parent is None:
        return headline
    for element in parent.iterdescendants("p", "span", "div", "em", "small"):
        if _KICKER_CLASS.search(element.get("class", "")) and headline.element not in element.iterdescendants():
            text = heading_text(element)
            if len(text) <= 80 and (kicker := _kicker(text)):
                return Headline(headline.text, headline.element, kicker)
    return headline
