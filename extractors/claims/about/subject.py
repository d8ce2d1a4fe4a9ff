"""Which named project a statement is about."""

import re
from collections import Counter

from extractors.claims.anaphora import anaphor, anaphor_in_sentence, heading, headline, in_clause
from extractors.claims.context import Context, Named
from extractors.claims.themes import may_be_theme, themes
from extractors.projects.classes import is_class, is_facility
from extractors.projects.component import ProjectMention
from extractors.resources import data
from extractors.statuses.component import StatusMention

_THROUGHOUT = 2

_LOOK_BACK = 3

_QUESTION_WORDS = frozenset({"ob", "inwieweit", "inwiefern", "wie", "welche", "welcher", "welchem", "welchen"})


def of_number(context: Context, token: int) -> Named | None:
    """The subject of a number: named in its clause, else its sentence, the one before, the heading, the headline."""
    clause = context.clause(token)
    sentence = context.tokens.sentence[token]
    if clause is not None:
        found = _nearest(context, in_clause(context, clause), token) or anaphor(context, clause, token)
        if found is not None:
            return found
    in_sentence = context.mentions_by_sentence.get(sentence, [])
    near = _nearest(context, in_sentence, token) or anaphor_in_sentence(context, sentence, token)
    if near is not None:
        return near
    far = _before(context, sentence, token) or heading(context, token) or headline(context) or _topic(context)
    return far if far is not None and _carries(context, far, sentence) else None


def _carries(context: Context, named: Named, sentence: int) -> bool:
    """Whether what follows is still about a project. What a round table talks about has numbers of its own."""
    words = re.split(r"[\s-]", context.projects[named.project].name)
    if not any(is_class(word, "talks") for word in words):
        return True
    last_named = context.tokens.sentence[context.tokens.at(named.span[0])]
    return sentence - last_named <= 1


def _topic(context: Context) -> Named | None:
    """The project that the release speaks of throughout: the first one, where no other is named as often."""
    counts = Counter(m.project for m in context.mentions)
    if not counts:
        return None
    first = context.mentions[0]
    often = counts[first.project]
    leads = all(often > count for project, count in counts.items() if project != first.project)
    return Named(first.project, (first.start, first.end)) if leads and often >= _THROUGHOUT else None


def of_status(context: Context, mention: StatusMention) -> Named | None:
    """The project that a status mention is about: its theme in the clause, by name, class noun or pronoun."""
    if mention.clause < 0:
        return None
    if mention.source == "participle":
        return _modified(context, mention)
    before_noun = _before_noun(context, mention)
    if before_noun is not None:
        return before_noun
    clause = context.clauses[mention.clause]
    facilities_only = data("statuses", "lexicon")["verbs"].get(mention.lemma, {}).get("facilities_only")
    for theme in themes(context, clause):
        named = theme.named
        if facilities_only and not is_facility(context.projects[named.project].name):
            continue
        if may_be_theme(context, clause, theme, mention):
            return named
    return _in_question(context, mention)


def _in_question(context: Context, mention: StatusMention) -> Named | None:
    """ "Wir prüfen, ob wir den Fonds aufstocken": the project that the question under review is about."""
    if mention.status != "under_review" or mention.source != "verb" or mention.clause + 1 >= len(context.clauses):
        return None
    question = context.clauses[mention.clause + 1]
    same_sentence = context.tokens.sentence[question.start] == context.tokens.sentence[mention.first]
    asks = any(context.tokens.words[i].lower() in _QUESTION_WORDS for i in question.tokens[:3])
    found = in_clause(context, question) if same_sentence and asks else []
    return Named(found[0].project, (found[0].start, found[0].end)) if found else None


def _before_noun(context: Context, mention: StatusMention) -> Named | None:
    """ "das in Kraft getretene Wassergesetz": a set phrase inside the noun phrase of what it tells of."""
    following = mention.last + 1
    if mention.source != "phrase" or context.tokens.tags[following : following + 1] != ["ADJA"]:
        return None
    phrase = context.phrase_of.get(following)
    sentence = context.mentions_by_sentence.get(context.tokens.sentence[mention.first], [])
    found = next((m for m in sentence if phrase is not None and m.first <= phrase.head <= m.last), None)
    return Named(found.project, (found.start, found.end)) if found else None


def _nearest(context: Context, mentions: list[ProjectMention], token: int) -> Named | None:
    """The mention nearest to a token, those before it first."""
    if not mentions:
        return None
    best = min(mentions, key=lambda m: (m.first > token, abs(m.first - token)))
    return Named(best.project, (best.start, best.end))


def _modified(context: Context, mention: StatusMention) -> Named | None:
    """ "das am 1. Juni in Kraft getretene Heizkostenzuschussgesetz": the project that a participle stands before."""
    if mention.noun is None:
        return None
    sentence = context.mentions_by_sentence.get(context.tokens.sentence[mention.first], [])
    found = next(
        (m for m in sentence if m.first in (mention.noun, mention.noun + 1) or m.first <= mention.noun <= m.last), None
    )
    return Named(found.project, (found.start, found.end)) if found else None


def _before(context: Context, sentence: int, token: int) -> Named | None:
    """The project of the sentence before, in the same paragraph."""
    start = context.paragraph_start(context.tokens.starts[token])
    for earlier in range(sentence - 1, max(-1, sentence - 1 - _LOOK_BACK), -1):
        mentions = [m for m in context.mentions_by_sentence.get(earlier, []) if m.start >= start]
        if mentions:
            return Named(mentions[0].project, (mentions[0].start, mentions[0].end))
    return None


def is_survey(sentence: str) -> bool:
    """Whether a sentence tells findings of surveys or general statistics, which have no subject."""
    return bool(re.search(data("claims", "subjects")["surveys"], sentence))
