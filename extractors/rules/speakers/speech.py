"""What the rules for direct and indirect speech look at, and what they find."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.german.syntax.structures import Clause
from extractors.rules.speakers.coreference import Persons, Speaker
from extractors.rules.speakers.patterns import VERBS
from extractors.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Speech:
    """Characters `start` to `end` are what `speaker` says; `cue` is the span of the speaker's name."""

    start: int
    end: int
    speaker: str
    cue: tuple[int, int]


@dataclass
class Transcript:
    """A document's words, clauses and persons, with the speeches found so far.

    `stated_by` gives, by sentence, where its statement comes from: a person, or a speaker without a name
    (an organisation), which keeps later sentences from being given to the person before it.
    `attributions` are the tokens of speakers that already belong to a quotation.
    """

    tokens: Tokens
    clauses: Sequence[Clause]
    clause_of: Sequence[int]
    persons: Persons
    speeches: list[Speech] = field(default_factory=list)
    stated_by: dict[int, Speaker] = field(default_factory=dict)
    attributions: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._by_sentence: dict[int, list[Clause]] = {}
        for clause in self.clauses:
            self._by_sentence.setdefault(self.tokens.sentence[clause.start], []).append(clause)

    def clauses_in(self, sentence: int) -> Sequence[Clause]:
        """The clauses of a sentence in their order."""
        return self._by_sentence.get(sentence, ())

    def clause(self, token: int) -> Clause | None:
        """The clause that a token belongs to."""
        index = self.clause_of[token]
        return self.clauses[index] if index >= 0 else None

    def say(self, speaker: Speaker, first: int, stop: int) -> None:
        """Record that the tokens from `first` up to `stop` are what a speaker says."""
        if first < stop:
            self.say_characters(speaker, self.tokens.starts[first], self.tokens.ends[stop - 1])

    def say_characters(self, speaker: Speaker, start: int, end: int) -> None:
        """Record that characters are what a speaker says."""
        if speaker.name is not None:
            self.speeches.append(Speech(start, end, speaker.name, self.tokens.span(speaker.first, speaker.last)))

    def is_quoted(self, token: int) -> bool:
        """Whether a token lies in a speech found so far."""
        offset = self.tokens.starts[token]
        return any(speech.start <= offset < speech.end for speech in self.speeches)

    def teller(self, sentence: int) -> Speaker | None:
        """Who states a sentence, or else the person of whom its main clause tells."""
        known = self.stated_by.get(sentence)
        if known is not None:
            return known
        first, stop = self.tokens.sentences[sentence]
        if not self.persons.any_in(first, stop) and not self._has_pronoun(first, stop):
            return None
        clauses = [
            (clause, clause.verb) for clause in self.clauses_in(sentence) if clause.kind == "main" and clause.verb
        ]
        for clause, verb in sorted(clauses, key=lambda pair: VERBS.saying.isdisjoint(pair[1].lemmas)):
            found = self.persons.subject(clause.tokens, verb.finite)
            if found is not None:
                return found
        return None

    def same_paragraph(self, first: int, last: int) -> bool:
        """Whether no line ends between two tokens."""
        return "\n" not in self.tokens.text[self.tokens.ends[first] : self.tokens.starts[last]]

    def _has_pronoun(self, first: int, stop: int) -> bool:
        return any(word in ("er", "sie", "Er", "Sie") for word in self.tokens.words[first:stop])
