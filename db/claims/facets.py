"""How many claims a query would leave for each value of a field."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    Subquery,
    TextualSelect,
    column,
    func,
    literal,
    select,
    text,
    union_all,
)

from db.claims.filters import column_of
from db.claims.search import STANDING, any_of, number_of, with_tables
from db.claims.word_counts import words_of
from db.curation.names import ProjectNames
from db.tables import Reading, Review
from models.filters import FACETS, NOT_STATED, ClaimFilter

EXACT_TO = 10_000
"""Claims of a search that are counted; of more it is only said that they are more."""
ALL_EXACT_TO = 75_000
"""Of all claims so many are: indexes have the values in order."""
_SAMPLE = 1_000
"""Claims of which the values are given where there are more than can be counted."""
MOST_VALUES = 200
"""Values of one facet."""

_IN_SPELLINGS = ("project",)
"""Fields whose values may be spelt in several ways, so that a rare value may belong to a frequent one."""

_FIELDS = {facet.name: facet for facet in FACETS}
_Counts = Select[tuple[str, str | None, int]]
"""A row for each value of a field: the field, the value, the number of claims."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A field's most frequent values (200 at most) with the number of claims; `NOT_STATED` may be one of them.

    Of what was not counted in full pages and API have None in place of numbers.
    """

    field: str
    counts: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """Facets of a query.

    `exact` is False where more than 10,000 claims match, or 75,000 where all are asked for: then `total` is that many
    and all counts are of some 1,000 of them, not to be shown.
    """

    total: int
    exact: bool
    facets: tuple[Facet, ...]


def facets(engine: Engine, wanted: ClaimFilter | None = None, *, names: tuple[str, ...] = tuple(_FIELDS)) -> Facets:
    """Counts for the claims that `db.claims.queries.claims` would list.

    Raises:
        InputError: an unknown project.
        KeyError: a field that has no facet.
    """
    wanted = wanted or ClaimFilter()
    columns = [column_of(_FIELDS[name], wanted).label(f"facet_{name}") for name in names]
    statement = with_tables(select(*columns).select_from(Reading), wanted, decisions="decision" in names)
    with engine.connect() as connection:
        words = words_of(connection, wanted)
        every = wanted == ClaimFilter()
        counted_to = ALL_EXACT_TO if every else EXACT_TO
        hits = number_of(connection, wanted, words, most=counted_to + 1)
        exact = hits <= counted_to
        if exact and every:
            counts: Any = union_all(*map(_counts_of_all, names))
        else:
            matching = any_of(connection, wanted, words, statement, most=EXACT_TO if exact else _SAMPLE)
            # Counted where they are: to bring ten thousand rows here takes longer.
            counts = _counts_of_matching(names).add_cte(matching.cte("matching"))
        found: dict[str, list[tuple[str, int]]] = {name: [] for name in names}
        rows: Any = connection.execute(counts)
        for name, value, claims in rows:
            found[name].append((NOT_STATED if value is None else value, claims))
        if "project" in found:
            found["project"] = _by_project(connection, found["project"])
    made = tuple(Facet(name, tuple(sorted(each, key=_most_first)[:MOST_VALUES])) for name, each in found.items())
    return Facets(total=min(hits, counted_to), exact=exact, facets=made)


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _by_project(connection: Connection, spelt: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Counts for each spelling of a name as counts for each project, under the name by which all pages call it."""
    names = ProjectNames(connection)
    sums: Counter[str] = Counter()
    for spelling, claims in spelt:
        sums[spelling if spelling == NOT_STATED else names.root(spelling)] += claims
    most = sorted(sums.items(), key=_most_first)[:MOST_VALUES]
    groups = names.of_subjects(root for root, _ in most if root != NOT_STATED)
    return [(groups[root].name if root in groups else root, claims) for root, claims in most]


def stated_values(engine: Engine, name: str) -> list[str]:
    """All values of a field that current claims have, in their order; unlike facets, the rare ones too."""
    value = column_of(_FIELDS[name], ClaimFilter())
    with engine.connect() as connection:
        return sorted(connection.scalars(select(value).distinct().where(Reading.current, value.is_not(None))))


def _counts_of_all(name: str) -> _Counts:
    """How many of all claims have each value of a field, by an index that has it in order."""
    value = column_of(_FIELDS[name], ClaimFilter()).label(f"facet_{name}")
    statement = select(value, func.count().label("claims")).select_from(Reading).where(Reading.current)
    statement = statement.outerjoin(Review, STANDING) if name == "decision" else statement
    return _most_frequent(name, statement.group_by(value).subquery())


def claims_by_project(connection: Connection) -> dict[str, int]:
    """How many current claims are about each project, by the keys of `ProjectGroup.keys`; none without any."""
    counts = select(Reading.subject_key, func.count()).where(Reading.current, Reading.subject_key.is_not(None))
    return {key: count for key, count in connection.execute(counts.group_by(Reading.subject_key)) if key is not None}


def years_by_project(connection: Connection) -> dict[str, dict[str, int]]:
    """How many current claims are about each project in each year, by the keys of `ProjectGroup.keys`."""
    year = func.substr(Reading.reporting_date, 1, 4).label("year")
    counts = select(Reading.subject_key, year, func.count()).where(Reading.current, Reading.subject_key.is_not(None))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for key, told, count in connection.execute(counts.group_by(Reading.subject_key, year)):
        found[str(key)][told] = count
    return found


def _limit(name: str) -> str:
    return "" if name in _IN_SPELLINGS else f" LIMIT {MOST_VALUES}"


@lru_cache
def _counts_of_matching(names: tuple[str, ...]) -> TextualSelect:
    """How many of the claims of a CTE "matching" have each value of some fields.

    As text that is made once: to put this together of expressions takes longer than to count.
    """
    each = (
        f"SELECT * FROM (SELECT '{name}', facet_{name}, count(*) FROM matching GROUP BY facet_{name}"
        f" ORDER BY count(*) DESC, facet_{name}{_limit(name)}) AS of_{name}"
        for name in names
    )
    return text(" UNION ALL ".join(each)).columns(column("facet"), column("value"), column("claims"))


def _most_frequent(name: str, counted: Subquery) -> _Counts:
    """The most frequent values among those of a field, each with its number."""
    value, claims = counted.c
    kept = select(value.label("value"), claims).order_by(claims.desc(), value)
    most = (kept if name in _IN_SPELLINGS else kept.limit(MOST_VALUES)).subquery()
    return select(literal(name).label("facet"), most.c.value, most.c.claims)
