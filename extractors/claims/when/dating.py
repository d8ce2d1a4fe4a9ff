"""Which periods a statement has: in its own clause, its sentence, or a sentence before that sets the time.

A statement takes the dates of its own clause, the nearest of each role. Where it has none, a date reaches it

- from another clause of the sentence that stands before or around it and tells of the same time: "2023 kamen 40,
  12 davon blieben", not "2023 kamen 40, 12 davon arbeiten noch hier";
- from the opening of a sentence before in the same paragraph, as long as the text goes on telling of the past:
  "Im Jahr 2023 wurden 40 gebaut. Davon entfielen 12 auf …".

A date in brackets dates what stands before the bracket, unless a number stands in it beside the date. A date within
a noun phrase is the noun's own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractors.claims.attribute import attribute_around, planned_relative
from extractors.claims.found import Found
from extractors.claims.when.patterns import WORDS
from extractors.german.syntax.structures import Clause
from models.quantity import Period

Telling = Literal["past", "present", "ahead"]

_BEHIND_COLON = 4
"""Tokens from a date before a colon to its number."""
_BEFORE_RELATIVE = 3
"""Tokens from a date in brackets to the relative clause behind them."""
_FARTHEST = 5
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
    own = _of_sentence(found, first)
    attribute = attribute_around(found, first, last)
    if attribute is not None:
        return _by_role([p for p in own if attribute.first <= p.first < attribute.noun], first)
    label = _of_label(found, own, first)
    if label:
        return _by_role(label, first)
    own = [p for p in own if not _is_label(found, p)]
    attributive = _of_own_phrase(found, own, first, last)
    if attributive is not None:
        return _by_role([attributive], first)
    bracketed = [p for p in _in_bracket_behind(found, own, last) if not _dates_a_number(found, p)]
    if bracketed:
        return _by_role(bracketed, first)
    bracket = _bracket(found, first)
    beside = [p for p in own if bracket >= 0 and _bracket(found, p.first) == bracket]
    if beside:
        return _adjacent(found, beside, last) or _by_role(beside, first)
    free = [p for p in own if not p.attributive and _bracket(found, p.first) < 0 and not _is_past_it(found, p, first)]
    clause = found.clause_of[first]
    since_then = _since_then(found, first)
    if since_then is not None:
        return since_then
    in_clause = [p for p in free if found.clause_of[p.first] == clause and not _is_of_another(found, p, first)]
    if in_clause:
        behind_comma = _behind_comma(found, in_clause, first)
        return _adjacent(found, behind_comma, last) or _by_role(behind_comma, first)
    if any(word in WORDS.still for word in _clause_words(found, clause)):
        return Dates()
    reaching = [p for p in free if found.clause_of[p.first] != clause and _reaches(found, p, first, last)]
    reaching = reaching or _in_which(found, own, first) or _of_plan(found, own, first, last)
    if reaching or not carry:
        return _by_role(reaching, first)
    if whole is not None and _telling(found.clause(first), first, last) != "present":
        return _of_whole(found, whole, first)
    return Dates() if free else _carried(found, first, last)


def _dates_a_number(found: Found, period: Period) -> bool:
    """ "130 Lehrkräfte (2023: 110)": the date in the bracket is that of the number in it."""
    bracket = _bracket(found, period.first)
    return any(_bracket(found, quantity.first) == bracket for quantity in found.quantities)


def _of_sentence(found: Found, token: int) -> list[Period]:
    """The periods of the sentence of a token, years inside names left out."""
    sentence = found.tokens.sentence[token]
    mentions = found.mentions_by_sentence.get(sentence, [])
    periods = found.periods_by_sentence.get(sentence, [])
    return [p for p in periods if not any(m.start < p.start < m.end for m in mentions)]


def _of_whole(found: Found, whole: int, part: int) -> Dates:
    """The dates of a whole that hold for its part; in another sentence "seit 2020" and "bis 2023" do not."""
    near = [p for p in _of_sentence(found, whole) if _is_near(found, p, whole)]
    same = found.tokens.sentence[whole] == found.tokens.sentence[part]
    return _by_role([p for p in near if same or _is_whole(p, near)], whole)


def _is_near(found: Found, period: Period, token: int) -> bool:
    same = found.clause_of[period.first] == found.clause_of[token]
    return same and not period.attributive and _bracket(found, period.first) == _bracket(found, token)


def _without_today(found: Found, dates: Dates) -> Dates:
    """ "heute" is when the release was published: an `as_of` or an end of that day says nothing."""
    today = found.published.isoformat() if found.published else None
    until = None if dates.until is None or dates.until.date == today else dates.until
    return Dates(dates.since, until, None if dates.as_of is None or dates.as_of.date == today else dates.as_of)


def _is_extent(found: Found, last: int) -> bool:
    """ "der 23,6 Kilometer langen Strecke": a property, which no date changes."""
    tags, lemmas = found.tokens.tags, found.tokens.lemmas
    return last + 1 < len(tags) and tags[last + 1] == "ADJA" and lemmas[last + 1] in WORDS.extents


def _stands_now(found: Found, first: int) -> bool:
    """ "von derzeit 18,40 Euro", "die elf bestehenden Kioske"."""
    phrase = found.phrase_of.get(first)
    start, end = (phrase.start - 1, phrase.head) if phrase is not None else (first - 1, first)
    return any(word in WORDS.now for word in found.tokens.words[max(0, start) : end])


def _clause_words(found: Found, clause: int) -> Iterator[str]:
    if clause >= 0:
        yield from (found.tokens.words[index].lower() for index in found.clauses[clause].tokens)


def _of_own_phrase(found: Found, periods: Sequence[Period], first: int, last: int) -> Period | None:
    """ "die 2018 erarbeiteten 73 Vorschläge", "73 Vorschläge, die 2018 erarbeitet wurden": the noun's own date."""
    phrase = found.phrase_of.get(first)
    for period in periods:
        if phrase is not None and _is_in_relative_clause(found, period, phrase.end):
            return replace(period, attributive=True)
    for period in periods:
        inside = phrase is not None and phrase.start <= period.first < phrase.head
        if period.attributive and (inside or first <= period.first <= last or 0 < first - period.last <= 2):
            return period
    return None


