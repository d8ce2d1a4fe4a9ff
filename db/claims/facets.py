"""How many claims a query would leave for each value of a field."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Integer,
    Label,
    Select,
    TextualSelect,
    and_,
    bindparam,
    column,
    func,
    literal,
    select,
    text,
    union_all,
)

from db.claims.filters import column_of, conditions
from db.claims.search import STANDING, number_of, places_of, same_claim
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

_FIELDS = {facet.name: facet for facet in FACETS}
_Counts = Select[tuple[str, str | None, int]]
"""A row for each value of a field: the field, the value, the number of claims."""
_JOINED: BindParameter[Any] = bindparam("joined", expanding=True)
"""Keys of names that someone has joined, all of which are counted: a rare one may belong to a frequent project."""
_PROJECTS = bindparam("projects", type_=Integer)
"""Keys of names at most: those that are joined, none, and `MOST_VALUES` others."""
_OTHERS = "facet_project IS NOT NULL AND facet_project NOT IN :joined, "
"""Of an order by which all names that are joined come first."""


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
    with engine.connect() as connection:
        words = words_of(connection, wanted)
        every = wanted == ClaimFilter()
        counted_to = ALL_EXACT_TO if every else EXACT_TO
        hits = number_of(connection, wanted, words, most=counted_to + 1)
        exact = hits <= counted_to
        if exact and every:
            counts: Any = union_all(*map(_counts_of_all, names))
        else:
            most = EXACT_TO if exact else _SAMPLE
            if wanted.counted in (None, NOT_STATED) or wanted.text is not None or wanted.release is not None:
                matching = _at(places_of(connection, wanted, words, most=most).subquery("places"), wanted, names)
            else:
                matching = _of_what_is_counted(connection, wanted, names).limit(most)
            # Counted where they are: to bring ten thousand rows here takes longer.
            counts = _counts_of_matching(names).add_cte(matching.cte("matching"))
        projects = ProjectNames(connection) if "project" in names else None
        joined = sorted(projects.joined) if projects else []
        found: dict[str, list[tuple[str, int]]] = {name: [] for name in names}
        rows: Any = connection.execute(counts, {"joined": joined, "projects": len(joined) + 1 + MOST_VALUES})
        for name, value, claims in rows:
            found[name].append((NOT_STATED if value is None else value, claims))
        if projects:
            found["project"] = _by_project(projects, found["project"])
    made = tuple(Facet(name, tuple(sorted(each, key=_most_first)[:MOST_VALUES])) for name, each in found.items())
    return Facets(total=min(hits, counted_to), exact=exact, facets=made)


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _by_project(names: ProjectNames, by_key: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Counts for each key of a name as counts for each project, under the name by which all pages call it."""
    sums: Counter[str] = Counter()
    for key, claims in by_key:
        sums[key if key == NOT_STATED else names.root(key)] += claims
    most = sorted(sums.items(), key=_most_first)[:MOST_VALUES]
    groups = names.of_subjects(root for root, _ in most if root != NOT_STATED)
    return [(groups[root].name if root in groups else root, claims) for root, claims in most]


def stated_values(engine: Engine, name: str) -> list[str]:
    """All values of a field that current claims have, in their order; unlike facets, the rare ones too."""
    value = column_of(_FIELDS[name], ClaimFilter())
    with engine.connect() as connection:
        return sorted(connection.scalars(select(value).distinct().where(Reading.current, value.is_not(None))))


def _counted_by(wanted: ClaimFilter, names: tuple[str, ...]) -> list[Label[Any]]:
    """The values of fields; for projects the keys of their names, which have one each however it is spelt."""
    keys: ColumnElement[Any] = Reading.subject_key.expression
    values = {name: keys if name == "project" else column_of(_FIELDS[name], wanted) for name in names}
    return [value.label(f"facet_{name}") for name, value in values.items()]


def _counts_of_all(name: str) -> _Counts:
    """How many of all claims have each value of a field, by an index that has it in order; the most frequent ones."""
    values = _counted_by(ClaimFilter(), (name,))
    counted = select(*values, func.count().label("claims")).select_from(Reading).where(Reading.current)
    counted = counted.outerjoin(Review, STANDING) if name == "decision" else counted
    value, claims = counted.group_by(counted.selected_columns[0]).subquery().c
    kept = select(value.label("value"), claims).order_by(claims.desc(), value).limit(MOST_VALUES)
    if name == "project":
        others = and_(value.is_not(None), value.not_in(_JOINED))
        kept = select(value.label("value"), claims).order_by(others, claims.desc(), value).limit(_PROJECTS)
    most = kept.subquery()
    return select(literal(name).label("facet"), most.c.value, most.c.claims)


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


def _of_what_is_counted(connection: Connection, wanted: ClaimFilter, names: tuple[str, ...]) -> Select[Any]:
    """What the claims that are wanted have in some fields: the index of what is counted has all of them by itself."""
    statement = select(*_counted_by(wanted, names)).select_from(Reading).outerjoin(Review, STANDING)
    return statement.where(Reading.current, *conditions(connection, wanted))


def _at(places: FromClause, wanted: ClaimFilter, names: tuple[str, ...]) -> Select[Any]:
    """What claims at some places have in some fields, by the index alone: to look at ten thousand rows takes longer."""
    statement = select(*_counted_by(wanted, names)).select_from(Reading).join(places, same_claim(places))
    statement = statement.where(Reading.current)
    return statement.outerjoin(Review, STANDING) if "decision" in names else statement


@lru_cache
def _counts_of_matching(names: tuple[str, ...]) -> TextualSelect:
    """How many of the claims of a CTE "matching" have each value of some fields; the most frequent ones.

    As text that is made once: to put this together of expressions takes longer than to count.
    """
    each = (
        f"SELECT * FROM (SELECT '{name}', facet_{name}, count(*) FROM matching GROUP BY facet_{name}"
        f" ORDER BY {_OTHERS if name == 'project' else ''}count(*) DESC, facet_{name}"
        f" LIMIT {':projects' if name == 'project' else MOST_VALUES}) AS of_{name}"
        for name in names
    )
    parameters = (_JOINED, _PROJECTS) if "project" in names else ()
    statement = text(" UNION ALL ".join(each)).bindparams(*parameters)
    return statement.columns(column("facet"), column("value"), column("claims"))
