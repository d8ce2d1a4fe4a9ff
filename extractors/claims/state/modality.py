"""The rules of modality: what a clause's modal verb, tense, mood, negation say, and dates that lie ahead.

The rules in `_REASONS` are asked in turn; the first that holds decides. What the clause's verb and the clauses
around it say is in `governed`, what lies ahead in `ahead`. What no rule decides is left to `announced`.
"""

from bisect import bisect_left, bisect_right

from extractors.claims.attribute import attribute_around, planned_relative
from extractors.claims.found import Found
from extractors.claims.state.ahead import dated_ahead, follows_event, invited_to, time_to_come
from extractors.claims.state.assertion import ACTUAL, Assertion, Ground, Judged
from extractors.claims.state.governed import clause_says
from extractors.claims.state.patterns import MODALITY, STATUS
from extractors.claims.state.status import is_bare
from models.quantity import Quantity

_OPPOSING = frozenset({"aber", "jedoch", "doch", "sondern", "allerdings"})
_PARTED = frozenset({",", ";", "."})
_TO_SONDERN = 6
"""Tokens between a denied number and "sondern"."""


def by_rule(assertion: Assertion) -> Judged | None:
    """What the first rule says that says anything of the assertion; None where none does."""
    return next((judged for reason in _REASONS if (judged := reason(assertion)) is not None), None)


def _exists_already(assertion: Assertion) -> Judged | None:
    """ "Auf die elf bestehenden Kioske sollen 40 folgen", "soll [von 40] auf 55 steigen": these are there."""
    quantity = assertion.quantity
    if quantity is None:
        return None
    if _is_level_before(assertion, quantity):
        return ACTUAL
    tokens, start = assertion.tokens, quantity.first - 1
    while tokens.tag(start) in ("ADV", "ADJD") and tokens.word(start) not in MODALITY.until_now:
        start -= 1  # "bisher jährlich [240.000 Gäste]"
    so_far = start >= 0 and tokens.word(start) in MODALITY.until_now
    described = [*range(max(0, quantity.first - 1), quantity.last), *([start] if so_far else [])]
    if quantity.kind == "money" and tokens.before(quantity.first) == "von" and tokens.is_noun(quantity.first - 2):
        described.append(quantity.first - 3)  # "der derzeitige Zuschuss von [250 Euro] soll steigen"
    return ACTUAL if any(tokens.word(index).startswith(MODALITY.existing) for index in described) else None


def _is_level_before(assertion: Assertion, quantity: Quantity) -> bool:
    """Whether a number is what another rises or falls from."""
    tokens, following = assertion.tokens, assertion.found.number_behind(quantity.last)
    if following is None or following.kind != quantity.kind or quantity.kind == "duration":
        return False
    return tokens.before(quantity.first) == "von" and tokens.before(following.first) == "auf"


def _in_coming_time(assertion: Assertion) -> Judged | None:
    """ "in den kommenden [drei Jahren]"."""
    quantity = assertion.quantity
    if quantity is None or quantity.kind != "duration":
        return None
    before = quantity.first - 1
    coming = before >= 0 and assertion.tokens.words[before] in MODALITY.coming
    return Judged("planned", (before,)) if coming else None


def _meant_to_be(assertion: Assertion) -> Judged | None:
    """ "der veranschlagten [120 Millionen Euro]", "die ursprünglich vorgesehenen [20 Kilometer]"."""
    quantity = assertion.quantity
    if quantity is None:
        return None
    last = quantity.noun if quantity.noun is not None else quantity.first
    for index in (quantity.first - 1, *range(quantity.last + 1, last)):
        if assertion.tokens.tag(index) == "ADJA" and assertion.tokens.word(index).startswith(MODALITY.meant):
            return Judged("planned", (index,))
    head = quantity.first - 2
    if assertion.tokens.word(quantity.first - 1) in ("von", "über") and assertion.tokens.is_noun(head):
        meant = assertion.tokens.before(head).startswith(MODALITY.meant)
        described = meant and assertion.tokens.tag(head - 1) == "ADJA"
        return Judged("planned", (head - 1,)) if described else None
    return _amount_meant(assertion, quantity)


