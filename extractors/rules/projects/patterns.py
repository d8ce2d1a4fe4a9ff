"""The words of projects: the schemas of this folder's YAML files, whose comments say what each key is for."""

from extractors.patterns import Patterns


class ProjectNouns(Patterns):
    """nouns.yaml: what kinds of things have names, and what kinds of names are no project's."""

    generic: frozenset[str]
    named: frozenset[str]
    boards: frozenset[str]
    ministries: frozenset[str]
    talks: frozenset[str]
    topics: frozenset[str]
    never_topics: frozenset[str]
    compound_heads: tuple[str, ...]
    generic_compounds: frozenset[str]
    briefings: tuple[str, ...]
    institutions: frozenset[str]
    no_institutions: frozenset[str]
    no_name_before: frozenset[str]
    english: frozenset[str]
    no_name_after: frozenset[str]
    plain_heads: frozenset[str]
    places: frozenset[str]
    with_complement: frozenset[str]
    levels: tuple[str, ...]
    with_genitive: frozenset[str]
    set_names: tuple[str, ...]
    undated: frozenset[str]
    reports: frozenset[str]
    known_places: frozenset[str]
    regions: frozenset[str]
    definite: frozenset[str]
    definite_articles: frozenset[str]
    deeds: frozenset[str]
    works: tuple[str, ...]
    amendments: tuple[str, ...]
    masses: tuple[str, ...]


class KnownProject(Patterns):
    """A name with its usual short forms."""

    name: str
    aliases: tuple[str, ...]


class KnownProjects(Patterns):
    """known.yaml: programmes known throughout Germany."""

    known: tuple[KnownProject, ...]


class NamingWords(Patterns):
    """naming.yaml: words that tell whether a thing is a named project."""

    kinds: frozenset[str]
    never: frozenset[str]
    complements: frozenset[str]
    title_complements: frozenset[str]
    placing: frozenset[str]
    where: frozenset[str]


NOUNS = ProjectNouns.beside(__file__, "nouns.yaml")
KNOWN = KnownProjects.beside(__file__, "known.yaml").known
NAMING = NamingWords.beside(__file__, "naming.yaml")
