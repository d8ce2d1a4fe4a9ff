"""What people type into a search: words, "phrases", -exclusions, years, months, questions; and how else it is spelt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from db.claims.families import families
from db.claims.search_terms import WORD, dictionary_form, query_terms, terms_of_word
from db.tables import Reading, SearchTerm
from models.calendar import MONTHS
from models.keys import fold

_PHRASE = re.compile(r"(?P<out>(?<!\S)-)?[\"„“”»«](?P<words>[^\"„“”»«]+)[\"„“”»«]")
_EXCLUDED = re.compile(r"(?<!\S)-(?=\w)(?P<word>\S+)")
_MONTHS = [names[0] for names in MONTHS]
_DATE = re.compile(rf"(?<!\S)(?:({'|'.join(_MONTHS)})\s+)?((?:19|20)\d\d)(?=[\s?.!,]|$)", re.IGNORECASE)
_SENTENCE_WORD = re.compile(r"[^\W_]+(?:[-./][^\W_]+)*")
_SAME_BEGINNING, _LOOKED_AT, _LONG = 2, 50_000, 7
_LAST = "\uffff"
"""Behind all that can follow the beginning of a term."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A query as it is meant.

    Attributes:
        words: for each word the terms of which a claim must have one, synonyms among them.
        phrases: words that must stand in the sentence as they are.
        excluded: words and phrases that must not.
        dates: years and months, ISO prefixes by what they are called: that of the claim, or named in its sentence.
    """

    words: tuple[frozenset[str], ...]
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    excluded_phrases: tuple[str, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a reading must fulfil beside its words."""
        found: list[ColumnElement[bool]] = [Reading.sentence.icontains(each, autoescape=True) for each in self.phrases]
        found += [~Reading.sentence.icontains(each, autoescape=True) for each in self.excluded_phrases]
        found += [~_has(terms) for word in self.excluded for terms in query_terms(word)]
        for named, prefix in self.dates.items():
            told = and_(*(_has(terms) for terms in query_terms(named)))
            found.append(or_(Reading.reporting_date.startswith(prefix), told))
        return found


@lru_cache(maxsize=1_000)
def wording(text: str) -> Wording:
    """What a query means; without other words its dates are words, too."""
    phrases = [(match["out"] is not None, match["words"].strip()) for match in _PHRASE.finditer(text)]
    rest = _PHRASE.sub(" ", text)
    excluded = tuple(match["word"] for match in _EXCLUDED.finditer(rest))
    rest = _EXCLUDED.sub(" ", rest)
    dates = {match[0]: _prefix(match[1], match[2]) for match in _DATE.finditer(rest)}
    said = " ".join([_without_question(_DATE.sub(" ", rest)), *(words for out, words in phrases if not out)])
    words = tuple(_with_synonyms(terms) for terms in query_terms(said))
    if not words and dates:
        words, dates = tuple(query_terms(" ".join(dates))), {}
    wanted = tuple(words for out, words in phrases if not out)
    return Wording(words, wanted, excluded, tuple(words for out, words in phrases if out), dates)


def _prefix(month: str | None, year: str) -> str:
    """A year or a month of one, as dates begin with it."""
    return f"{year}-{_MONTHS.index(month.capitalize()) + 1:02d}" if month else year


def _without_question(text: str) -> str:
    """A question without what only makes it one: "Wie viele Schulplätze wurden geschaffen?"."""
    kept = [word for word in text.split() if fold(word.strip("?.!,")) not in families().questions]
    return " ".join(kept)


def _with_synonyms(terms: frozenset[str]) -> frozenset[str]:
    others = {fold(dictionary_form(word)) for term in terms for word in families().of(term)}
    return terms | others


def _has(terms: frozenset[str]) -> ColumnElement[bool]:
    """That a reading has one of some terms, as a word of its own."""
    found = aliased(SearchTerm)
    return exists().where(
        and_(
            found.term.in_(sorted(terms)),
            found.weight == WORD,
            found.reporting_date == Reading.reporting_date,
            found.claim_key == Reading.claim_key,
        )
    )


def hits(text: str, sentence: str) -> list[tuple[int, int]]:
    """Where the words of a query stand in a sentence, in whatever form: begin and end of each."""
    wanted = frozenset[str]().union(*wording(text).words)
    return [match.span() for match in _SENTENCE_WORD.finditer(sentence) if wanted & terms_of_word(match[0])]


def spelt_otherwise(connection: Connection, text: str) -> str | None:
    """The query with each word that no claim has as the most similar one that some have; None where all are found."""
    changed = text
    for word in dict.fromkeys(re.findall(r"[^\W\d_]{4,}", text)):
        for terms in query_terms(word):
            known = select(SearchTerm.term).where(SearchTerm.term.in_(sorted(_with_synonyms(terms)))).limit(1)
            if connection.scalar(known) is None and (near := _nearest(connection, min(terms))):
                changed = re.sub(rf"\b{re.escape(word)}\b", _as_written(connection, near), changed)
    return changed if changed != text else None


def _nearest(connection: Connection, term: str) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    slips = 2 if len(term) >= _LONG else 1
    alike = _beginning_with(connection, term[:_SAME_BEGINNING])
    found = process.extractOne(term, alike, scorer=OSA.distance, score_cutoff=slips)
    return found[0] if found else None


def _as_written(connection: Connection, term: str) -> str:
    """A term as some claim spells it, with its capital and its umlauts."""
    statement = select(Reading.sentence).join(SearchTerm, SearchTerm.claim_key == Reading.claim_key)
    sentence = connection.scalar(
        statement.where(Reading.current, SearchTerm.term == term, SearchTerm.weight == WORD).limit(1)
    )
    words = re.findall(r"[^\W_]+", sentence or "")  # "Ruhr", not "Ruhr-Konferenz"
    # "Wohnungsbau" rather than the "Wohnungsbaudarlehen" before it, which has the term as a part.
    return min((word for word in words if term in terms_of_word(word)), key=len, default=term)


def _beginning_with(connection: Connection, beginning: str) -> list[str]:
    """Terms that begin alike; each is one step in the index, however many claims have it."""
    first = select(func.min(SearchTerm.term).label("term")).where(SearchTerm.term >= beginning)
    steps = first.cte("steps", recursive=True)
    following = select(func.min(SearchTerm.term)).where(SearchTerm.term > steps.c.term).scalar_subquery()
    steps = steps.union_all(select(following).where(steps.c.term < beginning + _LAST))
    found = connection.scalars(select(steps.c.term).where(steps.c.term < beginning + _LAST).limit(_LOOKED_AT))
    return [term for term in found if term is not None]