def _amount_meant(assertion: Assertion, quantity: Quantity) -> Judged | None:
    """ "Der veranschlagte Kostenrahmen betrug [227 Millionen Euro]"."""
    tokens, verb, phrase_of = assertion.tokens, assertion.own.verb, assertion.found.phrase_of
    if verb is None or verb.lemma not in STATUS.amounting or not is_bare(assertion.found, quantity):
        return None
    for index in assertion.own.vorfeld:
        phrase = phrase_of.get(index)
        subject = phrase is not None and phrase.preposition is None and phrase.parent is None and not phrase.numbers
        if subject and tokens.tags[index] == "ADJA" and tokens.small[index].startswith(MODALITY.meant):
            return Judged("planned", (index,))
    return None


def _in_attribute(assertion: Assertion) -> Judged | None:
    """ "Die [in 17 Gemeinden gesammelten] Erfahrungen werden …": of these the clause's verb says nothing."""
    quantity = assertion.quantity
    attribute = attribute_around(assertion.found, quantity.first, quantity.last) if quantity is not None else None
    if attribute is None:
        return None
    planned = assertion.tokens.word(attribute.participle).startswith(MODALITY.meant)
    return Judged("planned", (attribute.participle,)) if planned else ACTUAL


def _is_known(assertion: Assertion) -> Judged | None:
    """ "Auf den [39 Maßnahmen] soll aufgebaut werden", "allen [1.200 Lotsen] danken": they are there already."""
    quantity, tokens = assertion.quantity, assertion.tokens
    if quantity is None or quantity.kind != "count" or assertion.mention is not None:
        return None
    start = quantity.first - 1
    while tokens.tag(start) in ("ADV", "ADJD", "ADJA"):
        start -= 1
    known = tokens.tag(start) in ("ART", "PPOSAT", "PDAT") and not tokens.word(start).startswith("ein")
    oblique = tokens.word(start) in MODALITY.oblique_articles
    return ACTUAL if (known and tokens.tag(start - 1) == "APPR") or oblique else None


def _not_but(assertion: Assertion) -> Judged | None:
    """ "nicht [12], sondern 18": the one is denied, the other holds."""
    quantity, tokens = assertion.quantity, assertion.tokens
    if quantity is None:
        return None
    before = range(quantity.first - 1, quantity.first - 4, -1)
    denying = next((i for i in before if tokens.word(i) in ("nicht", "keine")), None)
    if denying is not None and tokens.word(denying + 1) in MODALITY.not_denying:
        return None  # "nicht nur 12, sondern auch zwei Hallen"
    last = max(quantity.last, quantity.noun or 0)
    behind = [tokens.word(index) for index in range(last + 1, last + 1 + _TO_SONDERN)]
    if denying is not None and "sondern" in behind:
        return Judged("denied", (denying,))
    return ACTUAL if "sondern" in (tokens.word(index) for index in before) else None


def _left_out(assertion: Assertion) -> Judged | None:
    """ "…, an [zwei] Orten dagegen nicht", "…, [ein Drittel] noch nicht": a part without a verb that denies."""
    quantity, tokens, clause = assertion.quantity, assertion.tokens, assertion.own
    if quantity is None:
        return None
    marks = assertion.found.once_in(_parting, clause.index)
    behind, before = bisect_right(marks, quantity.last), bisect_left(marks, quantity.first)
    end = marks[behind] if behind < len(marks) else clause.end
    opening = marks[before - 1] if before else None
    finite = clause.verb.finite if clause.verb is not None else None
    apart = clause.kind == "fragment" if finite is None else finite < max(clause.start, opening or 0)
    return Judged("denied", (end - 1,)) if apart and tokens.word(end - 1) == "nicht" else None


