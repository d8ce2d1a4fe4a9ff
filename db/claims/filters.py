"""Which claims are wanted: the filters of lists, facets and tables."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection

from db.curation.names import ProjectNames
from db.number_text import order_key
from db.tables import ClaimRow, Reading, Review
from models.keys import fold

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted; all that is given must hold.

    `NOT_STATED` in place of a value finds claims that do not state it. Dates are ISO dates or
    prefixes: `since` "2023" begins with 2023-01-01, `until` "2023" ends with 2023-12-31.
    `sources` are press offices of which it may be any.
    """

    text: str | None = None
    project: str | None = None
    source: str | None = None
    sources: frozenset[str] | None = None
    kind: str | None = None
    status: str | None = None
    modality: str | None = None
    speaker: str | None = None
    counted: str | None = None
    unit: str | None = None
    since: str | None = None
    until: str | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    release: str | None = None
    decision: str | None = None


def conditions(connection: Connection, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    """What a reading must fulfil, but for the words of `wanted.text`.

    Raises:
        InputError: an unknown project.
    """
    equal = {
        Reading.source_id: wanted.source,
        Reading.kind: wanted.kind,
        Reading.status: wanted.status,
        Reading.modality: wanted.modality,
        Reading.speaker: wanted.speaker,
        Reading.unit: wanted.unit,
        Review.decision: wanted.decision,
        ClaimRow.release_id: wanted.release,
    }
    found = [_is(attribute, value) for attribute, value in equal.items() if value is not None]
    if wanted.sources is not None:
        found.append(Reading.source_id.in_(sorted(wanted.sources)))
    if wanted.project is not None:
        found.append(_about(connection, wanted.project))
    if wanted.counted is not None:
        folded = wanted.counted if wanted.counted == NOT_STATED else fold(wanted.counted)
        found.append(_is(Reading.counted_folded, folded))
    if wanted.since is not None:
        found.append(Reading.reporting_date >= wanted.since)
    if wanted.until is not None:
        # "~" sorts after all that can follow a prefix: "2023" takes in "2023-12-31".
        found += [Reading.reporting_date <= wanted.until + "~", Reading.reporting_date != ""]
    if wanted.at_least is not None:
        found.append(Reading.value_order >= order_key(wanted.at_least))
    if wanted.at_most is not None:
        found.append(Reading.value_order <= order_key(wanted.at_most))
    return found


def _is(attribute: Any, value: str) -> ColumnElement[bool]:
    stated: ColumnElement[bool] = attribute.is_(None) if value == NOT_STATED else attribute == value
    return stated


def _about(connection: Connection, project: str) -> ColumnElement[bool]:
    if project == NOT_STATED:
        return Reading.subject_key.is_(None)
    return Reading.subject_key.in_(sorted(ProjectNames(connection).resolve(project).keys))
