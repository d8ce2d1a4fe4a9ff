"""Where a number is plainly of what is named in its own part of a sentence, and not of a project named in another.

Am Campus Nord entstehen 200, am [Campus Süd] 340 Wohnungen. || each of its own
Auf die Halle Ried entfallen 4 Millionen Euro, auf [das Bad] 6 Millionen Euro. || not of the Halle Ried
Während für die Bühne 3.000 Euro bewilligt wurden, erhält [das Theater] 8.500 Euro. || not of the Bühne
"""

from extractors.claims.about.patterns import WORDS
from extractors.claims.found import Found
from extractors.german.syntax.structures import NounPhrase
from extractors.rules.projects.places import ProjectMention
from extractors.tokens import DETERMINERS

_JOINTS = frozenset({",", ";", ":", "und"})
_LEADS = 5
"""Tokens between the joint of a list and a name in the part that it opens: ", [am neuen] Campus Süd"."""
_BESIDE_NUMBER = frozenset({"ADV", "ADJD", "$("})


def in_own_part(found: Found, project: int, token: int) -> int:
    """The project itself; that right before a number in a part of a list where each number has a name before it.

    Args:
        found: the document.
        project: the project that the number would be of.
        token: the number's first.
    """
    tokens, sentence = found.tokens, found.tokens.sentence[token]
    before = [mention for mention in found.mentions_by_sentence.get(sentence, ()) if mention.last < token]
    if len(before) < 2:
        return project
    other, own = before[-2:]
    opening = next((i for i in range(own.first - 1, own.first - _LEADS, -1) if tokens.word(i) in _JOINTS), None)
    apart = opening is not None and other.project != own.project and other.last < opening
    counted = any(other.last < q.first < own.first for q in found.quantities_by_sentence.get(sentence, ()))
    beside = all(tokens.tags[i] in _BESIDE_NUMBER for i in range(own.last + 1, token))
    return own.project if apart and counted and beside else project


def is_of_another(found: Found, project: int, token: int) -> bool:
    """Whether the part of the sentence before a number names what it is of, and that is not the project.

    Args:
        found: the document.
        project: the project that the number would be of.
        token: the number's first.
    """
    beside = found.mentions_by_sentence.get(found.tokens.sentence[token], ())
    own = [mention for mention in beside if mention.project == project]
    if not own or any(found.clause_of[m.first] == found.clause_of[token] and m.first > token for m in own):
        return False
    last = max((m for m in own if m.last < token), key=lambda m: m.last, default=None)
    return (last is not None and _in_turn(found, last, token)) or _is_received(found, own, token)


def _in_turn(found: Found, named: ProjectMention, token: int) -> bool:
    """ "auf die Halle 4 Millionen, [auf das Bad] 6 Millionen": the same preposition opens the number's part."""
    tokens, phrase = found.tokens, found.phrase_of.get(named.first)
    joint = next((i for i in range(token - 1, named.last, -1) if tokens.words[i] in _JOINTS), None)
    if joint is None or phrase is None or phrase.preposition is None:
        return False
    other = found.phrase_of.get(joint + 2)
    alike = tokens.word(joint + 1) == tokens.word(phrase.preposition)
    return alike and other is not None and _is_one(found, other) and other.end <= token


def _is_received(found: Found, own: list[ProjectMention], token: int) -> bool:
    """ "erhält [das Theater] 8.500 Euro": who receives stands in the number's clause, the project in another."""
    clause = found.clause(token)
    verb = clause.verb if clause is not None else None
    if clause is None or verb is None or verb.voice != "active" or verb.lemma not in WORDS.receiving:
        return False
    if any(found.clause_of[mention.first] == clause.index for mention in own):
        return False
    phrases = {id(p): p for i in clause.tokens if (p := found.phrase_of.get(i)) is not None and p.end <= token}
    return any(phrase.preposition is None and _is_one(found, phrase) for phrase in phrases.values())


def _is_one(found: Found, phrase: NounPhrase) -> bool:
    """Whether a noun phrase is of one thing that is named by more than a class noun that may take up the project."""
    tokens = found.tokens
    definite = tokens.tags[phrase.start] in DETERMINERS and not tokens.word(phrase.start).startswith(("ein", "kein"))
    named = any(tokens.is_noun(i) for i in range(phrase.head + 1, phrase.end)) or tokens.tags[phrase.head] == "NE"
    return definite and named and not phrase.numbers
