"""The modality of a statement: what the rules say, or else whether it is still to come, by all that speaks for it.

    Am 12. Mai laden wir ein: 15 Firmen stellen sich [vor]. || planned, in a release that announces
    Zur Messe kamen 300 Gäste: 15 Firmen stellen sich dort [vor]. || actual

Weights: extractors/decisions/weights/announced.json.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache

from extractors.claims.found import Found
from extractors.claims.state import asserted
from extractors.claims.state.ahead import invitation, is_ahead
from extractors.claims.state.assertion import ACTUAL, Assertion, Judged
from extractors.claims.state.modality import by_rule
from extractors.claims.state.patterns import MODALITY
from extractors.decisions import ends, learned
from extractors.german.syntax.structures import Clause
from extractors.rules.statuses.mention import StatusMention
from models.quantity import Kind, Period, Quantity
from models.statuses import Status

_ENOUGH = 0.5
"""Probability from which it counts as announced."""
_DAY = len("2024-05-12")
_YEAR = len("2024")
_SOON = 60
"""Days within which an event is announced."""
_MANY = 5
_STEM = 5
"""Letters by which "Eröffnung" and "eröffnen" are known as one word."""
_CLOCK = re.compile(r"\b\d{1,2}(?:[.:]\d\d)?\s*(?:Uhr|h)\b")
_TELLING = frozenset({"ADV", "ADJD", "ADJA", "VVPP", "VVINF", "VVIZU", "NN", "PROAV"})
"""Tags of words that may say when."""


def judge(assertion: Assertion) -> Judged:
    """The modality of an assertion."""
    return by_rule(assertion) or announced(assertion) or ACTUAL


def announced(assertion: Assertion) -> Judged | None:
    """Planned, by its verb, where enough speaks for it. Asked of what no rule decides."""
    if learned("announced").probability(features(assertion)) < _ENOUGH:
        return None
    verb = assertion.clause.verb
    return Judged("planned", (verb.finite,) if verb is not None and verb.finite is not None else ())


def features(assertion: Assertion) -> dict[str, float]:
    """All that speaks for or against it, by name; what does not hold is left out."""
    tense = _tense(assertion.clause)
    row = {
        **_clause(assertion, tense),
        **_state(assertion, tense),
        **_dates(assertion, tense),
        **_around(assertion, tense),
        **(assertion.found.once(_Below)(assertion) if assertion.start < assertion.found.title_end else {}),
    }
    release = assertion.found.once(_release)
    for name in ("clock", "invites", "soon", "more ahead"):
        if (value := release.get(name)) is not None:
            row[f"{name}, {tense}"] = value
            row[f"{name}, heading"] = value * row["heading"]
            row[f"{name}, no number"] = value * (assertion.quantity is None)
    return {**release, **{name: float(value) for name, value in row.items() if value}}


def _tense(clause: Clause) -> str:
    verb = clause.verb
    return "none" if verb is None else "modal" if verb.modal else verb.tense


def _release(found: Found) -> dict[str, float]:
    """What the whole release looks like: whether it announces or reports; what does not hold is left out."""
    dated = [period for period in found.periods if period.role == "as_of"]
    published = found.published
    ahead = [period for period in dated if published is not None and is_ahead(period, published)]
    past = sum(published is not None and period.interval[1] < published for period in dated)
    soon = sum(
        published is not None and len(p.date) == _DAY and (p.interval[0] - published).days <= _SOON for p in ahead
    )
    tenses = Counter(tense for tenses in found.once(_tenses).values() for tense in tenses)
    text = found.tokens.text.lower()
    title = text[: found.title_end]
    row = {
        **{f"release in {tense}": count / tenses.total() for tense, count in tenses.items()},
        **{f"release says {word}": word in text for word in MODALITY.announcing},
        **{f"title says {word}": word in title for word in MODALITY.announcing},
        "clock": min(3, len(_CLOCK.findall(found.tokens.text))) / 3,
        "invites": found.once(invitation) is not None,
        "ahead": min(_MANY, len(ahead)) / _MANY,
        "soon": min(_MANY, soon) / _MANY,
        "past": min(_MANY, past) / _MANY,
        "more ahead": (len(ahead) + 1) / (len(ahead) + past + 2),
    }
    return {name: float(value) for name, value in row.items() if value}


def _clause(assertion: Assertion, tense: str) -> dict[str, float]:
    clause, own, found, tokens = assertion.clause, assertion.own, assertion.found, assertion.tokens
    row: dict[str, float] = {f"clause {clause.kind}": 1, f"own clause {own.kind}": 1, f"tense {tense}": 1}
    if own.connector is not None:
        row[f"connector {tokens.word(own.connector)}"] = 1
    if clause.verb is not None:
        verb = clause.verb
        row |= {f"voice {verb.voice}": 1, f"{tense} {verb.voice}": 1, f"mood {verb.mood}": 1}
        row |= {f"verb {end}": 1 for end in ends(verb.lemma)}
        row[f"{tense} {verb.voice}, verb {verb.lemma}"] = 1
    return row | found.once_in(words_of, clause.index)


def words_of(found: Found, clause: int) -> dict[str, float]:
    """The words of a clause that may say when it holds, and whether it states anything, as features."""
    tokens = found.tokens
    return {f"word {tokens.lemmas[i].lower()}": 1 for i in found.clauses[clause].tokens if tokens.tags[i] in _TELLING}


def _state(assertion: Assertion, tense: str) -> dict[str, float]:
    mention = assertion.mention
    kind = "status" if assertion.quantity is None else assertion.quantity.kind
    heading = assertion.start < assertion.found.title_end
    row: dict[str, float] = {
        f"kind {kind}": 1,
        f"kind {kind}, {tense}": 1,
        "heading": heading,
        f"heading, {tense}": heading,
        "no status": mention is None,
        "by context": assertion.found.contexts.plan(assertion.first, assertion.first),
    }
    if mention is not None:
        row |= {f"status {mention.status}": 1, f"by {mention.source}": 1}
        row |= {f"status {mention.status}, {tense}": 1, f"status {mention.status}, {kind}": 1}
    return row


def _dates(assertion: Assertion, tense: str) -> dict[str, float]:
    """The dates of the statement, and of the sentences before, around and after it."""
    found = assertion.found
    sentence = assertion.tokens.sentence[assertion.first]
    periods = found.periods_by_sentence
    near = {"sentence": sentence, "before": sentence - 1, "after": sentence + 1}
    row = dict(_when(found, assertion.periods, "own", tense))
    for name, place in near.items():
        row |= _when(found, periods.get(place, ()), name, tense)
    return row


def _when(found: Found, periods: Iterable[Period], name: str, tense: str) -> Iterator[tuple[str, float]]:
    published = found.published
    if published is None:
        return
    for period in periods:
        first, last = period.interval
        told = {
            "ahead": is_ahead(period, published),
            "past": last < published,
            "day ahead": period.role == "as_of" and len(period.date) == _DAY and is_ahead(period, published),
            "today": len(period.date) == _DAY and first <= published <= last,
            "this year": len(period.date) == _YEAR and period.date == str(published.year),
        }
        for when, holds in told.items():
            if holds:
                yield f"{name} {when}", 1
                yield f"{name} {when}, {tense}", 1
        if period.role == "until" and last > published:
            yield f"{name} until ahead", 1


def _around(assertion: Assertion, tense: str) -> dict[str, float]:
    """The tenses of the sentence, and of the ones before and after it; whether somebody speaks."""
    found = assertion.found
    tenses, sentence = found.once(_tenses), assertion.tokens.sentence[assertion.first]
    speech = any(speech.start <= assertion.start < speech.end for speech in found.speeches)
    row: dict[str, float] = {"in speech": speech, f"in speech, {tense}": speech}
    row |= {f"in sentence {each}": 1 for each in tenses.get(sentence, ())}
    for name, place in (("before", sentence - 1), ("after", sentence + 1)):
        row |= {f"{name} {each}": 1 for each in tenses.get(place, ())}
        row |= {f"{name} {each}, {tense}": 1 for each in tenses.get(place, ())}
    return row


class _Below:
    """What the rules say of the headline's words where the text takes them up."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._numbers: dict[tuple[Kind, Decimal], list[Quantity]] = defaultdict(list)
        self._states: dict[tuple[Status, str], list[StatusMention]] = defaultdict(list)
        for quantity in found.quantities:
            if quantity.start >= found.title_end:
                self._numbers[quantity.kind, quantity.value].append(quantity)
        for mention in found.statuses:
            if mention.start >= found.title_end and mention.clause >= 0:
                self._states[_state_of(mention)].append(mention)
        self._of_number = cache(self._say_of_number)
        self._of_state = cache(self._say_of_state)

    def __call__(self, assertion: Assertion) -> Mapping[str, float]:
        if assertion.quantity is not None:
            return self._of_number((assertion.quantity.kind, assertion.quantity.value))
        assert assertion.mention is not None
        return self._of_state(_state_of(assertion.mention))

    def _say_of_number(self, number: tuple[Kind, Decimal]) -> Mapping[str, float]:
        again = (asserted.of_number(self._found, each, None) for each in self._numbers.get(number, ()))
        return _said("number", (by_rule(each) for each in again if each is not None))

    def _say_of_state(self, state: tuple[Status, str]) -> Mapping[str, float]:
        again = (asserted.of_status(self._found, each) for each in self._states.get(state, ()))
        return _said("status", map(by_rule, again))


def _state_of(mention: StatusMention) -> tuple[Status, str]:
    """By what a state is known again: "Eröffnung", "eröffnen"."""
    return mention.status, mention.lemma[:_STEM].lower()


def _said(what: str, ruled: Iterable[Judged | None]) -> Mapping[str, float]:
    return {f"{what} below {judged.modality if judged else 'open'}": 1 for judged in ruled}


def _tenses(found: Found) -> Mapping[int, list[str]]:
    """The tenses of all clauses, by sentence."""
    by_sentence: dict[int, list[str]] = defaultdict(list)
    for clause in found.clauses:
        if (tense := _tense(clause)) != "none":
            by_sentence[found.tokens.sentence[clause.start]].append(tense)
    return by_sentence