def _is_in_relative_clause(found: Found, period: Period, end: int) -> bool:
    """Whether a date stands in a relative clause of the past that follows the noun phrase up to `end` at once."""
    clause = found.clause(period.first)
    if clause is None or clause.kind != "relative" or _telling(clause) != "past":
        return False
    return clause.start - end in (0, 1)


def _in_bracket_behind(found: Found, periods: Sequence[Period], last: int) -> list[Period]:
    """ "14,20 Euro (WS 2021/22)": the dates in the bracket that opens behind the statement's words."""
    text = found.tokens.text
    opening = found.tokens.ends[last]
    if text[opening : opening + 2] != " (":
        return []
    closing = text.find(")", opening)
    if any(opening < quantity.start < closing for quantity in found.quantities):
        return []
    content = [p for p in periods if opening < p.start < closing]
    return content if content and content[0].first - last <= 5 else []


def _is_label(found: Found, period: Period) -> bool:
    """ "Zuschuss 2025: 310.000 Euro", "(2023: 110, 2022: 95)": a date dates the number behind its colon alone."""
    tokens = found.tokens
    return tokens.word(period.last + 1) == ":" and "CARD" in tokens.tags[period.last + 2 : period.last + 5]


def _of_label(found: Found, periods: Sequence[Period], first: int) -> list[Period]:
    """The date before whose colon a number stands."""
    labels = [p for p in periods if 1 < first - p.last <= _BEHIND_COLON and found.tokens.word(p.last + 1) == ":"]
    between = found.tokens.tags[labels[-1].last + 2 : first] if labels else []
    return labels if not {"$,", "CARD"}.intersection(between) else []


def _is_past_it(found: Found, period: Period, token: int) -> bool:
    """ "Zwischen 2019 und 2023 schlossen 80, in den Jahren davor 30": of these the date says nothing."""
    return any(word.lower() in WORDS.past_it for word in found.tokens.words[period.last + 1 : token])


