"""What lies ahead without saying so: dates after the publication, times to come, announced events."""

import re
from datetime import date

from extractors.claims.found import Found
from extractors.claims.state.assertion import Assertion, Judged
from extractors.claims.state.patterns import MODALITY
from extractors.german.syntax.structures import Clause
from extractors.tokens import Tokens
from models.quantity import Period
from models.statuses import TRAITS

_GOING_ON = frozenset(status for status, traits in TRAITS.items() if traits.goes_on)
"""States that are there already when their end lies ahead: "läuft bis 2029"."""
_INVITATION = re.compile("|".join(MODALITY.invitations))
_STILL_THIS_YEAR = (["noch", "in", "diesem", "jahr"], ["noch", "im", "laufenden", "jahr"], ["noch", "dieses", "jahr"])


def dated_ahead(assertion: Assertion) -> Judged | None:
    """A period lies ahead. A grant is made when it is told; only its money flows when its period comes."""
    if assertion.is_grant and not assertion.is_money:
        return None
    ahead = _ahead_in_present(assertion)
    if ahead is None and assertion.is_grant:
        ahead = _begins_ahead(assertion)
    return None if ahead is None else Judged("planned", tuple(range(ahead.first, ahead.last + 1)))


def time_to_come(assertion: Assertion) -> Judged | None:
    """A time to come that has no date: "in den nächsten acht Jahren", "nächste Woche"."""
    if assertion.is_told or (assertion.is_grant and not assertion.is_money):
        return None
    words = _coming(assertion.tokens, assertion.clause)
    return Judged("planned", words) if words else None


def follows_event(assertion: Assertion) -> Judged | None:
    """ "Das Programm beginnt am 1. Juli. Dabei treten 40 Gruppen auf": it goes on telling of that."""
    found, tokens, verb = assertion.found, assertion.tokens, assertion.clause.verb
    first, _ = tokens.sentences[tokens.sentence[assertion.clause.start]]
    if verb is None or verb.tense != "present" or verb.voice == "state" or assertion.periods or found.published is None:
        return None
    if assertion.is_money:
        return None  # "Über zwei wird erst im Mai entschieden. Insgesamt gibt die Stadt 318.000 Euro"
    before = tokens.sentence[first] - 1
    if tokens.word(first) not in MODALITY.going_on or before < 0:
        return None
    if tokens.starts[tokens.sentences[before][0]] < found.paragraph_start(tokens.starts[first]):
        return None
    clauses = ((p, found.clause(p.first)) for p in found.periods_by_sentence.get(before, []) if p.role == "as_of")
    events = (
        period
        for period, clause in clauses
        if clause is not None and clause.verb is not None and clause.verb.tense in ("present", "future")
        if is_ahead(period, found.published)
    )
    event = next(events, None)
    return Judged("planned", tuple(range(event.first, event.last + 1))) if event is not None else None


def invited_to(assertion: Assertion) -> Judged | None:
    """ "Einladung zum Richtfest", "Presse- und Fototermin: Bürgermeisterin eröffnet …": the event is still to come."""
    mention, found = assertion.mention, assertion.found
    if mention is None or assertion.quantity is not None or assertion.is_grant or assertion.is_told:
        return None
    verb = found.clauses[mention.clause].verb if mention.clause >= 0 else None
    told = verb is not None and (verb.tense != "present" or verb.voice == "state")
    if told or mention.status not in MODALITY.event_statuses or mention.source == "participle":
        return None
    span = found.once(invitation)
    if span is None:
        return None
    first = found.tokens.at(span[0])
    return Judged("planned", tuple(range(first, found.tokens.at(span[1] - 1) + 1)))


def invitation(found: Found) -> tuple[int, int] | None:
    """Where a release says that it invites to an event, which has a date after the publication."""
    published = found.published
    if published is None or not any(p.role == "as_of" and p.interval[0] >= published for p in found.periods):
        return None
    match = _INVITATION.search(found.tokens.text)
    return None if match is None else match.span()


def _ahead_in_present(assertion: Assertion) -> Period | None:
    """The period that lies after the publication, in a clause that does not tell of the past."""
    verb, published, mention = assertion.clause.verb, assertion.found.published, assertion.mention
    if published is None:
        return None
    if verb is not None and (verb.tense not in ("present", "none") or (verb.voice == "state" and verb.modal is None)):
        return None
    goes_on = (mention is not None and mention.status in _GOING_ON) or _has_begun(assertion, published)
    ahead = (p for p in assertion.periods if is_ahead(p, published))
    return next((p for p in ahead if not (goes_on and p.role == "until")), None)


def _has_begun(assertion: Assertion, published: date) -> bool:
    """ "von 2023 bis 2027": what began before the publication is there already."""
    return any(p.role == "since" and not is_ahead(p, published) for p in assertion.periods)


def _begins_ahead(assertion: Assertion) -> Period | None:
    published = assertion.found.published
    if published is None:
        return None
    return next((p for p in assertion.periods if p.role != "until" and is_ahead(p, published)), None)


def is_ahead(period: Period, published: date) -> bool:
    """Whether a period begins (an end: comes) after the publication."""
    first, last = period.interval
    return (last if period.role == "until" else first) > published


def _coming(tokens: Tokens, clause: Clause) -> tuple[int, ...]:
    """The tokens of "in den nächsten acht Jahren", "nächste Woche"."""
    verb = clause.verb
    if verb is None or verb.tense != "present" or verb.voice == "state":
        return ()
    for index in clause.tokens:
        if tokens.word(index) in MODALITY.next_words and tokens.word(index + 1) in MODALITY.next_times:
            return (index, index + 1)
        if tokens.small[index : index + 4] in _STILL_THIS_YEAR or tokens.small[index : index + 3] in _STILL_THIS_YEAR:
            return (index, index + 1)
        if tokens.words[index] in MODALITY.coming and tokens.word(index - 2) in ("in", "innerhalb", "für"):
            following = range(index + 1, min(index + 3, clause.tokens[-1] + 1))
            end = next((i for i in following if tokens.words[i] in MODALITY.coming_times), None)
            if end is not None:
                return tuple(range(index - 2, end + 1))
    return ()
