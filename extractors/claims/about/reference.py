"""What stands for a named project: "das Projekt", "die Förderung", "sie"; the headings that name one."""

from bisect import bisect_left, bisect_right
from functools import cache

from extractors.claims.context import Context, Named
from extractors.german.syntax.structures import Clause, NounPhrase
from extractors.projects.classes import is_class
from extractors.projects.component import ProjectMention
from extractors.resources import data

_PERSONAL = frozenset({"es", "er", "sie", "dieses", "diese", "dieser"})


@cache
def transparent_heads() -> frozenset[str]:
    """Nouns whose genitive is what is put into a state ("Umsetzung", "Bau")."""
    return frozenset(data("claims", "subjects")["transparent_heads"])


@cache
def generic_nouns() -> frozenset[str]:
    """Nouns that stand for a named project with a definite article ("das Projekt")."""
    return frozenset(data("claims", "subjects")["generic_nouns"])


def in_clause(context: Context, clause: Clause) -> list[ProjectMention]:
    """The projects that a clause names, in the order of the text."""
    own = set(clause.tokens)
    sentence = context.tokens.sentence[clause.start]
    return [m for m in context.mentions_by_sentence.get(sentence, []) if m.first in own]


def stands_for(context: Context, phrase: NounPhrase) -> Named | None:
    """The project that "das Projekt", "die Förderung", "es" stand for."""
    tokens = context.tokens
    first = tokens.words[phrase.start].lower()
    span = tokens.span(phrase.start, phrase.end - 1)
    if phrase.start == phrase.head and first in _PERSONAL:
        clause = context.clause(phrase.start)
        leads = clause is not None and (
            phrase.start in clause.tokens[:2] or (clause.verb is not None and clause.verb.finite == phrase.start - 1)
        )
        formal = (
            tokens.words[phrase.start] == "Sie" and phrase.start != tokens.sentences[tokens.sentence[phrase.start]][0]
        )
        empty = first == "es" and clause is not None and _is_expletive(context, clause, phrase)
        return _antecedent(context, phrase.start, None, span) if leads and not formal and not empty else None
    definite = (
        tokens.tags[phrase.start] in ("ART", "PDAT", "PPOSAT")
        and not first.startswith(("ein", "kein"))
        and phrase.end - phrase.start <= 3
    )
    lemma = tokens.lemmas[phrase.head]
    if first.startswith(("sein", "ihr")) and tokens.tags[phrase.start] == "PPOSAT" and lemma not in transparent_heads():
        return None  # "das Theater und seine Angebote" are two things
    introduced = any(lemma in classes for classes in context.classes.values())
    done_to_it = lemma in transparent_heads()
    shortened = _end_of_name(context, tokens.words[phrase.head])
    if (
        not (definite or _is_bare_event(context, phrase))
        or tokens.tags[phrase.head] != "NN"
        or not (
            introduced or done_to_it or shortened is not None or lemma in generic_nouns() or is_class(lemma, "named")
        )
    ):
        return None
    if shortened is not None and not _has_attribute(context, phrase):
        return Named(shortened, span)
    if _has_attribute(context, phrase) and (lemma not in generic_nouns() or _is_named_by(context, phrase)):
        return None
    return _antecedent(context, phrase.start, lemma, span)


def _end_of_name(context: Context, word: str) -> int | None:
    """ "Die Bibliotheken" for "Neuköllner Stadtbibliotheken": the one project whose name ends in the word."""
    return context.endings_of_names.get(word.lower())


def _is_bare_event(context: Context, phrase: NounPhrase) -> bool:
    """ "Baubeginn war im Mai": an event without an article opens the sentence."""
    first, _ = context.tokens.sentences[context.tokens.sentence[phrase.start]]
    return (
        phrase.start == phrase.head == first
        and context.tokens.lemmas[first] in transparent_heads()
        and context.tokens.tags[first + 1][:2] in ("VV", "VA")
    )


