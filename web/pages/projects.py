"""Projects: the list of all, and the life of one."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from db.claims.queries import ClaimFilter, claims
from db.releases.queries import releases
from inquiries.search import ShortText
from models.stored import StoredClaim
from web.http.language import href
from web.http.parameters import ProjectName
from web.lookups import nearest_if_unknown, project_of, projects, related_to, reports_of
from web.render import page
from web.site import site_of

router = APIRouter()

_MOST = 200
_LISTED = 120
_MOST_PAGES = 1000


@router.get("/projects")
def list_all(
    request: Request, q: ShortText = None, number: Annotated[int, Query(alias="page", ge=1, le=_MOST_PAGES)] = 1
) -> Response:
    """All projects, or those with some words in their name: first those that most is said about."""
    found = sorted(projects(site_of(request), q), key=lambda each: (-each.claims, each.name))
    passed = (number - 1) * _LISTED
    shown = found[passed : passed + _LISTED]
    return page(
        request,
        "projects.html",
        twin=href("/api/v1/projects", parameters={"q": q}),
        q=q,
        total=len(found),
        stated=[each for each in shown if each.claims],
        silent=[each for each in shown if not each.claims],
        near=nearest_if_unknown(site_of(request), q) if q and not found else None,
        before=number - 1 if number > 1 else None,
        after=number + 1 if passed + _LISTED < len(found) else None,
    )


@router.get("/projects/{name:path}")
def show(request: Request, name: ProjectName) -> Response:
    """The page of a project: what was said of it, year by year."""
    site = site_of(request)
    group = project_of(site, name)
    found = claims(site.engine, ClaimFilter(project=group.name), limit=_MOST)
    named_in = releases(site.engine, project=group.name, limit=_MOST)
    return page(
        request,
        "project.html",
        twin=href(f"/api/v1/projects/{group.name}") if "/" not in group.name else None,
        group=group,
        years=_by_year(found.claims),
        more=found.next,
        releases=named_in,
        reported=reports_of(site, group.name),
        related=related_to(site, group),
        publishers=sorted({site.publisher(each.source_id) for each in named_in}),
    )


def _by_year(found: tuple[StoredClaim, ...]) -> list[tuple[str, list[StoredClaim]]]:
    """What tells a project's life - states and sums of money - and counts, by year, the newest first."""
    years: dict[str, list[StoredClaim]] = {}
    for each in found:
        years.setdefault(each.date[:4], []).append(each)
    return sorted(years.items(), reverse=True)
