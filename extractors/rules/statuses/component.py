"""Finds statuses: the words that put something into a state.

    42 Projekte sind [abgeschlossen]{status: completed}, der Radweg ist [in Bau]{status: in_progress}.

Sets `doc._.bilanz_statuses`: a tuple of `StatusMention` in the order of the text, from verbs, set phrases and
participles before a noun. Reads words, tags, lemmas, clauses and quantities (some verbs need an amount). What is
put into the state is found later, in `claims/state` and `claims/about`. Words: lexicon.yaml.
Examples: tests/sentences/statuses.txt, negation.txt; figures of the whole: tests/gold/floors.json (status).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from extractors.german.syntax.structures import Clause, VerbComplex
from extractors.rules.statuses.patterns import LEXICON, StatusVerb
from extractors.tokens import Tokens, tokens
from models.claim import Modality
from models.quantity import Quantity
from models.statuses import Status

MentionSource = Literal["verb", "phrase", "participle"]

_PERSONS = re.compile("|".join(LEXICON.persons), re.IGNORECASE)
_OWN_NEGATION = re.compile(r"\b(?:nicht|keine?n?|außer|leer)\b")
_BY_PARTICIPLE = {entry.participle: (verb, entry) for verb, entry in LEXICON.verbs.items() if entry.participle}


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
    source: MentionSource
    lemma: str
    negations: tuple[int, ...] = ()
    noun: int | None = None
    theme: Literal["subject", "object", "either"] = "either"
    underway: Status | None = None

    def told_as(self, modality: Modality) -> Status:
        """The status of a claim: what the Land "baut" is under way, what it "baut bis 2030" is then completed."""
        return self.underway if self.underway and modality == "actual" else self.status


NAME = "bilanz_statuses"
Doc.set_extension(NAME, default=(), force=True)


@Language.component(
    NAME,
    assigns=["doc._.bilanz_statuses"],
    requires=[
        "token.tag",
        "token.lemma",
        "token.is_sent_start",
        "doc._.bilanz_clauses",
        "doc._.bilanz_clause_of",
        "doc._.bilanz_quantities",
    ],
)
def find_statuses(doc: Doc) -> Doc:
    """Sets `doc._.bilanz_statuses`."""
    listed, clauses, clause_of = tokens(doc), doc._.bilanz_clauses, doc._.bilanz_clause_of
    phrases = list(_phrases(listed, clauses, clause_of))
    covered = {(m.clause, i) for m in phrases for i in range(m.first, m.last + 1)}
    verbs = [m for m in _verbs(listed, clauses, doc._.bilanz_quantities) if (m.clause, m.first) not in covered]
    mentions = [*verbs, *phrases, *_participles(listed, clause_of)]
    doc._.bilanz_statuses = tuple(sorted(mentions, key=lambda mention: mention.start))
    return doc


def _verbs(tokens: Tokens, clauses: tuple[Clause, ...], quantities: tuple[Quantity, ...]) -> Iterator[StatusMention]:
    money = {index for q in quantities if q.kind == "money" for index in range(q.first, q.last + 1)}
    for clause in clauses:
        verb = clause.verb
        if verb is None:
            continue
        for lemma in _lemmas(tokens, verb):
            entry = LEXICON.verbs.get(lemma)
            if entry is None or not _holds(tokens, clause, entry, money):
                continue
            if entry.with_money and any(index in money for index in clause.tokens):
                entry = StatusVerb(status=entry.with_money)
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
                underway=entry.progressive if _is_present(verb) else None,
            )


def _holds(tokens: Tokens, clause: Clause, entry: StatusVerb, money: set[int]) -> bool:
    """Whether the verb's conditions are met in its clause."""
    if entry.needs and not _has_one(tokens, clause, entry.needs, money):
        return False
    if entry.objects and not _has_object(tokens, clause, entry.objects):
        return False
    if entry.not_persons and _has_person(tokens, clause):
        return False
    return not (entry.not_reflexive and _is_reflexive(tokens, clause))


