"""Projects and programmes: all that are named, and one with its names and numbers."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from pydantic import BaseModel

from db.facets import facets
from db.projects import ProjectGroup, ProjectNames
from db.queries import NOT_STATED
from models.errors import InputError
from web.errors import PROBLEMS, not_found
from web.query import NAME_LENGTH, printable
from web.site import Site, site_of
from web.tables import As, answer

router = APIRouter(tags=["projects"], responses=PROBLEMS)


class ProjectRecord(BaseModel):
    """A project: its name, other names in use, its named parts, and how many claims are about it."""

    name: str
    aliases: list[str]
    parts: list[str]
    claims: int


class ProjectList(BaseModel):
    """All projects that releases name or the register knows; counts are of the newest 10,000 claims."""

    projects: list[ProjectRecord]


@router.get("/projects", responses={200: {"model": ProjectList, "content": {"text/csv": {}}}})
def list_projects(request: Request, form: As = "json") -> Response:
    """All known projects and programmes, by name."""
    found = ProjectList(projects=project_records(site_of(request))).model_dump()
    rows = [
        each | {"aliases": "; ".join(each["aliases"]), "parts": "; ".join(each["parts"])} for each in found["projects"]
    ]
    return answer(found, rows, form)


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


def project_records(site: Site) -> list[ProjectRecord]:
    """All projects with the number of claims about them, by name."""
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
    ]