def _parting(found: Found, clause: int) -> list[int]:
    """The tokens of a clause that part it."""
    return [index for index in found.clauses[clause].tokens if found.tokens.words[index] in _PARTED]


def _predicate_denied(assertion: Assertion) -> Judged | None:
    """A denied predicate without a status denies what its subject's number is said to do."""
    quantity, verb = assertion.quantity, assertion.own.verb
    if quantity is None or quantity.kind != "count" or assertion.mention is not None or verb is None:
        return None
    if not verb.negation or not is_bare(assertion.found, quantity):
        return None
    words = assertion.tokens.words
    denying = tuple(
        i
        for i in verb.negation
        if i + 1 < len(words)
        and words[i + 1].lower() not in MODALITY.not_denying
        and not quantity.first <= i <= quantity.last
        and not _is_elsewhere(assertion, i)
    )
    return Judged("denied", denying) if denying else None


def _status_denied(assertion: Assertion) -> Judged | None:
    mention = assertion.mention
    denying = tuple(i for i in mention.negations if not _is_elsewhere(assertion, i)) if mention is not None else ()
    return Judged("denied", denying) if denying else None


def _is_elsewhere(assertion: Assertion, token: int) -> bool:
    """Whether a negation is none of the assertion's.

    "[keine] 300 Wohnungen wurden gebaut": fewer were; "hat 18 Partner, aber noch [keine] in Asien": 18 it has.
    """
    quantity = assertion.quantity
    if quantity is None:
        return False
    cue = quantity.cue
    opposed = any(assertion.tokens.word(i) in _OPPOSING for i in range(quantity.last + 1, token))
    return opposed or (cue is not None and cue[0] <= assertion.tokens.starts[token] < cue[1])


def _is_in_state(assertion: Assertion) -> Judged | None:
    """ "die 27 bewilligten Projekte sollen …": they are approved already."""
    mention, tokens = assertion.mention, assertion.tokens
    if mention is None or mention.status == "planned":
        return None
    # "dem am 1. Juni in Kraft getretenen Gesetz"
    attributive = mention.source == "phrase" and tokens.tag(mention.last + 1) == "ADJA"
    return ACTUAL if mention.source == "participle" or attributive else None


def _flows_later(assertion: Assertion) -> Judged | None:
    """ "stellt 25 Millionen Euro bereit, die bis 2028 fließen sollen"."""
    quantity = assertion.quantity
    if quantity is None or not assertion.is_money or not assertion.is_grant:
        return None
    clause = planned_relative(assertion.found, quantity.first, quantity.last)
    verb = clause.verb if clause is not None else None
    return Judged("planned", (verb.finite,)) if verb is not None and verb.finite is not None else None


def _status_is_planned(assertion: Assertion) -> Judged | None:
    mention = assertion.mention
    if mention is None or mention.status != "planned":
        return None
    return Judged("planned", tuple(range(mention.first, mention.last + 1)))


def _comes_into_being(assertion: Assertion) -> Judged | None:
    """ "Hier entstehen 20 Wohnungen": they are not there yet."""
    verb = assertion.clause.verb
    if verb is None or verb.finite is None or verb.tense != "present" or verb.lemma not in MODALITY.coming_into_being:
        return None
    if any(assertion.tokens.word(token) in MODALITY.until_now for token in assertion.clause.tokens):
        return None
    return Judged("planned", (verb.finite,))


_REASONS: tuple[Ground, ...] = (
    _exists_already,
    _in_coming_time,
    _meant_to_be,
    _in_attribute,
    _is_known,
    _not_but,
    _left_out,
    _predicate_denied,
    _status_denied,
    _is_in_state,
    _flows_later,
    clause_says,
    _status_is_planned,
    _comes_into_being,
    dated_ahead,
    time_to_come,
    follows_event,
    invited_to,
)
