"""Finished English sentences in German: errors of all layers are raised so, and recognised where people read them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from models.language import Language
from output.catalogue import messages
from output.dates import stamps_shown

_FIELD = re.compile(r"\{(\w+)[^{}]*\}")
_SAYINGS = frozenset(
    {"called", "choices", "ended", "error", "failure", "families", "hint", "problem", "reason", "reasons"}
)
"""Fields in which messages quote messages; in the others stands what users and the world have written."""
_COUNT = re.compile(r"count(?:_\d)?")
"""Fields that hold digits alone."""


def recognised(sentence: str, language: Language, *packages: str) -> str:
    """A sentence, or several lines of them, in a language; as it is where no catalogue has anything like it.

    Args:
        sentence: in English.
        language: of the reader.
        packages: whose catalogues are looked at beside that of errors.
    """
    if language == "en":
        return sentence
    return "\n".join(_recognised(line, language, packages) for line in sentence.split("\n"))


@lru_cache
def known(language: Language, packages: tuple[str, ...]) -> dict[str, str]:
    """Messages in English, each with what it is in a language."""
    return dict(chain.from_iterable(messages(each, language).items() for each in ("models", *packages)))


def _recognised(sentence: str, language: Language, packages: tuple[str, ...]) -> str:
    exact = known(language, packages).get(sentence)
    if exact is not None:
        return exact
    for pattern, said in _patterns(language, packages):
        if found := pattern.fullmatch(sentence):
            # What a message quotes may be a message itself: "… could not be read: robots.txt does not allow it."
            parts = {name: _part(name, words, language, packages) for name, words in found.groupdict().items()}
            literal, *rest = _FIELD.split(said)
            return literal + "".join(parts[name] + after for name, after in zip(rest[::2], rest[1::2], strict=True))
    return sentence


def _part(name: str, words: str, language: Language, packages: tuple[str, ...]) -> str:
    if name in _SAYINGS:
        return _recognised(words, language, packages)
    return stamps_shown(words, language) if name == "day" else words


@lru_cache
def _patterns(language: Language, packages: tuple[str, ...]) -> list[tuple[re.Pattern[str], str]]:
    """What finished sentences look like, beside the messages that say the same; who has most words of its own first."""
    with_fields = {message: said for message, said in known(language, packages).items() if _FIELD.search(message)}
    by_words = sorted(with_fields, key=lambda message: len(_FIELD.sub("", message)), reverse=True)
    return [(re.compile(_pattern(message), re.DOTALL), with_fields[message]) for message in by_words]


def _pattern(message: str) -> str:
    literal, *rest = _FIELD.split(message)
    made, named = re.escape(literal), set[str]()
    for name, after in zip(rest[::2], rest[1::2], strict=True):
        words = r"[\d.,]+" if _COUNT.fullmatch(name) else ".*?"
        made += (f"(?P={name})" if name in named else f"(?P<{name}>{words})") + re.escape(after)
        named.add(name)
    return made
