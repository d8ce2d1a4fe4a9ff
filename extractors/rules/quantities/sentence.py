"""A sentence of a document, as the rule for quantities reads it: on its text first, then on its tokens."""

from dataclasses import dataclass

from extractors.tokens import Tokens


@dataclass(frozen=True, slots=True)
class SentenceText:
    """A sentence of the document: token bounds, text and its offset."""

    first: int
    stop: int
    text: str
    offset: int


def sentence(tokens: Tokens, first: int, stop: int) -> SentenceText:
    """The sentence of the tokens from `first` to before `stop`."""
    start, end = tokens.starts[first], tokens.ends[stop - 1]
    return SentenceText(first, stop, tokens.text[start:end], start)
