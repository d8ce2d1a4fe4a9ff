"""Comparisons: a programme from report to report."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from comparison.programme import Comparison, cells
from inquiries.search import NAME_LENGTH, ShortText, printable
from web.answers import As, answer
from web.http.refusals import PROBLEMS
from web.lookups import MOST_PROGRAMMES, comparison_of
from web.site import site_of

router = APIRouter(tags=["comparison"], responses=PROBLEMS)

ProgrammeName = Annotated[
    str, printable, Query(min_length=1, max_length=NAME_LENGTH, examples=["Ruhr-Konferenz"], description="by any name")
]


@router.get("/comparison", responses={200: {"model": Comparison, "content": {"text/csv": {}}}})
def one_comparison(request: Request, programme: ProgrammeName, form: As = "json") -> Response:
    """What releases say of a programme, by reporting date: parts, wholes, changes, plans, gaps."""
    found = comparison_of(site_of(request), programme)
    return answer(found, list(cells(found)), form)


class Comparisons(BaseModel):
    """Several programmes, in the order in which they were asked for."""

    comparisons: list[Comparison]


@router.get("/comparisons", responses={200: {"model": Comparisons, "content": {"text/csv": {}}}})
def several_comparisons(
    request: Request,
    programme: Annotated[
        list[ShortText], Query(min_length=1, max_length=MOST_PROGRAMMES, examples=[["Ruhr-Konferenz", "Klinikfonds"]])
    ],
    form: As = "json",
) -> Response:
    """What releases say of several programmes, to be put side by side."""
    site = site_of(request)
    found = [comparison_of(site, name) for name in dict.fromkeys(filter(None, programme))]
    rows = [cell for each in found for cell in cells(each)]
    return answer({"comparisons": found}, rows, form)
