"""The component that reads tags, lemmas and sentence starts, and sets clauses and noun phrases."""

from spacy.language import Language
from spacy.tokens import Doc

from extractors.german.syntax.noun_phrases import noun_phrases
from extractors.german.syntax.segments import Draft, Words, divide
from extractors.german.syntax.structures import Clause as Clause
from extractors.german.syntax.structures import NounPhrase as NounPhrase
from extractors.german.syntax.structures import VerbComplex as VerbComplex
from extractors.german.syntax.verbs import verb_complex
from extractors.german.words import columns


def read_words(doc: Doc) -> Words:
    """The document's forms, tags and lemmas as lists; white space has the tag "_SP"."""
    forms = columns.forms(doc)
    tags = ["_SP" if form.isspace() else tag or "XY" for form, tag in zip(forms, columns.tags(doc), strict=True)]
    return Words(columns.small(doc), tags, columns.lemmas(doc))


def sentence_tokens(doc: Doc, words: Words) -> list[list[int]]:
    """The token indices of each sentence, white space left out."""
    sentences = (range(start, end) for start, end in columns.sentences(doc))
    return [[token for token in sentence if words.tags[token] != "_SP"] for sentence in sentences]


def find_clauses(words: Words, sentences: list[list[int]]) -> tuple[Clause, ...]:
    """The clauses of all sentences in the order of their first words."""
    found: list[Clause] = []
    for sentence in sentences:
        drafts = sorted(divide(words, sentence), key=lambda draft: _first_word(words, draft))
        places = {id(draft): len(found) + place for place, draft in enumerate(drafts)}
        extents = _extents(drafts)
        for draft in drafts:
            found.append(_clause(words, draft, places, extents[id(draft)]))
    return tuple(found)


def _first_word(words: Words, draft: Draft) -> int:
    plain = [token for token in draft.tokens if words.tags[token][0] != "$"]
    return min(plain or draft.tokens)


def _extents(drafts: list[Draft]) -> dict[int, tuple[int, int]]:
    """First token and end of each clause, embedded clauses enclosed."""
    extents = {id(draft): (min(draft.tokens), max(draft.tokens) + 1) for draft in drafts}
    for draft in reversed(drafts):
        parent = draft.parent
        while parent is not None and id(parent) in extents:
            (start, end), (first, last) = extents[id(parent)], extents[id(draft)]
            extents[id(parent)] = (min(start, first), max(end, last))
            parent = parent.parent
    return extents


def _clause(words: Words, draft: Draft, places: dict[int, int], extent: tuple[int, int]) -> Clause:
    tokens = sorted(draft.tokens)
    shared = draft.sharing or draft
    finite = draft.finite if draft.finite is not None else shared.finite
    verb = verb_complex(words, tokens, draft.finite, finite, _nonfinite(words, draft))
    index = places[id(draft)]
    kind = draft.kind if verb is not None and (finite is not None or draft.verb_last) else "fragment"
    vorfeld, mittelfeld, nachfeld = _fields(words, draft, tokens)
    return Clause(
        index=index,
        kind=kind,
        tokens=tuple(tokens),
        start=extent[0],
        end=extent[1],
        parent=None if draft.parent is None else places.get(id(draft.parent)),
        verb=verb,
        connector=draft.connector,
        vorfeld=vorfeld,
        mittelfeld=mittelfeld,
        nachfeld=nachfeld,
    )


def _nonfinite(words: Words, draft: Draft) -> list[int]:
    """The clause's participles and infinitives, with the auxiliaries it shares ("… eingestellt [worden]")."""
    own = sorted(draft.nonfinite)
    if draft.sharing is None:
        return own
    if draft.repeats:
        return sorted(draft.sharing.nonfinite)
    return own + [token for token in draft.sharing.nonfinite if words.tags[token][:2] == "VA" and own]


def _fields(words: Words, draft: Draft, tokens: list[int]) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Vorfeld, Mittelfeld and Nachfeld without brackets, connector, conjunction and punctuation."""
    plain = [token for token in tokens if words.tags[token][0] != "$" and token != draft.connector]
    while plain and words.tags[plain[0]] == "KON":
        plain = plain[1:]
    last_first = draft.verb_last or draft.finite is None
    right = set(draft.nonfinite) | {token for token in plain if words.tags[token] in ("PTKVZ", "PTKZU")}
    if last_first and draft.finite is not None:
        right.add(draft.finite)
    left = -1 if last_first or draft.finite is None else draft.finite
    closing = [token for token in right if token > left]
    first, final = (min(closing), max(closing)) if closing else (plain[-1] + 1, plain[-1] + 1) if plain else (0, 0)
    vorfeld = tuple(token for token in plain if token < left)
    mittelfeld = tuple(token for token in plain if left < token < first)
    nachfeld = tuple(token for token in plain if token > final)
    between = tuple(token for token in plain if first < token < final and token not in right)
    return vorfeld, mittelfeld + between, nachfeld


@Language.factory(
    "bilanz_clauses",
    requires=["token.tag", "token.lemma", "token.is_sent_start"],
    assigns=[
        "doc._.bilanz_clauses",
        "doc._.bilanz_noun_phrases",
        "doc._.bilanz_clause_of",
        "doc._.bilanz_phrase_of",
    ],
)
def create_clauses(nlp: Language, name: str) -> "Clauses":
    """The registered factory of the clause rules."""
    return Clauses()


class Clauses:
    """Sets `doc._.bilanz_clauses`, `doc._.bilanz_noun_phrases`, and by token the clause and the noun phrase."""

    def __init__(self) -> None:
        for extension in ("bilanz_clauses", "bilanz_noun_phrases", "bilanz_clause_of"):
            Doc.set_extension(extension, default=(), force=True)
        Doc.set_extension("bilanz_phrase_of", default=None, force=True)

    def __call__(self, doc: Doc) -> Doc:
        """Finds clauses and noun phrases."""
        words = read_words(doc)
        sentences = sentence_tokens(doc, words)
        clauses = find_clauses(words, sentences)
        owner = [-1] * len(doc)
        for clause in clauses:
            for token in clause.tokens:
                owner[token] = clause.index
        doc._.bilanz_clauses = clauses
        phrases = doc._.bilanz_noun_phrases = noun_phrases(words, sentences)
        doc._.bilanz_phrase_of = {token: phrase for phrase in phrases for token in range(phrase.start, phrase.end)}
        doc._.bilanz_clause_of = tuple(owner)
        return doc
