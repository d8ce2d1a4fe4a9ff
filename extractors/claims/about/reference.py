"""What stands for a named project: "das Projekt", "die Förderung", "sie"; the headings that name one."""

from bisect import bisect_left

from extractors.claims.about.names import class_nouns, classes, ends, heading, headline
from extractors.claims.about.patterns import WORDS
from extractors.claims.found import Found, Named
from extractors.german.syntax.structures import Clause, NounPhrase
from extractors.german.words.transparent import TRANSPARENT_NOUNS
from extractors.rules.projects.classes import is_class
from extractors.rules.projects.places import ProjectMention
from extractors.tokens import DETERMINERS, Tokens

_PERSONAL = frozenset({"es", "er", "sie", "dieses", "diese", "dieser"})


def in_clause(found: Found, clause: Clause) -> list[ProjectMention]:
    """The projects that a clause names, in the order of the text."""
    own = set(clause.tokens)
    sentence = found.tokens.sentence[clause.start]
    return [m for m in found.mentions_by_sentence.get(sentence, []) if m.first in own]


def stands_for(found: Found, phrase: NounPhrase) -> Named | None:
    """The project that "das Projekt", "die Förderung", "es" stand for."""
    if phrase.start == phrase.head and found.tokens.word(phrase.start) in _PERSONAL:
        return _by_pronoun(found, phrase)
    return _by_noun(found, phrase)


def _by_pronoun(found: Found, phrase: NounPhrase) -> Named | None:
    """ "es", "sie": a subject at the head of its clause that stands for what was named just before."""
    clause = found.clause(phrase.start)
    if clause is None or not _leads(clause, phrase.start) or _is_formal_address(found.tokens, phrase.start):
        return None
    if found.tokens.word(phrase.start) == "es" and _is_expletive(found, clause, phrase):
        return None
    return _antecedent(found, phrase.start, None, _span(found, phrase))


def _leads(clause: Clause, token: int) -> bool:
    """Whether a token opens its clause or follows at once on its finite verb."""
    return token in clause.tokens[:2] or (clause.verb is not None and clause.verb.finite == token - 1)


def _is_formal_address(tokens: Tokens, token: int) -> bool:
    """ "Sie" within a sentence."""
    return tokens.words[token] == "Sie" and token != tokens.sentences[tokens.sentence[token]][0]


def _by_noun(found: Found, phrase: NounPhrase) -> Named | None:
    """ "das Projekt", "die Bibliotheken", "Baubeginn": a noun that takes up as known what was named."""
    tokens, lemma = found.tokens, found.tokens.lemmas[phrase.head]
    known = _is_definite(tokens, phrase) or _is_bare_event(found, phrase)
    if tokens.tags[phrase.head] != "NN" or not known or _is_possession(tokens, phrase):
        return None
    shortened = _end_of_name(found, tokens.words[phrase.head])
    attributed = _has_attribute(found, phrase)
    if shortened is not None and not attributed:
        return Named(shortened, _span(found, phrase))
    if shortened is None and not _may_stand_for_project(found, lemma):
        return None
    if attributed and (lemma not in WORDS.generic_nouns or _is_named_by(found, phrase)):
        return None
    return _antecedent(found, phrase.start, lemma, _span(found, phrase))


def _span(found: Found, phrase: NounPhrase) -> tuple[int, int]:
    return found.tokens.span(phrase.start, phrase.end - 1)


def _is_definite(tokens: Tokens, phrase: NounPhrase) -> bool:
    """ "das Projekt", "dieses neue Projekt"; longer phrases say themselves which one they mean."""
    determined = tokens.tags[phrase.start] in DETERMINERS
    indefinite = tokens.word(phrase.start).startswith(("ein", "kein"))
    return determined and not indefinite and phrase.end - phrase.start <= 3


def _is_possession(tokens: Tokens, phrase: NounPhrase) -> bool:
    """ "das Theater und seine Angebote" are two things; "seine Sanierung" is what is done to the one."""
    possessive = tokens.tags[phrase.start] == "PPOSAT" and tokens.word(phrase.start).startswith(("sein", "ihr"))
    return possessive and tokens.lemmas[phrase.head] not in TRANSPARENT_NOUNS


def _may_stand_for_project(found: Found, lemma: str) -> bool:
    """Whether a noun is what a project was called before, what is done to one, or a word for projects in general."""
    return (
        lemma in found.once(class_nouns)
        or lemma in TRANSPARENT_NOUNS
        or lemma in WORDS.generic_nouns
        or is_class(lemma, "named")
    )


