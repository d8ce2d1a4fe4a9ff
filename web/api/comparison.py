"""Comparisons: a programme from report to report."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from db.comparison import Comparison, compare
from db.figures import Figure
from db.partition import Row
from models.claim import plain
from models.errors import InputError
from web.errors import PROBLEMS, not_found
from web.query import NAME_LENGTH, printable
from web.site import site_of
from web.tables import As, answer

router = APIRouter(tags=["comparison"], responses=PROBLEMS)

Programme = Annotated[
    str, printable, Query(min_length=1, max_length=NAME_LENGTH, examples=["Ruhr-Konferenz"], description="by any name")
]


@router.get("/comparison", responses={200: {"model": Comparison, "content": {"text/csv": {}}}})
def one_comparison(request: Request, programme: Programme, form: As = "json") -> Response:
    """What releases say of a programme, by reporting date: parts, wholes, changes, plans, gaps."""
    try:
        found = compare(site_of(request).engine, programme)
    except InputError as error:
        raise not_found(error) from error
    return answer(found, [cell for row in found.rows for cell in _cells(found, row)], form)


def _cells(comparison: Comparison, row: Row) -> Iterator[dict[str, Any]]:
    figures: list[tuple[str, Figure | None]] = [("total", row.total)]
    figures += [(status, row.parts.get(status)) for status in comparison.statuses]
    for status, figure in figures:
        proof = figure.evidence[0] if figure else None
        yield {
            "programme": comparison.programme,
            "counted": comparison.counted,
            "reporting_date": row.date,
            "reporting_basis": row.basis,
            "status": status,
            "value": plain(figure.value) if figure else None,
            "value_to": plain(figure.value_to) if figure else None,
            "comparator": figure.comparator if figure else None,
            "adds_up": row.adds_up,
            "unaccounted": plain(row.unaccounted),
            "sentence": proof.sentence if proof else None,
            "release_title": proof.release_title if proof else None,
            "published": proof.published if proof else None,
            "url": proof.url if proof else None,
            "claim": proof.key if proof else None,
        }
