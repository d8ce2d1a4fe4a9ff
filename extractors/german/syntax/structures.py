"""What the clause and noun phrase rules find. All numbers are token indices of the document."""

from dataclasses import dataclass
from typing import Literal

Tense = Literal["present", "past", "perfect", "pluperfect", "future", "none"]
Mood = Literal["indicative", "subjunctive1", "subjunctive2", "imperative"]
Voice = Literal["active", "passive", "state"]
ClauseKind = Literal["main", "subordinate", "relative", "infinitive", "fragment"]

FINITE = frozenset({"VVFIN", "VAFIN", "VMFIN", "VVIMP", "VAIMP"})
NONFINITE = frozenset({"VVPP", "VAPP", "VMPP", "VVINF", "VAINF", "VMINF", "VVIZU"})
PARTICIPLES = frozenset({"VVPP", "VAPP", "VMPP"})
INFINITIVES = frozenset({"VVINF", "VAINF", "VMINF"})
RELATIVES = frozenset({"PRELS", "PRELAT"})


@dataclass(frozen=True, slots=True)
class VerbComplex:
    """The verb forms of a clause, taken together.

    `finite` may lie outside the clause where clauses share it ("42 sind abgeschlossen, 15 eingestellt").
    Without a finite verb the tense is "none" and the mood "indicative".
    """

    finite: int | None
    nonfinite: tuple[int, ...]
    particle: int | None
    negation: tuple[int, ...]
    modal: str | None
    tense: Tense
    mood: Mood
    voice: Voice
    lemma: str
    lemmas: tuple[str, ...]
    """Lemmas of all coordinated main verbs, `lemma` first."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with its own tokens; `start` and `end` (exclusive) enclose embedded clauses, too.

    `vorfeld`, `mittelfeld` and `nachfeld` hold the words before the left bracket (finite verb), between
    the brackets, and after the right one (participles, infinitives, particle); punctuation is in none.
    In a verb-last clause the connector is the left bracket and the Vorfeld is empty.
    """

    index: int
    kind: ClauseKind
    tokens: tuple[int, ...]
    start: int
    end: int
    parent: int | None
    verb: VerbComplex | None
    connector: int | None
    vorfeld: tuple[int, ...]
    mittelfeld: tuple[int, ...]
    nachfeld: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun with its determiners, numbers and premodifiers; `start` and `end` (exclusive) leave the preposition out.

    `parent` is the index of the noun phrase that this one is a genitive or von-attribute of.
    """

    head: int
    start: int
    end: int
    preposition: int | None
    numbers: tuple[int, ...]
    parent: int | None