def _since_then(found: Found, first: int) -> Dates | None:
    """ "Die Stiftung besteht seit 2009. Seither sind 130 Millionen Euro geflossen": since the date named last."""
    tokens, clause = found.tokens, found.clause(first)
    then = next((i for i in clause.tokens if tokens.word(i) in WORDS.since_then), None) if clause is not None else None
    if then is None or clause is None:
        return None
    inside = [p for p in _of_sentence(found, first) if found.clause_of[p.first] == clause.index]
    if any(p.first > then for p in inside) or (inside and first < then):
        return None
    paragraph = found.paragraph_start(tokens.starts[first])
    for sentence in (tokens.sentence[first], tokens.sentence[first] - 1):
        start = tokens.sentences[sentence][0] if sentence >= 0 else -1
        if start < 0 or tokens.starts[start] < paragraph:
            break
        before = [p for p in _of_sentence(found, start) if p.last < then and not p.attributive]
        if before:
            return Dates(since=replace(before[-1], role="since"))
    return None


def _in_which(found: Found, periods: Sequence[Period], first: int) -> list[Period]:
    """ "die Phase (2023 bis 2027), in der 90 Millionen Euro bereitstehen"."""
    tokens, clause = found.tokens, found.clause(first)
    if clause is None or clause.kind != "relative" or clause.connector is None:
        return []
    if tokens.before(clause.connector) != "in" and tokens.word(clause.connector) != "wo":
        return []
    return [p for p in periods if 0 < clause.start - p.last <= _BEFORE_RELATIVE]


def _of_plan(found: Found, periods: Sequence[Period], first: int, last: int) -> list[Period]:
    """ "stellt 25 Millionen Euro bereit, die bis 2028 fließen sollen"."""
    clause = planned_relative(found, first, last)
    return [p for p in periods if clause is not None and found.clause_of[p.first] == clause.index]


def _bracket(found: Found, token: int) -> int:
    """Offset of the bracket that a token stands in, or -1."""
    text, start = found.tokens.text, found.tokens.starts[token]
    sentence = found.tokens.starts[found.tokens.sentences[found.tokens.sentence[token]][0]]
    opening = text.rfind("(", sentence, start)
    return opening if opening >= 0 and text.find(")", opening, start) < 0 else -1


def _is_of_another(found: Found, period: Period, token: int) -> bool:
    """Whether a date of the clause belongs to another participle or number of it.

    "bis 2027 verlängert und um 180 Millionen Euro aufgestockt": a span of time is that of its own participle;
    "seit 2018 haben 86 das Siegel erhalten, in diesem Jahr 14": a date behind a comma is the next number's.
    """
    tokens = found.tokens
    before = period.last < token
    start, stop = (period.last + 1, token) if before else (token, period.first)
    tags = tokens.tags[start:stop]
    if any(tag == "VVPP" and "KON" in tags[place:] for place, tag in enumerate(tags)):
        return not before or (period.role != "as_of" and not _opens(found, period))
    return not before and "$," in tags and "CARD" in tokens.tags[period.last + 1 : period.last + 4]


def _behind_comma(found: Found, periods: list[Period], token: int) -> list[Period]:
    """Where a date and a number follow a comma, the dates before the comma are not that number's."""
    last = max((p.last for p in periods if p.last < token), default=-1)
    start = max((p.first for p in periods if p.last == last), default=token)
    if last < 0 or not 0 < token - last <= 3:
        return periods
    words = found.tokens.words
    comma = next((i for i in range(start - 1, max(start - 4, 0), -1) if words[i] == ","), None)
    return [p for p in periods if p.first > comma] if comma is not None else periods


def _adjacent(found: Found, periods: Sequence[Period], last: int) -> Dates | None:
    """ "von 80 im Jahr 2019 auf 95 im Jahr 2020": of several dates the one that follows at once."""
    if len({p.start for p in periods}) < 2:
        return None
    words = found.tokens.words
    for period in periods:
        if period.first > last and all(word in WORDS.between for word in words[last + 1 : period.first]):
            return _by_role([p for p in periods if p.start == period.start], last)
    return None


def _by_role(periods: Sequence[Period], token: int) -> Dates:
    def nearest(role: str) -> Period | None:
        fitting = [p for p in periods if p.role == role]
        return min(fitting, key=lambda p: (p.first > token, abs(p.first - token))) if fitting else None

    return Dates(nearest("since"), nearest("until"), nearest("as_of"))


