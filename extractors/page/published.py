"""Looks for the day of publication where pages show it: surest places first."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from extractors.page.blocks import Block, BlockReader
from extractors.page.boilerplate import Pruner
from extractors.page.dates import (
    DATE,
    OTHER_DAYS,
    Day,
    days_in_url,
    is_plausible,
    parse_date,
    parse_german,
    parse_machine,
    parse_short,
)
from extractors.page.guess import guessed_day, says_changed
from extractors.page.headline import Headline
from extractors.page.linked_data import published_in_json
from extractors.page.markup import Element
from models.calendar import BERLIN

_META = (
    "article:published_time", "og:article:published_time", "datepublished", "dcterms.issued", "dc.date.issued",
    "dcterms.submitted", "publication_date", "publish_date", "publishdate", "pubdate", "article:published",
    "parsely-pub-date", "dcterms.available", "citation_publication_date",
)  # fmt: skip
_VAGUE_META = ("dcterms.date", "dc.date", "date", "dcterms.created")
"""Names that some sites give the day of publication and others that of the file or its last change."""
_LABEL = (
    r"(?:Datum(?: der Veröffentlichung)?|Erscheinungs(?:datum|tag)|Publi(?:ziert|kationsdatum)(?:\s+am)?"
    r"|Erschienen(?:\s+am)?|Veröffentlicht(?:\s+am)?|Veröffentlichung(?:sdatum)?"
    r"|(?:Presse|Medien)?(?:mitteilung|meldung|information|info)(?:\b|(?=\d))(?:Nr\.|[^.!?]){0,40}?\s(?:vom|am)?"
    r"|(?:Meldung|Artikel|Nachricht)\s+vom)"
)
_LABELLED = re.compile(rf"(?:^|[–—|·,;]\s*|(?<=\d{{4}}\s)){_LABEL}[\s:|,]*(?:\w{{2,10}},\s+)?({DATE})", re.IGNORECASE)
_BARE = re.compile(
    rf"^(?!Stand\b|Letzte|Zuletzt|Aktualisiert|.{{0,40}}\b{OTHER_DAYS})"
    r"(?:[^\d.!?]{0,40}?(?<!\bam)(?<!\bab)(?<!\bbis)(?<!\bzum)(?<!\bseit)\s|[^\d.!?]{1,40}(?<=[^\W\d_]))?"
    rf"({DATE})(?:(?:[^.!?]|Nr\.){{0,60}}|[,|\s]*\d\d?[:.]\d\d\s*Uhr)$",
    re.IGNORECASE,
)
_STAND = re.compile(rf"^Stand[\s:]*({DATE})", re.IGNORECASE)
_DATELINE = re.compile(
    rf"^(?!.{{0,40}}\b{OTHER_DAYS})[A-ZÄÖÜ][^\W\d]+(?:[-/ .](?:[A-ZÄÖÜ(][^\W\d]*[.)]?|am|an der|im|ob der|in|vor "
    rf"der|auf)){{0,4}}"
    rf"(?:,\s*(?:den\s+)?|\s*\(|\s+)({DATE})\)?\s*(?:[–—-]|\(|\.|:|$)"
)
_DATE_CLASS = re.compile(r"(?:^|[\s_-])(?:date\w*|datum|publish\w*|erscheinung\w*)(?:$|[\s_-])", re.IGNORECASE)
_CHANGE_CLASS = re.compile(r"updat|modif|change|stand|event|termin|start|end(?:$|[\s_-])|validity", re.IGNORECASE)
_LONGEST_DAY = 40
_MAX_CARD = 600
_CLOSE = 2
"""Boxes around the headline in which a line that names author and day is sought."""
_BEFORE, _AFTER = 8, 12
"""Blocks around the headline in which a date without a label is taken for the day of publication."""


class DateFinder:
    """Finds the day of publication of one page.

    Args:
        root: the page.
        headline: its headline.
        blocks: all blocks of the page in reading order.
        url: address of the page.
        fetched_at: when it was fetched, to refuse days that lie in its future; None refuses none.
    """

    def __init__(
        self, root: Element, headline: Headline, blocks: Sequence[Block], url: str, fetched_at: datetime | None
    ) -> None:
        self._root = root
        self._headline = headline.element
        self._title = headline.text
        self._dated = headline.dated
        self._blocks = blocks
        self._url = url
        self._fetched_at = fetched_at
        self._around = set() if self._headline is None else {self._headline, *self._headline.iterancestors()}
        self._prune = Pruner(self._headline)
        self.warnings: list[str] = []

    def find(self) -> tuple[Day | None, str]:
        """The day and the name of the place where it was found ("none" where there is no day)."""
        for day, method in self._candidates():
            if is_plausible(day, self._fetched_at):
                return day, method
            shown = day.moment.astimezone(BERLIN).date().isoformat()
            self.warnings.append(f"The date {shown} ({method}) cannot be when this was published; it was passed over.")
        return None, "none"

    def _candidates(self) -> Iterator[tuple[Day, str]]:
        window = self._window()
        # Bare days in lists and tables are content.
        bare = [block for block in window if len(block.text) <= 100 and not _is_content(block)]
        if day := parse_german(self._dated):
            yield day, "headline"
        yield from self._time_elements()
        yield from self._metadata(_META)
        yield from self._json_ld()
        yield from self._visible(_LABELLED, window, "label")
        yield from self._visible(_DATELINE, [block for block in window if block.is_sentence], "dateline")
        yield from self._visible(_BARE, bare, "near headline")
        yield from self._marked()
        yield from self._metadata(_VAGUE_META)
        yield from self._visible(_DATELINE, [block for block in window if not _is_content(block)], "dateline")
        yield from self._visible(_LABELLED, self._blocks, "label")
        yield from self._visible(_LABELLED, self._bylines(), "label")
        for day in days_in_url(self._url):
            yield day, "url"
        yield from self._visible(_STAND, self._blocks, "label:stand")
        if guessed := guessed_day(self._root, self._blocks):
            shown = guessed.moment.astimezone(BERLIN).date().isoformat()
            self.warnings.append(f"The date {shown} is a guess from the page as a whole.")
            yield guessed, "htmldate"

    def _time_elements(self) -> Iterator[tuple[Day, str]]:
        times = [time for time in self._root.iter("time") if self._belongs(time) and not says_changed(time)]
        if self._headline is not None and len(times) > 1:
            order = {element: number for number, element in enumerate(self._root.iter())}
            here = order[self._headline]
            times.sort(key=lambda time: (not _says_published(time), abs(order[time] - here)))
        for time in times:
            stated = time.get("datetime")
            if day := parse_date(stated or "".join(time.itertext())):
                yield day, "time[datetime]" if stated else "time"

    def _marked(self) -> Iterator[tuple[Day, str]]:
        """Short words whose element is called a date, however they write it."""
        for element in self._root.iter("span", "div", "p", "li", "dd", "em", "small"):
            words = f"{element.get('class', '')} {element.get('itemprop', '')}"
            if not _DATE_CLASS.search(words) or _CHANGE_CLASS.search(words) or not self._belongs(element):
                continue
            shown = element.get("content") or " ".join(" ".join(element.itertext()).split())
            if len(shown) <= _LONGEST_DAY and (day := parse_short(shown)):
                yield day, "date class"

    def _belongs(self, time: Element) -> bool:
        """Whether a time is the page's own and not that of a teaser, an event in the text or the frame."""
        if self._headline is None:
            return _says_published(time)
        box = time
        for ancestor in time.iterancestors():
            if ancestor in self._around:
                return ancestor.tag != "body" or _says_published(time) or self._is_near(box)
            box = ancestor
            if _is_card(ancestor):
                return False
            if ancestor.tag == "li" and ancestor.find(".//a[@href]") is not None:
                return False
            if _says_published(time) or _is_dateline(ancestor):
                continue
            if _is_foreign(ancestor) or self._prune(ancestor):
                return False
        return False

    def _is_near(self, box: Element) -> bool:
        """Whether a part of the page that does not hold the headline is a line with the day, or holds the text."""
        return _is_dateline(box) or any(
            block.is_sentence and (block.owner is box or box in block.owner.iterancestors()) for block in self._window()
        )

    def _bylines(self) -> list[Block]:
        """What stands near the headline and is no part of the text for its name, such as author, number and day."""
        if self._headline is None:
            return []
        boxes = islice(self._headline.iterancestors(), _CLOSE)
        near = (child for box in boxes if box.tag != "body" for child in box.iterdescendants("div", "p", "span", "ul"))
        left_out = (element for element in near if element not in self._around and self._prune(element))
        return [block for element in left_out for block in BlockReader(Pruner(element)).read(element)]

    def _metadata(self, names: tuple[str, ...]) -> Iterator[tuple[Day, str]]:
        named: dict[str, str] = {}
        for meta in self._root.iter("meta"):
            name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
            if name in names:
                named.setdefault(name, meta.get("content", ""))
        for name in names:
            if name in named and (day := parse_date(named[name])):
                yield day, f"meta:{name}"

    def _json_ld(self) -> Iterator[tuple[Day, str]]:
        for stated in published_in_json(self._root):
            if day := parse_machine(stated):
                yield day, "json-ld"

    def _visible(self, pattern: re.Pattern[str], blocks: Sequence[Block], method: str) -> Iterator[tuple[Day, str]]:
        for block in blocks:
            match = pattern.search(block.text)
            # A day that the headline names is what the release is about.
            if match and match[1] not in self._title and (day := parse_german(block.text[match.start(1) :])):
                yield day, method

    def _window(self) -> Sequence[Block]:
        for number, block in enumerate(self._blocks):
            if self._headline is not None and (
                block.owner is self._headline or self._headline in block.owner.iterancestors()
            ):
                first = max(0, number - _BEFORE)
                near = enumerate(self._blocks[first : number + _AFTER], first)
                return [other for _, other in sorted(near, key=lambda pair: abs(pair[0] - number))]
        return self._blocks[:_AFTER]


def _is_content(block: Block) -> bool:
    """Whether a bare day in it dates a thing that the page tells of or leads to."""
    return block.role == "table_cell" or block.links > (0 if block.role == "list_item" else 0.4)


def _says_published(time: Element) -> bool:
    return "pubdate" in time.attrib or time.get("itemprop") == "datePublished"


def _is_dateline(container: Element) -> bool:
    """Whether a box holds little more than a day, so that neither its name nor its place says whose."""
    return container.tag in ("div", "p", "span", "li") and len("".join(container.itertext()).strip()) <= 40


def _is_card(container: Element) -> bool:
    """Whether a box with a linked heading, which leads to another page, holds nothing else but its teaser."""
    inside = "|".join(f"self::h{level}" for level in range(1, 7))
    linked = container.xpath(f".//*[{inside}][.//a[@href] or ancestor::a[@href]]")
    return bool(linked) and len("".join(container.itertext())) <= _MAX_CARD


def _is_foreign(container: Element) -> bool:
    """Whether a time in this element dates something else: another article, a row, an event in a sentence."""
    if container.tag != "p":
        return container.tag in ("article", "table")
    text = "".join(container.itertext()).strip()
    return len(text) > 80 or text.endswith((".", "!", "?"))
