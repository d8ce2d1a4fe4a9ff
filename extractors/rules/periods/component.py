"""Finds periods: dates and spans of time, resolved against the day of publication.

    [Ende 2024]{role: as_of, date: 2024-12-31} waren 42 Vorhaben abgeschlossen.

Sets `doc._.bilanz_periods`: a tuple of `models.quantity.Period` in the order of the text. Reads words, tags,
clauses, noun phrases, quantities (figures that count are no years) and the day of publication, which whoever
makes the document sets as `doc._.bilanz_published`. `forms` has the ways in which dates are written, `resolve`
what each names, `scan` the role that the words before give it. Words: words.yaml, models/calendar.
Examples: tests/sentences/periods.txt; figures of the whole: tests/gold/floors.json (since, until, as_of).
"""

from collections.abc import Iterator, Mapping
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from extractors.german.syntax.structures import FINITE, Clause, NounPhrase
from extractors.rules.periods.calendar import Direction, Reference
from extractors.rules.periods.patterns import WORDS
from extractors.rules.periods.scan import Moment, same_span, scan, year_spoken_of
from extractors.tokens import Tokens, tokens
from models.quantity import Period, Quantity

_NOUNS = frozenset({"NN", "NE", "FM", "XY"})
_DETERMINERS = frozenset({"ART", "PPOSAT", "PDAT", "PIAT", "APPR", "APPRART"})
_LISTING = "folgende"
"""What begins so looks like a participle: "2020 werden in 2021 [folgende] Angebote"."""
_LONGEST_IN_NAME = 2
"""Tokens behind the first of a span of years in a name; "2024-11-30" has more."""
_AHEAD = frozenset({"sollen", "wollen", "werden"})


NAME = "bilanz_periods"
Doc.set_extension(NAME, default=(), force=True)
Doc.set_extension("bilanz_published", default=None, force=True)


@Language.component(
    NAME,
    assigns=["doc._.bilanz_periods"],
    requires=[
        "token.tag",
        "token.is_sent_start",
        "doc._.bilanz_phrase_of",
        "doc._.bilanz_clauses",
        "doc._.bilanz_clause_of",
        "doc._.bilanz_quantities",
    ],
)
def find_periods(doc: Doc) -> Doc:
    """Sets `doc._.bilanz_periods`, resolved against `doc._.bilanz_published`."""
    finder = _Finder(
        tokens(doc), doc._.bilanz_phrase_of, doc._.bilanz_clauses, doc._.bilanz_clause_of, doc._.bilanz_published
    )
    doc._.bilanz_periods = finder.periods(doc._.bilanz_quantities)
    return doc


