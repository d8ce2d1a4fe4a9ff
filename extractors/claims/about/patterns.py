"""The words of subjects: the schema of words.yaml, whose comments say what each key is for."""

import re

from extractors.patterns import Patterns


class AboutWords(Patterns):
    """words.yaml."""

    generic_nouns: frozenset[str]
    surveys: re.Pattern[str]
    question_words: frozenset[str]
    impersonal_verbs: frozenset[str]
    complement_prepositions: frozenset[str]
    receiving: frozenset[str]


WORDS = AboutWords.beside(__file__, "words.yaml")
