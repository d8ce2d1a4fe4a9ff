"""What the components find for all tokens of a document, kept as lists of words beside spaCy's arrays of numbers.

Each component reads what those before it have found; turning the numbers into words again each time took longer
than the rules that look at them.
"""

from itertools import pairwise
from typing import Any

import numpy as np
from spacy.attrs import IDX, LEMMA, ORTH, SENT_START, TAG
from spacy.tokens import Doc

_KEPT, _SMALL, _STARTS = "bilanz_columns", "bilanz_small", "bilanz_starts"
_SENTENCES, _TEXT = "bilanz_sentences", "bilanz_text"
_NO_START = 2**64 - 1
"""-1 as an unsigned number: spaCy's mark for "no sentence starts here"."""


def forms(doc: Doc) -> list[str]:
    """The texts of all tokens."""
    return _column(doc, ORTH)


def small(doc: Doc) -> list[str]:
    """The texts of all tokens in small letters."""
    kept: list[str] | None = doc.user_data.get(_SMALL)
    if kept is None:
        kept = doc.user_data[_SMALL] = [form.lower() for form in forms(doc)]
    return kept


def tags(doc: Doc) -> list[str]:
    """The tags of all tokens, as they were set last; empty where there is none."""
    return _column(doc, TAG)


def lemmas(doc: Doc) -> list[str]:
    """The lemmas of all tokens; empty where there is none."""
    return _column(doc, LEMMA)


def keep_forms(doc: Doc, text: str, words: list[str], offsets: list[int]) -> None:
    """Remembers the text that a document was made of, and the texts and offsets of its tokens."""
    _columns(doc)[ORTH] = words
    doc.user_data[_STARTS] = offsets
    doc.user_data[_TEXT] = text


def set_tags(doc: Doc, values: list[str]) -> None:
    """Sets the tags of all tokens."""
    _set(doc, TAG, values)


def set_lemmas(doc: Doc, values: list[str]) -> None:
    """Sets the lemmas of all tokens."""
    _set(doc, LEMMA, values)


def text(doc: Doc) -> str:
    """The document's text."""
    kept: str | None = doc.user_data.get(_TEXT)  # Doc.text makes an object of each token
    return doc.text if kept is None else kept


def starts(doc: Doc) -> list[int]:
    """The character offsets of all tokens."""
    kept: list[int] | None = doc.user_data.get(_STARTS)
    return numbers(doc, IDX) if kept is None else kept


def sentences(doc: Doc) -> list[tuple[int, int]]:
    """First token and end of each sentence."""
    kept: list[tuple[int, int]] | None = doc.user_data.get(_SENTENCES)
    return _bounds([mark == 1 for mark in numbers(doc, SENT_START)]) if kept is None else kept


def set_sentence_starts(doc: Doc, begins: list[bool]) -> None:
    """Sets for all tokens whether a sentence begins with them."""
    # One call for all: Token.is_sent_start looks through the whole Doc each time it is set.
    doc.from_array([SENT_START], array([1 if begin else _NO_START for begin in begins]))
    doc.user_data[_SENTENCES] = _bounds(begins)


def _bounds(begins: list[bool]) -> list[tuple[int, int]]:
    firsts = [index for index, begin in enumerate(begins) if begin or index == 0]
    return list(pairwise([*firsts, len(begins)]))


def read(doc: Doc, attribute: int) -> list[str]:
    """An attribute of all tokens as it stands in the document now."""
    strings = doc.vocab.strings
    keys = numbers(doc, attribute)
    names = {key: strings[key] if key else "" for key in set(keys)}
    return [names[key] for key in keys]


def numbers(doc: Doc, attribute: int) -> list[int]:
    """The numbers by which spaCy knows an attribute of all tokens."""
    array: Any = doc.to_array([attribute])
    values: list[int] = array.ravel().tolist()
    return values


def array(keys: list[int]) -> Any:
    """Numbers of one attribute for all tokens, as `Doc.from_array` wants them."""
    return np.array(keys, dtype="uint64").reshape(-1, 1)


def _columns(doc: Doc) -> dict[int, list[str]]:
    columns: dict[int, list[str]] = doc.user_data.setdefault(_KEPT, {})
    return columns


def _column(doc: Doc, attribute: int) -> list[str]:
    columns = _columns(doc)
    if attribute not in columns:
        columns[attribute] = read(doc, attribute)
    return columns[attribute]


def _set(doc: Doc, attribute: int, values: list[str]) -> None:
    strings = doc.vocab.strings
    keys = {value: strings.add(value) for value in set(values)}
    doc.from_array([attribute], array([keys[value] for value in values]))
    _columns(doc)[attribute] = values
