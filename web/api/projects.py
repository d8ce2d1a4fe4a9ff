"""Projects and programmes: all that are named, and one with its names and numbers."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from inquiries.search import ShortText
from models.keys import name_key
from web.answers import As, answer, next_page
from web.http.parameters import MOST_ROWS, ProjectName
from web.http.refusals import PROBLEMS
from web.lookups import ProjectRecord, project_of, projects
from web.site import site_of

router = APIRouter(tags=["projects"], responses=PROBLEMS)


class ProjectList(BaseModel):
    """Projects that releases name or the register knows; counts are of the newest 10,000 claims.

    `next` continues the list as `after`, null at the end.
    """

    projects: list[ProjectRecord]
    next: str | None


@router.get("/projects", responses={200: {"model": ProjectList, "content": {"text/csv": {}}}})
def list_projects(
    request: Request,
    q: Annotated[ShortText, Query(description="part of a name")] = None,
    after: Annotated[ShortText, Query(description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 50,
    form: As = "json",
) -> Response:
    """Known projects and programmes, by name."""
    known = projects(site_of(request), q)
    rest = [each for each in known if after is None or name_key(each.name) > name_key(after)]
    following = rest[limit - 1].name if len(rest) > limit else None
    found = ProjectList(projects=rest[:limit], next=following).model_dump()
    rows = [
        each | {"aliases": "; ".join(each["aliases"]), "parts": "; ".join(each["parts"])} for each in found["projects"]
    ]
    return answer(found, rows, form, next_page(request, following))


@router.get("/projects/{name}", responses={200: {"model": ProjectRecord, "content": {"text/csv": {}}}})
def one_project(request: Request, name: ProjectName, form: As = "json") -> Response:
    """A project by any of its names."""
    site = site_of(request)
    group = project_of(site, name)
    found = next(each for each in projects(site, group.name) if each.name == group.name).model_dump()
    row = found | {"aliases": "; ".join(found["aliases"]), "parts": "; ".join(found["parts"])}
    return answer(found, [row], form)
