"""What a clause's predicate puts into a state: its theme, found without a parser."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.claims.about.patterns import WORDS
from extractors.claims.about.reference import in_clause, stands_for
from extractors.claims.found import Found, Named
from extractors.german.syntax.structures import Clause, NounPhrase
from extractors.german.words.transparent import TRANSPARENT_NOUNS
from extractors.rules.projects.classes import is_class
from extractors.rules.statuses.mention import StatusMention
from extractors.tokens import DETERMINERS, PREPOSITIONS

_QUOTES = frozenset('„“»"‚«')
_OPENING = frozenset({"ART", "PPOSAT", "PDAT", "ADJA", "NE", "NN"})
"""Tags that open an attribute behind a noun."""
_NOMINATIVE = frozenset({"wir", "ich", "er", "man", "ihr"})


@dataclass(frozen=True, slots=True)
class Theme:
    """A project that may be what a predicate is about, and the noun phrase that names it.

    `shared` says that the phrase is the subject of the clause before ("… läuft und ist verlängert").
    """

    named: Named
    phrase: NounPhrase
    shared: bool = False


def themes(found: Found, clause: Clause) -> tuple[Theme, ...]:
    """The projects that the clause's noun phrases name or stand for, in their order."""
    return found.once_in(_themes, clause.index)


def _themes(found: Found, index: int) -> tuple[Theme, ...]:
    return tuple(_each_theme(found, found.clauses[index]))


def _each_theme(found: Found, clause: Clause) -> Iterator[Theme]:
    seen: set[int] = set()
    mentions = {m.first: m for m in in_clause(found, clause)}
    for index in clause.tokens:
        phrase = found.phrase_of.get(index)
        mention = mentions.get(index)
        if mention is not None:
            inner = phrase or NounPhrase(mention.last, mention.first, mention.last + 1, None, (), None)
            yield Theme(Named(mention.project, (mention.start, mention.end)), _with_class_noun(found, inner))
        elif phrase is not None and phrase.start not in seen:
            seen.add(phrase.start)
            named = stands_for(found, phrase)
            stop = phrase.end + (found.tokens.word(phrase.end) in _QUOTES) + 1  # "das Vorhaben „Smartes Dorf“"
            if named is not None and not any(phrase.start <= m < stop for m in mentions):
                yield Theme(named, phrase)
    subject = _missing_subject(found, clause)
    if subject is not None:
        yield Theme(*subject, shared=True)


def _with_class_noun(found: Found, phrase: NounPhrase) -> NounPhrase:
    """ "das Förderprogramm „Neue Wege“", "für das „Blaue Band“": a name and what stands before it are one phrase."""
    tokens, before = found.tokens, phrase.start - 1
    quoted = before >= 0 and tokens.words[before] in _QUOTES
    before -= quoted
    outer = found.phrase_of.get(before)
    if quoted and before > 0 and tokens.tags[before] in DETERMINERS:
        preposition = before - 1 if tokens.tags[before - 1] in PREPOSITIONS else None
        return replace(phrase, start=before, preposition=preposition)
    determined = tokens.tags[phrase.start] in DETERMINERS
    return phrase if outer is None or determined or outer.head != before else outer


def may_be_theme(found: Found, clause: Clause, theme: Theme, mention: StatusMention) -> bool:
    """Whether a noun phrase has the role in its clause that the status words put into a state."""
    phrase = theme.phrase
    if theme.shared:
        return mention.theme == "subject"
    if _is_bracketed(found, theme.named, mention):
        return False
    if mention.theme == "attribute":
        return is_complement(found, phrase, mention) or (
            phrase.preposition is None and phrase.parent is None and not has_complement(found, mention)
        )
    if phrase.preposition is not None:
        words = found.tokens.words
        if _complements_transparent(found, phrase):
            return True
        return (
            mention.source == "phrase"
            and words[phrase.preposition].lower() in ("für", "zur", "zum", "zu")
            and mention.first < phrase.start
        )
    if phrase.parent is not None or _is_genitive(found, phrase):
        head = _governing_noun(found, phrase)
        return (
            head is not None
            and found.tokens.lemmas[head] in TRANSPARENT_NOUNS
            and not _in_prepositional(found, head, mention)
        )
    return mention.theme == "subject" or not is_agent(found, clause, phrase, mention.theme)


def is_complement(found: Found, phrase: NounPhrase, mention: StatusMention) -> bool:
    """Whether a phrase says of what an event's noun tells.

    "Start [der Kampagne]", "Richtfest für [die Halle]", "Beginn der Umsetzung [des Plans]".
    """
    tokens = found.tokens
    position = mention.last + 1
    while position < phrase.start:
        inner = found.phrase_of.get(position)
        if tokens.words[position] in _QUOTES or tokens.words[position].lower() in WORDS.complement_prepositions:
            position += 1
        elif inner is not None and inner.start == position and _leads_on(found, inner):
            position = inner.end
        else:
            return False
    return True


def _leads_on(found: Found, phrase: NounPhrase) -> bool:
    """Whether a noun says what is done to what stands behind it, or of what class that is."""
    lemma = found.tokens.lemmas[phrase.head]
    return lemma in TRANSPARENT_NOUNS or is_class(lemma, "named")


