"""The dictionary of German that search terms rest on: simplemma's, as a trie.

Read as a dict it takes seconds and a quarter of a gigabyte of every process; as a trie, which the first process on a
machine makes and keeps in the user's cache folder, it is there at once.
"""

from functools import cache, lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from simplemma import Lemmatizer
    from simplemma.strategies import DictionaryLookupStrategy

_GERMAN = "de"


@cache
def _dictionary() -> "tuple[DictionaryLookupStrategy, Lemmatizer]":
    """The dictionary and what applies its rules; loaded for the first word that is asked for."""
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy
    from simplemma.strategies.dictionaries import TrieDictionaryFactory

    tries = TrieDictionaryFactory()
    return DictionaryLookupStrategy(tries), Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=tries))


@lru_cache(maxsize=100_000)
def in_dictionary(word: str) -> bool:
    """Whether a word is one that anybody may use, in whatever form."""
    words, _ = _dictionary()
    return words.get_lemma(normalize("NFC", word), _GERMAN) is not None


def lemma_of(word: str) -> str:
    """The form under which a word stands in dictionaries, as far as the dictionary and simplemma's rules tell."""
    _, lemmatizer = _dictionary()
    return lemmatizer.lemmatize(word, _GERMAN)
