"""The modality of what a clause says: its modal verb, tense, mood, negation, and dates that lie ahead.

`judge` asks the reasons in `_REASONS` in turn; the first that holds decides.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.claims.found import Found
from extractors.claims.state.patterns import MODALITY
from extractors.claims.state.status import is_bare
from extractors.german.syntax.structures import Clause
from extractors.rules.statuses.mention import StatusMention
from extractors.tokens import Tokens
from models.claim import Modality
from models.quantity import Period, Quantity
from models.statuses import TRAITS


@dataclass(frozen=True, slots=True)
class Judged:
    """A modality and the tokens that made it so."""

    modality: Modality
    cues: tuple[int, ...] = ()


_ACTUAL = Judged("actual")
_GOING_ON = frozenset(status for status, traits in TRAITS.items() if traits.goes_on)
"""States that are there already when their end lies ahead: "läuft bis 2029"."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """What is judged: a clause, the words that give a status, the number, and the periods stated for them.

    `own` is the clause in which the statement stands, `clause` the one whose verb counts for it.
    """

    found: Found
    own: Clause
    clause: Clause
    mention: StatusMention | None
    quantity: Quantity | None
    periods: Sequence[Period]

    @property
    def tokens(self) -> Tokens:
        return self.found.tokens

    @property
    def is_told(self) -> bool:
        """Whether it is dated in a year before the publication: what was meant to be then is told as done."""
        published = self.found.published
        return published is not None and any(
            p.role == "as_of" and p.date[:4] < str(published.year) for p in self.periods
        )

    @property
    def is_grant(self) -> bool:
        return self.mention is not None and self.mention.status == "approved"

    @property
    def is_money(self) -> bool:
        return self.quantity is not None and self.quantity.kind == "money"


_Reason = Callable[[_Statement], Judged | None]


def judge(
    found: Found,
    clause: Clause,
    mention: StatusMention | None,
    periods: Sequence[Period],
    quantity: Quantity | None = None,
) -> Judged:
    """The modality of a statement in `clause`.

    Args:
        found: the document.
        clause: where the statement stands.
        mention: the words that give its status, where there are any.
        periods: the periods stated for it.
        quantity: the number that it states; without one it states the status of a named project.
    """
    statement = _Statement(found, clause, _with_verb(found, clause), mention, quantity, periods)
    return next((judged for reason in _REASONS if (judged := reason(statement)) is not None), _ACTUAL)


def is_condition(tokens: Tokens, clause: Clause) -> bool:
    """Whether a clause states a condition ("wenn drei der fünf Werte zu hoch sind")."""
    return clause.connector is not None and tokens.word(clause.connector) in MODALITY.conditions


def _exists_already(statement: _Statement) -> Judged | None:
    """ "Auf die elf bestehenden Kioske sollen 40 folgen": these are there."""
    quantity = statement.quantity
    if quantity is None:
        return None
    words = statement.tokens.words[max(0, quantity.first - 1) : quantity.last]
    return _ACTUAL if any(word.lower().startswith(MODALITY.existing) for word in words) else None


def _in_coming_time(statement: _Statement) -> Judged | None:
    """ "in den kommenden [drei Jahren]"."""
    quantity = statement.quantity
    if quantity is None or quantity.kind != "duration":
        return None
    before = quantity.first - 1
    coming = before >= 0 and statement.tokens.words[before] in MODALITY.coming
    return Judged("planned", (before,)) if coming else None


def _predicate_denied(statement: _Statement) -> Judged | None:
    """A denied predicate without a status denies what its subject's number is said to do."""
    quantity, verb = statement.quantity, statement.own.verb
    if quantity is None or quantity.kind != "count" or statement.mention is not None or verb is None:
        return None
    if not verb.negation or not is_bare(statement.found, quantity):
        return None
    words = statement.tokens.words
    denying = tuple(
        i
        for i in verb.negation
        if i + 1 < len(words)
        and words[i + 1].lower() not in MODALITY.not_denying
        and not quantity.first <= i <= quantity.last
    )
    return Judged("denied", denying) if denying else None


def _status_denied(statement: _Statement) -> Judged | None:
    mention = statement.mention
    return Judged("denied", mention.negations) if mention is not None and mention.negations else None


def _is_in_state(statement: _Statement) -> Judged | None:
    """ "die 27 bewilligten Projekte sollen …": they are approved already."""
    mention = statement.mention
    if mention is None or mention.source != "participle" or mention.status in ("planned", "proposed"):
        return None
    return _ACTUAL


def _clause_says(statement: _Statement) -> Judged | None:
    """The clause's verb, the clause that it depends on, or its adverbs say so."""
    if statement.is_told:
        return None
    tokens, clause = statement.tokens, statement.clause
    return _by_verb(tokens, clause) or _by_parent(tokens, statement.found.clauses, clause) or _by_words(tokens, clause)


def _status_is_planned(statement: _Statement) -> Judged | None:
    mention = statement.mention
    if mention is None or mention.status != "planned":
        return None
    return Judged("planned", tuple(range(mention.first, mention.last + 1)))


def _comes_into_being(statement: _Statement) -> Judged | None:
    """ "Hier entstehen 20 Wohnungen": they are not there yet."""
    mention = statement.mention
    if mention is None or mention.status != "in_progress" or mention.lemma not in MODALITY.coming_into_being:
        return None
    return Judged("planned", (mention.first,))


