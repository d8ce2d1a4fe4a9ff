"""The words around what somebody says: the schema of verbs.yaml, whose comments say what each key is for."""

from extractors.patterns import Patterns


class SpeechVerbs(Patterns):
    """verbs.yaml."""

    saying: frozenset[str]
    stating: dict[str, str | None]
    openers: frozenset[str]
    accounts: frozenset[str]
    reporting_subjunctives: frozenset[str]


VERBS = SpeechVerbs.beside(__file__, "verbs.yaml")