def _telling(clause: Clause | None, first: int = -1, last: int = -1) -> Telling | None:
    """Of what time a clause tells; None without a finite verb ("ha" in "davon 310 ha" is none) and in "das heißt"."""
    verb = clause.verb if clause is not None else None
    if verb is None or verb.tense == "none" or verb.lemma == "heißen" or first <= (verb.finite or 0) <= last:
        return None
    if verb.tense == "future" or verb.modal in ("sollen", "wollen"):
        return "ahead"
    indirect = verb.tense == "past" and verb.mood in ("subjunctive1", "subjunctive2")
    return "present" if verb.tense == "present" or indirect else "past"


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
    told, telling = _telling(clause), _telling(own, first, last)
    if told == telling and _goes_on(found, own, clause):
        return period.role == "as_of" or _opens(found, period)
    if told is None or telling is None:
        return period.role == "as_of" or _opens(found, period)
    if found.tokens.starts[first] < found.title_end:
        return told == telling
    if own.parent == place and told == "ahead":
        return telling in ("ahead", "present")
    return told == telling and (_opens(found, period) or (told == "past" and period.role == "as_of"))


def _goes_on(found: Found, clause: Clause, before: Clause) -> bool:
    """ "Die Ministerin eröffnet am Montag die Messe und begrüßt 22 Gäste": two verbs with one subject."""
    joined = found.tokens.tags[clause.tokens[0]] == "KON" and not clause.vorfeld
    return joined and clause.index == before.index + 1 and clause.verb is not None


def _opens(found: Found, period: Period) -> bool:
    """Whether a date stands before the finite verb of its main clause."""
    clause = found.clause(period.first)
    if clause is None or clause.kind not in ("main", "fragment"):
        return False
    return clause.verb is None or clause.verb.finite is None or period.first < clause.verb.finite


def _carried(found: Found, first: int, last: int) -> Dates:
    """The time that a sentence before sets: "Im Jahr 2023 … . Davon wurden 12 …"."""
    tokens = found.tokens
    paragraph = found.paragraph_start(tokens.starts[first])
    sentence = tokens.sentence[first]
    clauses = [found.clause(first), *(found.clause(index) for index in range(*tokens.sentences[sentence]))]
    telling: Telling = next((told for clause in clauses if (told := _telling(clause, first, last))), "past")
    for earlier in range(sentence - 1, max(-1, sentence - 1 - _FARTHEST), -1):
        start, stop = tokens.sentences[earlier]
        if tokens.starts[start] < paragraph:
            break
        periods = [p for p in _of_sentence(found, start) if not p.attributive and _bracket(found, p.first) < 0]
        if periods:
            same = earlier == sentence - 1 and _speaks_of_same(found, first)
            telling_of = [p for p in periods if _telling(found.clause(p.first)) == telling and _is_whole(p, periods)]
            return _by_role([p for p in telling_of if _sets_the_time(found, p, telling, same)], first)
        if telling != "past" or not _tells_of_past(found, start, stop):
            break
    return Dates()


def _speaks_of_same(found: Found, token: int) -> bool:
    """Whether the clause of a token takes up what was spoken of: "Mit 622 Euro setzten sie den Kurs fort"."""
    clause = found.clause(token)
    return clause is not None and any(found.tokens.words[i].lower() in WORDS.pronouns for i in clause.tokens)


def _is_whole(period: Period, periods: Sequence[Period]) -> bool:
    """A date, or one end of a span whose other end stands there, too; "bis 2023" alone goes no further."""
    return period.role == "as_of" or any(p is not period and p.start == period.start for p in periods)


def _sets_the_time(found: Found, period: Period, telling: Telling, same: bool) -> bool:
    """Whether a date dates the sentences behind it that tell of the same time.

    It does at the opening of what tells of the past, beside a number, and where the next sentence goes on
    about the same; what is so at present goes on only where both hold.
    """
    numbered = found.clause_of[period.first] in found.clauses_with_numbers
    if period.role != "as_of" and not numbered:
        return False
    if telling == "past":
        return _opens(found, period) or same or numbered
    return _opens(found, period) and same


def _tells_of_past(found: Found, start: int, stop: int) -> bool:
    clauses = [found.clauses[index] for index in {found.clause_of[index] for index in range(start, stop)} - {-1}]
    return all(_telling(clause) in ("past", None) for clause in clauses if clause.kind in ("main", "fragment"))
