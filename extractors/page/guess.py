"""The last resort for a day of publication: a guess from the page as a whole, which must be written out on it."""

import re
from collections.abc import Sequence
from copy import deepcopy

from htmldate import find_date

from extractors.page.blocks import Block
from extractors.page.dates import DATE, OTHER_DAYS, Day, days_in, parse_machine
from extractors.page.markup import Element

_CHANGES = ("updated", "modified", "changed", "revised", "last-mod")
"""Parts of the names of metadata that say when a page was changed."""

_CHANGED = re.compile(
    rf"^.{{0,20}}(?:aktualisier|geändert|änderung|überarbeitet|updated)|^.{{0,40}}\b{OTHER_DAYS}", re.IGNORECASE
)

_SPAN = re.compile(
    rf"\b(?:seit|ab|bis|geboren)\b[^.!?\d]{{0,20}}{DATE}"
    rf"|\b(?:vo[mn]|zwischen)\b[^.!?\d]{{0,20}}{DATE}\s?(?:[–-]|bis|und)[^.!?\d]{{0,20}}{DATE}",
    re.IGNORECASE,
)
"""Days on which something that is told of begins or ends."""

_WORDS_BEFORE = 30


def guessed_day(root: Element, blocks: Sequence[Block]) -> Day | None:
    """The day that a page seems to give itself; None where it is read from a change, a copyright year or an address."""
    page = deepcopy(root)
    for element in list(page.iter("meta", "time", "footer", "link", "script", "nav", "li")):
        if element.getparent() is not None and _is_no_place(element):
            element.drop_tree()
    guess = find_date(page, original_date=True, max_date="2100-01-01", extensive_search=True)
    day = parse_machine(guess) if guess else None
    if day is None:
        return None
    told = (_SPAN.sub("", block.text) for block in blocks if not _CHANGED.search(block.text))
    shown = {found for text in told for found in days_in(text)}
    shown |= {found for aside in page.iter("aside") for found in days_in(" ".join(aside.itertext()))}
    shown |= {found for meta in page.iter("meta") for found in days_in(meta.get("content", ""))}
    return day if day.moment.date() in {found.moment.date() for found in shown} else None


def says_changed(element: Element) -> bool:
    """Whether a time is that of a change: by its names, or by the words before it."""
    said = " ".join(element.get(name, "") for name in ("property", "name", "itemprop", "class", "rel")).lower()
    if any(word in said for word in _CHANGES) and "publish" not in said:
        return True
    before = element.getprevious()
    parent = element.getparent()
    words = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    return _CHANGED.search(words[-_WORDS_BEFORE:].strip(" ,;|–-")) is not None


def _is_no_place(element: Element) -> bool:
    """Whether no day of publication stands in an element: the frame, entries that lead elsewhere, changes."""
    if element.tag in ("footer", "link", "script", "nav"):
        return True
    if element.tag == "li":
        return element.find(".//a[@href]") is not None
    return says_changed(element)
