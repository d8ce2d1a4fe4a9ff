"""Plans by the year in which they are due."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from inquiries.due_plans import DuePlans
from inquiries.search import ShortText
from output.due_plans import plan_row
from web.answers import As, answer
from web.http.refusals import PROBLEMS
from web.lookups import plans_of
from web.site import site_of

router = APIRouter(tags=["plans"], responses=PROBLEMS)


@router.get("/plans", responses={200: {"model": DuePlans, "content": {"text/csv": {}}}})
def due(
    request: Request,
    year: Annotated[str | None, Query(pattern="^(19|20)[0-9]{2}$", description="this year without it")] = None,
    later: Annotated[bool, Query(description="what is due in later years, too")] = False,
    project: Annotated[ShortText, Query(description="a project or programme by any of its names")] = None,
    source: Annotated[ShortText, Query(description="id of the press office")] = None,
    form: As = "json",
) -> Response:
    """What was announced for a year, of all programmes, in the order in which it is due."""
    site = site_of(request)
    found = plans_of(site, year or str(site.today().year), project, source, later=later)
    return answer(found, [plan_row(each) for each in found.plans], form)
