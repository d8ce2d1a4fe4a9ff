"""Which named project a statement is about."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from extractors.claims.context import Context, Named
from extractors.german.structures import Clause, NounPhrase
from extractors.projects.candidates import is_class, is_facility
from extractors.projects.component import ProjectMention
from extractors.resources import data
from extractors.statuses.component import StatusMention

_NOMINATIVE = frozenset({"wir", "ich", "er", "man", "ihr"})
_PERSONAL = frozenset({"es", "er", "sie", "dieses", "diese", "dieser"})


@cache
def _transparent() -> frozenset[str]:
    return frozenset(data("claims", "subjects")["transparent_heads"])


@cache
def _generic() -> frozenset[str]:
    return frozenset(data("claims", "subjects")["generic_nouns"])


def of_number(context: Context, token: int) -> Named | None:
    """The subject of a number: named in its clause, else its sentence, the one before, the heading, the headline."""
    clause = context.clause(token)
    sentence = context.tokens.sentence[token]
    if clause is not None:
        found = _nearest(context, [m for m in _in_clause(context, clause)], token) or _anaphor(context, clause, token)
        if found is not None:
            return found
    in_sentence = context.mentions_by_sentence.get(sentence, [])
    return (
        _nearest(context, in_sentence, token)
        or _anaphor_in_sentence(context, sentence, token)
        or _before(context, sentence, token)
        or _heading(context, token)
        or _headline(context)
        or _topic(context)
    )


def _topic(context: Context) -> Named | None:
    """The project that the release speaks of throughout: the first one, where no other is named as often."""
    counts = Counter(m.project for m in context.mentions)
    if not counts:
        return None
    first = context.mentions[0]
    often = counts[first.project]
    leads = all(often > count for project, count in counts.items() if project != first.project)
    return Named(first.project, (first.start, first.end)) if leads and often >= _THROUGHOUT else None


_THROUGHOUT = 2


def of_status(context: Context, mention: StatusMention) -> Named | None:
    """The project that a status mention is about: its theme in the clause, by name, class noun or pronoun."""
    if mention.clause < 0:
        return None
    if mention.source == "participle":
        return _modified(context, mention)
    clause = context.clauses[mention.clause]
    facilities_only = data("statuses", "lexicon")["verbs"].get(mention.lemma, {}).get("facilities_only")
    for named, phrase in _themes(context, clause):
        if facilities_only and not is_facility(context.projects[named.project].name):
            continue
        if _may_be_theme(context, clause, phrase, mention, named):
            return named
    return None


def _in_clause(context: Context, clause: Clause) -> list[ProjectMention]:
    own = set(clause.tokens)
    sentence = context.tokens.sentence[clause.start]
    return [m for m in context.mentions_by_sentence.get(sentence, []) if m.first in own]


def _nearest(context: Context, mentions: list[ProjectMention], token: int) -> Named | None:
    """The mention nearest to a token, those before it first."""
    if not mentions:
        return None
    best = min(mentions, key=lambda m: (m.first > token, abs(m.first - token)))
    return Named(best.project, (best.start, best.end))


def _themes(context: Context, clause: Clause) -> Iterator[tuple[Named, NounPhrase]]:
    """The projects that the clause's noun phrases name or stand for, in their order."""
    seen: set[int] = set()
    mentions = {m.first: m for m in _in_clause(context, clause)}
    for index in clause.tokens:
        phrase = context.phrase_of.get(index)
        mention = mentions.get(index)
        if mention is not None:
            inner = phrase if phrase is not None else NounPhrase(mention.last, mention.first, mention.last + 1, None, (), None)
            yield Named(mention.project, (mention.start, mention.end)), inner
        elif phrase is not None and phrase.start not in seen:
            seen.add(phrase.start)
            named = _stands_for(context, phrase)
            if named is not None and not any(phrase.start <= m < phrase.end for m in mentions):
                yield named, phrase
    subject = _missing_subject(context, clause)
    if subject is not None:
        yield subject


def _may_be_theme(context: Context, clause: Clause, phrase: NounPhrase, mention: StatusMention, named: Named) -> bool:
    """Whether a noun phrase has the role in its clause that the status words put into a state."""
    if phrase.preposition is not None:
        words = context.tokens.words
        if _complements_transparent(context, phrase):
            return True
        return mention.source == "phrase" and words[phrase.preposition].lower() in ("für", "zur", "zum", "zu") and mention.first < phrase.start
    if phrase.parent is not None or _is_genitive(context, phrase):
        head = _governing_noun(context, phrase)
        return head is not None and context.tokens.lemmas[head] in _transparent() and not _in_prepositional(context, head, mention)
    return mention.theme == "subject" or not is_agent(context, clause, phrase, mention.theme)


