"""Which periods a statement has: in its own clause, its sentence, or a sentence before that sets the time."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.claims.context import Context
from models.quantity import Period


@dataclass(frozen=True, slots=True)
class Dates:
    """The periods of one statement by role; `carried` says that the as_of comes from an earlier sentence."""

    since: Period | None = None
    until: Period | None = None
    as_of: Period | None = None
    carried: bool = False

    def all(self) -> tuple[Period, ...]:
        """Those that there are."""
        return tuple(p for p in (self.since, self.until, self.as_of) if p is not None)


def of_statement(context: Context, first: int, last: int, carry: bool) -> Dates:
    """The dates of the statement whose words are the tokens from `first` to `last`.

    Args:
        carry: whether the sentence before may set the time.
    """
    tokens = context.tokens
    own = context.periods_by_sentence.get(tokens.sentence[first], [])
    clause = context.clause_of[first]
    attributive = _of_own_phrase(context, own, first, last)
    if attributive is not None:
        return Dates(as_of=attributive)
    free = [p for p in own if not p.attributive and not _is_bracketed_elsewhere(context, p, first)]
    in_clause = [p for p in free if context.clause_of[p.first] == clause]
    chosen = _by_role(in_clause, first) if in_clause else _by_role([p for p in free if _reaches(context, p, first)], first)
    if chosen.all() or not carry:
        return chosen
    return _carried(context, first)


def _of_own_phrase(context: Context, periods: Sequence[Period], first: int, last: int) -> Period | None:
    """ "die 2018 erarbeiteten 73 Vorschläge": the date inside the noun phrase is the noun's own."""
    phrase = context.phrase_of.get(first)
    for period in periods:
        inside = phrase is not None and phrase.start <= period.first < phrase.head
        if period.attributive and (inside or first <= period.first <= last):
            return period
    return None


def _is_bracketed_elsewhere(context: Context, period: Period, token: int) -> bool:
    """A date in brackets dates what stands before the bracket, nothing else."""
    text = context.tokens.text
    start, end = sorted((period.start, context.tokens.starts[token]))
    between = text[start:end]
    return between.count("(") != between.count(")")


def _by_role(periods: Sequence[Period], token: int) -> Dates:
    def nearest(role: str) -> Period | None:
        fitting = [p for p in periods if p.role == role]
        return min(fitting, key=lambda p: (p.first > token, abs(p.first - token))) if fitting else None

    return Dates(nearest("since"), nearest("until"), nearest("as_of"))


def _reaches(context: Context, period: Period, token: int) -> bool:
    """A date of another clause reaches clauses that follow it in the sentence, and those embedded in its own."""
    clause = context.clauses[context.clause_of[period.first]] if context.clause_of[period.first] >= 0 else None
    return clause is None or clause.kind in ("main", "fragment") or period.first < token and clause.kind != "relative"


def _carried(context: Context, first: int) -> Dates:
    """The time that the sentence before sets at its beginning: "Im Jahr 2023 … . Davon wurden 12 …"."""
    tokens = context.tokens
    sentence = tokens.sentence[first]
    paragraph = context.paragraph_start(tokens.starts[first])
    for earlier in (sentence - 1,):
        if earlier < 0:
            break
        start, _ = tokens.sentences[earlier]
        for period in context.periods_by_sentence.get(earlier, []):
            leads = period.first - start <= 3 and not period.attributive
            if leads and period.role == "as_of" and period.start >= paragraph and len(period.date) == 4:
                return Dates(as_of=period, carried=True)
    return Dates()
