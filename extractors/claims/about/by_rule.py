"""Which named project a statement is about."""

import re
from functools import lru_cache

from extractors.claims.about.names import heading, headline, topic
from extractors.claims.about.patterns import WORDS
from extractors.claims.about.reference import anaphor, anaphor_in_sentence, in_clause
from extractors.claims.about.roles import may_be_theme, themes
from extractors.claims.about.stand_in import stand_in
from extractors.claims.found import Found, Named
from extractors.german.words.transparent import TRANSPARENT_NOUNS
from extractors.rules.projects.classes import is_class
from extractors.rules.projects.places import ProjectMention, last_before
from extractors.rules.statuses.mention import StatusMention

_LOOK_BACK = 3
_ATTRIBUTE = 4
"""Tokens behind a noun in which its attribute begins."""


def of_number(found: Found, token: int) -> Named | None:
    """The subject of a number: named in its clause, else its sentence, the one before, the heading, the headline."""
    clause = found.clause(token)
    sentence = found.tokens.sentence[token]
    if clause is not None:
        result = _nearest(in_clause(found, clause), token) or anaphor(found, clause)
        if result is not None:
            return result
    in_sentence = found.mentions_by_sentence.get(sentence, [])
    near = _nearest(in_sentence, token) or anaphor_in_sentence(found, sentence)
    if near is not None:
        return near
    far = _before(found, sentence, token) or heading(found, token) or headline(found) or topic(found)
    return far if far is not None and _carries(found, far, sentence) else None


def _carries(found: Found, named: Named, sentence: int) -> bool:
    """Whether what follows is still about a project. What a round table talks about has numbers of its own."""
    words = re.split(r"[\s-]", found.projects[named.project].name)
    if not any(is_class(word, "talks") for word in words):
        return True
    last_named = found.tokens.sentence[found.tokens.at(named.span[0])]
    return sentence - last_named <= 1


def of_status(found: Found, mention: StatusMention) -> Named | None:
    """The project that a status mention is about: its theme in the clause, by name, class noun or pronoun."""
    if mention.clause < 0:
        return None
    if mention.source == "participle":
        return _modified(found, mention)
    before_noun = _before_noun(found, mention)
    if before_noun is not None:
        return before_noun
    clause = found.clauses[mention.clause]
    for theme in themes(found, clause):
        if may_be_theme(found, clause, theme, mention):
            return theme.named
    return _in_question(found, mention) or stand_in(found, mention)


def _in_question(found: Found, mention: StatusMention) -> Named | None:
    """ "Wir prüfen, ob wir den Fonds aufstocken": the project that the question under review is about."""
    if mention.status != "under_review" or mention.source != "verb" or mention.clause + 1 >= len(found.clauses):
        return None
    question = found.clauses[mention.clause + 1]
    same_sentence = found.tokens.sentence[question.start] == found.tokens.sentence[mention.first]
    asks = any(found.tokens.words[i].lower() in WORDS.question_words for i in question.tokens[:3])
    result = in_clause(found, question) if same_sentence and asks else []
    return Named(result[0].project, (result[0].start, result[0].end)) if result else None


def _before_noun(found: Found, mention: StatusMention) -> Named | None:
    """ "das in Kraft getretene Wassergesetz": a set phrase inside the noun phrase of what it tells of."""
    following = mention.last + 1
    if mention.source != "phrase" or found.tokens.tags[following : following + 1] != ["ADJA"]:
        return None
    phrase = found.phrase_of.get(following)
    sentence = found.mentions_by_sentence.get(found.tokens.sentence[mention.first], [])
    result = next((m for m in sentence if phrase is not None and m.first <= phrase.head <= m.last), None)
    return Named(result.project, (result.start, result.end)) if result else None


def _nearest(mentions: list[ProjectMention], token: int) -> Named | None:
    """The mention nearest to a token, those before it first."""
    best = last_before(mentions, token)
    return Named(best.project, (best.start, best.end)) if best is not None else None


def _modified(found: Found, mention: StatusMention) -> Named | None:
    """ "das 2023 beschlossene Zuschussgesetz", "die beschlossene Änderung des Gesetzes": what a participle modifies."""
    if mention.noun is None:
        return None
    tokens, noun = found.tokens, mention.noun
    sentence = found.mentions_by_sentence.get(tokens.sentence[mention.first], [])
    ends = [noun, noun + 1, *([noun + 2] if tokens.words[noun + 1 : noun + 2] in (["„"], ["“"], ['"'], ["»"]) else [])]
    if tokens.lemmas[noun] in TRANSPARENT_NOUNS and tokens.lemmas[noun].endswith("ung"):
        ends += range(noun + 2, noun + _ATTRIBUTE)
    result = next((m for m in sentence if m.first in ends or m.first <= noun <= m.last), None)
    return Named(result.project, (result.start, result.end)) if result else None


def _before(found: Found, sentence: int, token: int) -> Named | None:
    """The project of the sentence before, in the same paragraph."""
    start = found.paragraph_start(found.tokens.starts[token])
    for earlier in range(sentence - 1, max(-1, sentence - 1 - _LOOK_BACK), -1):
        mentions = [m for m in found.mentions_by_sentence.get(earlier, []) if m.start >= start]
        if mentions:
            return Named(mentions[0].project, (mentions[0].start, mentions[0].end))
    return None


@lru_cache(maxsize=64)
def is_survey(sentence: str) -> bool:
    """Whether a sentence tells findings of surveys or general statistics, which have no subject."""
    return WORDS.surveys.search(sentence) is not None