def _dated_ahead(statement: _Statement) -> Judged | None:
    """A period lies ahead. A grant is made when it is told; only its money flows when its period comes."""
    if statement.is_grant and not statement.is_money:
        return None
    ahead = _ahead_in_present(statement)
    if ahead is None and statement.is_grant:
        ahead = _begins_ahead(statement)
    return None if ahead is None else Judged("planned", tuple(range(ahead.first, ahead.last + 1)))


def _time_to_come(statement: _Statement) -> Judged | None:
    """A time to come that has no date: "in den nächsten acht Jahren"."""
    if statement.is_told or (statement.is_grant and not statement.is_money):
        return None
    words = _coming(statement.tokens, statement.clause)
    return Judged("planned", words) if words else None


_REASONS: tuple[_Reason, ...] = (
    _exists_already,
    _in_coming_time,
    _predicate_denied,
    _status_denied,
    _is_in_state,
    _clause_says,
    _status_is_planned,
    _comes_into_being,
    _dated_ahead,
    _time_to_come,
)


def _with_verb(found: Found, clause: Clause) -> Clause:
    """Words without a verb, in brackets or behind a dash, stand in the clause around or before them."""
    if clause.verb is not None:
        return clause
    if clause.parent is not None:
        return found.clauses[clause.parent]
    before = found.clauses[clause.index - 1] if clause.index else clause
    sentence = found.tokens.sentence
    return before if before.verb is not None and sentence[before.start] == sentence[clause.start] else clause


def _by_verb(tokens: Tokens, clause: Clause) -> Judged | None:
    verb = clause.verb
    if verb is None or verb.finite is None:
        return None
    if verb.modal is not None:
        modality = MODALITY.modals.get(verb.modal)
        past = verb.tense in ("past", "perfect") and verb.mood == "indicative"
        done = past and verb.modal in MODALITY.done_in_past
        return None if modality is None or done else Judged(modality, (verb.finite,))
    if verb.tense == "future":
        return Judged("planned", (verb.finite,))
    if verb.mood == "subjunctive2" and tokens.word(verb.finite) in MODALITY.unreal_verbs:
        return Judged("possible", (verb.finite,))
    if verb.lemma in MODALITY.planning_verbs and verb.tense == "present" and verb.voice == "active":
        return Judged("planned", (verb.finite,))
    return None


def _by_parent(tokens: Tokens, clauses: Sequence[Clause], clause: Clause) -> Judged | None:
    """Infinitive clauses take the modality of what they depend on: "planen, … zu bauen", "um … zu bauen".

    So do words without a verb of their own, as in brackets.
    """
    dependent = clause.kind == "infinitive" or (clause.kind == "fragment" and clause.verb is None)
    if clause.parent is None or not dependent:
        return None
    if clause.kind == "infinitive" and clause.tokens and tokens.word(clause.tokens[0]) == "um":
        return Judged("planned", (clause.tokens[0],))
    parent = clauses[clause.parent]
    if parent.verb is not None and parent.verb.lemma in MODALITY.planning_verbs:
        carrier = parent.verb.finite if parent.verb.finite is not None else clause.start
        return Judged("planned", (carrier,))
    return _by_verb(tokens, parent) or _by_words(tokens, parent)


def _by_words(tokens: Tokens, clause: Clause) -> Judged | None:
    verb = clause.verb
    if verb is not None and verb.tense in ("past", "perfect", "pluperfect"):
        return None
    for index in clause.tokens:
        word = tokens.words[index]
        reached = tokens.before(index) in ("am", "ans") or (verb is not None and verb.lemma == "erreichen")
        if word == "Ziel" and reached:
            continue
        if word in MODALITY.planning_words or word.lower() in MODALITY.planning_words:
            return Judged("planned", (index,))
        if word.lower() in MODALITY.possible_words:
            return Judged("possible", (index,))
    return None


def _ahead_in_present(statement: _Statement) -> Period | None:
    """The period that lies after the publication, in a clause that does not tell of the past."""
    verb, published, mention = statement.clause.verb, statement.found.published, statement.mention
    if published is None or verb is None or verb.tense not in ("present", "none") or verb.voice == "state":
        return None
    goes_on = mention is not None and mention.status in _GOING_ON
    ahead = (p for p in statement.periods if _is_ahead(p, published))
    return next((p for p in ahead if not (goes_on and p.role == "until")), None)


def _begins_ahead(statement: _Statement) -> Period | None:
    published = statement.found.published
    if published is None:
        return None
    return next((p for p in statement.periods if p.role != "until" and _is_ahead(p, published)), None)


def _is_ahead(period: Period, published: date) -> bool:
    """Whether a period begins (an end: comes) after the publication."""
    first, last = period.interval
    return (last if period.role == "until" else first) > published


def _coming(tokens: Tokens, clause: Clause) -> tuple[int, ...]:
    """The tokens of "in den nächsten acht Jahren"."""
    verb = clause.verb
    if verb is None or verb.tense != "present" or verb.voice == "state":
        return ()
    for index in clause.tokens:
        if tokens.words[index] in MODALITY.coming and tokens.word(index - 2) in ("in", "innerhalb"):
            following = range(index + 1, min(index + 3, clause.tokens[-1] + 1))
            end = next((i for i in following if tokens.words[i] in MODALITY.coming_times), None)
            if end is not None:
                return tuple(range(index - 2, end + 1))
    return ()
