"""Finds named projects, programmes, funds, laws and facilities, and the places that mention them.

    Das [Projekt Berlin Decks] läuft. || Berlin Decks

Sets `doc._.bilanz_projects`: a tuple of `models.claim.Project`, names with aliases; and
`doc._.bilanz_project_mentions`: a tuple of `ProjectMention` in the order of the text. Reads words, tags and
lemmas. `quoted_names`, `headed_names` and `title_nouns` find what may be a name, `aliases` joins the names of one
thing. Words: nouns.yaml, known.yaml. Examples: tests/sentences/projects.txt, subjects.txt; figures of the whole:
tests/gold/floors.json (subject, projects).
"""

import re
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extractors.rules.projects.aliases import merge
from extractors.rules.projects.find import candidates
from extractors.tokens import Tokens, tokens
from models.claim import Project


@dataclass(frozen=True, slots=True)
class ProjectMention:
    """A place where a project is named: `project` indexes `doc._.projects`, offsets are characters."""

    project: int
    start: int
    end: int
    first: int
    last: int


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


def mentions(projects: tuple[Project, ...], tokens: Tokens) -> tuple[ProjectMention, ...]:
    """All places where one of the names or aliases stands, the longest name first where they overlap."""
    names = {name: index for index, project in enumerate(projects) for name in (project.name, *project.aliases)}
    if not names:
        return ()
    alternatives = "|".join(map(_inflected, sorted(names, key=len, reverse=True)))
    found = []
    for match in re.finditer(rf"(?<![\w-])(?:{alternatives})(?!\w)", tokens.text):
        index = _owner(match[0], names)
        first, last = tokens.at(match.start()), tokens.at(match.end() - 1)
        found.append(ProjectMention(index, match.start(), match.end(), first, last))
    return tuple(found)


def _inflected(name: str) -> str:
    """The name as it may stand in the text: adjectives with any ending, a genitive s, any white space."""
    words = name.split()
    patterns = []
    for word in words:
        stem = re.fullmatch(r"([A-ZÄÖÜ]?[a-zäöüß]{3,})e[nrsm]?", word)
        if stem and len(words) > 1:
            patterns.append(re.escape(stem[1]) + "e?[nrsm]?")
        else:
            patterns.append(re.escape(word) + ("" if word[-1] in "s!?.+" or not word[0].isupper() else "(?:e?s)?"))
    return r"\s+".join(patterns)


def _owner(literal: str, names: dict[str, int]) -> int:
    if literal in names:
        return names[literal]
    for name, index in sorted(names.items(), key=lambda item: len(item[0]), reverse=True):
        if re.fullmatch(_inflected(name), literal):
            return index
    raise ValueError(f"no project is called {literal!r}")
