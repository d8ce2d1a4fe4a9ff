"""What a reading left out of the text that a page shows: nothing that reads like text is lost without a word."""

import re
from collections.abc import Callable, Collection, Sequence

from extractors.page.blocks import Block, BlockReader
from extractors.page.boilerplate import Pruner
from extractors.page.contact import split_contact
from extractors.page.content import find_cards, find_column
from extractors.page.dates import DATE
from extractors.page.headline import Headline, find_headline
from extractors.page.markup import Element
from extractors.page.tidy import is_interface, is_noise, names_days, without_related

LEFT_OUT = "Left out although it reads like text"
"""How a warning of a release begins that quotes what its reading left out."""

_SHOWN = 3
"""Pieces of text that a warning quotes; the others are counted."""
_LONGEST_QUOTE = 90
_AREA = frozenset({"main", "article"})
_FEWEST_WORDS = 4
_SHORTEST = 12
_SOMETHING = re.compile(r"\d|[.!?…:]\W{0,3}(?:\n|$)")
"""What text that holds numbers or sentences has somewhere."""
_DATE = re.compile(DATE)
_DIGIT = re.compile(r"\d")


def left_out(blocks: Sequence[Block], headline: Headline, column: Element, read: str) -> list[Block]:
    """The blocks of the page's main part that read like text or hold numbers, and are not in what was read.

    Args:
        blocks: all blocks of the page, in reading order.
        column: where the release stands.
        read: all that was read of the page, contact, kicker and title included.
    """
    texts = set(read.split("\n"))
    missed = [block for block in blocks if block.text not in texts and _matters(block, headline)]
    known = _plain(read) if missed else ""
    missed = [block for block in missed if _plain(block.text) not in known]
    if not missed:
        return []
    area, cards = {_area(column)}, find_cards(blocks, column)
    inside = [block for block in blocks if _is_in(block, area) and not _is_in(block, cards)]
    rest, _ = split_contact(without_related(inside))
    ids = {id(block) for block in rest}
    return [block for block in missed if id(block) in ids]


def doubted(pruner: Pruner, headline: Headline, column: Element, read: str) -> list[Block]:
    """As `left_out`, of what was left out for its name or place on the page alone."""
    area = _area(column)
    found: list[Block] = []
    for element in pruner.doubtful:
        if area in element.iterancestors() and _SOMETHING.search("".join(element.itertext())):
            found += left_out(BlockReader(Pruner(element)).read(element), headline, element, read)
    return found


def unread(root: Element, read: str) -> list[Block]:
    """As `left_out`, of a page that was read by selectors."""
    body = root.find("body")
    if body is None:
        return []
    headline = find_headline(root)
    pruner = Pruner(headline.element)
    blocks = BlockReader(pruner).read(body)
    column = find_column(blocks, headline, body)
    return left_out(blocks, headline, column, read) + doubted(pruner, headline, column, read)


def warning_of(blocks: Sequence[Block]) -> tuple[str, ...]:
    """One sentence that quotes what was left out, none where nothing was."""
    if not blocks:
        return ()
    quotes = ", ".join(f"„{_shortened(block.text)}“" for block in blocks[:_SHOWN])
    more = f" and {len(blocks) - _SHOWN} more" if len(blocks) > _SHOWN else ""
    return (f"{LEFT_OUT}: {quotes}{more}.",)


def taken_up(
    chosen: Sequence[Block], missed: Sequence[Block], blocks: Sequence[Block], agrees: Callable[[Block], bool]
) -> list[Block]:
    """The chosen blocks with those of the missed ones that a second reading has too, in reading order."""
    wanted = {id(block) for block in (*chosen, *(block for block in missed if agrees(block)))}
    return [block for block in blocks if id(block) in wanted]


_MANY_TAGS = 5000


def second_reading(page: str) -> Callable[[Block], bool]:
    """Whether trafilatura takes a block for text of the page."""
    from trafilatura import extract  # takes half a second, and few pages need it

    # Its further readings take the square of a page's length.
    theirs = _plain(extract(page, include_comments=False, fast=page.count("<") > _MANY_TAGS) or "")
    return lambda block: _plain(block.text) in theirs


def _area(column: Element) -> Element:
    """The outermost element around the column that calls itself the main part or an article."""
    around = [column, *column.iterancestors()]
    named = [element for element in around if element.tag in _AREA or element.get("role") in _AREA]
    if named:
        return named[-1]
    parent = column.getparent()
    return column if parent is None else parent


def _is_in(block: Block, elements: Collection[Element]) -> bool:
    return block.owner in elements or any(ancestor in elements for ancestor in block.owner.iterancestors())


def _matters(block: Block, headline: Headline) -> bool:
    text = block.text
    if block.links > 0.4 or len(text) < _SHORTEST:
        return False
    # The day of a picture says nothing of the release.
    counts = (
        _DIGIT.search(_DATE.sub("", text) if block.role == "caption" else text) and len(text.split()) >= _FEWEST_WORDS
    )
    if block.role == "caption":
        return bool(counts) and not is_interface(block)
    if not (counts or (block.is_sentence and block.role != "table_cell")):
        return False
    if headline.element is not None and _is_in(block, {headline.element}):
        return False
    return not (is_noise(block, headline) or names_days(text))


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