def _has_object(tokens: Tokens, clause: Clause, objects: tuple[str, ...]) -> bool:
    nouns = [tokens.lemmas[i] for i in clause.tokens if tokens.tags[i] in ("NN", "NE")]
    return any(noun == wanted or noun.endswith(wanted.lower()) for noun in nouns for wanted in objects)


def _has_one(tokens: Tokens, clause: Clause, needs: tuple[str, ...], money: set[int]) -> bool:
    if "money" in needs and any(index in money for index in clause.tokens):
        return True
    words = {tokens.words[i] for i in clause.tokens} | {tokens.lemmas[i] for i in clause.tokens}
    return any(
        need in words or any(word.endswith(need.lower()) for word in words if len(word) > len(need))
        for need in needs
        if need != "money"
    )


def _has_person(tokens: Tokens, clause: Clause) -> bool:
    """Whether the clause tells of people: they are hired ("eingestellt"), not given up."""
    return any(tokens.tags[i] == "NN" and _PERSONS.search(tokens.words[i]) for i in clause.tokens)


def _polarised(
    entry: StatusVerb, verb: VerbComplex, lemma: str, tokens: Tokens, clause: Clause
) -> tuple[Status | None, tuple[int, ...]]:
    """The status with the clause's polarity and tense, and the negation that is left over."""
    negations = _own_negations(tokens, verb, lemma)
    if negations and entry.negated:
        return entry.negated, ()
    if entry.perfect and verb.tense in ("perfect", "past", "pluperfect"):
        return entry.perfect, negations
    if entry.progressive and _is_progressive(verb, tokens, clause):
        return entry.progressive, negations
    return entry.status, negations


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
    if "oder" in tokens.words[carriers[0] : carriers[-1]]:
        return tuple(i for i in verb.negation if i < own)  # "nicht genehmigt oder errichtet"
    before = max((i for i in carriers if i < own), default=-1)
    return tuple(i for i in verb.negation if before < i < own)


def _is_progressive(verb: VerbComplex, tokens: Tokens, clause: Clause) -> bool:
    """ "wird umgesetzt", "baut derzeit": going on, unless the clause looks ahead or back."""
    underway = any(tokens.words[i].lower() in LEXICON.progressive_adverbs for i in clause.tokens)
    return _is_present(verb) and (verb.voice == "passive" or underway)


def _is_present(verb: VerbComplex) -> bool:
    return verb.tense == "present" and verb.modal is None and not verb.negation and verb.voice != "state"


def _theme(
    tokens: Tokens, clause: Clause, entry: StatusVerb, verb: VerbComplex
) -> Literal["subject", "object", "either"]:
    if verb.voice in ("passive", "state") or _is_reflexive(tokens, clause) or entry.subjects_only:
        return "subject"
    return "either" if entry.intransitive else "object"


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
    for first, stop in tokens.sentences:
        triggers = {word for word in tokens.words[first:stop] if word in LEXICON.phrases}
        if not triggers:
            continue
        offset = tokens.starts[first]
        sentence = tokens.text[offset : tokens.ends[stop - 1]]
        for word in sorted(triggers):
            for status, pattern in LEXICON.phrases[word].items():
                for match in pattern.finditer(sentence):
                    span = offset + match.start(), offset + match.end()
                    yield _phrase(tokens, clauses, clause_of, status, word, *span)


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
    active_object = word in LEXICON.object_phrases and verb is not None and verb.voice == "active"
    theme: Literal["object", "subject"] = "object" if active_object else "subject"
    return StatusMention(status, start, end, first, last, index, "phrase", word, negations, theme=theme)


def _participles(tokens: Tokens, clause_of: tuple[int, ...]) -> Iterator[StatusMention]:
    """ "27 bewilligte Projekte", "die im Bau befindlichen Schulen": participles before their noun."""
    for index, tag in enumerate(tokens.tags):
        if tag != "ADJA":
            continue
        stem = re.sub(r"e[nrsm]?$", "", tokens.word(index))
        if stem not in _BY_PARTICIPLE:
            continue
        verb, entry = _BY_PARTICIPLE[stem]
        status, denied = entry.status, tokens.before(index) == "nicht"
        if denied and entry.negated:
            status, denied = entry.negated, False
        noun = _modified_noun(tokens, index)
        if noun is not None and status is not None:
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
