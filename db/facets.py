"""How many claims a query would leave for each value of a field."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, select

from db.filters import NOT_STATED, ClaimFilter
from db.search import find_any
from db.tables import ClaimRow, Reading, Review

EXACT_TO = 10_000

FIELDS: dict[str, Any] = {
    "source": Reading.source_id,
    "project": Reading.subject,
    "kind": Reading.kind,
    "status": Reading.status,
    "modality": Reading.modality,
    "speaker": Reading.speaker,
    "counted": Reading.counted,
    "unit": Reading.unit,
    "year": func.nullif(func.substr(Reading.reporting_date, 1, 4), ""),
    "decision": Review.decision,
}


@dataclass(frozen=True, slots=True)
class Facet:
    """A field's values with the number of claims, the most frequent first; `NOT_STATED` is one of them."""

    field: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """Facets of a query.

    `exact` is False where more than 10,000 claims match: then `total` is 10,000 and all counts are
    of some 10,000 of them, to be shown as "more than".
    """

    total: int
    exact: bool
    facets: tuple[Facet, ...]


def facets(engine: Engine, wanted: ClaimFilter | None = None, *, names: tuple[str, ...] = tuple(FIELDS)) -> Facets:
    """Counts for the claims that `db.queries.claims` would list.

    Raises:
        InputError: an unknown project.
        KeyError: a field that has no facet.
    """
    columns = [FIELDS[name].label(f"facet_{name}") for name in names]
    statement = select(*columns).select_from(Reading)
    # 10,000 look-ups in other tables take longer than the counting itself.
    if wanted is not None and wanted.release is not None:
        statement = statement.join(ClaimRow, ClaimRow.key == Reading.claim_key)
    if "decision" in names or (wanted is not None and wanted.decision is not None):
        standing = (Review.claim_key == Reading.claim_key) & Review.retracted_at.is_(None)
        statement = statement.outerjoin(Review, standing)
    with engine.connect() as connection:
        rows = find_any(connection, wanted or ClaimFilter(), statement, limit=EXACT_TO + 1)
    counted = rows[:EXACT_TO]
    made = tuple(_facet(name, [row[index] for row in counted]) for index, name in enumerate(names))
    return Facets(total=len(counted), exact=len(rows) <= EXACT_TO, facets=made)


def _facet(name: str, values: list[str | None]) -> Facet:
    counts = Counter(NOT_STATED if value is None else value for value in values)
    return Facet(name, tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))))
