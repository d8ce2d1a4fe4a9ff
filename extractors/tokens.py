"""A document's tokens as plain lists, read once: the rules look at every token several times."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from extractors.german.words import columns

NOUNS = frozenset({"NN", "NE", "FM"})
DETERMINERS = frozenset({"ART", "PDAT", "PPOSAT"})
PREPOSITIONS = frozenset({"APPR", "APPRART"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words, tags (STTS), lemmas and offsets of a document, by token index.

    `sentence` gives each token the index of its sentence, `sentences` the token bounds of each sentence.
    """

    words: list[str]
    small: list[str]
    """The words in small letters."""
    tags: list[str]
    nouns: list[int]
    """Where common and proper nouns stand: what looks for names need not walk over all other words each time."""
    lemmas: list[str]
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    sentences: list[tuple[int, int]]
    text: str
    title_end: int
    """Character offset at which the title ends: at the first empty line."""

    def at(self, offset: int) -> int:
        """Index of the token that holds a character, or that follows it where it is white space."""
        index = max(0, bisect_right(self.starts, offset) - 1)
        return index if offset < self.ends[index] or index + 1 == len(self.words) else index + 1

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of the tokens from `first` to `last`, both included."""
        return self.starts[first], self.ends[last]

    def word(self, index: int) -> str:
        """The word at an index in small letters; empty outside of the document."""
        return self.small[index] if 0 <= index < len(self.words) else ""

    def before(self, index: int) -> str:
        """The word before a token in small letters; empty at the beginning."""
        return self.small[index - 1] if index > 0 else ""

    def tag(self, index: int) -> str:
        """The tag at an index; empty outside of the document."""
        return self.tags[index] if 0 <= index < len(self.tags) else ""

    def is_noun(self, index: int) -> bool:
        """Whether a token is a common or proper noun, or a foreign word."""
        return self.tag(index) in NOUNS

    def nouns_between(self, first: int, stop: int) -> list[int]:
        """Where common and proper nouns stand from a token on and before another."""
        return self.nouns[bisect_left(self.nouns, first) : bisect_left(self.nouns, stop)]

    def is_space(self, index: int) -> bool:
        """Whether a token is white space only."""
        return self.words[index].isspace()


def tokens(doc: Doc) -> Tokens:
    """The document's tokens, made at the first call."""
    kept: Any = doc.user_data.get("bilanz_tokens")
    if kept is None:
        kept = doc.user_data["bilanz_tokens"] = _read(doc)
    result: Tokens = kept
    return result


def _read(doc: Doc) -> Tokens:
    # Lists instead of Token objects: making those took as long as all rules together.
    words, starts, bounds = columns.forms(doc), columns.starts(doc), columns.sentences(doc)
    text = columns.text(doc)
    title_end, tags = text.find("\n\n"), columns.tags(doc)
    return Tokens(
        words,
        columns.small(doc),
        tags,
        [index for index, tag in enumerate(tags) if tag in ("NN", "NE")],
        columns.lemmas(doc),
        starts,
        [start + len(word) for start, word in zip(starts, words, strict=True)],
        [number for number, (start, end) in enumerate(bounds) for _ in range(start, end)],
        bounds,
        text,
        len(text) if title_end < 0 else title_end,
    )