def _complements_transparent(context: Context, phrase: NounPhrase) -> bool:
    """ "die Bauarbeiten für den Korridor haben begonnen": the noun before the preposition is what is done to it."""
    before = (phrase.preposition or 0) - 1
    head = context.phrase_of.get(before)
    if before < 0 or context.tokens.lemmas[before] not in _transparent() or head is None or head.preposition is not None:
        return False
    return context.tokens.words[phrase.preposition or 0].lower() in ("für", "an", "am", "von", "vom", "zu", "zum", "zur", "bei", "beim")


def _is_genitive(context: Context, phrase: NounPhrase) -> bool:
    before = phrase.start - 1
    first = context.tokens.words[phrase.start].lower()
    return first in ("des", "der") and before >= 0 and context.tokens.tags[before] in ("NN", "NE")


def _governing_noun(context: Context, phrase: NounPhrase) -> int | None:
    if phrase.parent is not None:
        return context.noun_phrases[phrase.parent].head
    before = phrase.start - 1
    return before if context.tokens.tags[before] in ("NN", "NE") else None


def _in_prepositional(context: Context, head: int, mention: StatusMention) -> bool:
    phrase = context.phrase_of.get(head)
    if phrase is None or phrase.preposition is None:
        return False
    return not mention.first <= head <= mention.last


def is_agent(context: Context, clause: Clause, phrase: NounPhrase, theme: str) -> bool:
    """Whether a phrase is the subject of a transitive verb in the active voice, so that something else is its theme.

    German does not mark it on nouns: the first bare noun phrase counts as the subject, unless a pronoun in the
    nominative is, or the subject is left out ("… und planen 20 Schulen", "um 20 Schulen zu bauen").
    """
    if clause.kind == "infinitive" or any(
        context.tokens.words[i].lower() in _NOMINATIVE and i != phrase.start for i in clause.tokens
    ):
        return False
    starts_with_verb = clause.verb is not None and clause.verb.finite in clause.tokens[:2] and not clause.vorfeld
    if starts_with_verb and context.tokens.tags[clause.tokens[0]] == "KON":
        return False
    bare = []
    for index in clause.tokens:
        other = context.phrase_of.get(index)
        if other is not None and other.start == index and context.tokens.tags[other.head] != "PRF" and other.preposition is None and other.parent is None and not _is_genitive(context, other) and not _is_time(context, other):
            bare.append(other)
    first = not bare or bare[0].start == phrase.start
    return first and (theme == "object" or len(bare) > 1)


def _is_time(context: Context, phrase: NounPhrase) -> bool:
    return any(p.first <= phrase.head <= p.last for p in context.periods_by_sentence.get(context.tokens.sentence[phrase.head], []))


def _missing_subject(context: Context, clause: Clause) -> tuple[Named, NounPhrase] | None:
    """The subject that a coordinated clause shares with the one before: "Es läuft und ist bis 2029 verlängert"."""
    if clause.index == 0 or clause.vorfeld or clause.kind not in ("main", "subordinate"):
        return None
    before = context.clauses[clause.index - 1]
    first = clause.tokens[0]
    joined = context.tokens.tags[first] == "KON" and before.verb is not None and before.kind == clause.kind
    if not joined or context.tokens.sentence[before.start] != context.tokens.sentence[clause.start]:
        return None
    for index in before.vorfeld or before.mittelfeld:
        phrase = context.phrase_of.get(index)
        if phrase is None or phrase.preposition is not None:
            continue
        mention = next((m for m in _in_clause(context, before) if phrase.start <= m.first < phrase.end), None)
        named = Named(mention.project, (mention.start, mention.end)) if mention else _stands_for(context, phrase)
        if named is not None:
            return named, phrase
    return None


def _stands_for(context: Context, phrase: NounPhrase) -> Named | None:
    """The project that "das Projekt", "die Förderung", "es" stand for."""
    tokens = context.tokens
    first = tokens.words[phrase.start].lower()
    span = tokens.span(phrase.start, phrase.end - 1)
    if phrase.start == phrase.head and first in _PERSONAL:
        clause = context.clause(phrase.start)
        leads = clause is not None and (phrase.start in clause.tokens[:2] or (clause.verb is not None and clause.verb.finite == phrase.start - 1))
        return _antecedent(context, phrase.start, None, span) if leads else None
    definite = tokens.tags[phrase.start] in ("ART", "PDAT", "PPOSAT") and not first.startswith(("ein", "kein")) and phrase.end - phrase.start <= 3
    lemma = tokens.lemmas[phrase.head]
    introduced = any(lemma in classes for classes in context.classes.values())
    done_to_it = lemma in _transparent()
    if not definite or tokens.tags[phrase.head] != "NN" or not (introduced or done_to_it or lemma in _generic() or is_class(lemma, "named")):
        return None
    if _has_attribute(context, phrase) and (lemma not in _generic() or _is_named_by(context, phrase)):
        return None
    return _antecedent(context, phrase.start, lemma, span)


