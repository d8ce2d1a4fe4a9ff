"""The words of statuses: the schema of lexicon.yaml, whose comments say what each key is for."""

import re

from extractors.patterns import Patterns
from models.statuses import Status


class StatusVerb(Patterns):
    """What a verb says of the state of things."""

    status: Status | None
    participle: str | None = None
    negated: Status | None = None
    progressive: Status | None = None
    perfect: Status | None = None
    with_money: Status | None = None
    needs: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    not_persons: bool = False
    not_reflexive: bool = False
    intransitive: bool = False
    subjects_only: bool = False
    facilities_only: bool = False


class Lexicon(Patterns):
    """lexicon.yaml: which words put things into which state."""

    verbs: dict[str, StatusVerb]
    phrases: dict[str, dict[Status, re.Pattern[str]]]
    object_phrases: frozenset[str]
    persons: tuple[str, ...]
    nouns: dict[str, Status]
    money_nouns: dict[str, dict[str, Status]]
    progressive_adverbs: frozenset[str]


LEXICON = Lexicon.beside(__file__, "lexicon.yaml")
