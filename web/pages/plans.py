"""Plans of all programmes by the year in which they are due."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from inquiries.due_plans import PlanOrder
from inquiries.search import ShortText, Year
from web.http.language import href
from web.lookups import nearest_if_unknown, plans_of
from web.offices import nearest_offices
from web.render import page
from web.site import site_of

router = APIRouter()

_LISTED = 40
_MOST_PAGES = 1000
_NEAR_YEARS = 6
"""That stand in a row; all others are a click away."""


@router.get("/plans")
def show(  # noqa: PLR0913 - parameters of the address
    request: Request,
    year: Year = None,
    later: Annotated[bool, Query(description="and later ones")] = False,
    project: ShortText = None,
    source: ShortText = None,
    sort: PlanOrder = "due",
    number: Annotated[int, Query(alias="page", ge=1, le=_MOST_PAGES)] = 1,
) -> Response:
    """What was announced for a year, or for it and later ones; where none is asked for, for the nearest with plans."""
    site = site_of(request)
    near = nearest_if_unknown(site, project) if project else None
    near_offices = nearest_offices(site, source)
    known = near is None and near_offices is None
    found = plans_of(site, year, project, source, later=later, order=sort) if known else None
    shown = found.year if found else year or str(site.today().year)
    span = {"year": shown, "later": "true" if later else None, "sort": None if sort == "due" else sort}
    years = found.years if found else ()
    passed = (number - 1) * _LISTED
    return page(
        request,
        "plans.html",
        status=200 if found else 404,
        twin=href("/api/v1/plans", parameters={**span, "project": project, "source": source}),
        year=shown,
        later=later,
        sort=sort,
        span=span,
        project=project,
        source=source,
        near=near,
        near_offices=near_offices,
        today=site.today().isoformat(),
        plans=found.plans[passed : passed + _LISTED] if found else (),
        total=len(found.plans) if found else 0,
        years=years,
        near_years=_around(years, shown),
        before=number - 1 if number > 1 else None,
        after=number + 1 if found and passed + _LISTED < len(found.plans) else None,
    )


def _around(years: Sequence[str], shown: str) -> Sequence[str]:
    """The year that is shown, the one before it and those after it."""
    place = max(bisect_left(years, shown) - 1, 0)
    return years[place : place + _NEAR_YEARS]
