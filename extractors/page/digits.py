"""How many of a page's figures the release keeps: the first sign that a reading has lost a table or list."""

import re
from collections import Counter

from extractors.page.blocks import BlockReader
from extractors.page.boilerplate import Pruner
from extractors.page.content import find_cards, find_column
from extractors.page.headline import find_headline
from extractors.page.markup import decode, parse
from extractors.page.tidy import is_date_line, is_noise
from models.release import Release

_NUMBER = re.compile(r"\d+")


def digits_kept(body: bytes, release: Release, *, content_type: str | None = None) -> float:
    """Share (0 to 1) of the digits in the page's main content that stand in the release, contact included.

    Raises:
        UnreadablePage: the bytes are no HTML page.
    """
    root = parse(decode(body, content_type))
    page = root.find("body")
    if page is None:
        return 1.0
    headline = find_headline(root)
    blocks = BlockReader(Pruner(headline.element)).read(page)
    column = find_column(blocks, headline, page)
    left_out = find_cards(blocks, column)
    shown: Counter[str] = Counter()
    for block in blocks:
        around = {block.owner, *block.owner.iterancestors()}
        if column in around and left_out.isdisjoint(around) and not (is_noise(block, headline) or is_date_line(block)):
            shown.update(_NUMBER.findall(block.text))
    kept = shown & Counter(_NUMBER.findall(f"{release.text}\n{release.contact}\n{release.kicker}"))
    return _digits(kept) / _digits(shown) if shown else 1.0


def _digits(numbers: Counter[str]) -> int:
    return sum(len(number) * count for number, count in numbers.items())
