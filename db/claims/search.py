"""Finding claims by filters and words, the best and newest first, from the same indexes on both databases."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    exists,
    func,
    literal,
    select,
    tuple_,
    union,
)

from db.bulk import in_batches
from db.claims.filters import conditions
from db.claims.readings import claim_of
from db.claims.search_terms import PART, WORD, terms_of
from db.claims.word_counts import TERMS, is_rare, words_of
from db.claims.wording import wording
from db.tables import ClaimRow, Reading, Review
from models.claim import STORED_FIELDS
from models.errors import InputError
from models.filters import ClaimFilter, Order

STANDING = and_(Review.claim_key == Reading.claim_key, Review.retracted_at.is_(None))
"""That a decision of a reviewer on a claim has not been taken back."""


class Place(NamedTuple):
    """Where a claim stands in a list; lists run from great to small, but for that with the oldest first.

    `rank` is the number of the query's words that the claim has as words, not only as parts of compounds.
    """

    rank: int
    date: str
    key: str

    def __str__(self) -> str:
        return f"{self.rank}~{self.date}~{self.key}"

    @classmethod
    def parse(cls, text: str) -> "Place":
        """A place from its text.

        Raises:
            InputError: it is none.
        """
        try:
            rank, date, key = text.split("~")
            return cls(int(rank), date, key)
        except ValueError as error:
            raise InputError(f"{text!r} is not the continuation of a page.") from error


_Found = list[tuple[Place, Row[Any]]]


def find(
    connection: Connection,
    wanted: ClaimFilter,
    statement: Select[Any],
    *,
    limit: int,
    after: Place | None = None,
    order: Order = "relevance",
) -> _Found:
    """Rows of `statement`, which selects from readings, for the current claims that are wanted.

    Args:
        connection: of the database.
        wanted: filters and words; a claim must have all words.
        statement: what to select.
        limit: rows at most.
        after: the place of the last row before these.
        order: by rank, by date and key alone, by what was published last or first, or by number; those without the
            number or day of publication that decides are left out.

    Raises:
        InputError: an unknown project, or words that stand in every text.
    """
    words = words_of(connection, wanted)
    if order in ("number", "published", "oldest"):
        return _sorted(connection, _any_of(connection, wanted, words, statement), limit, after, order)
    said = wording(wanted.text or "")
    statement = statement.where(Reading.current, *conditions(connection, wanted), *said.conditions())
    if not words:
        at = (Reading.reporting_date.expression, Reading.claim_key.expression)
        return _run(connection, _Walk(statement, literal(0), *at), limit, after, by_rank=False)
    rarest, *others = words
    if is_rare(connection, rarest):
        walk = _of_few(statement, rarest, others)
        return _run(connection, walk, limit, after, by_rank=order == "relevance", ranked=order == "relevance")
    # The rarest word is walked in the order of its index, the others are looked up.
    walks = [walk for weight in (WORD, PART) for walk in _walks(statement, rarest, weight, others)]
    complete = [walk.with_all_words() for walk in walks]
    if order == "date":
        return _merged(connection, complete, limit, after, by_rank=False)
    if others:
        # Where few claims have all words, one reading of the rarest word's rows finds them.
        found = _merged(connection, complete, limit, after, by_rank=True)
        # So does it where all of the newest have all words whole; of several terms one may reach less far back.
        if len(found) < limit or (len(rarest) == 1 and found[-1][0].rank == len(words)):
            return found
    found = []
    for rank in range(len(words), -1, -1):
        if after is None or rank <= after.rank:
            begun = after if after and rank == after.rank else None
            level = [walk.narrowed(rank) for walk in walks if 0 <= rank - walk.weight <= len(others)]
            found += _merged(connection, level, limit - len(found), begun, by_rank=False)
        if len(found) == limit:
            break
    return found


def _of_few(statement: Select[Any], rarest: frozenset[str], others: Sequence[frozenset[str]]) -> "_Walk":
    """All claims that have a rare word and all others: to sort them takes less than a walk for each term."""
    having = (
        select(TERMS.c.reporting_date, TERMS.c.claim_key, func.max(TERMS.c.weight).label("weight"))
        .where(TERMS.c.term.in_(sorted(rarest)))
        .group_by(TERMS.c.reporting_date, TERMS.c.claim_key)
        .subquery()
    )
    rank = _with_weights_of(having.c.weight, others, having.c)
    found = select(having.c.reporting_date, having.c.claim_key, rank.label("rank")).subquery()
    statement = statement.join(found, found.c.claim_key == Reading.claim_key)
    return _Walk(statement, found.c.rank, found.c.reporting_date, found.c.claim_key).with_all_words()


def _sorted(connection: Connection, statement: Select[Any], limit: int, after: Place | None, order: Order) -> _Found:
    """Rows by number or by day of publication; those of one number or moment by key."""
    decisive = Reading.value_order if order == "number" else Reading.published
    by, falling = (decisive.expression, Reading.claim_key.expression), order != "oldest"
    statement = statement.where(by[0].is_not(None))
    if after is not None:
        decides = select(by[0]).where(Reading.current, Reading.claim_key == after.key).scalar_subquery()
        here, last = tuple_(*by), tuple_(decides, literal(after.key))
        statement = statement.where(here < last if falling else here > last)
    ordered = [each.desc() for each in by] if falling else by
    rows = connection.execute(
        statement.add_columns(Reading.claim_key.label("at_key")).order_by(*ordered).limit(limit)
    ).all()
    return [(Place(0, "", row[-1]), row) for row in rows]


def _any_of(
    connection: Connection, wanted: ClaimFilter, words: Sequence[frozenset[str]], statement: Select[Any]
) -> Select[Any]:
    """`statement` for the claims that `find` gives, in no order.

    Raises:
        InputError: an unknown project.
    """
    said = wording(wanted.text or "")
    statement = statement.where(Reading.current, *conditions(connection, wanted), *said.conditions())
    return statement.join(found := _having(words).subquery("found"), same_claim(found)) if words else statement


def same_claim(found: FromClause) -> ColumnElement[bool]:
    """That a reading is of a claim that was found.

    By the date too: so the index that has all that facets count is asked, not the rows.
    """
    return and_(found.c.reporting_date == Reading.reporting_date, found.c.claim_key == Reading.claim_key)


def places_of(
    connection: Connection, wanted: ClaimFilter, words: Sequence[frozenset[str]], *, most: int
) -> Select[tuple[str, str]]:
    """Date and key of the claims that `find` gives, in no order: for counting, which need not wait for the best.

    Args:
        connection: of the database.
        wanted: filters and words.
        words: as `words_of` gives them.
        most: rows at most.

    Raises:
        InputError: an unknown project.
    """
    if _is_of_words(wanted):
        # Only current claims have search terms, which tell the words by themselves.
        return _having(words, most)
    places = select(Reading.reporting_date.expression, Reading.claim_key.expression).select_from(Reading)
    # Of tables that only some filters ask: 10,000 look-ups in them take longer than counting does.
    if wanted.release is not None:
        places = places.join(ClaimRow, ClaimRow.key == Reading.claim_key)
    if wanted.decision is not None:
        places = places.outerjoin(Review, STANDING)
    return _any_of(connection, wanted, words, places).limit(most)


def _having(words: Sequence[frozenset[str]], most: int | None = None) -> Select[tuple[str, str]]:
    """Date and key of each claim that has all words, the rarest of which comes first; of one word `most` at most.

    A claim has a term once, so that no more rows of each of its terms are read than claims are wanted.
    """
    rarest, *others = words
    at = (TERMS.c.reporting_date, TERMS.c.claim_key)
    rows = [select(*at).where(TERMS.c.term == term).limit(None if others else most) for term in sorted(rarest)]
    found = union(*(select(each.subquery()) for each in rows)).subquery("rarest")
    having = select(found.c.reporting_date, found.c.claim_key)
    for word in others:
        having = having.where(exists().where(*_of(TERMS.alias().c, word, found.c)))
    return having.limit(most)


def _is_of_words(wanted: ClaimFilter) -> bool:
    """Whether the words of a query are all that it asks for."""
    said = wording(wanted.text or "")
    return replace(wanted, text=None) == ClaimFilter() and bool(said.words) and not said.conditions()


def number_of(connection: Connection, wanted: ClaimFilter, words: Sequence[frozenset[str]], *, most: int) -> int:
    """How many claims `find` gives, counted to `most`; `words` are as `words_of` gives them.

    Raises:
        InputError: an unknown project.
    """
    places = places_of(connection, wanted, words, most=most)
    return connection.scalar(select(func.count()).select_from(places.subquery())) or 0


@dataclass(frozen=True, slots=True)
class _Walk:
    """A statement whose rows one index gives in the order of `date` and `key`."""

    statement: Select[Any]
    rank: ColumnElement[int]
    date: ColumnElement[str]
    key: ColumnElement[str]
    weight: int = PART

    def narrowed(self, rank: int) -> "_Walk":
        return replace(self, statement=self.statement.where(self.rank == rank))

    def with_all_words(self) -> "_Walk":
        return replace(self, statement=self.statement.where(self.rank.is_not(None)))


def _walks(
    statement: Select[Any], terms: frozenset[str], weight: int, others: Sequence[frozenset[str]]
) -> Iterator[_Walk]:
    """Claims that have one word with that weight, a walk for each of its `terms`; rank is null without all others."""
    for term in sorted(terms):
        found = TERMS.alias()
        # By the key alone: PostgreSQL takes two columns that say the same for a coincidence, and gives up the walk.
        walk = statement.join(found, found.c.claim_key == Reading.claim_key).where(
            found.c.term == term, found.c.weight == weight
        )
        if weight == PART and (twins := terms - {term}):
            # A claim that has another term of the word whole is found by that alone.
            twin = TERMS.alias()
            walk = walk.where(~exists().where(*_of(twin.c, twins, found.c), twin.c.weight == WORD))
        rank = _with_weights_of(literal(weight), others, found.c)
        yield _Walk(walk, rank, found.c.reporting_date, found.c.claim_key, weight)


def _with_weights_of(rank: ColumnElement[int], others: Sequence[frozenset[str]], found: Any) -> ColumnElement[int]:
    """A rank with those of other words of the claim that was found; null where it has not all of them."""
    for word in others:
        # No EXISTS: PostgreSQL would make a join of it, and sort what the index gives in order.
        best = TERMS.alias()
        rank = rank + select(func.max(best.c.weight)).where(*_of(best.c, word, found)).scalar_subquery()
    return rank


def _of(row: Any, terms: frozenset[str], found: Any) -> tuple[ColumnElement[bool], ...]:
    """That a search term is one of `terms` and of the claim that was found; by the columns of the primary key."""
    return (
        row.term.in_(sorted(terms)),
        row.weight.in_((PART, WORD)),
        row.reporting_date == found.reporting_date,
        row.claim_key == found.claim_key,
    )


def _merged(
    connection: Connection,
    walks: Sequence[_Walk],
    limit: int,
    after: Place | None,
    *,
    by_rank: bool,
) -> _Found:
    """The first rows of several walks together; a claim on several of them is one row."""
    found = [each for walk in walks for each in _run(connection, walk, limit, after, by_rank=by_rank)]
    found.sort(key=lambda each: each[0] if by_rank else each[0][1:], reverse=True)
    best: dict[str, tuple[Place, Row[Any]]] = {}
    for place, row in found:
        best.setdefault(place.key, (place, row))
    return list(best.values())[:limit]


def _run(
    connection: Connection, walk: _Walk, limit: int, after: Place | None, *, by_rank: bool, ranked: bool = False
) -> _Found:
    """Rows of a walk in its order, or `ranked`, which sorts all of them."""
    statement = walk.statement.add_columns(
        walk.rank.label("at_rank"), walk.date.label("at_date"), walk.key.label("at_key")
    )
    if after is not None and by_rank:
        statement = statement.where(tuple_(walk.rank, walk.date, walk.key) < tuple_(*map(literal, after)))
    elif after is not None:
        statement = statement.where(tuple_(walk.date, walk.key) < tuple_(literal(after.date), literal(after.key)))
    ordered = [walk.rank.desc()] if ranked else []
    rows = connection.execute(statement.order_by(*ordered, walk.date.desc(), walk.key.desc()).limit(limit)).all()
    return [(Place(*row[-3:]), row) for row in rows]


def fitting(connection: Connection, wanted: ClaimFilter, reading_ids: Collection[int]) -> set[int]:
    """Those of some readings, current or not, that are wanted.

    Raises:
        InputError: an unknown project.
    """
    said = wording(wanted.text or "")
    words, wanted_too = said.words, [*conditions(connection, wanted), *said.conditions()]
    found: set[int] = set()
    for batch in in_batches(sorted(reading_ids)):
        statement = (
            select(Reading.id, *(getattr(Reading, name) for name in STORED_FIELDS))
            .join(ClaimRow, ClaimRow.key == Reading.claim_key)
            .outerjoin(Review, and_(Review.claim_key == Reading.claim_key, Review.retracted_at.is_(None)))
            .where(Reading.id.in_(batch), *wanted_too)
        )
        for row in connection.execute(statement):
            # Search terms are kept of current readings only.
            terms = terms_of(claim_of(row)) if words else {}
            if all(some & terms.keys() for some in words):
                found.add(row.id)
    return found
