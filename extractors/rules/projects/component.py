"""Finds named projects, programmes, funds, laws and facilities, and the places that mention them.

    Das [Projekt Berlin Decks] läuft. || Berlin Decks

Sets `doc._.bilanz_projects`: a tuple of `models.claim.Project`, names with aliases; and
`doc._.bilanz_project_mentions`: a tuple of `ProjectMention` in the order of the text. Reads words, tags and
lemmas. `quoted_names`, `headed_names` and `title_nouns` find what may be a name, `aliases` joins the names of one
thing. Words: nouns.yaml, known.yaml. Examples: tests/sentences/projects.txt, subjects.txt; figures of the whole:
tests/gold/floors.json (subject, projects).
"""

from spacy.language import Language
from spacy.tokens import Doc

from extractors.rules.projects.aliases import merge
from extractors.rules.projects.find import candidates
from extractors.rules.projects.places import mentions
from extractors.tokens import tokens

NAME = "bilanz_projects"
Doc.set_extension(NAME, default=(), force=True)
Doc.set_extension("bilanz_project_mentions", default=(), force=True)


@Language.component(
    NAME,
    assigns=["doc._.bilanz_projects", "doc._.bilanz_project_mentions"],
    requires=["token.tag", "token.lemma", "token.is_sent_start"],
)
def find_projects(doc: Doc) -> Doc:
    """Sets `doc._.bilanz_projects` and `doc._.bilanz_project_mentions`."""
    listed = tokens(doc)
    doc._.bilanz_projects = merge(candidates(listed), listed.text)
    doc._.bilanz_project_mentions = mentions(doc._.bilanz_projects, listed)
    return doc
