"""Which periods a statement has: in its own clause, its sentence, or a sentence before that sets the time.

A statement takes the dates of its own clause, the nearest of each role. Where it has none, a date reaches it

- from another clause of the sentence that stands before or around it and tells of the same time: "2023 kamen 40,
  12 davon blieben", not "2023 kamen 40, 12 davon arbeiten noch hier";
- from the opening of a sentence before in the same paragraph, as long as the text goes on telling of the past:
  "Im Jahr 2023 wurden 40 gebaut. Davon entfielen 12 auf …".

A date in brackets dates what stands before the bracket. A date within a noun phrase is the noun's own.
"""

from extractors.claims.found import Found
from extractors.claims.when.carried import is_whole, of_sentence_before, since_then
from extractors.claims.when.dates import Dates, bracket_of, by_role, periods_of
from extractors.claims.when.in_turn import in_turn
from extractors.claims.when.marked import (
    adjacent,
    behind_colon,
    between_commas,
    in_which,
    is_label,
    is_of_another,
    of_plan,
    tied_to,
)
from extractors.claims.when.patterns import WORDS
from extractors.claims.when.telling import opens, telling
from extractors.german.syntax.structures import Clause
from models.quantity import Period

_FIRST = "1900"
"""What is dated before this year is history: no release reports it."""


def of_statement(found: Found, first: int, last: int, carry: bool, whole: int | None = None) -> Dates:
    """The dates of the statement whose words are the tokens from `first` to `last`.

    Args:
        carry: whether a sentence before may set the time.
        whole: a token of the whole that the statement is about a part of.
    """
    if (first < last and _is_extent(found, last)) or _stands_now(found, first):
        return Dates()
    return _without_today(found, _found(found, first, last, carry, whole))


def _found(found: Found, first: int, last: int, carry: bool, whole: int | None) -> Dates:
    tied = in_turn(found, first) or tied_to(found, periods_of(found, first), first, last) or since_then(found, first)
    if tied is not None:
        return tied
    own = [p for p in periods_of(found, first) if not is_label(found, p)]
    announced = behind_colon(found, own, first)
    if announced:
        return by_role(announced, first)
    free = [p for p in own if not p.attributive and not _is_aside(found, p, first) and not _is_past_it(found, p, first)]
    clause = found.clause_of[first]
    in_clause = [p for p in free if found.clause_of[p.first] == clause and not is_of_another(found, p, first)]
    if in_clause:
        near = between_commas(found, in_clause, first, last)
        return adjacent(found, near, last) or by_role(near, first)
    if clause in found.once(_still_so):
        return Dates()
    reaching = [p for p in free if found.clause_of[p.first] != clause and _reaches(found, p, first, last)]
    reaching = reaching or in_which(found, own, first) or of_plan(found, own, first, last)
    if reaching or not carry or _is_former_level(found, first, last):
        return by_role(reaching, first)
    if whole is not None and telling(found.clause(first), first, last) != "present":
        of_whole = _of_whole(found, whole, first)
        if of_whole.all():
            return of_whole
    return Dates() if free else of_sentence_before(found, first, last)


def _is_former_level(found: Found, first: int, last: int) -> bool:
    """ "von [12 Millionen Euro] auf 15 Millionen Euro": of the time before the one that the text tells of."""
    return found.tokens.before(first) == "von" and found.tokens.word(last + 1) == "auf"


def _of_whole(found: Found, whole: int, part: int) -> Dates:
    """The dates of a whole that hold for its part; in another sentence "seit 2020" and "bis 2023" do not."""
    near = [p for p in periods_of(found, whole) if _is_near(found, p, whole)]
    same = found.tokens.sentence[whole] == found.tokens.sentence[part]
    return by_role([p for p in near if same or is_whole(p, near)], whole)


def _is_near(found: Found, period: Period, token: int) -> bool:
    same = found.clause_of[period.first] == found.clause_of[token]
    return same and not period.attributive and bracket_of(found, period.first) == bracket_of(found, token)


def _without_today(found: Found, dates: Dates) -> Dates:
    """ "heute" is when the release was published: an `as_of` or an end of that day says nothing."""
    today = found.published.isoformat() if found.published else None
    until = None if dates.until is None or dates.until.date == today else dates.until
    as_of = None if dates.as_of is None or dates.as_of.date == today or dates.as_of.date < _FIRST else dates.as_of
    return Dates(dates.since, until, as_of)


def _is_extent(found: Found, last: int) -> bool:
    """ "der 23,6 Kilometer langen Strecke": a property, which no date changes."""
    tags, lemmas = found.tokens.tags, found.tokens.lemmas
    return last + 1 < len(tags) and tags[last + 1] == "ADJA" and lemmas[last + 1] in WORDS.extents


def _stands_now(found: Found, first: int) -> bool:
    """ "von derzeit 18,40 Euro", "die elf bestehenden Kioske"."""
    phrase = found.phrase_of.get(first)
    start, end = (phrase.start - 1, phrase.head) if phrase is not None else (first - 1, first)
    return any(word in WORDS.now for word in found.tokens.words[max(0, start) : end])


def _still_so(found: Found) -> frozenset[int]:
    """The clauses that tell of what is so still."""
    small = zip(found.clause_of, found.tokens.small, strict=True)
    return frozenset(clause for clause, word in small if word in WORDS.still and clause >= 0)


def _is_aside(found: Found, period: Period, first: int) -> bool:
    """Whether a date stands in a bracket; "(Stand 6. Januar)" dates what stands around it, or the number before it."""
    opening = bracket_of(found, period.first)
    if opening < 0 or not found.tokens.text.startswith(WORDS.as_at, opening + 1):
        return opening >= 0
    number = found.number_before(period.first)
    return number is not None and number.first != first


def _is_past_it(found: Found, period: Period, token: int) -> bool:
    """ "Zwischen 2019 und 2023 schlossen 80, in den Jahren davor 30": of these the date says nothing."""
    return any(word in WORDS.past_it for word in found.tokens.small[period.last + 1 : token])


def _reaches(found: Found, period: Period, first: int, last: int) -> bool:
    """Whether a date of another clause of the sentence dates the statement, too."""
    place = found.clause_of[period.first]
    clause = found.clauses[place] if place >= 0 else None
    if clause is None:
        return True
    own = found.clause(first)
    if period.role == "since" and clause.connector is not None and clause.parent == found.clause_of[first]:
        return found.tokens.word(clause.connector) in WORDS.since_clauses
    if clause.kind not in ("main", "fragment") or own is None:
        return False
    if period.first > first:
        return own.kind != "relative" and (own.parent == place or clause.parent == own.index)
    told, own_told = telling(clause), telling(own, first, last)
    if told == own_told and _goes_on(found, own, clause):
        return period.role == "as_of" or opens(found, period)
    if told is None or own_told is None:
        return period.role == "as_of" or opens(found, period)
    if found.tokens.starts[first] < found.title_end:
        return told == own_told
    if own.parent == place and told == "ahead":
        return own_told in ("ahead", "present")
    return told == own_told and (opens(found, period) or (told == "past" and period.role == "as_of"))


def _goes_on(found: Found, clause: Clause, before: Clause) -> bool:
    """ "Die Ministerin eröffnet am Montag die Messe und begrüßt 22 Gäste": two verbs with one subject."""
    if clause.verb is None or clause.verb.finite is None or clause.index != before.index + 1:
        return False
    joined = found.tokens.tags[clause.tokens[0]] == "KON" and not clause.vorfeld
    return joined or found.tokens.tag(clause.verb.finite - 1) == "KON"
