"""What a status is about where its clause does not name it: the name before a relative clause, the headline's."""

from extractors.claims.about.names import headline, topic
from extractors.claims.about.roles import has_complement
from extractors.claims.found import Found, Named
from extractors.german.syntax.structures import Clause, NounPhrase
from extractors.rules.statuses.mention import StatusMention
from extractors.rules.statuses.patterns import NOUNS

_BEFORE_CLAUSE = 3
"""Tokens between a name and what tells of it: a comma, quotation marks."""


def stand_in(found: Found, mention: StatusMention) -> Named | None:
    """The project that a status is about without naming it in its clause."""
    clause = found.clauses[mention.clause]
    if clause.kind == "relative":
        return _antecedent(found, clause, mention)
    is_moment = mention.source == "event" and NOUNS.events[mention.lemma].kind == "event"
    return headline(found) or topic(found) if is_moment and not has_complement(found, mention) else None


def _antecedent(found: Found, clause: Clause, mention: StatusMention) -> Named | None:
    """ "das Projekt „Jule“, [das jetzt startet]": the name before a relative pronoun without a preposition."""
    if found.tokens.tags[clause.tokens[0]] != "PRELS":
        return None
    others = sum(phrase.start != clause.tokens[0] for phrase in _bare(found, clause))
    fits = others > 0 if mention.theme == "object" else mention.theme != "attribute"
    return _named_before(found, clause.start) if fits else None


def _named_before(found: Found, start: int) -> Named | None:
    """The project that is named right before a token."""
    sentence = found.mentions_by_sentence.get(found.tokens.sentence[start], [])
    before = [m for m in sentence if m.last < start and start - m.last <= _BEFORE_CLAUSE]
    return Named(before[-1].project, (before[-1].start, before[-1].end)) if before else None


def _bare(found: Found, clause: Clause) -> list[NounPhrase]:
    phrases = {p.start: p for i in clause.tokens if (p := found.phrase_of.get(i)) is not None}
    return [phrase for phrase in phrases.values() if phrase.preposition is None and phrase.parent is None]