def _end_of_name(found: Found, word: str) -> int | None:
    """ "Die Bibliotheken" for "Neuköllner Stadtbibliotheken": the one project whose name ends in the word."""
    return found.once(ends).get(word.lower())


def _is_bare_event(found: Found, phrase: NounPhrase) -> bool:
    """ "Baubeginn war im Mai": an event without an article opens the sentence."""
    first, _ = found.tokens.sentences[found.tokens.sentence[phrase.start]]
    return (
        phrase.start == phrase.head == first
        and found.tokens.lemmas[first] in TRANSPARENT_NOUNS
        and found.tokens.tag(first + 1)[:2] in ("VV", "VA")
    )


def _is_expletive(found: Found, clause: Clause, phrase: NounPhrase) -> bool:
    """ "Es werden Schüler ausgewählt", "es gilt zu …": an "es" that stands for nothing."""
    others = (found.phrase_of.get(index) for index in clause.tokens)
    bare = any(other is not None and other.start != phrase.start and other.preposition is None for other in others)
    return bare or (clause.verb is not None and clause.verb.lemma in WORDS.impersonal_verbs)


def _is_named_by(found: Found, phrase: NounPhrase) -> bool:
    """Whether the attribute behind a noun holds a project's name: "die Förderung der Allianz Ruhr"."""
    following = found.phrase_of.get(phrase.end) or found.phrase_of.get(phrase.end + 1)
    mentions = found.mentions_by_sentence.get(found.tokens.sentence[phrase.head], [])
    return following is not None and any(following.start <= m.first < following.end for m in mentions)


def _has_attribute(found: Found, phrase: NounPhrase) -> bool:
    """Whether a genitive or a prepositional phrase behind the noun says what it is about."""
    following = phrase.end
    return following < len(found.tokens.words) and (
        found.tokens.tags[following] in ("APPR", "APPRART") or found.tokens.words[following].lower() in ("des", "der")
    )


_NEAR = {"pronoun": 2, "noun": 6}
"""Sentences back to which a pronoun, or a class noun that fits no name, may point."""


def _antecedent(found: Found, token: int, lemma: str | None, span: tuple[int, int]) -> Named | None:
    """The project last named before a token: one that the noun fits, if there is one."""
    earlier = found.mentions[: bisect_left(found.mentions, token, key=lambda m: m.last)]
    if not earlier:
        return None
    sentence, last = found.tokens.sentence[token], earlier[-1]
    distance = sentence - found.tokens.sentence[last.first]
    if lemma is None:
        named = found.mentions_by_sentence[sentence - distance][0]
        return Named(named.project, span) if distance <= _NEAR["pronoun"] else None
    fitting = next((m for m in reversed(earlier) if _is_called(found, m, lemma)), None)
    if fitting is not None:
        return Named(fitting.project, span)
    if lemma not in WORDS.generic_nouns and lemma not in TRANSPARENT_NOUNS:
        return None
    if distance <= _NEAR["noun"]:
        return Named(last.project, span)
    above = heading(found, token) or headline(found)
    return Named(above.project, span) if above else None


def _is_called(found: Found, mention: ProjectMention, lemma: str) -> bool:
    return lemma in found.once(classes)[mention.project] or _is_a(found.projects[mention.project].name, lemma)


def _is_a(name: str, lemma: str) -> bool:
    return any(
        word.lower().endswith(lemma.lower()) for word in name.replace("-", " ").split()
    ) or name.lower().endswith(lemma.lower())


def anaphor(found: Found, clause: Clause) -> Named | None:
    """What the first noun phrase of a clause stands for that stands for a named project; None without one."""
    return found.once_in(_anaphor, clause.index)


def _anaphor(found: Found, clause: int) -> Named | None:
    for index in found.clauses[clause].tokens:
        phrase = found.phrase_of.get(index)
        if phrase is not None and phrase.start == index:
            named = stands_for(found, phrase)
            if named is not None:
                return named
    return None


def anaphor_in_sentence(found: Found, sentence: int) -> Named | None:
    """The same for a sentence, clause by clause."""
    first, stop = found.tokens.sentences[sentence]
    clauses = sorted({found.clause_of[i] for i in range(first, stop) if found.clause_of[i] >= 0})
    return next((n for n in (anaphor(found, found.clauses[c]) for c in clauses) if n is not None), None)
