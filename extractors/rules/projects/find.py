"""Finds what may be the name of a project, by all ways in which German texts name things."""

from extractors.rules.projects import headed_names, quoted_names
from extractors.rules.projects.candidate import Candidate
from extractors.rules.projects.title_nouns import bodies, topics
from extractors.tokens import Tokens

_LONGEST = 14
"""Words; a row of more nouns than that is a list, and no name."""
_FINDERS = (
    quoted_names.quoted,
    quoted_names.short_names,
    quoted_names.hash_names,
    quoted_names.set_names,
    quoted_names.with_acronym,
    quoted_names.camel_case,
    quoted_names.foreign_names,
    quoted_names.known,
    headed_names.after_class_noun,
    headed_names.of_genitive,
    headed_names.with_complement,
    headed_names.compounds,
    headed_names.proper_adjectives,
    headed_names.acronym_first,
    headed_names.dated,
    headed_names.headline_facility,
    bodies,
)


def candidates(tokens: Tokens) -> list[Candidate]:
    """All candidates in the order of the text; the same name may come several times."""
    found = (c for finder in _FINDERS for c in finder(tokens))
    named = [c for c in found if len(c.name.split()) <= _LONGEST]
    return sorted([*named, *topics(tokens, named)], key=lambda c: c.start)
