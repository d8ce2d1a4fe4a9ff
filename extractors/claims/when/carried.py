"""The time that a sentence before sets for those that go on telling."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.claims.found import Found
from extractors.claims.when.dates import Dates, bracket_of, by_role, periods_of
from extractors.claims.when.patterns import WORDS
from extractors.claims.when.telling import Telling, opens, telling
from extractors.german.syntax.structures import Clause
from models.quantity import Period

_FARTHEST = 5
"""Sentences that a date at the opening of one reaches beyond it."""


def since_then(found: Found, first: int) -> Dates | None:
    """ "Die Stiftung besteht seit 2009. Seither sind 130 Millionen Euro geflossen": since the date named last."""
    tokens, clause = found.tokens, found.clause(first)
    then = found.once(_since_then).get(found.clause_of[first])
    if then is None or clause is None:
        return None
    inside = [p for p in periods_of(found, first) if found.clause_of[p.first] == clause.index]
    if any(p.first > then for p in inside) or (inside and first < then):
        return None
    paragraph = found.paragraph_start(tokens.starts[first])
    for sentence in (tokens.sentence[first], tokens.sentence[first] - 1):
        start = tokens.sentences[sentence][0] if sentence >= 0 else -1
        if start < 0 or tokens.starts[start] < paragraph:
            break
        before = [p for p in periods_of(found, start) if p.last < then and not p.attributive]
        if before:
            return Dates(since=replace(before[-1], role="since"))
    return None


def _since_then(found: Found) -> dict[int, int]:
    """The first "seither" of each clause that has one."""
    small = found.tokens.small
    return {found.clause_of[token]: token for token in reversed(range(len(small))) if small[token] in WORDS.since_then}


def of_sentence_before(found: Found, first: int, last: int) -> Dates:
    """The time that a sentence before sets: "Im Jahr 2023 … . Davon wurden 12 …"."""
    tokens = found.tokens
    paragraph = found.paragraph_start(tokens.starts[first])
    sentence = tokens.sentence[first]
    own = found.clause(first) if bracket_of(found, first) < 0 else None
    clauses = [own, *found.once(_by_sentence).get(sentence, [])]
    told: Telling = next((one for clause in clauses if (one := telling(clause, first, last))), "past")
    for earlier in range(sentence - 1, max(-1, sentence - 1 - _FARTHEST), -1):
        start, _ = tokens.sentences[earlier]
        if tokens.starts[start] < paragraph:
            break
        periods = [p for p in periods_of(found, start) if not p.attributive and bracket_of(found, p.first) < 0]
        if periods:
            same = earlier == sentence - 1 and _speaks_of_same(found, first)
            telling_of = [p for p in periods if telling(found.clause(p.first)) == told and is_whole(p, periods)]
            return by_role([p for p in telling_of if _sets_the_time(found, p, told, same)], first)
        if told != "past" or earlier not in found.once(_told_of_past):
            break
    return Dates()


def _speaks_of_same(found: Found, token: int) -> bool:
    """Whether the clause of a token takes up what was spoken of: "Mit 622 Euro setzten sie den Kurs fort"."""
    clause = found.clause(token)
    return clause is not None and any(found.tokens.small[i] in WORDS.pronouns for i in clause.tokens)


def is_whole(period: Period, periods: Sequence[Period]) -> bool:
    """A date, or one end of a span whose other end stands there, too; "bis 2023" alone goes no further."""
    return period.role == "as_of" or any(p is not period and p.start == period.start for p in periods)


def _sets_the_time(found: Found, period: Period, told: Telling, same: bool) -> bool:
    """Whether a date dates the sentences behind it that tell of the same time.

    It does at the opening of what tells of the past, beside a number, and where the next sentence goes on
    about the same; what is so at present goes on only where both hold.
    """
    numbered = found.clause_of[period.first] in found.clauses_with_numbers
    if period.role != "as_of" and not numbered:
        return False
    if told == "past":
        return opens(found, period) or same or numbered
    return opens(found, period) and same


def _by_sentence(found: Found) -> dict[int, list[Clause]]:
    """The clauses of each sentence, in the order of their first words."""
    result: dict[int, list[Clause]] = {}
    for clause in sorted(found.clauses, key=lambda clause: clause.tokens[0]):
        result.setdefault(found.tokens.sentence[clause.tokens[0]], []).append(clause)
    return result


def _told_of_past(found: Found) -> frozenset[int]:
    """The sentences that tell of the past alone."""
    clauses = found.once(_by_sentence)
    return frozenset(
        sentence
        for sentence in range(len(found.tokens.sentences))
        if all(
            telling(clause) in ("past", None)
            for clause in clauses.get(sentence, [])
            if clause.kind in ("main", "fragment")
        )
    )
