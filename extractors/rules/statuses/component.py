"""The component that finds the words which put something into a state."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from spacy.language import Language
from spacy.tokens import Doc

from extractors.german.syntax.structures import Clause, VerbComplex
from extractors.resources import data
from extractors.tokens import Tokens, tokens
from models.claim import Modality
from models.quantity import Quantity
from models.statuses import Status

Source = Literal["verb", "phrase", "participle"]


@dataclass(frozen=True, slots=True)
class StatusMention:
    """Words that put something into a state.

    `start`/`end` are characters of those words, `first`/`last` their tokens, `clause` the index of their clause.
    `negations` are the tokens that deny the state; negations that are part of the status itself are not among
    them. `noun` is the noun that a participle modifies. `theme` tells what is put into the state: the subject of
    passives and of intransitive verbs, the object of others; "either" where a verb allows both ("starten").
    `underway` is the status where a present tells of now and not of what is to come.
    """

    status: Status
    start: int
    end: int
    first: int
    last: int
    clause: int
    source: Source
    lemma: str
    negations: tuple[int, ...] = ()
    noun: int | None = None
    theme: Literal["subject", "object", "either"] = "either"
    underway: Status | None = None

    def told_as(self, modality: Modality) -> Status:
        """The status of a claim: what the Land "baut" is under way, what it "baut bis 2030" is then completed."""
        return self.underway if self.underway and modality == "actual" else self.status


@Language.factory("bilanz_statuses", assigns=["doc._.statuses"], requires=["token.tag", "token.lemma", "doc._.clauses"])
def create_statuses(nlp: Language, name: str) -> "StatusRule":
    """Factory of the component."""
    return StatusRule()


class StatusRule:
    """Sets `doc._.statuses`: a tuple of `StatusMention` in the order of the text."""

    def __init__(self) -> None:
        if not Doc.has_extension("statuses"):
            Doc.set_extension("statuses", default=())

    def __call__(self, doc: Doc) -> Doc:
        """Finds the words that put something into a state."""
        listed = tokens(doc)
        phrases = list(_phrases(listed, doc._.clauses, doc._.clause_of))
        covered = {(m.clause, i) for m in phrases for i in range(m.first, m.last + 1)}
        verbs = [m for m in _verbs(listed, doc._.clauses, doc._.quantities) if (m.clause, m.first) not in covered]
        mentions = [*verbs, *phrases, *_participles(listed, doc._.clause_of)]
        doc._.statuses = tuple(sorted(mentions, key=lambda mention: mention.start))
        return doc


@cache
def _lexicon() -> dict[str, dict[str, Any]]:
    verbs: dict[str, dict[str, Any]] = data("statuses", "lexicon")["verbs"]
    return verbs


@cache
def _participle_table() -> dict[str, tuple[str, Status]]:
    return {
        entry["participle"]: (verb, entry["status"]) for verb, entry in _lexicon().items() if entry.get("participle")
    }


@cache
def _phrase_table() -> dict[str, list[tuple[Status, re.Pattern[str]]]]:
    phrases = data("statuses", "lexicon")["phrases"]
    return {
        word: [(status, re.compile(pattern)) for status, pattern in patterns.items()]
        for word, patterns in phrases.items()
    }


def _verbs(tokens: Tokens, clauses: tuple[Clause, ...], quantities: tuple[Quantity, ...]) -> Iterator[StatusMention]:
    money = {index for q in quantities if q.kind == "money" for index in range(q.first, q.last + 1)}
    for clause in clauses:
        verb = clause.verb
        if verb is None:
            continue
        for lemma in _lemmas(tokens, verb):
            entry = _lexicon().get(lemma)
            if entry is None or not _holds(tokens, clause, entry, money):
                continue
            if entry.get("not_persons") and _has_person(tokens, clause):
                continue
            if entry.get("not_reflexive") and _is_reflexive(tokens, clause):
                continue
            if entry.get("with_money") and any(index in money for index in clause.tokens):
                entry = {"status": entry["with_money"]}
            status, negations = _polarised(entry, verb, lemma, tokens, clause)
            if status is None:
                continue
            span = _main_verb(tokens, verb, lemma)
            yield StatusMention(
                status,
                *tokens.span(*span),
                *span,
                clause.index,
                "verb",
                lemma,
                negations,
                theme=_theme(tokens, clause, entry, verb),
                underway=entry.get("progressive") if _is_present(verb) else None,
            )


def _holds(tokens: Tokens, clause: Clause, entry: dict[str, Any], money: set[int]) -> bool:
    """Whether a reading's conditions are met in its clause."""
    needs, objects = entry.get("needs"), entry.get("objects")
    if needs and not _has_one(tokens, clause, needs, money):
        return False
    if objects:
        nouns = [tokens.lemmas[i] for i in clause.tokens if tokens.tags[i] in ("NN", "NE")]
        return any(noun == wanted or noun.endswith(wanted.lower()) for noun in nouns for wanted in objects)
    return True


