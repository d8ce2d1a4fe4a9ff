"""Finds what may be the name of a project, by all ways in which German texts name things."""

from extractors.projects import by_form, by_noun
from extractors.projects.candidate import Candidate
from extractors.projects.topic import bodies, topics
from extractors.tokens import Tokens

_FINDERS = (
    by_form.quoted,
    by_form.set_names,
    by_form.with_acronym,
    by_form.camel_case,
    by_form.foreign_names,
    by_form.known,
    by_noun.after_class_noun,
    by_noun.of_genitive,
    by_noun.with_complement,
    by_noun.compounds,
    by_noun.proper_adjectives,
    by_noun.acronym_first,
    by_noun.dated_headline,
    by_noun.headline_facility,
    bodies,
)


def candidates(tokens: Tokens) -> list[Candidate]:
    """All candidates in the order of the text; the same name may come several times."""
    named = [c for finder in _FINDERS for c in finder(tokens)]
    return sorted([*named, *topics(tokens, named)], key=lambda c: c.start)
