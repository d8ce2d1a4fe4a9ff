"""What the words of a status find around them in their clause."""

from functools import cached_property

from spacy.tokens import Doc

from extractors.german.syntax.structures import Clause, NounPhrase
from extractors.rules.statuses.patterns import NOUNS, any_ends_so
from extractors.tokens import DETERMINERS, PREPOSITIONS, Tokens, tokens
from extractors.tokens import NOUNS as NOUN_TAGS
from models.quantity import Quantity

_FUSED: dict[str, str] = {
    "im": "in", "ins": "in", "zum": "zu", "zur": "zu", "am": "an", "ans": "an", "vom": "von", "beim": "bei",
    "aufs": "auf", "fürs": "für",
}  # fmt: skip
_BEFORE_NOUN = DETERMINERS | {"ADJA", "CARD", "PIAT", "ADV", "ADJD"}
_SEVERAL = 2
_NEAR_BEFORE, _NEAR_BEHIND = 9, 9
"""Tokens between an amount and what it is said of, across a noun phrase."""


def unfused(word: str) -> str:
    """A preposition as it is without an article: "in" for "im"."""
    return _FUSED.get(word, word)


class VerbReading:
    """A document as the rules of statuses read it."""

    def __init__(self, doc: Doc) -> None:
        self.tokens: Tokens = tokens(doc)
        self.clauses: tuple[Clause, ...] = doc._.bilanz_clauses
        self.clause_of: tuple[int, ...] = doc._.bilanz_clause_of
        self.quantities: tuple[Quantity, ...] = doc._.bilanz_quantities
        self.phrases: tuple[NounPhrase, ...] = doc._.bilanz_noun_phrases
        self.phrase_of: dict[int, NounPhrase] = {**doc._.bilanz_phrase_of, **{p.head: p for p in self.phrases}}
        self.money = frozenset(
            index for q in self.quantities if q.kind == "money" for index in range(q.first, q.last + 1)
        )

    @cached_property
    def settings(self) -> tuple["Setting", ...]:
        """The setting of every clause."""
        return tuple(Setting(self, clause) for clause in self.clauses)

    def preposition(self, noun: int) -> str | None:
        """The preposition of a noun, as it is when not fused with an article."""
        phrase = self.phrase_of.get(noun)
        before = noun - 1 if phrase is None or phrase.preposition is None else phrase.preposition
        while before >= 0 and self.tokens.tags[before] in _BEFORE_NOUN:
            before -= 1
        if before < 0 or self.tokens.tags[before] not in PREPOSITIONS:
            return None
        return unfused(self.tokens.words[before].lower())

    def is_bare(self, phrase: NounPhrase) -> bool:
        """Whether a noun phrase may be subject or object: no attribute, no preposition, no list behind one."""
        if phrase.preposition is not None or phrase.parent is not None:
            return False
        before = phrase.start - 1
        listed = before > 0 and self.tokens.tags[before] in ("KON", "$,")
        if not listed or self.tokens.tags[phrase.start] in DETERMINERS:
            return True
        earlier = self.phrase_of.get(before - 1)
        return earlier is None or earlier.end != before or self.is_bare(earlier)

    def has_money_near(self, first: int, last: int) -> bool:
        """Whether an amount stands in or close to a run of tokens."""
        return any(index in self.money for index in range(first - _NEAR_BEFORE, last + _NEAR_BEHIND))


