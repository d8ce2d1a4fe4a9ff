"""Which periods a statement has: in its own clause, its sentence, or a sentence before that sets the time.

A statement takes the dates of its own clause, the nearest of each role. Where it has none, a date reaches it

- from another clause of the sentence that stands before or around it and tells of the same time: "2023 kamen 40,
  12 davon blieben", not "2023 kamen 40, 12 davon arbeiten noch hier";
- from the opening of a sentence before in the same paragraph, as long as the text goes on telling of the past:
  "Im Jahr 2023 wurden 40 gebaut. Davon entfielen 12 auf …".

A date in brackets dates what stands before the bracket. A date within a noun phrase is the noun's own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.claims.context import Context
from extractors.german.structures import Clause
from models.quantity import Period

Telling = Literal["past", "present", "ahead"]

_NOW = frozenset(
    "derzeit derzeitig derzeitige derzeitigen inzwischen mittlerweile aktuell aktuelle aktuellen heute heutige heutigen "
    "jetzt nun gegenwärtig zurzeit momentan bestehende bestehenden bestehender vorhandene vorhandenen bisherige "
    "bisherigen noch".split()
)
"""Words that put a statement at the time of writing, whatever date stands around it."""
_STILL = _NOW - {"noch", "nun"}
_BETWEEN = frozenset({"im", "in", "am", "zum", "den", "des", "Jahr", "Jahre", "Jahres", "Ende"})
_EXTENTS = frozenset({"lang", "breit", "hoch", "tief", "groß", "schwer", "weit", "stark", "dick"})
_FARTHEST = 3
"""Sentences that a date at the opening of one reaches beyond it."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The periods of one statement by role."""

    since: Period | None = None
    until: Period | None = None
    as_of: Period | None = None

    def all(self) -> tuple[Period, ...]:
        """Those that there are."""
        return tuple(p for p in (self.since, self.until, self.as_of) if p is not None)


def of_statement(context: Context, first: int, last: int, carry: bool) -> Dates:
    """The dates of the statement whose words are the tokens from `first` to `last`.

    Args:
        carry: whether a sentence before may set the time.
    """
    if _is_extent(context, last) or _stands_now(context, first, _NOW):
        return Dates()
    return _without_today(context, _found(context, first, last, carry))


def _found(context: Context, first: int, last: int, carry: bool) -> Dates:
    own = [
        p
        for p in context.periods_by_sentence.get(context.tokens.sentence[first], [])
        if not any(m.start < p.start < m.end for m in context.mentions)
    ]
    attributive = _of_own_phrase(context, own, first, last)
    if attributive is not None:
        return _by_role([attributive], first)
    bracketed = _in_bracket_behind(context, own, last)
    if bracketed:
        return _by_role(bracketed, first)
    free = [p for p in own if not p.attributive and not _is_bracketed_elsewhere(context, p, first)]
    clause = context.clause_of[first]
    in_clause = [p for p in free if context.clause_of[p.first] == clause and not _is_beyond_participle(context, p, first)]
    if in_clause:
        return _adjacent(context, in_clause, last) or _by_role(in_clause, first)
    if any(word in _STILL for word in _clause_words(context, clause)):
        return Dates()
    reaching = [p for p in free if context.clause_of[p.first] != clause and _reaches(context, p, first)]
    if reaching or free or not carry:
        return _by_role(reaching, first)
    return _carried(context, first)


def _without_today(context: Context, dates: Dates) -> Dates:
    """ "heute" is when the release was published: an `as_of` or an end of that day says nothing."""
    today = context.published.isoformat() if context.published else None
    until = None if dates.until is None or dates.until.date == today else dates.until
    return Dates(dates.since, until, None if dates.as_of is None or dates.as_of.date == today else dates.as_of)


def _is_extent(context: Context, last: int) -> bool:
    """ "der 23,6 Kilometer langen Strecke": a property, which no date changes."""
    tags, lemmas = context.tokens.tags, context.tokens.lemmas
    return last + 1 < len(tags) and tags[last + 1] == "ADJA" and lemmas[last + 1] in _EXTENTS


def _stands_now(context: Context, first: int, words: frozenset[str]) -> bool:
    """ "von derzeit 24,50 Euro", "die elf bestehenden Kioske"."""
    phrase = context.phrase_of.get(first)
    start, end = (phrase.start - 1, phrase.head) if phrase is not None else (first - 1, first)
    return any(word in words for word in context.tokens.words[max(0, start) : end])


def _clause_words(context: Context, clause: int) -> Iterator[str]:
    if clause >= 0:
        yield from (context.tokens.words[index].lower() for index in context.clauses[clause].tokens)


