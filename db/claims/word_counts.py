"""How many claims have the words of a query: which of them is the rarest, by which claims are found."""

from collections.abc import Sequence
from itertools import product

from sqlalchemy import Connection, func, literal, select, union_all

from db.claims.search_terms import PART, WORD
from db.claims.wording import wording
from db.tables import SearchTerm
from models.errors import InputError
from models.filters import ClaimFilter

FREQUENT = 1_000
"""Beyond so many claims words are not counted, but compared by how far back so many of the newest reach."""
TERMS = SearchTerm.metadata.tables[SearchTerm.__tablename__]
"""As a plain table: to put a statement together of mapped classes takes longer than most searches."""


def words_of(connection: Connection, wanted: ClaimFilter) -> list[frozenset[str]]:
    """The words that are wanted, each as the terms that it may stand as, the rarest first.

    Raises:
        InputError: words that stand in every text.
    """
    text = wanted.text or ""
    words = list(wording(text).words)
    if text.strip() and not words:
        raise InputError(f"{text!r} has only words that stand in every text; add one that says what you look for.")
    return words if len(words) < 2 else _rarest_first(connection, words)


def is_rare(connection: Connection, word: frozenset[str]) -> bool:
    """Whether so few claims have a word that all of them can be looked at."""
    return _counted(connection, [word])[word] < FREQUENT


def _rarest_first(connection: Connection, words: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Words by how many claims have them, counted as far as `FREQUENT`; beyond that by `_reached`."""
    counts = _counted(connection, words)
    frequent = [word for word in words if counts[word] == FREQUENT]
    reached = _reached(connection, frequent) if len(frequent) > 1 else {}
    return sorted(words, key=lambda word: (counts[word], reached.get(word, "")))


def _counted(connection: Connection, words: Sequence[frozenset[str]]) -> dict[frozenset[str], int]:
    """How many claims have each of some words, `FREQUENT` at most."""
    having = (select(TERMS.c.claim_key).where(TERMS.c.term.in_(sorted(word))).limit(FREQUENT) for word in words)
    counts = (select(literal(place), func.count()).select_from(rows.subquery()) for place, rows in enumerate(having))
    return {words[place]: count for place, count in connection.execute(union_all(*counts)).tuples()}


def _reached(connection: Connection, words: Sequence[frozenset[str]]) -> dict[frozenset[str], str]:
    """How far back `FREQUENT` of the newest claims reach that have each of some words.

    The further back, the rarer the word; to count all would take longer than the search.
    """
    of_terms = [(word, *each) for word in words for each in product(sorted(word), (WORD, PART))]
    dates = [
        select(TERMS.c.reporting_date)
        .where(TERMS.c.term == term, TERMS.c.weight == weight)
        .order_by(TERMS.c.reporting_date.desc(), TERMS.c.claim_key.desc())
        .offset(FREQUENT - 1)
        .limit(1)
        .scalar_subquery()
        .label(f"at_{place}")
        for place, (_, term, weight) in enumerate(of_terms)
    ]
    reached: dict[frozenset[str], str] = {}
    for (word, _, _), date in zip(of_terms, connection.execute(select(*dates)).one(), strict=True):
        reached[word] = max(reached.get(word, ""), date or "")
    return reached
