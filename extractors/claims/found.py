"""What the components found in a document, in the form in which the claim rules ask for it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from spacy.tokens import Doc

from extractors.contexts import Contexts, contexts
from extractors.german.syntax.structures import Clause, NounPhrase
from extractors.rules.projects.naming import Standing
from extractors.rules.projects.places import ProjectMention
from extractors.rules.speakers.component import Speech
from extractors.rules.statuses.mention import StatusMention
from extractors.tokens import Tokens, tokens
from models.claim import Project
from models.quantity import NotClaim, Period, Quantity
from models.release import Paragraph

_LIKELY = 0.35
"""Probability of being a project from which on one is likely."""

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Named:
    """A project found for a statement, and the characters of the words that name it."""

    project: int
    span: tuple[int, int]


class Found:
    """A document and all mentions in it."""

    def __init__(self, doc: Doc, paragraphs: Sequence[Paragraph]) -> None:
        self._doc = doc
        self.tokens: Tokens = tokens(doc)
        self.clauses: tuple[Clause, ...] = doc._.bilanz_clauses
        self.clause_of: tuple[int, ...] = doc._.bilanz_clause_of
        self.noun_phrases: tuple[NounPhrase, ...] = doc._.bilanz_noun_phrases
        self.phrase_of: dict[int, NounPhrase] = doc._.bilanz_phrase_of
        self.quantities: tuple[Quantity, ...] = doc._.bilanz_quantities
        self.not_quantities: tuple[NotClaim, ...] = doc._.bilanz_not_quantities
        self.periods: tuple[Period, ...] = doc._.bilanz_periods
        self.statuses: tuple[StatusMention, ...] = doc._.bilanz_statuses
        self.projects: tuple[Project, ...] = doc._.bilanz_projects
        self.standings: tuple[Standing, ...] = doc._.bilanz_standings
        self.mentions: tuple[ProjectMention, ...] = doc._.bilanz_project_mentions
        self.speeches: tuple[Speech, ...] = doc._.bilanz_speeches
        self.published: date | None = doc._.bilanz_published
        self.paragraphs = paragraphs
        self._made: dict[Hashable, Any] = {}

    def once(self, make: "Callable[[Found], Item]") -> Item:
        """What a function makes of the document, made at the first call."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Item = self._made[make]
        return made

    def once_in(self, make: "Callable[[Found, int], Item]", index: int) -> Item:
        """What a function makes of one of its sentences or clauses, made at the first call: few have numbers."""
        if (make, index) not in self._made:
            self._made[make, index] = make(self, index)
        made: Item = self._made[make, index]
        return made

    @cached_property
    def contexts(self) -> Contexts:
        """What its words are by their context."""
        return contexts(self._doc)

    @cached_property
    def likely(self) -> "Found":
        """The same document with the names of likely projects alone."""
        view = Found(self._doc, self.paragraphs)
        view.mentions = tuple(m for m in self.mentions if self.standings[m.project].name >= _LIKELY)
        return view

    @cached_property
    def title_end(self) -> int:
        """Character offset at which the title ends."""
        return self.tokens.title_end

    @cached_property
    def mentions_by_sentence(self) -> dict[int, list[ProjectMention]]:
        """Project mentions by sentence, in their order."""
        return _grouped(self.mentions, lambda mention: self.tokens.sentence[mention.first])

    @cached_property
    def periods_by_sentence(self) -> dict[int, list[Period]]:
        """Periods by sentence."""
        return _grouped(self.periods, lambda period: self.tokens.sentence[period.first])

    @cached_property
    def statuses_by_clause(self) -> dict[int, list[StatusMention]]:
        """Status mentions by clause."""
        return _grouped(self.statuses, lambda mention: mention.clause)

    @cached_property
    def statuses_by_sentence(self) -> dict[int, list[StatusMention]]:
        """Status mentions by sentence."""
        return _grouped(self.statuses, lambda mention: self.tokens.sentence[mention.first])

    @cached_property
    def participles_by_sentence(self) -> dict[int, list[StatusMention]]:
        """Participles before a noun, by sentence."""
        participles = (mention for mention in self.statuses if mention.source == "participle")
        return _grouped(participles, lambda mention: self.tokens.sentence[mention.first])

    @cached_property
    def counted_nouns(self) -> frozenset[int]:
        """The tokens that are counted or measured."""
        return frozenset(q.noun for q in self.quantities if q.noun is not None)

    @cached_property
    def quantities_by_sentence(self) -> dict[int, list[Quantity]]:
        """Quantities by sentence, in their order."""
        return _grouped(self.quantities, lambda quantity: self.tokens.sentence[quantity.first])

    def number_behind(self, token: int) -> Quantity | None:
        """The first quantity that begins behind a token in its sentence."""
        beside = self.quantities_by_sentence.get(self.tokens.sentence[token], ())
        place = bisect_right(beside, token, key=attrgetter("first"))
        return beside[place] if place < len(beside) else None

    def number_before(self, token: int) -> Quantity | None:
        """The last quantity that ends before a token in its sentence."""
        beside = self.quantities_by_sentence.get(self.tokens.sentence[token], ())
        place = bisect_left(beside, token, key=attrgetter("last"))
        return beside[place - 1] if place else None

    @cached_property
    def relative_clauses(self) -> dict[int, Clause]:
        """Relative clauses by their first token."""
        return {clause.start: clause for clause in reversed(self.clauses) if clause.kind == "relative"}

    @cached_property
    def number_starts(self) -> frozenset[int]:
        """The tokens with which quantities begin."""
        return frozenset(quantity.first for quantity in self.quantities)

    @cached_property
    def period_starts(self) -> frozenset[int]:
        """The tokens with which periods begin."""
        return frozenset(period.first for period in self.periods)

    @cached_property
    def clauses_with_numbers(self) -> frozenset[int]:
        """Indices of the clauses in which a quantity stands."""
        return frozenset(self.clause_of[quantity.first] for quantity in self.quantities)

    def clause(self, token: int) -> Clause | None:
        """The clause that a token belongs to."""
        index = self.clause_of[token]
        return self.clauses[index] if index >= 0 else None

    def sentence_span(self, token: int) -> tuple[int, int]:
        """Characters of the sentence of a token, white space at its ends left out."""
        first, stop = self.tokens.sentences[self.tokens.sentence[token]]
        while stop - 1 > first and self.tokens.is_space(stop - 1):
            stop -= 1
        while first < stop - 1 and self.tokens.is_space(first):
            first += 1
        return self.tokens.span(first, stop - 1)

    def paragraph_start(self, offset: int) -> int:
        """Character offset at which the paragraph of a character begins."""
        return self.tokens.text.rfind("\n", 0, offset) + 1


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