def _of_own_phrase(context: Context, periods: Sequence[Period], first: int, last: int) -> Period | None:
    """ "die 2018 erarbeiteten 73 Vorschläge": the date inside the noun phrase is the noun's own."""
    phrase = context.phrase_of.get(first)
    for period in periods:
        inside = phrase is not None and phrase.start <= period.first < phrase.head
        if period.attributive and (inside or first <= period.first <= last):
            return period
    return None


def _in_bracket_behind(context: Context, periods: Sequence[Period], last: int) -> list[Period]:
    """ "26,70 Euro (WS 2019/20)": the dates in the bracket that opens behind the statement's words."""
    text = context.tokens.text
    opening = context.tokens.ends[last]
    if text[opening : opening + 2] != " (":
        return []
    closing = text.find(")", opening)
    content = [p for p in periods if opening < p.start < closing]
    return content if content and content[0].first - last <= 5 else []


def _is_bracketed_elsewhere(context: Context, period: Period, token: int) -> bool:
    """A date in brackets dates what stands before the bracket, nothing else."""
    text = context.tokens.text
    start, end = sorted((period.start, context.tokens.starts[token]))
    between = text[start:end]
    return between.count("(") != between.count(")")


def _is_beyond_participle(context: Context, period: Period, token: int) -> bool:
    """ "bis 2027 verlängert und um 180 Millionen Euro aufgestockt": a span of time is that of its own participle."""
    if period.role == "as_of" or period.first > token:
        return False
    tags = context.tokens.tags[period.last + 1 : token]
    return any(tag == "VVPP" and "KON" in tags[place:] for place, tag in enumerate(tags))


def _adjacent(context: Context, periods: Sequence[Period], last: int) -> Dates | None:
    """ "von 292 im Jahr 2016 auf 301 im Jahr 2017": of several dates the one that follows at once."""
    if len([p for p in periods if p.role == "as_of"]) < 2:
        return None
    words = context.tokens.words
    for period in periods:
        if period.first > last and all(word in _BETWEEN for word in words[last + 1 : period.first]):
            return _by_role([period], last)
    return None


def _by_role(periods: Sequence[Period], token: int) -> Dates:
    def nearest(role: str) -> Period | None:
        fitting = [p for p in periods if p.role == role]
        return min(fitting, key=lambda p: (p.first > token, abs(p.first - token))) if fitting else None

    return Dates(nearest("since"), nearest("until"), nearest("as_of"))


def _telling(clause: Clause | None) -> Telling | None:
    """Of what time a clause tells; None without a finite verb."""
    verb = clause.verb if clause is not None else None
    if verb is None or verb.tense == "none":
        return None
    if verb.tense == "future" or verb.modal in ("sollen", "wollen"):
        return "ahead"
    return "present" if verb.tense == "present" else "past"


def _reaches(context: Context, period: Period, token: int) -> bool:
    """Whether a date of another clause of the sentence dates the clause of a token, too."""
    place = context.clause_of[period.first]
    clause = context.clauses[place] if place >= 0 else None
    if clause is None:
        return True
    own = context.clause(token)
    if clause.kind not in ("main", "fragment") or own is None:
        return False
    if period.first > token:
        return own.parent == place or clause.parent == own.index
    told, telling = _telling(clause), _telling(own)
    if telling is None or told is None:
        return period.role == "as_of" or _opens(context, period)
    return told == telling and (_opens(context, period) or own.verb is not None and own.verb.finite == _finite(clause))


def _finite(clause: Clause) -> int | None:
    return clause.verb.finite if clause.verb is not None else None


def _opens(context: Context, period: Period) -> bool:
    """Whether a date stands before the finite verb of its main clause."""
    clause = context.clause(period.first)
    if clause is None or clause.kind not in ("main", "fragment"):
        return False
    finite = _finite(clause)
    return finite is None or period.first < finite


def _carried(context: Context, first: int) -> Dates:
    """The time that a sentence before sets: "Im Jahr 2023 … . Davon wurden 12 …"."""
    tokens = context.tokens
    paragraph = context.paragraph_start(tokens.starts[first])
    if _telling(context.clause(first)) not in ("past", None):
        return Dates()
    sentence = tokens.sentence[first]
    for earlier in range(sentence - 1, max(-1, sentence - 1 - _FARTHEST), -1):
        start, stop = tokens.sentences[earlier]
        if tokens.starts[start] < paragraph:
            break
        periods = [p for p in context.periods_by_sentence.get(earlier, []) if not p.attributive]
        if periods:
            return _by_role([p for p in periods if p.role != "since" and _goes_on(context, p)], first)
        if not _tells_of_past(context, start, stop):
            break
    return Dates()


def _goes_on(context: Context, period: Period) -> bool:
    return _opens(context, period) and _telling(context.clause(period.first)) == "past"


def _tells_of_past(context: Context, start: int, stop: int) -> bool:
    clauses = {context.clause_of[index] for index in range(start, stop)} - {-1}
    return all(_telling(context.clauses[index]) in ("past", None) for index in clauses)
