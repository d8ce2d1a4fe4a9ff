"""The words of counting: the schema of words.yaml, whose comments say what each key is for."""

from extractors.patterns import Patterns


class CountedWords(Patterns):
    """words.yaml."""

    govern_von: frozenset[str]
    further: tuple[str, ...]
    changing: frozenset[str]
    no_things: tuple[str, ...]
    auxiliaries: frozenset[str]
    selecting: frozenset[str]
    number_nouns: tuple[str, ...]
    no_number_of: frozenset[str]
    number_pronouns: dict[str, int]
    pronouns_of_whole: frozenset[str]


WORDS = CountedWords.beside(__file__, "words.yaml")
