"""In which language the command line speaks: that of `--lang`, else that of the locale.

What it says stands in the code in English; `locale/de.po` has it in German. Errors of all layers are raised as finished
English sentences, and recognised where they leave the program (`output.recognised`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from models.language import LANGUAGES, Language

OPTION = "--lang"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_PACKAGE = "cli"
"""Whose catalogue it is."""

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
    if _spoken == "en":
        return sentence
    from output.recognised import recognised as recognised_in

    return recognised_in(sentence, _spoken, _PACKAGE)


def _messages() -> dict[str, str]:
    if _spoken == "en":
        return {}
    from output.recognised import known

    return known(_spoken, (_PACKAGE,))
