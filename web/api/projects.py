"""Projects and programmes: all that are named, and one with its names and numbers."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from db.claims.facets import facets
from db.claims.queries import NOT_STATED
from db.curation.names import ProjectNames
from models.errors import InputError
from models.keys import fold, name_key
from models.projects import ProjectGroup
from web.answers import As, answer, next_page
from web.errors import PROBLEMS, not_found
from web.http.query import MOST_ROWS, NAME_LENGTH, Words, printable
from web.site import Site, site_of

router = APIRouter(tags=["projects"], responses=PROBLEMS)


class ProjectRecord(BaseModel):
    """A project: its name, other names in use, its named parts, and how many claims are about it."""

    name: str
    aliases: list[str]
    parts: list[str]
    claims: int


class ProjectList(BaseModel):
    """Projects that releases name or the register knows; counts are of the newest 10,000 claims.

    `next` continues the list as `after`, null at the end.
    """

    projects: list[ProjectRecord]
    next: str | None


@router.get("/projects", responses={200: {"model": ProjectList, "content": {"text/csv": {}}}})
def list_projects(
    request: Request,
    q: Annotated[Words, Query(description="part of a name")] = None,
    after: Annotated[Words, Query(description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 50,
    form: As = "json",
) -> Response:
    """Known projects and programmes, by name."""
    known = project_records(site_of(request), q)
    rest = [each for each in known if after is None or name_key(each.name) > name_key(after)]
    following = rest[limit - 1].name if len(rest) > limit else None
    found = ProjectList(projects=rest[:limit], next=following).model_dump()
    rows = [
        each | {"aliases": "; ".join(each["aliases"]), "parts": "; ".join(each["parts"])} for each in found["projects"]
    ]
    return answer(found, rows, form, next_page(request, following))


@router.get("/projects/{name}", responses={200: {"model": ProjectRecord, "content": {"text/csv": {}}}})
def one_project(
    request: Request,
    name: Annotated[str, printable, Path(max_length=NAME_LENGTH, examples=["Ruhr-Konferenz"])],
    form: As = "json",
) -> Response:
    """A project by any of its names."""
    site = site_of(request)
    group = resolve(site, name)
    found = next(each for each in project_records(site) if each.name == group.name).model_dump()
    row = found | {"aliases": "; ".join(found["aliases"]), "parts": "; ".join(found["parts"])}
    return answer(found, [row], form)


def resolve(site: Site, name: str) -> ProjectGroup:
    """The project of a name.

    Raises:
        Refused: 404, no such name is known.
    """
    try:
        with site.engine.connect() as connection:
            return ProjectNames(connection).resolve(name)
    except InputError as error:
        raise not_found(error) from error


def nearest_if_unknown(site: Site, name: str) -> list[str] | None:
    """Known names like one that is not known, None where it is known."""
    with site.engine.connect() as connection:
        names = ProjectNames(connection)
        try:
            names.resolve(name)
        except InputError:
            return names.nearest(name)
    return None


def project_records(site: Site, part: str | None = None) -> list[ProjectRecord]:
    """Projects with the number of claims about them, by name; with `part` those that have it in a name."""
    counted = facets(site.engine, names=("project",)).facets[0].counts
    counts = {name: count for name, count in counted if name != NOT_STATED}
    with site.engine.connect() as connection:
        groups = ProjectNames(connection).groups()
    return [
        ProjectRecord(
            name=group.name,
            aliases=list(group.aliases),
            parts=[part.name for part in group.parts],
            claims=sum(counts.get(name, 0) for name in (group.name, *group.aliases)),
        )
        for group in groups
        if part is None or any(fold(part) in fold(name) for name in (group.name, *group.aliases))
    ]
