"""Series: what can be compared over time, the most telling first."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from comparison.recurring import Recurring, cells
from inquiries.search import ShortText, Year
from inquiries.series import SeriesList, SeriesOrder, list_series
from web.answers import As, answer, next_page
from web.http.parameters import MOST_ROWS, ClaimKey
from web.http.refusals import PROBLEMS
from web.lookups import series_of
from web.offices import refuse_unknown_office
from web.site import site_of

router = APIRouter(tags=["series"], responses=PROBLEMS)

MOST_SERIES = 100_000
"""That are passed over at most."""


@router.get("/series", responses={200: {"model": SeriesList, "content": {"text/csv": {}}}})
def all_series(  # noqa: PLR0913 - parameters of the address
    request: Request,
    q: Annotated[ShortText, Query(description="words, or parts of them, that a series has")] = None,
    after: Annotated[int, Query(ge=0, le=MOST_SERIES, description="series that are passed over")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 25,
    sort: Annotated[
        SeriesOrder, Query(description="what is first: the most telling, changed, newest, or told at the most dates")
    ] = "telling",
    since: Annotated[Year, Query(description="year; only what is told of it and later ones")] = None,
    until: Annotated[Year, Query(description="year; only what is told of it and earlier ones")] = None,
    source: Annotated[ShortText, Query(description="id of a press office that tells of them")] = None,
    form: As = "json",
) -> Response:
    """Numbers that were told again and may be compared, whatever programme they are of."""
    site = site_of(request)
    refuse_unknown_office(site, source)
    span = {"since": since, "until": until}
    found = list_series(site.engine, q or "", limit=limit, offset=after, order=sort, source=source, **span)
    rows = [cell for each in found.series for cell in cells(each)]
    following = str(after + limit) if after + limit < min(found.total, MOST_SERIES) else None
    return answer(found, rows, form, next_page(request, following))


@router.get("/series/{key}", responses={200: {"model": Recurring, "content": {"text/csv": {}}}})
def one(request: Request, key: ClaimKey, form: As = "json") -> Response:
    """A series by the key of any of its claims."""
    found = series_of(site_of(request), key)
    return answer(found, list(cells(found)), form)
