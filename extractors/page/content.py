"""Finds the column of a page that holds the release, and leaves out what stands around it there."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from extractors.page.blocks import Block
from extractors.page.headline import Headline
from extractors.page.markup import Element
from extractors.page.tidy import is_date_line, is_interface, section_of, tidy

_DESCENT = 0.8
"""Share of the text that a child must hold to be taken for the column instead of its parent."""
_COLUMN_ROLES = frozenset({"main", "article"})
_LEAD_CLASS = re.compile(
    r"(?:^|[\s_-])(?:lead|intro(?:duction)?|teaser|abstract|excerpt|summary|vorspann|anleser|description|sub-?(?:line|title|head"
    r"(?:line)?)|unter(?:titel|zeile)|standfirst)(?:$|[\s_-])",
    re.I,
)
_TEASERS = re.compile(r"teaser|(?:^|[\s_-])(?:cards?|news-?list|article-?list|related)(?:$|[\s_-])", re.I)
_LABEL_CLASS = re.compile(
    r"kicker|dachzeile|top-?line|rubri[kc]|date|datum|meta|info|author|autor|categor|kategor|label|credit|caption", re.I
)
_MAX_CARD = 600
_FEWEST_WORDS = 4
"""Words of a line below the headline that says something of its own."""


def find_column(blocks: Sequence[Block], headline: Headline, body: Element) -> Element:
    """The element that holds nearly all running text that belongs to the headline."""
    after = blocks[_after_headline(blocks, headline) :]
    totals = _text_by_element(after) or _text_by_element(blocks)  # what stands before a headline is of the site
    start = body
    if headline.element is not None:
        for ancestor in headline.element.iterancestors():
            if totals.get(ancestor) and (ancestor.tag in _COLUMN_ROLES or ancestor.get("role") in _COLUMN_ROLES):
                start = ancestor
                break
    column = start
    while children := [child for child in column if totals.get(child, 0) >= _DESCENT * totals[column] > 0]:
        if not _holds_blocks(children[0]):
            break
        column = children[0]
    return column


def _holds_blocks(element: Element) -> bool:
    # A list or table is content of the column, and a paragraph is never the column itself.
    return (
        element.tag not in ("p", "ul", "ol", "table", "tbody", "dl", "blockquote", "li", "tr", "td")
        or element.find(".//p") is not None
    )


def _text_by_element(blocks: Sequence[Block]) -> dict[Element, float]:
    totals: dict[Element, float] = defaultdict(float)
    for block in blocks:
        if value := _value(block):
            totals[block.owner] += value
            for ancestor in block.owner.iterancestors():
                totals[ancestor] += value
    return totals


def _value(block: Block) -> float:
    if block.links > 0.4:
        return 0
    if block.role in ("paragraph", "quote"):
        return len(block.text) if block.is_sentence or len(block.text) >= 120 else 0
    if block.role in ("list_item", "table_cell"):
        return len(block.text) / 2 if len(block.text) >= 20 else 0
    return 0


def select(blocks: Sequence[Block], headline: Headline, column: Element, cards: set[Element]) -> list[Block]:
    """The blocks of the release in reading order, headline and cards excluded, contact blocks included."""
    if cards:
        blocks = [block for block in blocks if cards.isdisjoint((block.owner, *block.owner.iterancestors()))]
    start = _after_headline(blocks, headline)
    inside = [block for block in blocks[start:] if _is_inside(block, column)]
    leads = _leads_above(blocks[start:], column, headline)
    if not inside and not leads:
        inside = [block for block in blocks if _is_inside(block, column)]
    return tidy(leads + _opened(inside), headline)


def _after_headline(blocks: Sequence[Block], headline: Headline) -> int:
    element = headline.element
    last = 0
    if element is not None:
        for number, block in enumerate(blocks):
            if block.owner is element or element in block.owner.iterancestors(str(element.tag)):
                last = number + 1
            elif last:
                break
    return last


def _is_inside(block: Block, column: Element) -> bool:
    return block.owner is column or column in block.owner.iterancestors(str(column.tag))


def _leads_above(blocks: Sequence[Block], column: Element, headline: Headline) -> list[Block]:
    """Sentences between headline and column: sites often set the lead apart from the body."""
    around = set(column.iterancestors())
    beside = set() if headline.element is None else set(islice(headline.element.iterancestors("div", "header"), 2))
    leads: list[Block] = []
    for block in blocks:
        if _is_inside(block, column):
            return leads
        if block.role in ("paragraph", "quote", "heading") and block.links < 0.4 and _reads_like_lead(block):
            shared = next((ancestor for ancestor in block.owner.iterancestors() if ancestor in around), None)
            stands_beside = not beside.isdisjoint(block.owner.iterancestors())
            if shared is not None and (shared.tag != "body" or is_lead(block) or stands_beside):
                leads.append(block)
    return []


def _reads_like_lead(block: Block) -> bool:
    if is_interface(block) or is_date_line(block):
        return False
    if block.role == "heading":
        return len(block.text) >= 40
    return block.is_sentence or (len(block.text.split()) >= _FEWEST_WORDS and is_lead(block))


def is_lead(block: Block) -> bool:
    """Whether the markup calls a block the lead."""
    for element in (block.owner, *list(block.owner.iterancestors())[:2]):
        if _LEAD_CLASS.search(element.get("class", "")) or element.get("itemprop") == "description":
            return True
    return False


def find_cards(blocks: Sequence[Block], column: Element) -> set[Element]:
    """The teasers of other pages in a column: boxes whose heading is one link, and entries of lists of teasers."""
    around = {column, *column.iterancestors()}
    linked = [block for block in blocks if block.links > 0.8]
    boxes = {section_of(block) for block in linked if block.role == "heading"}
    boxes |= {entry for block in linked if (entry := _teaser_around(block)) is not None}
    return {box for box in boxes - around if len("".join(box.itertext())) <= _MAX_CARD}


def _teaser_around(block: Block) -> Element | None:
    """The entry of a list that calls itself one of teasers, where the block is the link that it begins with."""
    for element in (block.owner, *islice(block.owner.iterancestors(), 3)):
        if element.tag == "li":
            holder = element.getparent()
            named = f"{element.get('class', '')} {'' if holder is None else holder.get('class', '')}"
            return element if _TEASERS.search(named) else None
    return None


def _opened(blocks: list[Block]) -> list[Block]:
    """Drop lines above the first real paragraph, such as toplines, office names and picture hints."""
    for number, block in enumerate(blocks):
        if _opens_text(block):
            first = number
            while first and (blocks[first - 1].role == "heading" or _is_topic(blocks[first - 1], block)):
                first -= 1
            return [block for block in blocks[:first] if _is_subheadline(block)] + blocks[first:]
    return blocks


def _is_subheadline(block: Block) -> bool:
    return block.role == "heading" and block.links < 0.4 and len(block.text.split()) >= _FEWEST_WORDS


def _is_topic(block: Block, first: Block) -> bool:
    """Whether a short line is a paragraph like the first one beside it, and no topline set apart from the text."""
    return (
        block.role == "paragraph"
        and block.owner.tag == first.owner.tag == "p"
        and not _LABEL_CLASS.search(block.owner.get("class", ""))
        and block.owner.getparent() is first.owner.getparent()
        and block.links < 0.4
        and not (is_interface(block) or is_date_line(block))
    )


def _opens_text(block: Block) -> bool:
    if block.role in ("list_item", "table_cell"):
        return block.links < 0.4 and len(block.text) >= 30 and not is_interface(block)
    if block.role not in ("paragraph", "quote") or block.links >= 0.6:
        return False
    return len(block.text) >= 80 or _reads_like_lead(block)
