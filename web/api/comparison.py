"""Comparisons: a programme from report to report."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from db.comparison import Comparison, cells, compare
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
    return answer(found, [_csv_row(cell) for cell in cells(found)], form)


def _csv_row(cell: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in cell.items() if name != "found"}
