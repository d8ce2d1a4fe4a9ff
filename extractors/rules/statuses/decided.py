"""Which predicates the word lists have decided upon: a state with its conditions, or none.

    from extractors.rules.statuses.decided import predicates

What no list has says nothing, too; but nobody looked at it.
"""

from collections.abc import Iterator

from spacy.tokens import Doc

from extractors.rules.statuses.patterns import PHRASES, VERBS, Stateless

_STATELESS = Stateless.beside(__file__, "stateless.yaml")
_IN_PHRASES = frozenset(verb for phrase in PHRASES.phrases for verb in phrase.verbs)
_JOINED = frozenset(adverb + verb for phrase in PHRASES.phrases for adverb in phrase.adverb for verb in phrase.verbs)
_DECIDED = VERBS.keys() | _STATELESS.verbs | _STATELESS.light_verbs | _IN_PHRASES | _JOINED


def predicates(doc: Doc) -> Iterator[tuple[str, bool]]:
    """The main verb of every clause that holds a number or names a project, and whether it is decided."""
    clause_of = doc._.bilanz_clause_of
    told = {clause_of[found.first] for found in (*doc._.bilanz_quantities, *doc._.bilanz_project_mentions)}
    for clause in doc._.bilanz_clauses:
        if clause.index in told and clause.verb is not None:
            for lemma in clause.verb.lemmas or (clause.verb.lemma,):
                yield lemma, lemma in _DECIDED