class Setting:
    """A clause and the words in it that decide what its predicate says."""

    def __init__(self, reading: VerbReading, clause: Clause) -> None:
        self.reading, self.clause = reading, clause
        self.tokens = reading.tokens

    @cached_property
    def nouns(self) -> tuple[int, ...]:
        """The clause's nouns."""
        return tuple(index for index in self.clause.tokens if self.tokens.tags[index] in NOUN_TAGS)

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """Lemmas of what may be subject or object, the antecedent of a relative clause among them."""
        heads = [i for i in self.nouns if (p := self.reading.phrase_of.get(i)) is None or self._heads(p, i)]
        antecedent = self._antecedent
        return tuple(self.tokens.lemmas[i] for i in (*heads, *(() if antecedent is None else (antecedent,))))

    def _heads(self, phrase: NounPhrase, noun: int) -> bool:
        return phrase.head == noun and self.reading.is_bare(phrase)

    @cached_property
    def _antecedent(self) -> int | None:
        """ "das Geld, [das bewilligt wurde]": the noun that a relative clause tells of."""
        opener = self.tokens.tags[self.clause.tokens[0]] if self.clause.tokens else ""
        if self.clause.kind != "relative" or opener != "PRELS":
            return None
        first = self.tokens.sentences[self.tokens.sentence[self.clause.start]][0]
        before = range(self.clause.start - 1, first - 1, -1)
        return next((i for i in before if self.tokens.tags[i] in NOUN_TAGS), None)

    @cached_property
    def words(self) -> frozenset[str]:
        """The clause's words as written and as lemmas, in lower case."""
        forms = ((self.tokens.words[i].lower(), self.tokens.lemmas[i].lower()) for i in self.clause.tokens)
        return frozenset(word for pair in forms for word in pair)

    @cached_property
    def has_money(self) -> bool:
        """Whether an amount stands in the clause or with the antecedent of a relative clause."""
        if any(index in self.reading.money for index in self.clause.tokens):
            return True
        antecedent = self._antecedent
        return antecedent is not None and self.reading.has_money_near(antecedent, antecedent)

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """What the clause counts."""
        own = set(self.clause.tokens)
        return tuple(q.counted or "" for q in self.reading.quantities if q.kind == "count" and q.first in own)

    @cached_property
    def is_elided(self) -> bool:
        """ "Davon sind 342 besetzt": a number whose noun stands in a clause before."""
        own = set(self.clause.tokens)
        bare = any(q.kind == "count" and q.noun is None and q.first in own for q in self.reading.quantities)
        return bare and not self.themes

    @cached_property
    def is_reflexive(self) -> bool:
        """ "hat sich verzögert", "haben sich angemeldet"."""
        return any(self.tokens.tags[index] == "PRF" for index in self.clause.tokens)

    def _modifies(self, word: str) -> bool:
        """Whether it says something of an adjective alone: "mit überwiegend sportlicher Ausrichtung"."""
        tokens = self.tokens
        there = next((i for i in self.clause.tokens if word in (tokens.small[i], tokens.lemmas[i].lower())), None)
        behind = () if there is None else tokens.tags[there + 1 : there + 3]
        return "ADJA" in behind[:1] or (tuple(behind) == ("ADJD", "ADJA"))

    @cached_property
    def is_partly(self) -> bool:
        """Whether what is told is done only in part, and not each of several numbers to an extent of its own."""
        told = [
            *(word for word in NOUNS.partly if word in self.words and not self._modifies(word)),
            *(p for p in NOUNS.partly_phrases if p in self.text),
        ]
        verb = self.clause.verb
        carriers = () if verb is None else verb.nonfinite
        at_verb = any(
            self.tokens.text[: self.tokens.starts[c]].rstrip().endswith(tuple(told)) for c in carriers if told
        )
        return bool(told) and (at_verb or len(self.counted) < _SEVERAL)

    def is_nearly(self, carrier: int) -> bool:
        """ "ist nahezu (vollständig) abgeschlossen": all but done, which the word before tells."""
        before = carrier - 1 if self.tokens.before(carrier) in NOUNS.wholly else carrier
        return self.tokens.before(before) in NOUNS.nearly

    @property
    def text(self) -> str:
        """The clause as it stands, embedded clauses among it."""
        return self.tokens.text[self.tokens.starts[self.clause.start] : self.tokens.ends[self.clause.end - 1]]

    @cached_property
    def has_person(self) -> bool:
        """Whether subject or object are people."""
        return any(NOUNS.persons.search(noun) for noun in self.themes)

    @cached_property
    def has_facility(self) -> bool:
        """Whether a noun of the clause is a building or another place."""
        return any(NOUNS.facilities.search(self.tokens.words[i].lower()) for i in self.nouns)

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """The main verbs, and the infinitive that one of them takes without a comma ("planen 20 zu bauen")."""
        verb = self.clause.verb
        if verb is None:
            return ()
        infinitives = (self.tokens.lemmas[i] for i in verb.nonfinite if self.tokens.tags[i] in ("VVINF", "VVIZU"))
        return tuple(dict.fromkeys((*(verb.lemmas or (verb.lemma,)), *infinitives)))

    def has_theme(self, nouns: tuple[str, ...]) -> bool:
        """Whether one of these nouns, or a compound that ends so, is subject or object."""
        return any_ends_so(self.themes, nouns)

    def has_noun(self, nouns: tuple[str, ...]) -> bool:
        """Whether the clause, or what its relative pronoun stands for, is one of these nouns."""
        antecedent = () if self._antecedent is None else (self._antecedent,)
        return any_ends_so((self.tokens.lemmas[i] for i in (*self.nouns, *antecedent)), nouns)

    def has_needed(self, needs: tuple[str, ...]) -> bool:
        """Whether the clause holds an amount or one of the words that something asks for."""
        if "money" in needs and self.has_money:
            return True
        nouns = tuple(need for need in needs if need[0].isupper())
        return self.has_noun(nouns) or any(need.lower() in self.words for need in needs if need != "money")

    def is_followed_by(self, words: frozenset[str]) -> bool:
        """Whether the clause behind begins with one of these words ("prüft, [ob …]")."""
        following = range(self.clause.tokens[-1] + 1, min(self.clause.tokens[-1] + 4, len(self.tokens.words)))
        return any(self.tokens.words[i].lower() in words for i in following)
