"""Participles before their noun: "27 [bewilligte] Projekte"."""

import re
from collections.abc import Iterator

from extractors.rules.statuses.mention import StatusMention
from extractors.rules.statuses.patterns import NOUNS, VERBS, StatusVerb, ends_so
from extractors.rules.statuses.setting import VerbReading
from extractors.tokens import NOUNS as NOUN_TAGS
from extractors.tokens import PREPOSITIONS, Tokens
from models.statuses import Status

_REACH = 8
_PASSED = frozenset({"ADJA", "CARD", "KON", "$,", "ADV", "TRUNC", "ADJD", "$("})
_BY_STEM = {entry.participle: (verb, entry, entry.status) for verb, entry in VERBS.items() if entry.participle} | {
    stem: (verb, entry, status) for verb, entry in VERBS.items() for stem, status in entry.participles.items()
}


def participles(reading: VerbReading) -> Iterator[StatusMention]:
    """The participles of a document that stand before a noun and say something of it."""
    tokens = reading.tokens
    for index, tag in enumerate(tokens.tags):
        found = _entry(tokens, index) if tag == "ADJA" else None
        noun = modified_noun(tokens, index) if found is not None else None
        if found is None or noun is None:
            continue
        verb, entry, status = found
        if not _holds(reading, index, noun, entry):
            continue
        status = next((s for s, nouns in entry.by_object.items() if ends_so(tokens.lemmas[noun], nouns)), status)
        denied = tokens.before(index) == "nicht"
        if denied and entry.negated:
            status, denied = entry.negated, False
        if status is None:
            continue
        start, end = tokens.span(index, index)
        negations = (index - 1,) if denied else ()
        yield StatusMention(
            status, start, end, index, index, reading.clause_of[index], "participle", verb, negations, noun, "subject",
            states=entry.states,
        )  # fmt: skip


def _entry(tokens: Tokens, index: int) -> tuple[str, StatusVerb, Status | None] | None:
    """The verb of "bewilligte", "neugebaute"."""
    stem = re.sub(r"e[nrsm]?$", "", tokens.word(index))
    return _BY_STEM.get(stem) or _BY_STEM.get(stem.removeprefix("neu"))


def _holds(reading: VerbReading, index: int, noun: int, entry: StatusVerb) -> bool:
    lemma = reading.tokens.lemmas[noun]
    if entry.not_persons and NOUNS.persons.search(lemma):
        return False
    if ends_so(lemma, entry.not_objects) or ends_so(lemma, entry.participle_not):
        return False
    if entry.objects and not ends_so(lemma, entry.objects):
        return False
    paid = "money" in entry.needs and reading.has_money_near(index, noun)
    return not entry.needs or paid or ends_so(lemma, tuple(need for need in entry.needs if need[0].isupper()))


def modified_noun(tokens: Tokens, index: int) -> int | None:
    """The noun that an adjective stands before, others between: "21 [eröffnete] und vier im Bau befindliche Bäder"."""
    position, stop = index + 1, min(index + _REACH, len(tokens.words))
    while position < stop:
        if tokens.tags[position] in NOUN_TAGS:
            return position
        if tokens.tags[position - 1] == "CARD" and tokens.tags[position] in PREPOSITIONS:
            adjective = next((i for i in range(position, stop) if tokens.tags[i] == "ADJA"), stop)
            position, stop = adjective, min(stop + adjective - position, len(tokens.words))
        elif tokens.tags[position] not in _PASSED:
            return None
        else:
            position += 1
    return None
