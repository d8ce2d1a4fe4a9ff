"""The words of statuses: the schemas of this folder's YAML files, whose heads say what each key is for."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from pydantic import Field

from extractors.patterns import Patterns
from models.statuses import Status

States = Literal["numbers", "names"]
ThemeRole = Literal["subject", "object", "either", "attribute"]
"""The role of what is put into a state; "attribute" stands behind the noun that says so."""


class StatusVerb(Patterns):
    """What a verb says of the state of things."""

    status: Status | None = None
    participle: str | None = None
    participles: dict[str, Status] = Field(default={})
    negated: Status | None = None
    progressive: Status | None = None
    perfect: Status | None = None
    reflexive: Status | None = None
    with_money: Status | None = None
    with_modal: dict[str, Status] = Field(default={})
    by_object: dict[Status, tuple[str, ...]] = Field(default={})
    needs: tuple[str, ...] = ()
    numbers_of: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    clause_objects: frozenset[str] = frozenset()
    not_objects: tuple[str, ...] = ()
    not_subject: tuple[str, ...] = ()
    participle_not: tuple[str, ...] = ()
    voice: frozenset[str] = frozenset()
    not_persons: bool = False
    not_reflexive: bool = False
    present_only: bool = False
    facilities_only: bool = False
    intransitive: bool = False
    subjects_only: bool = False
    states: States | None = None


class Verbs(Patterns):
    """verbs.yaml."""

    verbs: dict[str, StatusVerb]


class Phrase(Patterns):
    """A noun or uninflected word that says something with some verbs."""

    noun: tuple[str, ...] = ()
    adverb: tuple[str, ...] = ()
    preposition: tuple[str, ...] = ()
    verbs: frozenset[str]
    status: Status | None = None
    money: Status | None = None
    named: Status | None = None
    negated: Status | None = None
    theme: ThemeRole | None = None
    compounds: bool = False
    not_nouns: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    not_needs: tuple[str, ...] = ()
    not_subject: frozenset[str] = frozenset()
    not_persons: bool = False
    facilities_only: bool = False
    states: States | None = None


class Phrases(Patterns):
    """phrases.yaml."""

    participles: dict[str, str]
    transitive: frozenset[str]
    phrases: tuple[Phrase, ...]


class EventNoun(Patterns):
    """What a noun of doing says of its complement."""

    status: Status
    kind: Literal["event", "action", "act"]
    complements: frozenset[str]
    verbs: dict[str, Status | None] = Field(default={})
    by_object: dict[Status, tuple[str, ...]] = Field(default={})
    needs: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    compounds: bool = False
    not_compounds: frozenset[str] = frozenset()
    singular: bool = False
    no_preposition: bool = False
    only_verbs: bool = False
    headline: bool = True
    not_persons: bool = False
    facilities_only: bool = False
    states: States | None = None


class StatusNouns(Patterns):
    """nouns.yaml."""

    events: dict[str, EventNoun]
    reporting_verbs: frozenset[str]
    planning_verbs: frozenset[str]
    announcing: frozenset[str]
    dating: frozenset[str]
    dating_unless_announced: frozenset[str]
    no_action_behind: frozenset[str]
    times: frozenset[str]
    counted: dict[str, Status | None]
    money_before: dict[str, Status | None]
    money_after: tuple[str, ...]
    money_from: tuple[str, ...]
    persons: re.Pattern[str]
    facilities: re.Pattern[str]
    partly: frozenset[str]
    partly_phrases: tuple[str, ...]
    nearly: frozenset[str]
    wholly: frozenset[str]


class Stateless(Patterns):
    """stateless.yaml: what was looked at and states nothing."""

    verbs: frozenset[str]
    light_verbs: frozenset[str]
    participles: frozenset[str]
    adjectives: frozenset[str]
    nouns: frozenset[str]


VERBS = Verbs.beside(__file__, "verbs.yaml").verbs
PHRASES = Phrases.beside(__file__, "phrases.yaml")
NOUNS = StatusNouns.beside(__file__, "nouns.yaml")


def ends_so(noun: str, ends: tuple[str, ...]) -> bool:
    """Whether a noun is one of some nouns or a compound that ends in one."""
    return noun.lower().endswith(_small(ends))


def any_ends_so(nouns: Iterable[str], ends: tuple[str, ...]) -> bool:
    """Whether one of several nouns does."""
    small = _small(ends)
    return any(noun.lower().endswith(small) for noun in nouns)


@lru_cache(maxsize=2_000)
def _small(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)


def by_end(noun: str, statuses: dict[str, Status | None]) -> Status | None:
    """The status of a noun, or of the longest end of it that has one: "Landeszuschuss" of "Zuschuss"."""
    longest = max((end for end in statuses if ends_so(noun, (end,))), key=len, default=None)
    return None if longest is None else statuses[longest]
