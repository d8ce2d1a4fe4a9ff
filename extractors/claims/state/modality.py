"""The modality of what a clause says: its modal verb, tense, mood, negation, and dates that lie ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from extractors.german.syntax.structures import Clause
from extractors.resources import data
from extractors.statuses.component import StatusMention
from extractors.tokens import Tokens
from models.claim import Modality
from models.quantity import Period
from models.statuses import TRAITS


@dataclass(frozen=True, slots=True)
class Judged:
    """A modality and the tokens that made it so."""

    modality: Modality
    cues: tuple[int, ...] = ()


_ACTUAL = Judged("actual")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(data("modality", "cues")[kind])


def judge(
    tokens: Tokens,
    clauses: Sequence[Clause],
    clause: Clause,
    mention: StatusMention | None,
    periods: Sequence[Period],
    published: date | None,
    money: bool = False,
) -> Judged:
    """The modality of a statement in `clause`.

    Args:
        mention: the words that give its status, where there are any.
        periods: the periods stated for it.
        published: without it, no date lies ahead.
        money: money that is granted flows when its period comes; other grants are made when they are told.
    """
    clause = _with_verb(tokens, clauses, clause)
    if mention is not None and mention.negations:
        return Judged("denied", mention.negations)
    if mention is not None and mention.source == "participle" and mention.status not in ("planned", "proposed"):
        return _ACTUAL  # "die 27 bewilligten Projekte sollen …": they are approved already
    told = published is not None and any(p.role == "as_of" and p.date[:4] < str(published.year) for p in periods)
    for judged in (_by_verb(tokens, clause), _by_parent(tokens, clauses, clause), _by_words(tokens, clause)):
        if judged is not None and not told:
            return judged
    if mention is not None and mention.status == "planned":
        return Judged("planned", tuple(range(mention.first, mention.last + 1)))
    if mention is not None and mention.status == "in_progress" and mention.lemma == "entstehen":
        return Judged("planned", (mention.first,))  # what comes into being is not there yet
    granted = mention is not None and mention.status == "approved"
    ahead = None if granted and not money else _ahead(clause, mention, periods, published)
    if ahead is None and granted and money and published is not None:
        ahead = next((p for p in periods if p.role != "until" and is_ahead(p, published)), None)
    if ahead is not None:
        return Judged("planned", tuple(range(ahead.first, ahead.last + 1)))
    coming = () if granted and not money else _coming(tokens, clause)
    return Judged("planned", coming) if coming and not told else _ACTUAL


def _with_verb(tokens: Tokens, clauses: Sequence[Clause], clause: Clause) -> Clause:
    """Words without a verb, in brackets or behind a dash, stand in the clause around or before them."""
    if clause.verb is not None:
        return clause
    if clause.parent is not None:
        return clauses[clause.parent]
    before = clauses[clause.index - 1] if clause.index else clause
    return (
        before if before.verb is not None and tokens.sentence[before.start] == tokens.sentence[clause.start] else clause
    )


def _by_verb(tokens: Tokens, clause: Clause) -> Judged | None:
    verb = clause.verb
    if verb is None or verb.finite is None:
        return None
    if verb.modal is not None:
        modality: Modality | None = data("modality", "cues")["modals"].get(verb.modal)
        told = (
            verb.modal in ("können", "dürfen", "wollen")
            and verb.tense in ("past", "perfect")
            and verb.mood == "indicative"
        )
        return None if modality is None or told else Judged(modality, (verb.finite,))
    if verb.tense == "future":
        return Judged("planned", (verb.finite,))
    if verb.mood == "subjunctive2" and tokens.words[verb.finite].lower() in _words("unreal_verbs"):
        return Judged("possible", (verb.finite,))
    if verb.lemma in _words("planning_verbs") and verb.tense == "present" and verb.voice == "active":
        return Judged("planned", (verb.finite,))
    return None


def _by_parent(tokens: Tokens, clauses: Sequence[Clause], clause: Clause) -> Judged | None:
    """Infinitive clauses take the modality of what they depend on: "planen, … zu bauen", "um … zu bauen".

    So do words without a verb of their own, as in brackets.
    """
    if (
        clause.kind not in ("infinitive", "fragment")
        or clause.parent is None
        or (clause.verb and clause.kind == "fragment")
    ):
        return None
    if clause.kind == "infinitive" and clause.tokens and tokens.words[clause.tokens[0]].lower() == "um":
        return Judged("planned", (clause.tokens[0],))
    parent = clauses[clause.parent]
    if parent.verb is not None and parent.verb.lemma in _words("planning_verbs"):
        carrier = parent.verb.finite if parent.verb.finite is not None else clause.start
        return Judged("planned", (carrier,))
    return _by_verb(tokens, parent) or _by_words(tokens, parent)


def _by_words(tokens: Tokens, clause: Clause) -> Judged | None:
    verb = clause.verb
    if verb is not None and verb.tense in ("past", "perfect", "pluperfect"):
        return None
    for index in clause.tokens:
        word = tokens.words[index]
        if word == "Ziel" and (
            tokens.words[index - 1].lower() in ("am", "ans") or (verb and verb.lemma == "erreichen")
        ):
            continue
        if word in _words("planning_words") or word.lower() in _words("planning_words"):
            return Judged("planned", (index,))
        if word.lower() in _words("possible_words"):
            return Judged("possible", (index,))
    return None


_GOING_ON = frozenset(status for status, traits in TRAITS.items() if traits.goes_on)
"""States that are there already when their end lies ahead: "läuft bis 2029"."""


def _ahead(
    clause: Clause, mention: StatusMention | None, periods: Sequence[Period], published: date | None
) -> Period | None:
    """The period that lies after the publication, in a clause that does not tell of the past."""
    verb = clause.verb
    if published is None or verb is None or verb.tense not in ("present", "none") or verb.voice == "state":
        return None
    goes_on = mention is not None and mention.status in _GOING_ON
    return next((p for p in periods if is_ahead(p, published) and not (goes_on and p.role == "until")), None)


def _coming(tokens: Tokens, clause: Clause) -> tuple[int, ...]:
    """The words of a time to come that has no date: "in den nächsten acht Jahren"."""
    verb = clause.verb
    if verb is None or verb.tense != "present" or verb.voice == "state":
        return ()
    for index in clause.tokens:
        if tokens.words[index] in _words("coming") and tokens.words[index - 2].lower() in ("in", "innerhalb"):
            following = range(index + 1, min(index + 3, clause.tokens[-1] + 1))
            end = next((i for i in following if tokens.words[i] in _words("coming_times")), None)
            if end is not None:
                return tuple(range(index - 2, end + 1))
    return ()


def is_ahead(period: Period, published: date) -> bool:
    """Whether a period begins (an end: comes) after the publication."""
    first, last = period.interval
    return (last if period.role == "until" else first) > published


def is_condition(tokens: Tokens, clause: Clause) -> bool:
    """Whether a clause states a condition ("wenn drei der fünf Werte zu hoch sind")."""
    if clause.connector is not None:
        return tokens.words[clause.connector].lower() in _words("conditions")
    return False
