"""The component that finds who says what."""

from spacy.language import Language
from spacy.tokens import Doc

from extractors.speakers.direct import find_direct, find_left_over
from extractors.speakers.indirect import find_indirect
from extractors.speakers.persons import persons
from extractors.speakers.reading import Reading
from extractors.speakers.reading import Speech as Speech
from extractors.speakers.sources import Sources
from extractors.tokens import tokens


@Language.factory("bilanz_speakers", assigns=["doc._.speeches"], requires=["token.tag", "token.lemma", "doc._.clauses"])
def create_speakers(nlp: Language, name: str) -> "SpeakerRule":
    """Factory of the component."""
    return SpeakerRule()


class SpeakerRule:
    """Sets `doc._.speeches`: a tuple of `Speech` in the order of the text."""

    def __init__(self) -> None:
        if not Doc.has_extension("speeches"):
            Doc.set_extension("speeches", default=())

    def __call__(self, doc: Doc) -> Doc:
        """Finds who says what."""
        listed = tokens(doc)
        people = persons(listed)
        if people:
            reading = Reading(listed, doc._.clauses, doc._.clause_of, Sources(listed, people))
            unattributed = find_direct(reading)
            find_indirect(reading)
            find_left_over(reading, unattributed)
            doc._.speeches = tuple(sorted(reading.speeches, key=lambda speech: (speech.start, -speech.end)))
        return doc
