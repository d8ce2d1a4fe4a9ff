"""How German names are inflected: adjectives in them take any ending, nouns a genitive s."""

import re
from collections.abc import Iterator, Sequence

_ADJECTIVE = re.compile(r"([A-ZÄÖÜ]?[a-zäöüß]{3,})e[nrsm]?")
_ADJECTIVE_ENDINGS = ("en", "er", "es", "em", "e", "n", "r", "s", "m")
_GENITIVE_ENDINGS = ("es", "s")
_NOMINATIVE_ENDINGS = ("er", "es", "e", "en")


def word_forms(name: str) -> list[tuple[str, Sequence[str]]]:
    """The words of a name, each with the endings that it may have in a text."""
    words = name.split()
    forms: list[tuple[str, Sequence[str]]] = []
    for word in words:
        adjective = _ADJECTIVE.fullmatch(word) if len(words) > 1 else None
        if adjective:
            forms.append((adjective[1], _ADJECTIVE_ENDINGS))
        else:
            forms.append((word, () if word[-1] in "s!?.+" or not word[0].isupper() else _GENITIVE_ENDINGS))
    return forms


def nominatives(word: str) -> Iterator[str]:
    """What a capitalised word of a text may be in a name: "Städtischen" is "Städtische", "Preises" is "Preis"."""
    if not word[:1].isupper():
        return
    if (adjective := _ADJECTIVE.fullmatch(word)) is not None:
        yield from (adjective[1] + ending for ending in _NOMINATIVE_ENDINGS)
    yield from (word.removesuffix(ending) for ending in _GENITIVE_ENDINGS if word.endswith(ending))
