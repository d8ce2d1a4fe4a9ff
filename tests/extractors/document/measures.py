"""How well a document was read: reading order, rows, and what stands where its claims are marked."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from extractors.document.pdf import opened, rectangles
from models.claim import Claim
from models.document import Document


def order_kept(document: Document, words: tuple[str, ...]) -> float:
    """Share of the neighbouring words of a report that are neighbours in the text that was read."""
    found = Counter(pairwise(word for word in document.text.split() if word != "|"))
    wanted = Counter(pairwise(words))
    return sum((found & wanted).values()) / sum(wanted.values())


def rows_of(document: Document) -> list[tuple[str, ...]]:
    """The cells of all rows."""
    return [tuple(document.text[c.start : c.end] for c in row) for table in document.tables for row in table.rows]


def marked_otherwise(body: bytes, document: Document, claims: Iterable[Claim]) -> list[tuple[str, str]]:
    """The quotes of claims under whose marks other words stand, with these."""
    wrong = []
    with opened(body) as pages:
        for claim in claims:
            runs = defaultdict(list)
            for run in document.runs(claim.start, claim.end):
                runs[run.page].append((run.index, run.length))
            words = " ".join(rectangles(pages[page], found)[1] for page, found in runs.items())
            if words.split() != claim.quote.split():
                wrong.append((claim.quote, words))
    return wrong
