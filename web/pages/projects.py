"""Projects: the list of all, and the life of one."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from db.claims.queries import ClaimFilter, claims
from db.releases.queries import releases
from models.stored import StoredClaim
from web.api.projects import project_records, resolve
from web.http.language import href
from web.http.query import NAME_LENGTH, Words, printable
from web.render import page
from web.site import site_of

router = APIRouter()

_MOST = 200
_LISTED = 120


@router.get("/projects")
def list_all(request: Request, q: Words = None) -> Response:
    """The projects that most is said about, or those with some words in their name."""
    found = project_records(site_of(request), q)
    stated = sorted((each for each in found if each.claims), key=lambda each: (-each.claims, each.name))
    silent = [each for each in found if not each.claims]
    return page(
        request,
        "projects.html",
        twin=href("/api/v1/projects", parameters={"q": q}),
        q=q,
        stated=stated[:_LISTED],
        silent=silent[:_LISTED],
        left=max(0, len(stated) - _LISTED) + max(0, len(silent) - _LISTED),
    )


@router.get("/projects/{name:path}")
def show(request: Request, name: Annotated[str, printable, Path(max_length=NAME_LENGTH)]) -> Response:
    """The page of a project: what was said of it, year by year."""
    site = site_of(request)
    group = resolve(site, name)
    found = claims(site.engine, ClaimFilter(project=group.name), limit=_MOST)
    named_in = releases(site.engine, project=group.name, limit=_MOST)
    return page(
        request,
        "project.html",
        twin=href(f"/api/v1/projects/{group.name}") if "/" not in group.name else None,
        group=group,
        years=_by_year(found.claims),
        more=found.next is not None,
        releases=named_in,
        publishers=sorted({site.publisher(each.source_id) for each in named_in}),
    )


def _by_year(found: tuple[StoredClaim, ...]) -> list[tuple[str, list[StoredClaim]]]:
    """What tells a project's life - states and sums of money - and counts, by year, the newest first."""
    years: dict[str, list[StoredClaim]] = {}
    for each in found:
        years.setdefault(each.date[:4], []).append(each)
    return sorted(years.items(), reverse=True)