def _has_one(tokens: Tokens, clause: Clause, needs: list[str], money: set[int]) -> bool:
    if "money" in needs and any(index in money for index in clause.tokens):
        return True
    words = {tokens.words[i] for i in clause.tokens} | {tokens.lemmas[i] for i in clause.tokens}
    return any(
        need in words or any(word.endswith(need.lower()) for word in words if len(word) > len(need))
        for need in needs
        if need != "money"
    )


_PERSONS = re.compile(
    r"(?:kraft|kräfte|person|schüler|kind|teilnehm|mensch|jugendlich|besucher|familie|eltern|student|studier|bürger|frau|mann|männer|mitarbeite|beschäftigt|beamt|lehrer|lehrkr|polizist|anwärter|fachleute|leute|nachwuchs|pflegekr)",
    re.IGNORECASE,
)


def _has_person(tokens: Tokens, clause: Clause) -> bool:
    """Whether the clause tells of people: they are hired ("eingestellt"), not given up."""
    return any(tokens.tags[i] == "NN" and _PERSONS.search(tokens.words[i]) for i in clause.tokens)


def _polarised(
    entry: dict[str, Any], verb: VerbComplex, lemma: str, tokens: Tokens, clause: Clause
) -> tuple[Status | None, tuple[int, ...]]:
    """The status with the clause's polarity and tense, and the negation that is left over."""
    negations = _own_negations(tokens, verb, lemma)
    if negations and entry.get("negated"):
        return entry["negated"], ()
    status: Status | None = entry["status"]
    if entry.get("perfect") and verb.tense in ("perfect", "past", "pluperfect"):
        status = entry["perfect"]
    elif entry.get("progressive") and _is_progressive(verb, tokens, clause):
        status = entry["progressive"]
    return status, negations


def _own_negations(tokens: Tokens, verb: VerbComplex, lemma: str) -> tuple[int, ...]:
    """ "sind genehmigt, aber nicht errichtet": of coordinated participles each has the negation before it."""
    carriers = [i for i in verb.nonfinite if tokens.tags[i][:2] == "VV"]
    if len(verb.lemmas) < 2 or len(carriers) < 2:
        return verb.negation
    own = next((i for i in carriers if tokens.lemmas[i] == lemma), None)
    if own is None:
        return verb.negation
    if any(tokens.words[i].lower() == "weder" for i in verb.negation):
        return verb.negation
    before = max((i for i in carriers if i < own), default=-1)
    return tuple(i for i in verb.negation if before < i < own)


def _is_progressive(verb: VerbComplex, tokens: Tokens, clause: Clause) -> bool:
    """ "wird umgesetzt", "baut derzeit": going on, unless the clause looks ahead or back."""
    adverbs = data("statuses", "lexicon")["progressive_adverbs"]
    underway = any(tokens.words[i].lower() in adverbs for i in clause.tokens)
    return _is_present(verb) and (verb.voice == "passive" or underway)


def _is_present(verb: VerbComplex) -> bool:
    return verb.tense == "present" and verb.modal is None and not verb.negation and verb.voice != "state"


def _theme(
    tokens: Tokens, clause: Clause, entry: dict[str, Any], verb: VerbComplex
) -> Literal["subject", "object", "either"]:
    if verb.voice in ("passive", "state") or _is_reflexive(tokens, clause) or entry.get("subjects_only"):
        return "subject"
    return "either" if entry.get("intransitive") else "object"


def _is_reflexive(tokens: Tokens, clause: Clause) -> bool:
    """ "hat sich verzögert", "haben sich angemeldet"."""
    return any(tokens.tags[index] == "PRF" for index in clause.tokens)


