"""What the components found in a document, in the form in which the claim rules ask for it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from spacy.tokens import Doc

from extractors.german.syntax.structures import Clause, NounPhrase
from extractors.projects.classes import is_class
from extractors.projects.component import ProjectMention
from extractors.speakers.component import Speech
from extractors.statuses.component import StatusMention
from extractors.tokens import Tokens, tokens
from models.claim import Project
from models.quantity import Period, Quantity
from models.release import Paragraph

_SHORTEST_END = 7
"""Letters of a noun that may stand for a name that ends in it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A project found for a statement, and the characters of the words that name it."""

    project: int
    span: tuple[int, int]


class Context:
    """A document and all mentions in it."""

    def __init__(self, doc: Doc, paragraphs: Sequence[Paragraph]) -> None:
        self.tokens: Tokens = tokens(doc)
        self.clauses: tuple[Clause, ...] = doc._.clauses
        self.clause_of: tuple[int, ...] = doc._.clause_of
        self.noun_phrases: tuple[NounPhrase, ...] = doc._.noun_phrases
        self.quantities: tuple[Quantity, ...] = doc._.quantities
        self.periods: tuple[Period, ...] = doc._.periods
        self.statuses: tuple[StatusMention, ...] = doc._.statuses
        self.projects: tuple[Project, ...] = doc._.projects
        self.mentions: tuple[ProjectMention, ...] = doc._.project_mentions
        self.speeches: tuple[Speech, ...] = doc._.speeches
        self.published: date | None = doc._.published
        self.paragraphs = paragraphs

    @cached_property
    def title_end(self) -> int:
        """Character offset at which the title ends."""
        return self.tokens.title_end

    @cached_property
    def phrase_of(self) -> dict[int, NounPhrase]:
        """The noun phrase of each token that lies in one."""
        return {index: phrase for phrase in self.noun_phrases for index in range(phrase.start, phrase.end)}

    @cached_property
    def mentions_by_sentence(self) -> dict[int, list[ProjectMention]]:
        """Project mentions by sentence, in their order."""
        found: dict[int, list[ProjectMention]] = {}
        for mention in self.mentions:
            found.setdefault(self.tokens.sentence[mention.first], []).append(mention)
        return found

    @cached_property
    def statuses_by_clause(self) -> dict[int, list[StatusMention]]:
        """Status mentions by clause."""
        found: dict[int, list[StatusMention]] = {}
        for mention in self.statuses:
            found.setdefault(mention.clause, []).append(mention)
        return found

    @cached_property
    def classes(self) -> dict[int, set[str]]:
        """What each project is called besides its name: lemmas of the nouns right before it ("die App NINA")."""
        found: dict[int, set[str]] = {index: set() for index in range(len(self.projects))}
        for mention in self.mentions:
            before = mention.first - 1
            if before >= 0 and self.tokens.words[before] in '„“»"‚«':
                before -= 1
            lemma = self.tokens.lemmas[before] if before >= 0 else ""
            if lemma and self.tokens.tags[before] == "NN" and (is_class(lemma, "generic") or is_class(lemma, "named")):
                found[mention.project].add(lemma)
        return found

    @cached_property
    def endings_of_names(self) -> dict[str, int | None]:
        """Ends of project names (lower case), which a noun may stand for; None where several names end alike."""
        found: dict[str, int | None] = {}
        for index, project in enumerate(self.projects):
            for name in (project.name.lower(), *(alias.lower() for alias in project.aliases)):
                for begin in range(1, len(name) - _SHORTEST_END + 1):
                    end = name[begin:]
                    found[end] = index if found.get(end, index) == index else None
        return found

    @cached_property
    def participles_by_sentence(self) -> dict[int, list[StatusMention]]:
        """Participles before a noun, by sentence."""
        found: dict[int, list[StatusMention]] = {}
        for mention in self.statuses:
            if mention.source == "participle":
                found.setdefault(self.tokens.sentence[mention.first], []).append(mention)
        return found

    @cached_property
    def counted_nouns(self) -> frozenset[int]:
        """The tokens that are counted or measured."""
        return frozenset(q.noun for q in self.quantities if q.noun is not None)

    @cached_property
    def periods_by_sentence(self) -> dict[int, list[Period]]:
        """Periods by sentence."""
        found: dict[int, list[Period]] = {}
        for period in self.periods:
            found.setdefault(self.tokens.sentence[period.first], []).append(period)
        return found

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

    @cached_property
    def headings(self) -> list[tuple[int, int]]:
        """Characters of the sub-headings: paragraphs of that role, or short lines without a full stop."""
        if self.paragraphs:
            return [(p.start, p.end) for p in self.paragraphs if p.role == "heading"]
        found = []
        position = self.title_end
        for line in self.tokens.text[self.title_end :].split("\n"):
            words = line.split()
            if 0 < len(words) <= 14 and line.rstrip()[-1] not in '.!?:;,“”"':
                found.append((position, position + len(line)))
            position += len(line) + 1
        return found

    @cached_property
    def named_in_headings(self) -> list[Named | None]:
        """The first project that each sub-heading names."""
        found = []
        for start, end in self.headings:
            index = bisect_left(self.mentions, start, key=lambda mention: mention.start)
            named = self.mentions[index] if index < len(self.mentions) and self.mentions[index].start < end else None
            found.append(Named(named.project, (named.start, named.end)) if named else None)
        return found
