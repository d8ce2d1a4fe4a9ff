"""Finds named projects, programmes, funds, laws and facilities, and the places that mention them.

    Das [Projekt Berlin Decks] läuft. || Berlin Decks

Sets `doc._.bilanz_projects`: a tuple of `models.claim.Project`, names with aliases; `doc._.bilanz_standings`: how
likely each is named and the topic of the release; and `doc._.bilanz_project_mentions`: a tuple of `ProjectMention` in
the order of the text. `quoted_names`, `headed_names` and `title_nouns` find what has the form of a name, `things` adds
what may be one besides, `naming` weighs what speaks for each, `aliases` joins the names of one thing. Words:
nouns.yaml, known.yaml, naming.yaml. Examples: tests/sentences/projects.txt, subjects.txt; figures:
tests/gold/floors.json (subject, projects).
"""

from collections.abc import Sequence
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc

from extractors.contexts import contexts
from extractors.decisions import Linear, learned
from extractors.rules.projects.aliases import merge
from extractors.rules.projects.candidate import Candidate
from extractors.rules.projects.naming import Naming, Standing
from extractors.rules.projects.places import ProjectMention, mentions
from extractors.rules.projects.things import Thing, things
from extractors.tokens import Tokens, tokens
from models.claim import Project

NAMED = 0.25
"""Probability from which a thing without the form of a name may be what a claim is about."""

NAME = "bilanz_projects"
for _extension in (NAME, "bilanz_standings", "bilanz_project_mentions"):
    Doc.set_extension(_extension, default=(), force=True)


@Language.component(
    NAME,
    assigns=["doc._.bilanz_projects", "doc._.bilanz_standings", "doc._.bilanz_project_mentions"],
    requires=[
        "token.tag",
        "token.lemma",
        "token.is_sent_start",
        "doc._.bilanz_clauses",
        "doc._.bilanz_noun_phrases",
        "doc._.bilanz_quantities",
        "doc._.bilanz_statuses",
    ],
)
def find_projects(doc: Doc) -> Doc:
    """Sets `doc._.bilanz_projects`, `doc._.bilanz_standings` and `doc._.bilanz_project_mentions`."""
    return name_projects(doc, learned("name"), learned("topic"))


def name_projects(doc: Doc, name: Linear, topic: Linear) -> Doc:
    """The same with given weights."""
    listed = tokens(doc)
    found = things(listed, doc._.bilanz_noun_phrases, doc._.bilanz_phrase_of)
    naming = naming_of(doc, found)
    standings = [_standing(naming.features(thing), name, topic) for thing in found]
    accepted = [(t, s) for t, s in zip(found, standings, strict=True) if t.found_by == "rule" or _is_likely(s)]
    projects = merge([_candidate(thing, listed.starts[thing.places[0].first]) for thing, _ in accepted], listed.text)
    doc._.bilanz_projects = projects
    doc._.bilanz_standings = _joined(projects, accepted)
    doc._.bilanz_project_mentions = _places(listed, projects, [thing for thing, _ in accepted])
    return doc


def naming_of(doc: Doc, found: Sequence[Thing]) -> Naming:
    """What weighs the things of a document."""
    states: dict[int, set[str]] = {}
    for mention in doc._.bilanz_statuses:
        states.setdefault(mention.clause, set()).add(mention.source)
    clauses, clause_of, quantities = doc._.bilanz_clauses, doc._.bilanz_clause_of, doc._.bilanz_quantities
    return Naming(tokens(doc), clauses, clause_of, states, quantities, found, partial(contexts, doc))


def _is_likely(standing: Standing) -> bool:
    return max(standing.name, standing.topic) >= NAMED


def _standing(features: dict[str, float], name: Linear, topic: Linear) -> Standing:
    return Standing(name.probability(features), topic.probability(features))


def _candidate(thing: Thing, start: int) -> Candidate:
    return Candidate(thing.project.name, thing.project.aliases, start)


def _places(tokens: Tokens, projects: tuple[Project, ...], found: list[Thing]) -> tuple[ProjectMention, ...]:
    """Where names stand as they are written, and where things were found in a form of their own."""
    written = list(mentions(projects, tokens))
    covered = {index for mention in written for index in range(mention.first, mention.last + 1)}
    owner = {name: index for index, project in enumerate(projects) for name in (project.name, *project.aliases)}
    for thing in found:
        project = owner.get(thing.project.name)
        for place in thing.places if project is not None else ():
            if project is not None and covered.isdisjoint(range(place.first, place.last + 1)):
                start, end = tokens.span(place.first, place.last)
                written.append(ProjectMention(project, start, end, place.first, place.last))
    return tuple(sorted(written, key=lambda mention: mention.first))


def _joined(projects: Sequence[Project], accepted: Sequence[tuple[Thing, Standing]]) -> tuple[Standing, ...]:
    """For each project the best of what speaks for any of its names."""
    by_name: dict[str, list[Standing]] = {}
    for thing, standing in accepted:
        for name in (thing.project.name, *thing.project.aliases):
            by_name.setdefault(name, []).append(standing)
    joined = []
    for project in projects:
        own = [standing for name in (project.name, *project.aliases) for standing in by_name.get(name, ())]
        joined.append(Standing(max(s.name for s in own), max(s.topic for s in own)))
    return tuple(joined)
