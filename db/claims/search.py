"""Finding claims by filters and words, the best and newest first, from the same indexes on both databases."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, literal, select, tuple_, union_all

from db.bulk import in_batches
from db.claims.filters import conditions
from db.claims.readings import claim_of
from db.claims.search_terms import PART, WORD, terms_of
from db.claims.wording import wording
from db.tables import ClaimRow, Reading, Review, SearchTerm
from models.claim import STORED_FIELDS
from models.errors import InputError
from models.filters import ClaimFilter, Order

STANDING = and_(Review.claim_key == Reading.claim_key, Review.retracted_at.is_(None))
"""That a decision of a reviewer on a claim has not been taken back."""
# Beyond so many claims words are not counted, but compared by how far back so many of the newest reach.
FREQUENT = 1_000
# As a plain table: to put a statement together of mapped classes takes longer than most searches.
_TERMS = SearchTerm.metadata.tables[SearchTerm.__tablename__]


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
        order: by rank, by date and key alone, from the oldest date on, or by number; those without the date or number
            that decides are left out, but for the newest, which end with those without a date.

    Raises:
        InputError: an unknown project, or words that stand in every text.
    """
    words = words_of(connection, wanted)
    if order == "number":
        return _by_number(connection, any_of(connection, wanted, words, statement), limit, after)
    said = wording(wanted.text or "")
    statement = statement.where(Reading.current, *conditions(connection, wanted), *said.conditions())
    oldest = order == "oldest"
    if oldest:
        statement = statement.where(Reading.reporting_date != "")
    if not words:
        at = (Reading.reporting_date.expression, Reading.claim_key.expression)
        return _run(connection, _Walk(statement, literal(0), *at), limit, after, by_rank=False, oldest=oldest)
    # The rarest word is walked in the order of its index, the others are looked up.
    rarest, *others = words
    walks = [walk for weight in (WORD, PART) for walk in _walks(statement, rarest, weight, others)]
    complete = [walk.with_all_words() for walk in walks]
    if order in ("date", "oldest"):
        return _merged(connection, complete, limit, after, by_rank=False, oldest=oldest)
    if others:
        # Where few claims have all words, one reading of the rarest word's rows finds them.
        found = _merged(connection, complete, limit, after, by_rank=True)
        if len(found) < limit:
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


def _by_number(connection: Connection, statement: Select[Any], limit: int, after: Place | None) -> _Found:
    """Rows with the greatest numbers first; those of one number by key."""
    by = (Reading.value_order.expression, Reading.claim_key.expression)
    statement = statement.where(Reading.value_order.is_not(None))
    if after is not None:
        last = select(Reading.value_order).where(Reading.current, Reading.claim_key == after.key).scalar_subquery()
        statement = statement.where(tuple_(*by) < tuple_(last, literal(after.key)))
    rows = connection.execute(
        statement.add_columns(Reading.claim_key.label("at_key")).order_by(*(each.desc() for each in by)).limit(limit)
    ).all()
    return [(Place(0, "", row[-1]), row) for row in rows]


def any_of(
    connection: Connection, wanted: ClaimFilter, words: Sequence[frozenset[str]], statement: Select[Any]
) -> Select[Any]:
    """`statement` for the claims that `find` gives, in no order: for counting, which need not wait for the best.

    Args:
        connection: of the database.
        wanted: filters and words.
        words: as `words_of` gives them.
        statement: what to select.

    Raises:
        InputError: an unknown project.
    """
    said = wording(wanted.text or "")
    statement = statement.where(Reading.current, *conditions(connection, wanted), *said.conditions())
    if words:
        found = _having(words).subquery("found")
        statement = statement.join(found, found.c.claim_key == Reading.claim_key)
    return statement


def with_tables(statement: Select[Any], wanted: ClaimFilter, *, decisions: bool = False) -> Select[Any]:
    """`statement`, which selects from readings, with the tables that some filters ask.

    10,000 look-ups in other tables take longer than counting does.

    Args:
        statement: without them.
        wanted: the filters.
        decisions: whether those of reviewers are selected as well.
    """
    if wanted.release is not None:
        statement = statement.join(ClaimRow, ClaimRow.key == Reading.claim_key)
    return statement.outerjoin(Review, STANDING) if decisions or wanted.decision is not None else statement


def _having(words: Sequence[frozenset[str]]) -> Select[tuple[str, str]]:
    """Date and key of each claim that has all words, the rarest of which comes first."""
    rarest, *others = words
    rows = select(_TERMS.c.reporting_date, _TERMS.c.claim_key).where(_TERMS.c.term.in_(sorted(rarest)))
    found = (rows.distinct() if len(rarest) > 1 else rows).subquery("rarest")
    having = select(found.c.reporting_date, found.c.claim_key)
    for word in others:
        having = having.where(exists().where(*_of(_TERMS.alias().c, word, found.c)))
    return having


