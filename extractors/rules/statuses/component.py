"""Finds statuses: the words that put something into a state.

    42 Projekte sind [abgeschlossen]{status: completed}, der Radweg ist [in Bau]{status: in_progress}.

Sets `doc._.bilanz_statuses`: a tuple of `StatusMention` in the order of the text, from verbs (verbs.yaml), set phrases
(phrases.yaml), participles before a noun and nouns of doing (nouns.yaml). Reads words, tags, lemmas, clauses, noun
phrases and quantities (some verbs need an amount). What is put into the state is found later, in `claims/state` and
`claims/about`. What states nothing is listed in stateless.yaml.
Examples: tests/sentences/statuses.txt, negation.txt; figures of the whole: tests/gold/floors.json (status).
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extractors.rules.statuses.events import events
from extractors.rules.statuses.mention import StatusMention
from extractors.rules.statuses.participles import participles
from extractors.rules.statuses.phrases import phrases
from extractors.rules.statuses.setting import Setting, VerbReading
from extractors.rules.statuses.verbs import verbs

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
        "doc._.bilanz_noun_phrases",
        "doc._.bilanz_phrase_of",
        "doc._.bilanz_quantities",
    ],
)
def find_statuses(doc: Doc) -> Doc:
    """Sets `doc._.bilanz_statuses`."""
    reading = VerbReading(doc)
    predicates = [mention for setting in reading.settings for mention in _predicates(setting)]
    told = {(mention.clause, mention.first) for mention in predicates}
    named = [mention for mention in events(reading) if (mention.clause, mention.first) not in told]
    mentions = [*predicates, *participles(reading), *named]
    doc._.bilanz_statuses = tuple(sorted(mentions, key=lambda mention: mention.start))
    return doc


def _predicates(setting: Setting) -> Iterator[StatusMention]:
    """A phrase goes before the verb that it takes ("zur Verfügung stellen", "in Betrieb gehen")."""
    taken: set[str] = set()
    for mention, own in phrases(setting):
        taken |= own if mention.states != "names" else frozenset()
        yield mention
    yield from (mention for mention in verbs(setting) if mention.lemma not in taken)
