"""The filters of lists, facets and tables as conditions on readings."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_

from db.curation.names import ProjectNames
from db.number_text import order_key
from db.tables import ClaimRow, Reading, Review
from models.calendar import day_bounds
from models.filters import FACETS, NOT_STATED, ClaimFilter, FacetField
from models.keys import fold
from models.projects import ProjectGroup
from models.quantity import days_of
from models.statuses import BEGUN, LASTING

_NO_COLUMNS: dict[str, Any] = {
    "year": func.nullif(func.substr(Reading.reporting_date, 1, 4), ""),
    "decision": Review.decision,
}
"""What stands for columns that readings do not have."""

_IS_STATE = Reading.kind == "status"
due: ColumnElement[str | None] = case(
    (_IS_STATE & Reading.status.in_(sorted(BEGUN)) & Reading.since.is_not(None), Reading.since),
    (_IS_STATE & Reading.status.in_(sorted(LASTING)), Reading.as_of),
    else_=func.coalesce(Reading.until, Reading.as_of),
)
"""For when something is announced, as `comparison.plans.due_date` has it of a claim."""


_told_state: ColumnElement[str | None] = case(
    (Reading.modality == "planned", "planned"), (Reading.modality == "actual", Reading.status), else_=None
)
"""The status as people read it on a claim: what is announced is not done; what is possible or denied is in none."""


def column_of(facet: FacetField, wanted: ClaimFilter) -> Any:
    """What holds the values of a facet among claims that are wanted.

    Where only what is announced (or possible, or a fact) is asked for, its status is that which is announced.
    """
    if facet.name == "status" and wanted.modality is None:
        return _told_state
    return _column(facet)


def _column(facet: FacetField) -> Any:
    return _NO_COLUMNS[facet.column] if facet.column in _NO_COLUMNS else getattr(Reading, facet.column)


def conditions(connection: Connection, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    """What a reading must fulfil, but for the words of `wanted.text`.

    Raises:
        InputError: an unknown project.
    """
    # A year is asked for by `since` and `until`.
    given = [
        (facet, getattr(wanted, facet.name)) for facet in FACETS if facet.name not in ("year", "project", "status")
    ]
    found = [_fits(facet, value) for facet, value in given if value is not None]
    if wanted.status is not None:
        found.append(_is_in_state(wanted.status, wanted.modality))
    if wanted.project is not None:
        found.append(_is_about(connection, wanted.project, parts=wanted.parts is not None))
    if wanted.release is not None:
        found.append(ClaimRow.release_id == wanted.release)
    if wanted.sources is not None:
        found.append(Reading.source_id.in_(sorted(wanted.sources)))
    found += _of_times(wanted)
    if wanted.at_least is not None:
        found.append(Reading.value_order >= order_key(wanted.at_least))
    if wanted.at_most is not None:
        found.append(Reading.value_order <= order_key(wanted.at_most))
    return found


def _of_times(wanted: ClaimFilter) -> Iterator[ColumnElement[bool]]:
    """That a reading is of the times that are asked for: by its date, its day of publication, or when it is due."""
    # "~" sorts after all that can follow a prefix: "2023" takes in "2023-12-31".
    if wanted.since is not None:
        yield Reading.reporting_date >= wanted.since
    if wanted.until is not None:
        yield and_(Reading.reporting_date <= wanted.until + "~", Reading.reporting_date != "")
    if wanted.published_since is not None:
        yield Reading.published >= day_bounds(days_of(wanted.published_since)[0])[0]
    if wanted.published_until is not None:
        yield Reading.published < day_bounds(days_of(wanted.published_until)[1])[1]
    if wanted.due_since is not None:
        yield due >= wanted.due_since
    if wanted.due_until is not None:
        yield due <= wanted.due_until + "~"


def _is_about(connection: Connection, project: str, *, parts: bool) -> ColumnElement[bool]:
    """That a reading is about a project, by any of its names, or about one of its parts."""
    if project == NOT_STATED:
        return Reading.subject.is_(None)
    group = ProjectNames(connection).resolve(project)
    return Reading.subject_key.in_(sorted(_with_parts(group) if parts else group.keys))


def _with_parts(group: ProjectGroup) -> frozenset[str]:
    return group.keys.union(*map(_with_parts, group.parts))


def _is_in_state(status: str, modality: str | None) -> ColumnElement[bool]:
    """That a reading is told to be in a state: as `_told_state`, in terms that indexes answer."""
    has = Reading.status.is_(None) if status == NOT_STATED else Reading.status == status
    if modality is not None:
        return has
    in_fact = and_(has, Reading.modality == "actual")
    others = {"planned": ("planned",), NOT_STATED: ("possible", "denied")}.get(status)
    return or_(in_fact, Reading.modality.in_(others)) if others else in_fact


def _fits(facet: FacetField, value: str) -> ColumnElement[bool]:
    """That a reading has a value, where people may spell it otherwise."""
    if value != NOT_STATED and facet.name == "counted":
        return Reading.counted_folded == fold(value)
    column = _column(facet)
    fits: ColumnElement[bool] = column.is_(None) if value == NOT_STATED else column == value
    return fits