def number_of(connection: Connection, wanted: ClaimFilter, words: Sequence[frozenset[str]], *, most: int) -> int:
    """How many claims `find` gives, counted to `most`; `words` are as `words_of` gives them.

    Raises:
        InputError: an unknown project.
    """
    said = wording(wanted.text or "")
    if replace(wanted, text=None) == ClaimFilter() and said.words and not said.conditions():
        # Only current claims have search terms, which tell the words by themselves.
        keys: Select[Any] = _having(words)
    else:
        keys = any_of(connection, wanted, words, with_tables(select(Reading.claim_key), wanted))
    return connection.scalar(select(func.count()).select_from(keys.limit(most).subquery())) or 0


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
        found = _TERMS.alias()
        # By the key alone: PostgreSQL takes two columns that say the same for a coincidence, and gives up the walk.
        walk = statement.join(found, found.c.claim_key == Reading.claim_key).where(
            found.c.term == term, found.c.weight == weight
        )
        if weight == PART and (twins := terms - {term}):
            # A claim that has another term of the word whole is found by that alone.
            twin = _TERMS.alias()
            walk = walk.where(~exists().where(*_of(twin.c, twins, found.c), twin.c.weight == WORD))
        rank: ColumnElement[int] = literal(weight)
        for word in others:
            # No EXISTS: PostgreSQL would make a join of it, and sort what the index gives in order.
            best = _TERMS.alias()
            rank = rank + select(func.max(best.c.weight)).where(*_of(best.c, word, found.c)).scalar_subquery()
        yield _Walk(walk, rank, found.c.reporting_date, found.c.claim_key, weight)


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
    oldest: bool = False,
) -> _Found:
    """The first rows of several walks together; a claim on several of them is one row."""
    found = [each for walk in walks for each in _run(connection, walk, limit, after, by_rank=by_rank, oldest=oldest)]
    found.sort(key=lambda each: each[0] if by_rank else each[0][1:], reverse=not oldest)
    best: dict[str, tuple[Place, Row[Any]]] = {}
    for place, row in found:
        best.setdefault(place.key, (place, row))
    return list(best.values())[:limit]


def _run(
    connection: Connection, walk: _Walk, limit: int, after: Place | None, *, by_rank: bool, oldest: bool = False
) -> _Found:
    statement = walk.statement.add_columns(
        walk.rank.label("at_rank"), walk.date.label("at_date"), walk.key.label("at_key")
    )
    if after is not None and by_rank:
        statement = statement.where(tuple_(walk.rank, walk.date, walk.key) < tuple_(*map(literal, after)))
    elif after is not None:
        here, last = tuple_(walk.date, walk.key), tuple_(literal(after.date), literal(after.key))
        statement = statement.where(here > last if oldest else here < last)
    ordered = (walk.date, walk.key) if oldest else (walk.date.desc(), walk.key.desc())
    rows = connection.execute(statement.order_by(*ordered).limit(limit)).all()
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


def _rarest_first(connection: Connection, words: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Words by how many claims have them, counted as far as `FREQUENT`; beyond that by `_reached`."""
    counts = _counted(connection, words)
    frequent = [word for word in words if counts[word] == FREQUENT]
    reached = _reached(connection, frequent) if len(frequent) > 1 else {}
    return sorted(words, key=lambda word: (counts[word], reached.get(word, "")))


def _counted(connection: Connection, words: Sequence[frozenset[str]]) -> dict[frozenset[str], int]:
    """How many claims have each of some words, `FREQUENT` at most."""
    having = (select(_TERMS.c.claim_key).where(_TERMS.c.term.in_(sorted(word))).limit(FREQUENT) for word in words)
    counts = (select(literal(place), func.count()).select_from(rows.subquery()) for place, rows in enumerate(having))
    return {words[place]: count for place, count in connection.execute(union_all(*counts)).tuples()}


def _reached(connection: Connection, words: Sequence[frozenset[str]]) -> dict[frozenset[str], str]:
    """How far back `FREQUENT` of the newest claims reach that have each of some words.

    The further back, the rarer the word; to count all would take longer than the search.
    """
    of_terms = [(word, *each) for word in words for each in product(sorted(word), (WORD, PART))]
    dates = [
        select(_TERMS.c.reporting_date)
        .where(_TERMS.c.term == term, _TERMS.c.weight == weight)
        .order_by(_TERMS.c.reporting_date.desc(), _TERMS.c.claim_key.desc())
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
