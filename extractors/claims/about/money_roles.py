"""Where money comes from and where it goes: of two names in a clause, it is about the one that it is for.

Das Projekt „MoorRegio“ wird aus Mitteln des [Klimafonds] mit 480.000 Euro gefördert. || of MoorRegio
Für „Orgelklang“ gibt die Stiftung [„Kulturgut“] 400.000 Euro. || of Orgelklang
"""

from collections.abc import Collection, Sequence

from extractors.claims.about.roles import Theme, is_agent, themes
from extractors.claims.found import Found
from extractors.german.syntax.structures import Clause, NounPhrase
from extractors.rules.projects.classes import is_institutional
from extractors.tokens import Tokens

_SOURCES = frozenset({"aus", "durch"})
_AIMS = frozenset({"für", "an"})


def receiver(found: Found, project: int, token: int) -> int:
    """The project itself; where it only gives, that of the same clause which receives.

    Args:
        found: the document.
        project: that which a number would be of.
        token: the number's first.
    """
    clause = found.clause(token)
    if clause is None:
        return project
    named = themes(found, clause)
    own = [theme for theme in named if theme.named.project == project]
    others = [theme for theme in named if theme.named.project != project]
    if not own or not others:
        return project
    if all(_is_source(found, theme.phrase) for theme in own):
        return _behind(found.tokens, others, {None, *_AIMS}, project)
    if all(_gives(found, clause, theme) for theme in own):
        return _behind(found.tokens, others, _AIMS, project)
    return project


def _behind(tokens: Tokens, others: Sequence[Theme], prepositions: Collection[str | None], project: int) -> int:
    return next((each.named.project for each in others if _preposition(tokens, each.phrase) in prepositions), project)


def _gives(found: Found, clause: Clause, theme: Theme) -> bool:
    active = clause.verb is not None and clause.verb.voice == "active"
    phrase = theme.phrase
    acts = is_agent(found, clause, phrase, "object") or is_institutional(found.tokens.lemmas[phrase.head])
    return active and phrase.preposition is None and acts


def _is_source(found: Found, phrase: NounPhrase) -> bool:
    """ "aus dem Fonds", "aus Mitteln des Fonds"."""
    if phrase.preposition is None and phrase.parent is not None:
        phrase = found.noun_phrases[phrase.parent]
    return _preposition(found.tokens, phrase) in _SOURCES


def _preposition(tokens: Tokens, phrase: NounPhrase) -> str | None:
    return tokens.word(phrase.preposition) if phrase.preposition is not None else None