def _is_named_by(context: Context, phrase: NounPhrase) -> bool:
    """Whether the attribute behind a noun holds a project's name: "die Förderung der Allianz Ruhr"."""
    following = context.phrase_of.get(phrase.end) or context.phrase_of.get(phrase.end + 1)
    mentions = context.mentions_by_sentence.get(context.tokens.sentence[phrase.head], [])
    return following is not None and any(following.start <= m.first < following.end for m in mentions)


def _has_attribute(context: Context, phrase: NounPhrase) -> bool:
    """Whether a genitive or a prepositional phrase behind the noun says what it is about."""
    following = phrase.end
    return following < len(context.tokens.words) and (
        context.tokens.tags[following] in ("APPR", "APPRART") or context.tokens.words[following].lower() in ("des", "der")
    )


def _antecedent(context: Context, token: int, lemma: str | None, span: tuple[int, int]) -> Named | None:
    """The project last named before a token, one whose name has the class noun if there is one."""
    earlier = [m for m in context.mentions if m.last < token]
    if not earlier:
        return None
    if lemma is not None:
        fitting = [m for m in earlier if _is_a(context.projects[m.project].name, lemma) or lemma in context.classes[m.project]]
        if fitting:
            return Named(fitting[-1].project, span)
        if lemma not in _generic() and lemma not in _transparent():
            return None
    sentence = context.tokens.sentence[token]
    near = [m for m in earlier if sentence - context.tokens.sentence[m.first] <= (2 if lemma is None else 6)]
    if lemma is None:
        near = [m for m in near if context.tokens.sentence[m.first] == context.tokens.sentence[near[-1].first]][:1] if near else []
    if near:
        return Named(near[-1].project, span)
    if lemma is None:
        return None
    heading = _heading(context, token) or _headline(context)
    return Named(heading.project, span) if heading else None


def _is_a(name: str, lemma: str) -> bool:
    return any(word.lower().endswith(lemma.lower()) for word in name.replace("-", " ").split()) or name.lower().endswith(lemma.lower())


def _modified(context: Context, mention: StatusMention) -> Named | None:
    """ "das am 1. Juni in Kraft getretene Heizkostenzuschussgesetz": the project that a participle stands before."""
    if mention.noun is None:
        return None
    sentence = context.mentions_by_sentence.get(context.tokens.sentence[mention.first], [])
    found = next((m for m in sentence if m.first in (mention.noun, mention.noun + 1) or m.first <= mention.noun <= m.last), None)
    return Named(found.project, (found.start, found.end)) if found else None


def _anaphor(context: Context, clause: Clause, token: int) -> Named | None:
    for index in clause.tokens:
        phrase = context.phrase_of.get(index)
        if phrase is not None and phrase.start == index:
            named = _stands_for(context, phrase)
            if named is not None:
                return named
    return None


def _anaphor_in_sentence(context: Context, sentence: int, token: int) -> Named | None:
    first, stop = context.tokens.sentences[sentence]
    clauses = sorted({context.clause_of[i] for i in range(first, stop) if context.clause_of[i] >= 0})
    return next((n for n in (_anaphor(context, context.clauses[c], token) for c in clauses) if n is not None), None)


def _before(context: Context, sentence: int, token: int) -> Named | None:
    """The project of the sentence before, in the same paragraph."""
    start = context.paragraph_start(context.tokens.starts[token])
    for earlier in range(sentence - 1, max(-1, sentence - 1 - _LOOK_BACK), -1):
        mentions = [m for m in context.mentions_by_sentence.get(earlier, []) if m.start >= start]
        if mentions:
            return Named(mentions[0].project, (mentions[0].start, mentions[0].end))
    return None


_LOOK_BACK = 3


def _heading(context: Context, token: int) -> Named | None:
    """The project that the section's heading names, or else the section's first sentence."""
    offset = context.tokens.starts[token]
    above = [span for span in context.headings if span[1] <= offset]
    if not above:
        return None
    start, end = above[-1]
    named = next((m for m in context.mentions if start <= m.start < end), None)
    return Named(named.project, (named.start, named.end)) if named else None


def _headline(context: Context) -> Named | None:
    named = next((m for m in context.mentions if m.start < context.title_end), None)
    return Named(named.project, (named.start, named.end)) if named else None


def is_survey(sentence: str) -> bool:
    """Whether a sentence tells findings of surveys or general statistics, which have no subject."""
    return bool(re.search(data("claims", "subjects")["surveys"], sentence))