def has_complement(found: Found, mention: StatusMention) -> bool:
    """Whether something stands behind an event's noun that says of what it is."""
    tokens, behind = found.tokens, mention.last + 1
    joined = tokens.word(behind) in WORDS.complement_prepositions and not _is_dated(found, behind + 1)
    return (
        joined or tokens.tag(behind) in _OPENING or tokens.words[behind : behind + 1] in ([quote] for quote in _QUOTES)
    )


def _is_dated(found: Found, token: int) -> bool:
    periods = found.periods_by_sentence.get(found.tokens.sentence[min(token, len(found.tokens.words) - 1)], [])
    return any(period.first <= token <= period.last for period in periods)


def _is_bracketed(found: Found, named: Named, mention: StatusMention) -> bool:
    """Whether only one of the two stands inside brackets: "abgeschlossen (§ 7 Haushaltsordnung)"."""
    start, end = sorted((named.span[0], mention.start))
    between = found.tokens.text[start:end]
    return between.count("(") != between.count(")")


def _complements_transparent(found: Found, phrase: NounPhrase) -> bool:
    """ "die Bauarbeiten für den Korridor haben begonnen": the noun before the preposition is what is done to it."""
    before = (phrase.preposition or 0) - 1
    head = found.phrase_of.get(before)
    if (
        before < 0
        or found.tokens.lemmas[before] not in TRANSPARENT_NOUNS
        or head is None
        or head.preposition is not None
    ):
        return False
    return found.tokens.words[phrase.preposition or 0].lower() in WORDS.complement_prepositions


def _is_genitive(found: Found, phrase: NounPhrase) -> bool:
    before = phrase.start - 1
    first = found.tokens.words[phrase.start].lower()
    return first in ("des", "der") and before >= 0 and found.tokens.tags[before] in ("NN", "NE")


def _governing_noun(found: Found, phrase: NounPhrase) -> int | None:
    if phrase.parent is not None:
        return found.noun_phrases[phrase.parent].head
    before = phrase.start - 1
    return before if found.tokens.tags[before] in ("NN", "NE") else None


def _in_prepositional(found: Found, head: int, mention: StatusMention) -> bool:
    """Whether a noun stands in a prepositional phrase that is not the event's own ("Richtfest für den Neubau …")."""
    phrase = found.phrase_of.get(head)
    if phrase is None or phrase.preposition is None or mention.first <= head <= mention.last:
        return False
    own = (
        found.tokens.words[phrase.preposition].lower() in ("für", "zum", "zur")
        and phrase.preposition == mention.last + 1
    )
    return not own


def is_agent(found: Found, clause: Clause, phrase: NounPhrase, theme: str) -> bool:
    """Whether a phrase is the subject of a transitive verb in the active voice, so that something else is its theme.

    German does not mark it on nouns: the first bare noun phrase counts as the subject, unless a pronoun in the
    nominative is, or the subject is left out ("… und planen 20 Schulen", "um 20 Schulen zu bauen").
    """
    if clause.kind == "infinitive" or any(
        found.tokens.words[i].lower() in _NOMINATIVE and i != phrase.start for i in clause.tokens
    ):
        return False
    if clause.kind == "relative" and phrase.start == phrase.head and found.tokens.tags[phrase.head] == "PPER":
        return True
    starts_with_verb = clause.verb is not None and clause.verb.finite in clause.tokens[:2] and not clause.vorfeld
    if starts_with_verb and found.tokens.tags[clause.tokens[0]] == "KON":
        return False
    bare = []
    for index in clause.tokens:
        other = found.phrase_of.get(index)
        if (
            other is not None
            and other.start == index
            and found.tokens.tags[other.head] != "PRF"
            and other.preposition is None
            and other.parent is None
            and not _is_genitive(found, other)
            and not _is_time(found, other)
            and _with_class_noun(found, other) is other
        ):
            bare.append(other)
    first = not bare or bare[0].start == phrase.start
    return first and (theme == "object" or len(bare) > 1)


def _is_time(found: Found, phrase: NounPhrase) -> bool:
    return any(
        p.first <= phrase.head <= p.last for p in found.periods_by_sentence.get(found.tokens.sentence[phrase.head], [])
    )


def _missing_subject(found: Found, clause: Clause) -> tuple[Named, NounPhrase] | None:
    """The subject that a coordinated clause shares with the one before: "Es läuft und ist bis 2029 verlängert"."""
    if clause.index == 0 or clause.vorfeld or clause.kind not in ("main", "subordinate"):
        return None
    before = found.clauses[clause.index - 1]
    first = clause.tokens[0]
    joined = found.tokens.tags[first] == "KON" and before.verb is not None and before.kind == clause.kind
    if not joined or found.tokens.sentence[before.start] != found.tokens.sentence[clause.start]:
        return None
    for index in before.vorfeld or before.mittelfeld:
        phrase = found.phrase_of.get(index)
        if phrase is None or phrase.preposition is not None:
            continue
        mention = next((m for m in in_clause(found, before) if phrase.start <= m.first < phrase.end), None)
        named = Named(mention.project, (mention.start, mention.end)) if mention else stands_for(found, phrase)
        if named is not None:
            return named, phrase
    return None
