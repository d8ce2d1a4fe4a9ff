"""Words of a page put together to text."""

from collections.abc import Iterable, Iterator, Sequence

from extractors.document.hyphens import HYPHENS, joined
from extractors.document.words import PageWord, lines_of


def pieces(words: Sequence[PageWord]) -> Iterator[tuple[str, PageWord]]:
    """The words of a paragraph or cell, in their order, as they are put together: each with what stands behind it.

    A hyphen at the end of a line goes where it only broke a word.
    """
    for number, word in enumerate(words):
        text = _plain(word.text)
        behind = words[number + 1] if number + 1 < len(words) else None
        if behind is None:
            yield text, word
        elif _breaks(word, behind) and len(word.text) > 1 and word.text[-1] in HYPHENS:
            between = joined(text[:-1], behind.text)
            yield (text[:-1] if between is None else text[:-1] + between), word
        else:
            yield (text if behind.glued else text + " "), word


def text_of(words: Sequence[PageWord]) -> str:
    """The text of a paragraph or cell."""
    return "".join(text for text, _ in pieces(words)).strip()


def in_lines(words: Iterable[PageWord]) -> list[PageWord]:
    """Words of one cell, line by line; those of a later page behind those of an earlier."""
    by_page: dict[int, list[PageWord]] = {}
    for word in words:
        by_page.setdefault(word.page, []).append(word)
    return [word for page in sorted(by_page) for line in lines_of(by_page[page]) for word in line.words]


def _plain(text: str) -> str:
    return text.translate(_PLAIN)


_PLAIN = {ord(hyphen): "-" for hyphen in HYPHENS}


def _breaks(word: PageWord, behind: PageWord) -> bool:
    """Whether the line ends between two words."""
    return word.page != behind.page or behind.x0 < word.x1 - 1 or behind.y0 > word.middle
