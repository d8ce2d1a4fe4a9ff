"""How well a document was read: reading order, rows, states."""

from collections import Counter
from itertools import pairwise

from models.document import Document


def order_kept(document: Document, words: tuple[str, ...]) -> float:
    """Share of the neighbouring words of a report that are neighbours in the text that was read."""
    found = Counter(pairwise(word for word in document.text.split() if word != "|"))
    wanted = Counter(pairwise(words))
    return sum((found & wanted).values()) / sum(wanted.values())


def rows_of(document: Document) -> list[tuple[str, ...]]:
    """The cells of all rows."""
    return [tuple(document.text[c.start : c.end] for c in row) for table in document.tables for row in table.rows]
