"""In which language the command line speaks: that of `--lang`, else that of the locale.

What it says stands in the code in English; `locale/de.po` has it in German. Errors of all layers are raised as finished
English sentences, and recognised where they leave the program.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from models.language import LANGUAGES, Language

OPTION = "--lang"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_FIELD = re.compile(r"\{(\w+)[^{}]*\}")

_SAYINGS = frozenset(
    {"called", "choices", "ended", "error", "failure", "families", "hint", "problem", "reason", "reasons"}
)
"""Fields in which messages quote messages; in the others stands what users and the world have written."""
_COUNT = "count"
"""The field that holds digits alone."""

_spoken: Language = "en"


def language() -> Language:
    """The language that is spoken."""
    return _spoken


def speak(wanted: Language) -> None:
    """Lets what is said from now on be said in a language."""
    global _spoken
    _spoken = wanted


def language_of(arguments: Sequence[str]) -> tuple[Language, list[str]]:
    """The language that a call asks for, and its other arguments.

    It may be asked for anywhere, and is known before options are read, since their helps and errors are in it.
    """
    locale = next((os.environ[name] for name in _LOCALE if os.environ.get(name)), "")
    asked: Language = "de" if re.match("de(?![a-z])", locale) else "en"
    others: list[str] = []
    words = iter(arguments)
    for word in words:
        given = [word, *islice(words, 1)] if word == OPTION else word.split("=", 1)
        named = [each for each in LANGUAGES if given == [OPTION, each]]
        if named:
            (asked,) = named
        else:
            others += given if word == OPTION else [word]
    return asked, others


def _(message: str, **fields: Any) -> str:
    """A message in the language that is spoken, with its fields filled in."""
    said = _messages().get(message, message)
    return said.format(**fields) if fields else said


def recognised(sentence: str) -> str:
    """A finished English sentence in the language that is spoken; as it is where the catalogue has nothing like it."""
    if not _messages():
        return sentence
    return "\n".join(_recognised(line) for line in sentence.split("\n"))


def _messages() -> dict[str, str]:
    if _spoken == "en":
        return {}
    from output.catalogue import messages

    return messages("cli", _spoken)


def _recognised(sentence: str) -> str:
    exact = _messages().get(sentence)
    if exact is not None:
        return exact
    for pattern, said in _patterns(_spoken):
        if found := pattern.fullmatch(sentence):
            # What a message quotes may be a message itself: "… could not be read: robots.txt does not allow it."
            return _FIELD.sub(lambda field: _filled(field[1], found[field[1]]), said)
    return sentence


def _filled(field: str, words: str) -> str:
    return _recognised(words) if field in _SAYINGS else words


@lru_cache
def _patterns(_language: Language) -> list[tuple[re.Pattern[str], str]]:
    """What finished sentences look like, beside the messages that say the same; who has most words of its own first."""
    with_fields = {message: said for message, said in _messages().items() if _FIELD.search(message)}
    by_words = sorted(with_fields, key=lambda message: len(_FIELD.sub("", message)), reverse=True)
    return [(re.compile(_pattern(message), re.DOTALL), with_fields[message]) for message in by_words]


def _pattern(message: str) -> str:
    literal, *rest = _FIELD.split(message)
    made, named = re.escape(literal), set[str]()
    for name, after in zip(rest[::2], rest[1::2], strict=True):
        words = r"[\d.,]+" if name == _COUNT else ".*?"
        made += (f"(?P={name})" if name in named else f"(?P<{name}>{words})") + re.escape(after)
        named.add(name)
    return made
