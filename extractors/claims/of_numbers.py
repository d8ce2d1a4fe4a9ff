"""Claims that state a number."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.claims.about.alternatives import Utterance
from extractors.claims.about.subject import Subjects
from extractors.claims.counted.comparator import comparator
from extractors.claims.counted.noun import resolve
from extractors.claims.counted.whole import Counted
from extractors.claims.evidence import cues, quote, speaker_of
from extractors.claims.found import Found, Named
from extractors.claims.measured.aspect import aspect
from extractors.claims.measured.predicate import predicate
from extractors.claims.measured.rate import per, span
from extractors.claims.measured.scope import scope
from extractors.claims.state import told
from extractors.claims.state.announced import judge
from extractors.claims.state.asserted import dates_of_number
from extractors.claims.state.assertion import ACTUAL, Assertion
from extractors.claims.state.governed import is_condition, is_demanded
from extractors.claims.state.told import ToldStatus
from extractors.claims.when.reporting import Reporting, date_of_part, reported_at
from extractors.rules.statuses.mention import StatusMention
from models.claim import Claim
from models.quantity import NotClaim, Omission, Period, Quantity


@dataclass(frozen=True, slots=True)
class NumberClaims:
    """The claims, the status mentions that they have used, and the numbers that are no claims."""

    claims: tuple[Claim, ...]
    used: frozenset[StatusMention]
    others: tuple[NotClaim, ...]


def number_claims(found: Found, reporting: Reporting) -> NumberClaims:
    """All quantities of a document as claims, in the order of the text."""
    names = {token for mention in found.likely.mentions for token in range(mention.first, mention.last + 1)}
    named = [q for q in found.quantities if q.first in names]
    quantities = [q for q in found.quantities if q.first not in names]
    resolved = resolve(found.tokens, quantities, found.clause_of)
    stated = [_is_stated(found, counted.quantity) for counted in resolved]
    kept = [index for index, states in enumerate(stated) if states]
    others = [_other(Omission.NAME, q) for q in named]
    others += [_other(Omission.CONDITION, c.quantity) for c, states in zip(resolved, stated, strict=True) if not states]
    counted_at = {counted.quantity.first for counted in resolved}
    others += [_other(Omission.NOTHING, q) for q in quantities if q.first not in counted_at]
    places = {old: new for new, old in enumerate(kept)}
    subjects = found.once(Subjects)
    about: dict[int, Named | None] = {}  # a part is of what its whole is of
    claims, used = [], set()
    for index in kept:
        state = told.of_number(found, resolved[index].quantity)
        if state.mention is not None:
            used.add(state.mention)
        of_whole = about.get(whole) if (whole := resolved[index].whole) is not None else None
        subject = of_whole or subjects.of(Utterance.of_number(resolved[index].quantity))
        about[index] = subject
        claims.append(_claim(found, resolved, index, places, state, subject, reporting))
    in_order = sorted((*found.not_quantities, *others), key=lambda other: (other.start, other.end))
    return NumberClaims(tuple(claims), frozenset(used), tuple(in_order))


def _other(reason: Omission, quantity: Quantity) -> NotClaim:
    return NotClaim(reason, quantity.start, quantity.end)


def _is_stated(found: Found, quantity: Quantity) -> bool:
    """Conditions state nothing: "Wenn drei der fünf Werte zu hoch sind", "Bewerber müssen mindestens zwei … haben"."""
    clause = found.clause(quantity.first)
    return clause is None or not (is_condition(found.tokens, clause) or is_demanded(clause, quantity))


def _claim(
    found: Found,
    resolved: Sequence[Counted],
    index: int,
    places: dict[int, int],
    state: ToldStatus,
    named: Named | None,
    reporting: Reporting,
) -> Claim:
    mention = state.mention
    counted = resolved[index]
    quantity = counted.quantity
    whole = resolved[counted.whole].quantity if counted.whole is not None and counted.whole in places else None
    dates = dates_of_number(found, quantity, mention, whole)
    clause = found.clause(quantity.first)
    judged = ACTUAL if clause is None else judge(Assertion.of(found, clause, mention, dates.all(), quantity))
    sentence_start, sentence_end = found.sentence_span(quantity.first)
    sentence = found.tokens.text[sentence_start:sentence_end]
    start, end = quote(found, quantity, mention)
    speech = speaker_of(found, start)
    exactness = comparator(found, quantity)
    as_at = reported_at(found, quantity.first, dates, reporting, counts=True)
    return Claim(
        kind=quantity.kind,
        quote=found.tokens.text[start:end],
        start=start,
        end=end,
        sentence=sentence,
        sentence_start=sentence_start,
        rule="quantity",
        value=quantity.value,
        value_to=quantity.value_to,
        comparator=exactness,
        unit=quantity.unit,
        counted=quantity.counted,
        of=whole.value if whole else None,
        status=mention.told_as(judged.modality) if mention else state.by_noun,
        subject=found.projects[named.project].name if named else None,
        since=_date(dates.since),
        until=_date(dates.until),
        as_of=date_of_part(found, quantity.start, reporting) if whole and not dates.all() else _date(dates.as_of),
        modality=judged.modality,
        speaker=speech.speaker if speech else None,
        aspect=aspect(found, quantity, exactness),
        per=per(found, quantity),
        predicate=predicate(found, quantity),
        span=span(found, dates),
        scope=scope(found, quantity),
        reporting_date=as_at.date,
        reporting_basis=as_at.basis,
        cues=cues(found, mention, judged, dates, named, speech, quantity.cue),
        whole=places[counted.whole] if whole is not None and counted.whole is not None else None,
    )


def _date(period: Period | None) -> str | None:
    return period.date if period else None
