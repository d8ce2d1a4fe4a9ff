"""The modality of an assertion: what the rules judge, and what else speaks for each modality, weighed.

    Die Halle [soll] 2026 [öffnen]. || planned
    Die Halle hat [geöffnet]. || actual

Weights: extractors/decisions/weights/modality.json.
"""

from collections.abc import Iterator, Sequence
from typing import get_args

from extractors.claims.found import Found
from extractors.claims.state.assertion import Assertion, Judged, with_verb
from extractors.claims.state.modality import by_rule
from extractors.claims.state.patterns import MODALITY
from extractors.decisions import Linear, learned
from extractors.german.syntax.structures import Clause
from extractors.rules.statuses.mention import StatusMention
from models.claim import Modality
from models.quantity import Period, Quantity

MODALITIES: tuple[Modality, ...] = get_args(Modality)


def judge(
    found: Found,
    clause: Clause,
    mention: StatusMention | None,
    periods: Sequence[Period],
    quantity: Quantity | None = None,
    weights: Linear | None = None,
) -> Judged:
    """The modality of an assertion in `clause`.

    Args:
        found: the document.
        clause: where the assertion stands.
        mention: the words that give its status, where there are any.
        periods: the periods stated for it.
        quantity: the number that it states; without one it states the status of a named project.
        weights: others than those that were learned.
    """
    assertion = Assertion(found, clause, with_verb(found, clause), mention, quantity, periods)
    ruled, reason = by_rule(assertion)
    linear = weights or learned("modality")
    ranks = [linear.score(row) for row in alternatives(assertion, ruled, reason)]
    chosen = MODALITIES[max(range(len(ranks)), key=lambda index: (ranks[index], -index))]
    return ruled if ruled.modality == chosen else Judged(chosen)


def alternatives(assertion: Assertion, ruled: Judged, reason: str) -> list[dict[str, float]]:
    """Features of each modality, in the order of `MODALITIES`."""
    names = [name for name, holds in _features(assertion, ruled, reason) if holds]
    return [{f"{modality}: {name}": 1.0 for name in names} for modality in MODALITIES]


def _features(assertion: Assertion, ruled: Judged, reason: str) -> Iterator[tuple[str, bool]]:
    tokens, mention, quantity = assertion.tokens, assertion.mention, assertion.quantity
    yield "bias", True
    yield f"rule {ruled.modality}", True
    yield f"reason {reason}", bool(reason)
    yield f"kind {quantity.kind if quantity is not None else 'status'}", True
    if mention is not None:
        yield f"status {mention.status}", True
        yield f"by {mention.source}", True
        yield f"lemma {mention.lemma}", True
        yield f"rule {ruled.modality}, by {mention.source}", True
        yield f"rule {ruled.modality}, status {mention.status}", True
        yield "underway", mention.underway is not None
    else:
        yield "no status", True
        yield f"rule {ruled.modality}, no status", True
    yield from _of_clause("", assertion.clause)
    yield f"clause {assertion.clause.kind}", True
    connector = assertion.clause.connector
    yield f"connector {tokens.word(connector) if connector is not None else '-'}", True
    if assertion.clause.parent is not None:
        yield from _of_clause("parent ", assertion.found.clauses[assertion.clause.parent])
    first = quantity.first if quantity is not None else mention.first if mention is not None else 0
    in_title = tokens.starts[first] < assertion.found.title_end
    yield "in title", in_title
    yield f"in title, {reason or 'no reason'}", in_title
    yield "told", assertion.is_told
    yield from _of_time(assertion)
    small = {tokens.small[i] for i in assertion.clause.tokens}
    for word in sorted(small & MODALITY.telling_words):
        yield f"word {word}", True
    sentence = range(*tokens.sentences[tokens.sentence[first]])
    yield "planning in sentence", any(tokens.small[i] in MODALITY.planning_words for i in sentence)
    if quantity is not None:
        yield f"before {tokens.word(quantity.first - 1)}", True
        yield f"comparator {quantity.comparator}", True


def _of_clause(prefix: str, clause: Clause) -> Iterator[tuple[str, bool]]:
    verb = clause.verb
    yield f"{prefix}no verb", verb is None
    if verb is not None:
        yield f"{prefix}tense {verb.tense}", True
        yield f"{prefix}voice {verb.voice}", True
        yield f"{prefix}tense {verb.tense}, voice {verb.voice}", True
        yield f"{prefix}mood {verb.mood}", True
        yield f"{prefix}modal {verb.modal}", True
        yield f"{prefix}verb {verb.lemma}", True
        yield f"{prefix}denied", bool(verb.negation)


def _of_time(assertion: Assertion) -> Iterator[tuple[str, bool]]:
    published = assertion.found.published
    if published is None or not assertion.periods:
        yield "no period", True
        return
    for period in assertion.periods:
        start, end = period.interval
        when = "ahead" if start > published else "past" if end < published else "now"
        yield f"{period.role} {when}", True
        yield f"{period.role} {when}, {assertion.clause.verb.tense if assertion.clause.verb else 'no verb'}", True
