"""Finds speeches: who says what.

    [„Wir bauen 500 Wohnungen“]{speaker: Ina Muster}, sagte Senatorin Ina Muster.

Sets `doc._.bilanz_speeches`: a tuple of `Speech` in the order of the text. Reads words, tags, lemmas and clauses.
`persons` finds names, `coreference` whom a role or a pronoun means, `direct` quotations, `indirect` reported
clauses, `framed` what stands under a name. Words: verbs.yaml, german/words/persons.yaml. Examples:
tests/sentences/speakers.txt; figures of the whole: tests/gold/floors.json (speaker).
"""

from spacy.language import Language
from spacy.tokens import Doc

from extractors.rules.speakers.coreference import Persons
from extractors.rules.speakers.direct import find_direct, find_left_over
from extractors.rules.speakers.framed import find_framed
from extractors.rules.speakers.indirect import find_indirect
from extractors.rules.speakers.persons import persons
from extractors.rules.speakers.speech import Speech as Speech
from extractors.rules.speakers.speech import Transcript
from extractors.tokens import tokens

NAME = "bilanz_speeches"
Doc.set_extension(NAME, default=(), force=True)


@Language.component(
    NAME,
    assigns=["doc._.bilanz_speeches"],
    requires=["token.tag", "token.lemma", "token.is_sent_start", "doc._.bilanz_clauses", "doc._.bilanz_clause_of"],
)
def find_speeches(doc: Doc) -> Doc:
    """Sets `doc._.bilanz_speeches`."""
    listed = tokens(doc)
    people = persons(listed)
    if people:
        transcript = Transcript(listed, doc._.bilanz_clauses, doc._.bilanz_clause_of, Persons(listed, people))
        unattributed = find_direct(transcript)
        find_indirect(transcript)
        find_left_over(transcript, unattributed)
        find_framed(transcript)
        doc._.bilanz_speeches = tuple(sorted(transcript.speeches, key=lambda speech: (speech.start, -speech.end)))
    return doc