def _lemmas(tokens: Tokens, verb: VerbComplex) -> tuple[str, ...]:
    """The clause's main verbs, and the infinitive that one of them takes without a comma ("planen 20 zu bauen")."""
    infinitives = (tokens.lemmas[i] for i in verb.nonfinite if tokens.tags[i] in ("VVINF", "VVIZU"))
    return tuple(dict.fromkeys((*(verb.lemmas or (verb.lemma,)), *infinitives)))


def _main_verb(tokens: Tokens, verb: VerbComplex, lemma: str) -> tuple[int, int]:
    """First and last token of the word that carries the status: participle, infinitive or finite verb."""
    carriers = [index for index in verb.nonfinite if tokens.lemmas[index] == lemma]
    if carriers:
        return carriers[-1], carriers[-1]
    full_finite = verb.finite is not None and tokens.tags[verb.finite] == "VVFIN"
    if verb.nonfinite and not full_finite and tokens.tags[verb.nonfinite[0]][:2] == "VV":
        return verb.nonfinite[0], verb.nonfinite[0]
    finite = verb.finite if verb.finite is not None else verb.nonfinite[0]
    return finite, finite


def _phrases(tokens: Tokens, clauses: tuple[Clause, ...], clause_of: tuple[int, ...]) -> Iterator[StatusMention]:
    table = _phrase_table()
    for first, stop in tokens.sentences:
        triggers = {word for word in tokens.words[first:stop] if word in table}
        if not triggers:
            continue
        offset = tokens.starts[first]
        sentence = tokens.text[offset : tokens.ends[stop - 1]]
        for word in sorted(triggers):
            for status, pattern in table[word]:
                for match in pattern.finditer(sentence):
                    span = offset + match.start(), offset + match.end()
                    yield _phrase(tokens, clauses, clause_of, status, word, *span)


_OBJECT_PHRASES = frozenset(
    {"Weg", "Leben", "Verfügung", "bereit", "Angriff", "Förderbescheid", "Förderbescheide", "Antrag", "Anträge"}
)
_OWN_NEGATION = re.compile(r"\b(?:nicht|keine?n?|außer|leer)\b")


def _phrase(
    tokens: Tokens,
    clauses: tuple[Clause, ...],
    clause_of: tuple[int, ...],
    status: Status,
    word: str,
    start: int,
    end: int,
) -> StatusMention:
    first, last = tokens.at(start), tokens.at(end - 1)
    trigger = next(i for i in range(first, last + 1) if tokens.words[i].startswith(word) or i == last)
    index = clause_of[trigger]
    verb = clauses[index].verb if index >= 0 else None
    negations = () if verb is None or _OWN_NEGATION.search(tokens.text[start:end]) else verb.negation
    active_object = word in _OBJECT_PHRASES and verb is not None and verb.voice == "active"
    theme: Literal["object", "subject"] = "object" if active_object else "subject"
    return StatusMention(status, start, end, first, last, index, "phrase", word, negations, theme=theme)


def _participles(tokens: Tokens, clause_of: tuple[int, ...]) -> Iterator[StatusMention]:
    """ "27 bewilligte Projekte", "die im Bau befindlichen Schulen": participles before their noun."""
    table = _participle_table()
    for index, tag in enumerate(tokens.tags):
        if tag != "ADJA":
            continue
        word = tokens.words[index].lower()
        stem = re.sub(r"e[nrsm]?$", "", word)
        denied = index > 0 and tokens.words[index - 1].lower() in ("nicht", "noch nicht")
        if stem not in table:
            continue
        verb, status = table[stem]
        entry = _lexicon()[verb]
        if denied and entry.get("negated"):
            status, denied = entry["negated"], False
        noun = _modified_noun(tokens, index)
        if noun is not None:
            start, end = tokens.span(index, index)
            negations = (index - 1,) if denied else ()
            yield StatusMention(
                status, start, end, index, index, clause_of[index], "participle", verb, negations, noun, "subject"
            )


def _modified_noun(tokens: Tokens, index: int) -> int | None:
    for position in range(index + 1, min(index + 6, len(tokens.words))):
        if tokens.tags[position] in ("NN", "NE", "FM"):
            return position
        if tokens.tags[position] not in ("ADJA", "CARD", "KON", "$,", "ADV", "TRUNC", "ADJD", "$("):
            return None
    return None
