"""Plans by the year in which they are due."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from inquiries.due_plans import DuePlans, PlanOrder
from inquiries.search import ShortText
from output.due_plans import plan_row
from web.answers import As, answer
from web.http.refusals import PROBLEMS
from web.lookups import plans_of
from web.site import site_of

router = APIRouter(tags=["plans"], responses=PROBLEMS)


@router.get("/plans", responses={200: {"model": DuePlans, "content": {"text/csv": {}}}})
def due(  # noqa: PLR0913 - parameters of the address
    request: Request,
    year: Annotated[
        str | None, Query(pattern="^(19|20)[0-9]{2}$", description="without it this year, or the nearest with plans")
    ] = None,
    later: Annotated[bool, Query(description="what is due in later years, too")] = False,
    project: Annotated[ShortText, Query(description="a project or programme by any of its names")] = None,
    source: Annotated[ShortText, Query(description="id of the press office")] = None,
    sort: Annotated[PlanOrder, Query(description="what is due first, or what was announced last")] = "due",
    form: As = "json",
) -> Response:
    """What was announced for a year by releases that name a programme."""
    site = site_of(request)
    found = plans_of(site, year, project, source, later=later, order=sort)
    return answer(found, [plan_row(each) for each in found.plans], form)
