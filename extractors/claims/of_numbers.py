"""Claims that state a number."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.claims import states, subjects
from extractors.claims.context import Context
from extractors.claims.counting import resolve
from extractors.claims.dating import Dates, of_statement
from extractors.claims.evidence import cues, quote, speaker_of
from extractors.claims.partitions import Counted
from extractors.claims.reporting import Reporting, date_of_part, reported_at
from extractors.modality.rule import Judged, is_condition, judge
from extractors.resources import data
from extractors.statuses.component import StatusMention
from models.claim import Claim
from models.quantity import Comparator, Period, Quantity


@dataclass(frozen=True, slots=True)
class NumberClaims:
    """The claims, and the status mentions that they have used."""

    claims: tuple[Claim, ...]
    used: frozenset[StatusMention]


def number_claims(context: Context, reporting: Reporting) -> NumberClaims:
    """All quantities of a document as claims, in the order of the text."""
    names = [(m.start, m.end) for m in context.mentions]
    quantities = [q for q in context.quantities if not any(a <= q.start < b for a, b in names)]
    resolved = resolve(context.tokens, quantities, context.clause_of)
    kept = [index for index, counted in enumerate(resolved) if _is_stated(context, counted.quantity)]
    places = {old: new for new, old in enumerate(kept)}
    claims, used = [], set()
    for index in kept:
        mention = states.of_number(context, resolved[index].quantity)
        if mention is not None:
            used.add(mention)
        claims.append(_claim(context, resolved, index, places, mention, reporting))
    return NumberClaims(tuple(claims), frozenset(used))


def _is_stated(context: Context, quantity: Quantity) -> bool:
    """Conditions state nothing: "Wenn drei der fünf Werte zu hoch sind"."""
    clause = context.clause(quantity.first)
    return clause is None or not is_condition(context.tokens, clause)


def _claim(
    context: Context,
    resolved: Sequence[Counted],
    index: int,
    places: dict[int, int],
    mention: StatusMention | None,
    reporting: Reporting,
) -> Claim:
    counted = resolved[index]
    quantity = counted.quantity
    whole = resolved[counted.whole].quantity if counted.whole is not None and counted.whole in places else None
    dates = of_statement(context, quantity.first, quantity.last, carry=True, whole=whole.first if whole else None)
    judged = _judged(context, quantity, mention, dates)
    sentence_start, sentence_end = context.sentence_span(quantity.first)
    sentence = context.tokens.text[sentence_start:sentence_end]
    named = None if subjects.is_survey(sentence) else subjects.of_number(context, quantity.first)
    start, end = quote(context, quantity, mention)
    speech = speaker_of(context, start)
    as_at = reported_at(context, quantity.first, dates, reporting, counts=True)
    return Claim(
        kind=quantity.kind,
        quote=context.tokens.text[start:end],
        start=start,
        end=end,
        sentence=sentence,
        sentence_start=sentence_start,
        rule="quantity",
        value=quantity.value,
        value_to=quantity.value_to,
        comparator=_comparator(context, quantity),
        unit=quantity.unit,
        counted=quantity.counted,
        of=whole.value if whole else None,
        status=mention.told_as(judged.modality) if mention else states.by_noun(context, quantity),
        subject=context.projects[named.project].name if named else None,
        since=_date(dates.since),
        until=_date(dates.until),
        as_of=date_of_part(context, quantity.start, reporting) if whole and not dates.all() else _date(dates.as_of),
        modality=judged.modality,
        speaker=speech.speaker if speech else None,
        reporting_date=as_at.date,
        reporting_basis=as_at.basis,
        cues=cues(context, mention, judged, dates, named, speech, quantity.cue),
        whole=places[counted.whole] if whole is not None and counted.whole is not None else None,
    )


_ONLY = frozenset({"nur", "mehr", "zuletzt", "weniger", "alle", "immer"})


def _judged(context: Context, quantity: Quantity, mention: StatusMention | None, dates: Dates) -> Judged:
    """The modality; a denied predicate without a status denies what its subject's number is said to do."""
    clause = context.clause(quantity.first)
    if clause is None or _exists_already(context, quantity):
        return Judged("actual")
    if quantity.kind == "duration" and context.tokens.words[quantity.first - 1] in ("kommenden", "nächsten"):
        return Judged("planned", (quantity.first - 1,))
    verb = clause.verb
    if (
        mention is None
        and verb is not None
        and verb.negation
        and quantity.kind == "count"
        and states.is_bare(context, quantity)
    ):
        words = context.tokens.words
        full = [
            i
            for i in verb.negation
            if i + 1 < len(words) and words[i + 1].lower() not in _ONLY and not quantity.first <= i <= quantity.last
        ]
        if full:
            return Judged("denied", tuple(full))
    money = quantity.kind == "money"
    return judge(context.tokens, context.clauses, clause, mention, dates.all(), context.published, money)


def _exists_already(context: Context, quantity: Quantity) -> bool:
    """ "Auf die elf bestehenden Kioske sollen 40 folgen": these are there."""
    words = context.tokens.words[max(0, quantity.first - 1) : quantity.last]
    return any(word.lower().startswith(("bestehend", "vorhanden", "bisherig", "heutig", "derzeitig")) for word in words)


def _date(period: Period | None) -> str | None:
    return period.date if period else None


def _comparator(context: Context, quantity: Quantity) -> Comparator:
    """ "über 83 Anträge beraten" compares nothing: the verb asks for "über"."""
    if (
        quantity.kind == "duration"
        and quantity.comparator == ">"
        and context.tokens.text[slice(*quantity.cue or (0, 0))].lower() == "über"
    ):
        # "Kurse über fünf Tage" last five days; "seit über 15 Jahren" is longer than that.
        before = context.tokens.words[context.tokens.at((quantity.cue or (0, 0))[0]) - 1]
        return ">" if before.lower() in ("seit", "von", "nach", "vor", "für", "bereits") else "="
    if quantity.comparator == "<" and _is_among(context, quantity):
        return "="
    if quantity.cue is None or context.tokens.text[slice(*quantity.cue)].lower() != "über":
        return quantity.comparator
    noun = context.tokens.at(quantity.cue[0]) - 1
    amounts = tuple(word.lower() for word in data("quantities", "comparators")["über_nouns"])
    if quantity.kind == "money" and noun >= 0 and context.tokens.lemmas[noun].lower().endswith(amounts):
        return "="
    clause = context.clause(quantity.first)
    verbs = data("quantities", "comparators")["über_verbs"]
    return "=" if clause is not None and clause.verb is not None and clause.verb.lemma in verbs else quantity.comparator


def _is_among(context: Context, quantity: Quantity) -> bool:
    """ "Unter zwölf Bewerbern": the dative shows a preposition; fewer than twelve would be "unter zwölf Bewerber"."""
    if quantity.noun is None or quantity.cue is None:
        return False
    word, lemma = context.tokens.words[quantity.noun], context.tokens.lemmas[quantity.noun]
    bare = context.tokens.text[slice(*quantity.cue)].lower() == "unter"
    return bare and lemma.endswith(("er", "el")) and word == lemma + "n"