class _Finder:
    """Finds the periods of one document, sentence by sentence: a later one may speak of the year of an earlier."""

    def __init__(
        self,
        tokens: Tokens,
        phrase_of: Mapping[int, NounPhrase],
        clauses: tuple[Clause, ...],
        clause_of: tuple[int, ...],
        published: date | None,
    ) -> None:
        self.tokens, self.clauses, self.clause_of, self.published = tokens, clauses, clause_of, published
        self.spoken_of: int | None = None
        self.spoken_of_until = 0
        self.phrase_of = phrase_of

    def periods(self, quantities: tuple[Quantity, ...]) -> tuple[Period, ...]:
        """All periods; figures that count something are none, nor are years inside names."""
        counting = (q for q in quantities if q.kind in ("count", "money", "measure"))
        counted = {index for q in counting for index in self._outside_brackets(q.first, q.last)}
        opening = {q.first for q in quantities}
        found: list[Period] = []
        for first, stop in self.tokens.sentences:
            for period in self._of_sentence(first, stop, found):
                if period.last not in counted or (period.attributive and period.first not in opening):
                    found.append(period)
        return tuple(found)

    def _outside_brackets(self, first: int, last: int) -> Iterator[int]:
        """ "[9.417] (2018/19: 9.129) [Kinder]": the year within is that of the number behind it."""
        inside = False
        for index in range(first, last + 1):
            inside = self.tokens.words[index] == "(" or (inside and self.tokens.words[index] != ")")
            if not inside:
                yield index

    def _of_sentence(self, first: int, stop: int, before: list[Period]) -> list[Period]:
        offset = self.tokens.starts[first]
        sentence = self.tokens.text[offset : self.tokens.ends[stop - 1]]
        if "\n" in self.tokens.text[self.spoken_of_until : offset] or "\n" in self.tokens.words[first]:
            self.spoken_of = None
        self.spoken_of_until = offset
        reference = Reference(self.published, self.spoken_of, lambda at: self._direction(offset + at))
        moments = scan(sentence, reference)
        self.spoken_of = year_spoken_of(moments) or self.spoken_of
        taken_up = same_span(sentence) if not moments and before else None
        if taken_up is not None:
            span = [p for p in before if p.start == before[-1].start]
            moments = [Moment(p.role, p.date, *taken_up, p.days) for p in span if len(span) == 2]
        return [p for m in moments if (p := self._period(m, offset, first)) is not None]

    def _direction(self, offset: int) -> Direction | None:
        """Whether the clause at an offset tells of the past or of what lies ahead."""
        index = self.clause_of[self.tokens.at(offset)]
        verb = self.clauses[index].verb if index >= 0 else None
        if verb is None or verb.finite is None:
            return None
        if verb.tense in ("past", "perfect", "pluperfect") and verb.modal != "sollen":
            return "past"
        return "ahead" if verb.tense == "future" or verb.modal in _AHEAD else None

    def _period(self, moment: Moment, offset: int, sentence_start: int) -> Period | None:
        start, end = offset + moment.start, offset + moment.end
        first, last = self.tokens.at(start), self.tokens.at(end - 1)
        if self._is_in_name(first, last, sentence_start):
            return None
        attributive = self._is_attributive(first, last)
        return Period(moment.role, moment.date, start, end, first, last, attributive, moment.days)

    def _is_attributive(self, first: int, last: int) -> bool:
        """ "die 2018 erarbeiteten Vorschläge", "der bis Ende 2024 bewilligte Betrag"."""
        tags = self.tokens.tags
        if first == last and self.tokens.tag(first - 1) in ("ART", "PPOSAT") and self.tokens.words[last].isdigit():
            return True
        phrase = self.phrase_of.get(first)
        between = tags[last + 1 : phrase.head] if phrase is not None else []
        listed = self.tokens.word(last + 1).startswith(_LISTING)
        return "ADJA" in between and not listed and _DETERMINERS.isdisjoint(between)

    def _is_in_name(self, first: int, last: int, sentence_start: int) -> bool:
        """ "Ruhr-Konferenz 2024", "Charité-Vertrag 2018-2022": a year right behind a noun may belong to it.

        It does before the finite verb, where only one constituent has room, without a verb, and behind
        nouns of things that are named so; elsewhere it is a constituent of its own.
        """
        tokens = self.tokens
        if first <= sentence_start or not tokens.words[first][:4].isdigit() or tokens.tags[first - 1] not in _NOUNS:
            return False
        labels = tokens.word(last + 1) == ":" and tokens.tag(last + 2) == "CARD"
        if labels or last - first > _LONGEST_IN_NAME:
            return False
        noun = tokens.before(first)
        if noun.endswith(WORDS.time_nouns):
            return False
        if noun.endswith(WORDS.named_by_year) or first < last or "/" in tokens.words[first]:
            return True
        index = self.clause_of[first]
        clause = self.clauses[index] if index >= 0 else None
        if clause is None or clause.verb is None or clause.verb.finite is None:
            return tokens.tags[last + 1 : last + 2] not in (["VVPP"], ["ADV"], ["CARD"], ["APPR"], ["APPRART"])
        return first in clause.vorfeld and tokens.tags[clause.verb.finite] in FINITE