def _is_expletive(context: Context, clause: Clause, phrase: NounPhrase) -> bool:
    """ "Es werden Schüler ausgewählt", "es gilt zu …": an "es" that stands for nothing."""
    others = (context.phrase_of.get(index) for index in clause.tokens)
    bare = any(other is not None and other.start != phrase.start and other.preposition is None for other in others)
    return bare or (clause.verb is not None and clause.verb.lemma in ("gelten", "geben", "gehen", "handeln"))


def _is_named_by(context: Context, phrase: NounPhrase) -> bool:
    """Whether the attribute behind a noun holds a project's name: "die Förderung der Allianz Ruhr"."""
    following = context.phrase_of.get(phrase.end) or context.phrase_of.get(phrase.end + 1)
    mentions = context.mentions_by_sentence.get(context.tokens.sentence[phrase.head], [])
    return following is not None and any(following.start <= m.first < following.end for m in mentions)


def _has_attribute(context: Context, phrase: NounPhrase) -> bool:
    """Whether a genitive or a prepositional phrase behind the noun says what it is about."""
    following = phrase.end
    return following < len(context.tokens.words) and (
        context.tokens.tags[following] in ("APPR", "APPRART")
        or context.tokens.words[following].lower() in ("des", "der")
    )


_NEAR = {"pronoun": 2, "noun": 6}
"""Sentences back to which a pronoun, or a class noun that fits no name, may point."""


def _antecedent(context: Context, token: int, lemma: str | None, span: tuple[int, int]) -> Named | None:
    """The project last named before a token: one that the noun fits, if there is one."""
    earlier = context.mentions[: bisect_left(context.mentions, token, key=lambda m: m.last)]
    if not earlier:
        return None
    sentence, last = context.tokens.sentence[token], earlier[-1]
    distance = sentence - context.tokens.sentence[last.first]
    if lemma is None:
        named = context.mentions_by_sentence[sentence - distance][0]
        return Named(named.project, span) if distance <= _NEAR["pronoun"] else None
    fitting = next((m for m in reversed(earlier) if _is_called(context, m, lemma)), None)
    if fitting is not None:
        return Named(fitting.project, span)
    if lemma not in generic_nouns() and lemma not in transparent_heads():
        return None
    if distance <= _NEAR["noun"]:
        return Named(last.project, span)
    above = heading(context, token) or headline(context)
    return Named(above.project, span) if above else None


def _is_called(context: Context, mention: ProjectMention, lemma: str) -> bool:
    return lemma in context.classes[mention.project] or _is_a(context.projects[mention.project].name, lemma)


def _is_a(name: str, lemma: str) -> bool:
    return any(
        word.lower().endswith(lemma.lower()) for word in name.replace("-", " ").split()
    ) or name.lower().endswith(lemma.lower())


def anaphor(context: Context, clause: Clause, token: int) -> Named | None:
    """What the first noun phrase of a clause stands for that stands for a named project; None without one."""
    for index in clause.tokens:
        phrase = context.phrase_of.get(index)
        if phrase is not None and phrase.start == index:
            named = stands_for(context, phrase)
            if named is not None:
                return named
    return None


def anaphor_in_sentence(context: Context, sentence: int, token: int) -> Named | None:
    """The same for a sentence, clause by clause."""
    first, stop = context.tokens.sentences[sentence]
    clauses = sorted({context.clause_of[i] for i in range(first, stop) if context.clause_of[i] >= 0})
    return next((n for n in (anaphor(context, context.clauses[c], token) for c in clauses) if n is not None), None)


def heading(context: Context, token: int) -> Named | None:
    """The project that the section's heading names."""
    above = bisect_right(context.headings, context.tokens.starts[token], key=lambda span: span[1])
    return context.named_in_headings[above - 1] if above else None


def headline(context: Context) -> Named | None:
    """The project that the release's headline names first."""
    named = next((m for m in context.mentions if m.start < context.title_end), None)
    return Named(named.project, (named.start, named.end)) if named else None
