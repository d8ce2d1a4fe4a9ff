"""The words of time: the schema of words.yaml, whose comments say what each key is for."""

from extractors.patterns import Patterns


class WhenWords(Patterns):
    """words.yaml."""

    now: frozenset[str]
    still: frozenset[str]
    between: frozenset[str]
    extents: frozenset[str]
    as_at: tuple[str, ...]
    being: frozenset[str]
    past_it: frozenset[str]
    since_clauses: frozenset[str]
    since_then: frozenset[str]
    pronouns: frozenset[str]


WORDS = WhenWords.beside(__file__, "words.yaml")
